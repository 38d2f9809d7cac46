"""How commands are timed: both sides in turn, in one run, and compared pair by pair."""
from __future__ import annotations

import os
import select
import subprocess
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import Callable, NamedTuple, Sequence

LIMIT = 600  # seconds, of each command
GRACE = 5  # seconds, for one that was asked to end
SAMPLING = 0.02  # seconds between two looks at a process
SHOWN = 2000  # characters of the output of a command that failed


class Unmeasured(Exception):
    """A figure could not be measured; the text says why."""


class Run(NamedTuple):
    seconds: float
    output: str
    peak: int  # the largest resident set of the process itself, in KiB; 0: not sampled


def environment() -> dict[str, str]:
    """The environment without what a make that called us put there."""
    ours = ("MAKE", "MFLAGS", "PYTEST_")
    return {name: value for name, value in os.environ.items() if not name.startswith(ours)}


def peak_of(process: subprocess.Popen) -> int:
    """proc_pid_status(5): VmHWM, which counts neither children nor what they used."""
    try:
        status = Path(f"/proc/{process.pid}/status").read_text()
    except OSError:
        return 0
    found = [line.split()[1] for line in status.splitlines() if line.startswith("VmHWM:")]
    return int(found[0]) if found else 0


def is_over(process: subprocess.Popen, seconds: float) -> bool:
    """Waits for its end. Popen.wait with a limit asks again and again, which costs precision."""
    descriptor = os.pidfd_open(process.pid)
    try:
        return bool(select.select([descriptor], [], [], seconds)[0])
    finally:
        os.close(descriptor)


def finish(process: subprocess.Popen, sample: bool) -> int:
    """Waits for the end of the process; its peak until shortly before, for it can only grow."""
    peak = 0
    deadline = time.monotonic() + LIMIT
    while True:
        peak = max(peak, peak_of(process)) if sample else 0
        if is_over(process, SAMPLING if sample else LIMIT):
            return peak
        if time.monotonic() > deadline:
            raise Unmeasured(f"{process.args[0]}: not over after {LIMIT} s")


def end(process: subprocess.Popen) -> None:
    """Ends the process if it still runs; it may have something to clean up first."""
    process.terminate()
    try:
        process.wait(GRACE)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def run(
    command: Sequence, statuses: Sequence[int] = (0,), sample: bool = False, **more: str
) -> Run:
    """Runs a command to its end. `more` is added to its environment."""
    with tempfile.TemporaryFile() as output:
        began = time.perf_counter()
        try:
            process = subprocess.Popen(
                [str(word) for word in command],
                env=environment() | more,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
            )
        except OSError as error:
            raise Unmeasured(f"{command[0]}: {error.strerror}; make bench builds it") from error
        try:
            peak = finish(process, sample)
            seconds = time.perf_counter() - began
        finally:
            end(process)
        output.seek(0)
        text = output.read().decode(errors="replace")
    if process.returncode not in statuses:
        words = " ".join(str(word) for word in command)
        raise Unmeasured(f"{words}: exit status {process.returncode}\n{text[-SHOWN:]}")
    return Run(seconds, text, peak)


class Pair(NamedTuple):
    """Medians of both sides, and of their ratio and difference, which are taken pair by pair."""

    ours: float
    theirs: float
    ratio: float
    difference: float


def in_turn(rounds: int, ours: Callable[[], float], theirs: Callable[[], float]) -> Pair:
    """Measures ours, theirs, ours, theirs, and so on: what else the machine does hits both."""
    pairs = [(ours(), theirs()) for _ in range(rounds)]
    return Pair(
        median(a for a, _ in pairs),
        median(b for _, b in pairs),
        median(a / b for a, b in pairs),
        median(a - b for a, b in pairs),
    )
