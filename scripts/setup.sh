# Installs what is missing and builds into build/. Sourced by scripts/wirecheck, scripts/check,
# scripts/fuzz, scripts/reference and scripts/pytest/run; only defines functions. When the set-up
# cannot go on, the script ends with 2.
# shellcheck shell=bash

top=$(dirname -- "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")")
build=$top/build

# Says what is wrong, and ends the script.
give_up() {
	printf '%s: %s\n' "${0##*/}" "$*" >&2
	exit 2
}

# Runs a command without input. Its output is shown when it fails, and only then.
quietly() {
	local output status=0

	output=$("$@" </dev/null 2>&1) || status=$?
	if [ "$status" -ne 0 ]; then
		printf '%s\n' "$output" >&2
	fi
	return "$status"
}

have() {
	command -v -- "$1" >/dev/null 2>&1
}

# Prints what the build folder is configured with for a CMake variable.
configured() {
	if [ -f "$build/CMakeCache.txt" ]; then
		sed -n "s/^$1:[A-Z]*=//p" "$build/CMakeCache.txt"
	fi
}

# Sets `cc` to the command that compiles: CC, the configured one, or what CMake will find.
find_compiler() {
	local name

	read -ra cc <<<"${CC:-}"
	for name in "$(configured CMAKE_C_COMPILER)" cc gcc clang; do
		if [ ${#cc[@]} -eq 0 ] && [ -n "$name" ] && have "$name"; then
			cc=("$name")
		fi
	done
	[ ${#cc[@]} -ne 0 ] || cc=(gcc)
}

# Whether build/ is configured for this checkout, by make, and with the compiler that CC names.
configuration_fits() {
	local configured_cc wanted_cc

	find_compiler
	configured_cc=$(configured CMAKE_C_COMPILER)
	wanted_cc=$(command -v -- "${cc[0]}")
	[ -f "$build/Makefile" ] &&
		[ "$(configured CMAKE_HOME_DIRECTORY)" -ef "$top" ] &&
		[ "$(configured CMAKE_CACHEFILE_DIR)" -ef "$build" ] &&
		[ "$(configured CMAKE_GENERATOR)" = "Unix Makefiles" ] &&
		[ "${configured_cc##*/}" = "${wanted_cc##*/}" ] && [ "$configured_cc" -ef "$wanted_cc" ]
}

# Whether the compiler, with these flags, makes a program: it needs more than itself for that.
compiles() {
	"${cc[@]}" "$@" -x c -o /dev/null - <<<'int main(void) { return 0; }' >/dev/null 2>&1
}

# The functions below add the packages that are missing to this.
missing=()

missing_compiler() {
	if configuration_fits; then
		return
	elif ! have "${cc[0]}"; then
		[[ ${cc[0]} =~ ^(gcc|clang)(-[0-9]+)?$ ]] || give_up "CC: ${cc[0]}: not found"
		missing+=("${cc[0]}" libc6-dev)
	elif ! compiles; then
		missing+=(libc6-dev)
	fi
	missing_sanitizers "${cc[0]##*/}"
}

# gcc brings the libraries of its sanitizers along, clang does not. The tests need them.
missing_sanitizers() {
	if [[ $1 != clang* ]] && ! "${cc[@]}" --version 2>/dev/null | grep -q clang; then
		return
	elif ! compiles -fsanitize=address,undefined; then
		[[ $1 =~ ^clang(-[0-9]+)$ ]]
		missing+=("libclang-rt${BASH_REMATCH[1]-}-dev")
	fi
}

# missing_library NAME PACKAGE: asks pkg-config, or dpkg where that is missing too.
missing_library() {
	if have pkg-config; then
		pkg-config --exists "$1" || missing+=("$2")
	else
		dpkg -s "$2" >/dev/null 2>&1 || missing+=("$2")
	fi
}

missing_command() {
	have "$1" || missing+=("$1")
}

# Prints a python that has pytest 7 or newer; the first in PATH may have none.
find_python() {
	local names python pythons

	mapfile -t names < <(compgen -c python3. | grep -x 'python3\.[0-9]*' | sort -u)
	mapfile -t pythons < <(type -aP python3 /usr/bin/python3 "${names[@]}")
	for python in ${WIRECHECK_PYTHON:+"$WIRECHECK_PYTHON"} "${pythons[@]}"; do
		if "$python" -c 'import sys, pytest; sys.exit(pytest.version_tuple < (7,))' \
			</dev/null >/dev/null 2>&1; then
			echo "$python"
			return
		fi
	done
	return 1
}

# clang with libFuzzer and the sanitizers, for `make fuzz`.
missing_fuzzer() {
	local cc=("${FUZZ_CC:-clang}")

	have "${cc[0]}" || missing+=("${cc[0]##*/}")
	if ! compiles -fsanitize=fuzzer-no-link,address,undefined; then
		[[ ${cc[0]##*/} =~ ^clang(-[0-9]+)$ ]]
		missing+=("libclang-rt${BASH_REMATCH[1]-}-dev")
	fi
}

# Sets `missing` to the packages that are missing for `build`, for `check` or for `fuzz`.
find_missing() {
	missing=()
	missing_compiler
	missing_command make
	missing_command cmake
	missing_command pkg-config
	missing_library cunit libcunit1-dev
	missing_library libpcap libpcap-dev
	missing_library libmnl libmnl-dev
	missing_command curl # a case's client
	if [ "$1" = fuzz ]; then
		missing_fuzzer
	elif [ "$1" = check ]; then
		WIRECHECK_PYTHON=$(find_python) || missing+=(python3-pytest)
		export WIRECHECK_PYTHON
		missing_command tshark
		missing_command tcpdump
		missing_command socat
		missing_command strace
	fi
}

# Sets `apt_get` to the command that may install packages. False when there is none.
find_apt_get() {
	# tshark asks a question when it is installed: noninteractive takes the default answer.
	apt_get=(DEBIAN_FRONTEND=noninteractive apt-get -q -y -o DPkg::Lock::Timeout=300)
	have apt-get || give_up "there is no apt-get here to install them with"
	if [ "$(id -u)" -eq 0 ]; then
		apt_get=(env "${apt_get[@]}")
		return 0
	fi
	have sudo || return 1
	# sudo is asked for apt-get itself: other commands may need a password where this does not.
	if sudo -n "${apt_get[@]}" --version >/dev/null 2>&1; then
		apt_get=(sudo -n "${apt_get[@]}")
	elif [ -t 0 ] && [ -t 2 ] && sudo "${apt_get[@]}" --version >/dev/null; then
		apt_get=(sudo "${apt_get[@]}")
	else
		return 1
	fi
}

install_packages() {
	"${apt_get[@]}" --no-install-recommends install "$@"
}

# For package lists that are empty, or older than the archive.
install_with_new_lists() {
	"${apt_get[@]}" update
	install_packages "$@"
}

# Installs what is missing for `build`, for `check` or for `fuzz`.
setup_packages() {
	find_missing "$1"
	if [ ${#missing[@]} -eq 0 ]; then
		return
	fi
	echo "${0##*/}: missing packages: ${missing[*]}" >&2
	find_apt_get || give_up "no right to install them: run this as root, or apt-get install them"
	install_packages "${missing[@]}" </dev/null >/dev/null 2>&1 ||
		quietly install_with_new_lists "${missing[@]}" || give_up "they could not be installed"
	hash -r
	find_missing "$1"
	if [ ${#missing[@]} -ne 0 ]; then
		give_up "installed, but still not found: ${missing[*]}"
	fi
}

# Configures build/ where it has to be. In CI, warnings are errors.
configure() {
	local fresh=() werror=()

	case ${CI:-} in
	"" | 0 | false | no | off) ;;
	*) werror=(-DWIRECHECK_WERROR=ON) ;;
	esac
	if ! configuration_fits; then
		fresh=(--fresh)
	elif [ ${#werror[@]} -eq 0 ] || [ "$(configured WIRECHECK_WERROR)" = ON ]; then
		return
	fi
	echo "${0##*/}: building into $build" >&2
	quietly cmake "${fresh[@]}" "${werror[@]}" -G "Unix Makefiles" -S "$top" -B "$build" ||
		return
	# Objects that another configuration left behind look up to date.
	[ ${#fresh[@]} -eq 0 ] || quietly make -C "$build" clean
}

# Brings build/ up to date. Two at once take turns.
setup_build() {
	mkdir -p "$build" 2>/dev/null
	[ -w "$build" ] || give_up "$build: no right to write there"
	# A make that called us must not hand its options and its jobs on.
	unset MAKEFLAGS MFLAGS MAKELEVEL
	(
		flock 9
		configure && quietly make -s -O -C "$build" -j"$(nproc)"
	) 9>"$build/setup.lock" || give_up "the build failed"
}
