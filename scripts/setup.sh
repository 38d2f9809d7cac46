# Installs what is missing and builds into build/. Sourced by the scripts of this folder and of those
# in it; only defines functions. When the set-up cannot go on, the script ends with 2.
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

# What the tests run besides the harness.
missing_for_check() {
	WIRECHECK_PYTHON=$(find_python) || missing+=(python3-pytest)
	export WIRECHECK_PYTHON
	missing_command tshark
	missing_command tcpdump
	missing_command socat
	missing_command strace
}

# The tools of `make lint`, two of them in the version that scripts/quality/lint names.
missing_for_lint() {
	local version

	version=$(sed -n 's/^clang=//p' "$top/scripts/quality/lint")
	missing_command "clang-format-$version"
	missing_command "clang-tidy-$version"
	missing_command cppcheck
	missing_command shellcheck
	missing_command codespell
}

# Sets `missing` to the packages that are missing for one purpose: build, check, fuzz, lint or
# coverage.
find_missing() {
	missing=()
	missing_compiler
	missing_command make
	missing_command cmake
	missing_command pkg-config
	missing_library cunit libcunit1-dev
	missing_library libpcap libpcap-dev
	missing_library libmnl libmnl-dev
	case $1 in
	build) missing_command curl ;; # a case's client
	check) missing_command curl && missing_for_check ;;
	coverage) missing_command curl && missing_for_check && missing_command gcovr ;;
	fuzz) missing_fuzzer ;;
	lint) missing_for_lint ;;
	esac
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

# Installs what is missing for a purpose, see find_missing.
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
	local fresh=() options=("$@") option stale=""

	case ${CI:-} in
	"" | 0 | false | no | off) ;;
	*) options+=(-DWIRECHECK_WERROR=ON) ;;
	esac
	configuration_fits || fresh=(--fresh)
	for option in "${options[@]}"; do
		option=${option#-D}
		[ "$(configured "${option%%=*}")" = "${option#*=}" ] || stale=1
	done
	if [ ${#fresh[@]} -eq 0 ] && [ -z "$stale" ]; then
		return
	fi
	quietly cmake "${fresh[@]}" "${options[@]}" -G "Unix Makefiles" -S "$top" -B "$build" ||
		return
	# Objects that another configuration left behind look up to date.
	[ ${#fresh[@]} -eq 0 ] || quietly make -C "$build" clean
}

# Reads what make prints, and says every ten per cent how far it is. Says nothing when all is up to
# date: then no line is of a file that is built.
show_progress() {
	local line percent shown=-1

	while IFS= read -r line; do
		[[ $line =~ ^\[\ *([0-9]+)%\]\ (Building|Linking) ]] ||
			[[ $shown -ge 0 && $line =~ ^\[(100)%\]\ done ]] || continue
		percent=$((BASH_REMATCH[1] / 10 * 10))
		[ "$shown" -ge 0 ] || printf '%s: building into %s:' "${0##*/}" "$build" >&2
		[ "$percent" -le "$shown" ] || printf ' %s%%' "$percent" >&2
		[ "$percent" -le "$shown" ] || shown=$percent
	done
	[ "$shown" -lt 0 ] || echo >&2
}

# Builds targets of make's, and says how far it is. What make printed is shown when it fails.
build_targets() {
	local log=$build/build.log

	{ make -s -O -C "$build" -j"$(nproc)" "$@" && echo "[100%] done"; } </dev/null 2>&1 |
		tee "$log" | show_progress
	if [ "${PIPESTATUS[0]}" -ne 0 ]; then
		cat "$log" >&2
		return 1
	fi
}

# Prepares the build folder, and runs a command there. Two at once take turns.
in_build_folder() {
	mkdir -p "$build" 2>/dev/null
	[ -w "$build" ] || give_up "$build: no right to write there"
	# A make that called us must not hand its options and its jobs on.
	unset MAKEFLAGS MFLAGS MAKELEVEL
	(
		flock 9
		"$@"
	) 9>"$build/setup.lock"
}

# setup_configuration OPTION...: configures build/ with these options of cmake's, where it has to be.
setup_configuration() {
	in_build_folder configure "$@" || give_up "cmake failed"
}

# setup_build TARGET...: brings these targets of build/ up to date; without any, the command and the
# demos.
setup_build() {
	setup_configuration
	in_build_folder build_targets "$@" || give_up "the build failed"
}
