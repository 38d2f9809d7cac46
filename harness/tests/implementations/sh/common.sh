# What the programs share: where they are, and reading their arguments.
# shellcheck shell=sh disable=SC2034

# By its name alone socat starts a script again: a path with a space is more than it can quote.
PATH=${0%/*}:$PATH

# read_arguments PORT [HOST [PORT]]: sets host, port and the version of IP; bad ones end the script.
read_arguments() {
	host=${2-127.0.0.1} port=${3-$1} version=4 bound=${2-127.0.0.1}
	[ $# -le 3 ] || usage
	case $port in
	'' | *[!0-9]*) usage ;;
	esac
	if [ "$port" -lt 1 ] || [ "$port" -gt 65535 ]; then
		usage
	fi
	case $host in
	*[!0-9a-fA-F:.]* | '') usage ;;
	*:*) version=6 bound=[$host] ;;
	*.*.*.*) ;;
	*) usage ;;
	esac
}

usage() {
	echo "usage: ${0##*/} [HOST [PORT]]" >&2
	exit 2
}
