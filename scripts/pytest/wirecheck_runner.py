"""The pytest plugin that runs wirecheck: it collects, starts and reports, and decides nothing.

A test is a case (cases/tcp/hello.c declares tcp/hello and tcp/hello_ipv6, run by build/wirecheck)
or a unit test of the harness (harness/tests/test_packet.c, run by
build/harness/tests/test_packet). An executable is started once, with `--json PIPE NAME...` for all
of its tests that were selected, and writes a verdict a line. Under pytest-xdist it is started for
each test: a worker is told no more.

PYTEST_DONT_REWRITE
"""
from __future__ import annotations

import json
import os
import re
import select
import signal
import subprocess
import tempfile
from pathlib import Path
from typing import Iterator

import pytest
from _pytest._code.code import (
    ReprEntryNative,
    ReprExceptionInfo,
    ReprFileLocation,
    ReprTraceback,
)

LIST_SECONDS = 60  # for an executable to list its tests
SILENCE_SECONDS = 300  # between two verdicts; wirecheck's own limits are far below
STOP_SECONDS = 5  # for an interrupted executable to end
STDERR_SHOWN = 64 * 1024  # bytes


class Failure(Exception):
    """A test failed; its text is all there is to show."""


def status_text(status: int) -> str:
    if status >= 0:
        return f"ended with exit status {status}"
    try:
        return f"was killed by {signal.Signals(-status).name}"
    except ValueError:
        return f"was killed by signal {-status}"


def child_environment() -> dict[str, str]:
    """The environment without what make and scripts/pytest put there for pytest."""
    ours = ("MAKE", "MFLAGS", "PYTEST_", "PYTHONDONTWRITEBYTECODE", "WIRECHECK_PYTHON")
    return {name: value for name, value in os.environ.items() if not name.startswith(ours)}


class Execution:
    """One process that runs tests by their names, and the verdicts that it has given so far."""

    def __init__(self, executable: Path, names: list[str], folder: Path) -> None:
        self.executable = executable
        self.names = names
        self.unasked = set(names)
        self.verdicts: dict[str, dict] = {}
        self.unread = b""  # the beginning of a line
        self.unreadable: list[bytes] = []  # lines that are no verdict
        self.ending = ""  # how the process ended, once it has
        self.stderr = tempfile.TemporaryFile()
        self.scratch = tempfile.TemporaryDirectory(prefix="wirecheck-")
        # A named pipe, since an inherited descriptor would leak into the programs under test.
        # Opened for writing as well it reports no end; the process's end is looked for instead.
        path = os.path.join(self.scratch.name, "verdicts")
        os.mkfifo(path, 0o600)
        self.pipe = open(os.open(path, os.O_RDWR | os.O_NONBLOCK), "rb", buffering=0)
        self.process = subprocess.Popen(
            [executable, "--json", path, *names],
            cwd=folder,
            env=child_environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=self.stderr,
        )
        self.pidfd = open(os.pidfd_open(self.process.pid), "rb", buffering=0)

    def verdict(self, name: str) -> dict:
        """Waits for a test's verdict; for the last one, until the process has ended."""
        self.unasked.discard(name)
        while not self.ending and (name not in self.verdicts or not self.unasked):
            self.advance()
        verdict = self.verdicts.get(name)
        if verdict is None:
            raise Failure(f"no verdict: {self.problem()}")
        if not self.unasked and not self.is_explained():
            raise Failure(f"{verdict['text']}\n{self.problem()}".lstrip())
        return verdict

    def advance(self) -> None:
        """Waits until the process has written something or has ended, and takes that in."""
        poll = select.poll()
        poll.register(self.pipe, select.POLLIN)
        poll.register(self.pidfd, select.POLLIN)
        ready = [descriptor for descriptor, _ in poll.poll(SILENCE_SECONDS * 1000)]
        # What it wrote before it ended is in the pipe by now.
        self.read_verdicts()
        if not ready:
            self.stop()
            self.ending = f"gave no verdict for {SILENCE_SECONDS} s and was stopped"
        elif self.pidfd.fileno() in ready:
            self.ending = status_text(self.process.wait())

    def read_verdicts(self) -> None:
        while chunk := self.pipe.read(65536):
            *lines, self.unread = (self.unread + chunk).split(b"\n")
            for line in lines:
                self.read_verdict(line)

    def read_verdict(self, line: bytes) -> None:
        try:
            verdict = json.loads(line)
            fields = {name: verdict[name] for name in ("verdict", "seconds", "text")}
            self.verdicts[verdict["name"]] = fields
        except (ValueError, KeyError, TypeError):
            self.unreadable.append(line)

    def is_explained(self) -> bool:
        """Whether the exit status agrees with the verdicts: a memory leak shows there alone."""
        given = {verdict["verdict"] for verdict in self.verdicts.values()}
        nothing_tested = given == {"SKIP"}
        if len(self.verdicts) < len(self.names):
            return True  # those without a verdict show it
        allowed = {0: True, 1: "FAIL" in given, 2: "BROKEN" in given or nothing_tested}
        return allowed.get(self.process.returncode, False)

    def problem(self) -> str:
        """How the process ended, and what it wrote that is no verdict."""
        size = self.stderr.seek(0, os.SEEK_END)
        self.stderr.seek(max(0, size - STDERR_SHOWN))
        parts = [f"{self.executable.name} {self.ending}".encode()]
        parts += [b"not a verdict: " + line for line in [*self.unreadable, self.unread] if line]
        if size > STDERR_SHOWN:
            parts.append(b"the last %d of %d bytes of standard error:" % (STDERR_SHOWN, size))
        parts.append(self.stderr.read())
        return b"\n".join(parts).decode(errors="replace").rstrip()

    def stop(self) -> None:
        """Ends the process, by an interrupt first, so that it can clean up."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
            try:
                self.process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                pass
            finally:  # also when Ctrl-C comes a second time
                self.process.kill()
                self.process.wait()

    def close(self) -> None:
        self.stop()
        self.pipe.close()
        self.pidfd.close()
        self.stderr.close()
        self.scratch.cleanup()


EXECUTIONS = pytest.StashKey[dict[Path, Execution]]()


def execution_for(test: Test) -> Execution:
    """The process that runs this test, started now if it is the first to ask for it."""
    executions = test.session.stash.setdefault(EXECUTIONS, {})
    execution = executions.get(test.executable)
    if execution is not None and test.name in execution.unasked:
        return execution
    if execution is not None:
        execution.close()
    names = [test.name]
    if execution is None and not hasattr(test.config, "workerinput"):
        names = [
            other.name
            for other in test.session.items
            if isinstance(other, Test) and other.executable == test.executable
        ]
    executions[test.executable] = Execution(test.executable, names, test.config.rootpath)
    return executions[test.executable]


class Test(pytest.Item):
    """A case, or a unit test of the harness."""

    executable: Path
    problem = ""  # why it cannot be run, where that is known already
    verdict: dict | None = None

    @classmethod
    def of(cls, file: pytest.File, name: str, executable: Path, problem: str = "") -> Test:
        test = cls.from_parent(file, name=name)
        test.executable = executable
        test.problem = problem
        return test

    def runtest(self) -> None:
        if self.problem:
            raise Failure(self.problem)
        try:
            self.verdict = execution_for(self).verdict(self.name)
        except OSError as error:
            raise Failure(cannot_run(self.executable, error)) from error
        verdict, text = self.verdict["verdict"], self.verdict["text"]
        if verdict == "SKIP":
            pytest.skip(text)
        if verdict == "BROKEN":
            raise Failure(f"BROKEN: {text.lstrip()}")
        if verdict != "PASS":
            raise Failure(text or verdict)

    def line_in(self, text: str) -> int:
        """The line of this test's file that a text speaks of first, counted from 1; or 1."""
        file = self.path.relative_to(self.config.rootpath).as_posix()
        found = re.search(re.escape(file) + r":(\d+)", text)
        return int(found[1]) if found else 1

    def repr_failure(self, excinfo: pytest.ExceptionInfo) -> object:
        if not isinstance(excinfo.value, Failure):
            return super().repr_failure(excinfo)
        text = str(excinfo.value)
        first_line = text.strip().split("\n")[0]
        # Nothing but the text, in the one form of which pytest also shows the first line in its
        # summary and which pytest-xdist hands on.
        entry = ReprEntryNative([text.rstrip("\n") + "\n"])
        return ReprExceptionInfo(
            reprtraceback=ReprTraceback([entry], extraline=None, style="native"),
            reprcrash=ReprFileLocation(str(self.path), self.line_in(text), first_line),
        )

    def reportinfo(self) -> tuple[Path, int, str]:
        return self.path, 0, self.name


class CaseFile(pytest.File):
    """cases/tcp/hello.c holds the cases that wirecheck lists with this file."""

    def collect(self) -> Iterator[Test]:
        executable = build_folder(self.config) / "wirecheck"
        path = self.path.relative_to(self.config.rootpath)
        names, problem = [], f"{executable.name} --list: no case of {path}"
        try:
            names = cases_listed(self.session, executable).get(path.as_posix(), [])
        except LISTING_ERRORS as error:
            problem = cannot_list(executable, error)
        for name in names:
            yield Test.of(self, name, executable)
        if not names:
            name = path.relative_to("cases").with_suffix("").as_posix()
            yield Test.of(self, name, executable, problem)


class UnitFile(pytest.File):
    """harness/tests/test_packet.c holds the tests that its executable lists."""

    def collect(self) -> Iterator[Test]:
        executable = build_folder(self.config) / "harness" / "tests" / self.path.stem
        names, problem = [], f"{executable.name} --list: no tests"
        try:
            names = list_lines(executable, "--list")
        except LISTING_ERRORS as error:
            problem = cannot_list(executable, error)
        for name in names:
            yield Test.of(self, name, executable)
        if not names:
            yield Test.of(self, self.path.stem.removeprefix("test_"), executable, problem)


CASES = pytest.StashKey[dict[str, list[str]]]()


def cases_listed(session: pytest.Session, executable: Path) -> dict[str, list[str]]:
    """The names of the cases by the file that declares them; asked for once in a session."""
    if CASES not in session.stash:
        cases: dict[str, list[str]] = {}
        for line in list_lines(executable, "--list", "--json", "-"):
            case = json.loads(line)
            cases.setdefault(case["file"], []).append(case["name"])
        session.stash[CASES] = cases
    return session.stash[CASES]


def list_lines(executable: Path, *arguments: str) -> list[str]:
    listing = subprocess.run(
        [executable, *arguments],
        env=child_environment(),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=LIST_SECONDS,
        check=True,
        text=True,
    )
    return listing.stdout.splitlines()


LISTING_ERRORS = (OSError, subprocess.SubprocessError, ValueError, KeyError)


def cannot_list(executable: Path, error: Exception) -> str:
    """Why an executable did not list its tests."""
    if isinstance(error, OSError):
        return cannot_run(executable, error)
    if isinstance(error, subprocess.CalledProcessError):
        ending = status_text(error.returncode)
        return f"{executable.name} --list {ending}\n{error.stderr}".rstrip()
    if isinstance(error, subprocess.TimeoutExpired):
        return f"{executable.name} --list: no answer in {LIST_SECONDS} s"
    return f"{executable.name} --list: what it wrote is not a list: {error}"


def cannot_run(executable: Path, error: OSError) -> str:
    return f"{executable.name} cannot be run: {error.strerror}: {executable}"


def build_folder(config: pytest.Config) -> Path:
    return config.rootpath / config.getoption("build_dir")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.getgroup("wirecheck").addoption(
        "--build-dir",
        default="build",
        metavar="DIR",
        help="where wirecheck and the unit tests were built (default: build)",
    )


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    if file_path.suffix != ".c":
        return None
    folder = parent.config.rootpath
    if folder / "cases" in file_path.parents:
        return CaseFile.from_parent(parent, path=file_path)
    if file_path.parent == folder / "harness" / "tests" and file_path.stem.startswith("test_"):
        return UnitFile.from_parent(parent, path=file_path)
    return None


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo) -> Iterator[None]:
    outcome = yield
    if not isinstance(item, Test) or call.when != "call":
        return
    report = outcome.get_result()
    line = item.line_in(report.longreprtext)
    report.location = (report.location[0], line - 1, item.name)
    if item.verdict is not None:
        report.duration = item.verdict["seconds"]
        if report.skipped:
            report.longrepr = (str(item.path), line, f"Skipped: {item.verdict['text']}")


@pytest.hookimpl(tryfirst=True)
def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """Ends what -x or Ctrl-C left running, before anything is reported."""
    for execution in session.stash.get(EXECUTIONS, {}).values():
        execution.close()
    if exitstatus == pytest.ExitCode.OK and nothing_was_tested(session.config):
        session.exitstatus = pytest.ExitCode.NO_TESTS_COLLECTED


def nothing_was_tested(config: pytest.Config) -> bool:
    """Whether all that was to run was skipped. Under pytest-xdist the workers do not know."""
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    if reporter is None or hasattr(config, "workerinput") or config.option.collectonly:
        return False
    tested = any(reporter.stats.get(outcome) for outcome in ("passed", "failed", "error"))
    return bool(reporter.stats.get("skipped")) and not tested


def pytest_terminal_summary(terminalreporter) -> None:
    if nothing_was_tested(terminalreporter.config):
        terminalreporter.write_line("nothing was tested: every test was skipped")
