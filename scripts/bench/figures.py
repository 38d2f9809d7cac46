"""The figures: each function measures one and returns the rows of the table that it fills."""
from __future__ import annotations

import os
import shutil
from pathlib import Path
from statistics import mean, median
from typing import Iterator, NamedTuple

from measure import Unmeasured, in_turn, run

HERE = Path(__file__).resolve().parent

MAKE = ("make", "-s", f"-j{len(os.sched_getaffinity(0))}")
CASE = "tcp/hello"
JOBS_TRIED = (2, 4, 8, 16, 32, 64)  # for the bare pair
MANY = 10_000
MANY_LIMIT = 20  # seconds that they may take at once; BENCH_FULL=1 lifts it


class Row(NamedTuple):
    figure: str
    ours: str
    theirs: str
    ratio: str
    to_reach: str
    reached: bool


class Build(NamedTuple):
    """Where the command was built, and a folder to write to."""

    folder: Path
    scratch: Path

    def wirecheck(self, *arguments: object) -> list[object]:
        return [self.folder / "wirecheck", "--captures", self.scratch / "captures", *arguments]

    def source(self) -> Path:
        """The folder that it was built from."""
        name = "CMAKE_HOME_DIRECTORY:INTERNAL="
        try:
            cache = (self.folder / "CMakeCache.txt").read_text().splitlines()
        except OSError as error:
            raise Unmeasured(f"{error.filename}: {error.strerror}") from error
        return next(Path(line.removeprefix(name)) for line in cache if line.startswith(name))

    def per_case(self, count: int) -> float:
        """Seconds that each of `count` cases side by side takes."""
        return run(self.wirecheck("--repeat", count, CASE)).seconds / count


def milliseconds(seconds: float) -> str:
    return f"{seconds * 1000:.2f} ms"


def bare_per_case(build: Build, count: int, jobs: int) -> float:
    return run([build.folder / "bench/bare", build.folder / "impl", count, jobs]).seconds / count


def best_jobs(build: Build) -> int:
    """The number of bare pairs side by side that costs least: the better of two runs counts."""
    costs = {jobs: [] for jobs in JOBS_TRIED}
    for _ in range(2):
        for jobs in JOBS_TRIED:
            costs[jobs].append(bare_per_case(build, 300, jobs))
    return min(JOBS_TRIED, key=lambda jobs: min(costs[jobs]))


def against_bare(build: Build) -> Iterator[Row]:
    jobs = best_jobs(build)
    pair = in_turn(7, lambda: build.per_case(1000), lambda: bare_per_case(build, 1000, jobs))
    yield Row(
        f"{CASE}, a case, against the pair bare ({jobs} at once)",
        milliseconds(pair.ours), milliseconds(pair.theirs), f"{pair.ratio:.2f}",
        "at most 1.6", pair.ratio <= 1.6,
    )  # fmt: skip


def pipeline_per_case(build: Build, count: int) -> float:
    # As another user than root in there: tcpdump would change to one, and may not.
    namespaces = ["unshare", "--user", "--net", "--map-user=1000", "--map-group=1000",
                  "--keep-caps"]  # fmt: skip
    pytest = [os.environ["WIRECHECK_PYTHON"], "-m", "pytest", "-q", "-p", "no:cacheprovider",
              "-c", "/dev/null", f"--rootdir={build.scratch}",
              f"--basetemp={build.scratch / 'pipeline'}",
              HERE / "pipeline/test_hello.py"]  # fmt: skip
    done = run(
        [*namespaces, *pytest],
        BENCH_PROGRAMS=str(build.folder / "impl"), BENCH_REPEAT=str(count),
    )  # fmt: skip
    return done.seconds / count


def against_pipeline(build: Build) -> Iterator[Row]:
    pair = in_turn(3, lambda: build.per_case(500), lambda: pipeline_per_case(build, 12))
    times = 1 / pair.ratio
    yield Row(
        f"{CASE}, cases a second, against pytest + tcpdump + tshark in turn",
        f"{1 / pair.ours:.0f}", f"{1 / pair.theirs:.1f}", f"{times:.0f}",
        "at least 100", times >= 100,
    )  # fmt: skip


def many_count(per_case: float) -> int:
    """How many cases fit into the time there is."""
    if os.environ.get("BENCH_FULL") or per_case * MANY <= MANY_LIMIT:
        return MANY
    return max(2, int(MANY_LIMIT / per_case / 1000)) * 1000


class Many(NamedTuple):
    """Seconds a case and the scheduler's peak in KiB, with many cases and with 1,000."""

    many: float
    few: float
    peak: int
    peak_of_few: int


def many_between_few(build: Build, count: int) -> Many:
    """Six runs of 1,000, half before and half after: they see what the machine does meanwhile."""

    def measured(count: int) -> tuple[float, int]:
        done = run(build.wirecheck("--repeat", count, CASE), sample=True)
        return done.seconds / count, done.peak

    few = [measured(1000) for _ in range(3)]
    many, peak = measured(count)
    few += [measured(1000) for _ in range(3)]
    return Many(many, mean(cost for cost, _ in few), peak, max(peak for _, peak in few))


def many_cases(build: Build) -> Iterator[Row]:
    count = many_count(build.per_case(1000))
    rounds = [many_between_few(build, count) for _ in range(3)]
    ratio = median(each.many / each.few for each in rounds)
    note = "" if count == MANY else " (BENCH_FULL=1 for 10,000)"
    yield Row(
        f"{count:,} cases against 1,000, a case{note}",
        milliseconds(median(each.many for each in rounds)),
        milliseconds(median(each.few for each in rounds)), f"{ratio:.2f}",
        "at most 1.1", ratio <= 1.1,
    )  # fmt: skip
    peak = max(each.peak for each in rounds)
    peak_of_few = max(each.peak_of_few for each in rounds)
    yield Row(
        f"memory of the scheduler, {count:,} cases against 1,000",
        f"{peak / 1024:.1f} MiB", f"{peak_of_few / 1024:.1f} MiB", f"{peak / peak_of_few:.2f}",
        "at most 32 MiB, 1.05", peak <= 32 * 1024 and peak / peak_of_few <= 1.05,
    )  # fmt: skip


def one_alone(build: Build) -> Iterator[Row]:
    pair = in_turn(
        21,
        lambda: run(build.wirecheck(CASE)).seconds,
        lambda: bare_per_case(build, 1, 1),
    )
    yield Row(
        f"{CASE} alone, command to verdict, against the pair bare",
        milliseconds(pair.ours), milliseconds(pair.theirs), f"{pair.ratio:.2f}",
        "at most 30 ms", pair.ours <= 0.030,
    )  # fmt: skip


class Transfer(NamedTuple):
    """Seconds of one transfer of 1 GiB: captured, also compared on the wire, and without both."""

    captured: float
    compared: float
    bare: float


def seconds_in(output: str) -> list[float]:
    try:
        return [float(word) for word in output.splitlines()[0].split()]
    except (IndexError, ValueError) as error:
        raise Unmeasured(f"no seconds in: {output}") from error


def transfer(build: Build) -> Transfer:
    """The capture, of 1 GiB as well, is not kept."""
    captures = build.scratch / "captures"
    ours = run([build.folder / "bench/gigabyte", "--captures", captures]).output
    shutil.rmtree(captures)
    theirs = run([build.folder / "bench/transfer"]).output
    return Transfer(*seconds_in(ours), *seconds_in(theirs))


def gigabyte(build: Build) -> Iterator[Row]:
    """The first one counts for nothing: memory that a virtual machine never used before is slow."""
    transfers = [transfer(build) for _ in range(6)][1:]
    bare = median(each.bare for each in transfers)
    for name, seconds, to_reach in (
        ("1 GiB, captured without a drop, against uncaptured", lambda each: each.captured, ""),
        ("the same, captured and compared", lambda each: each.compared, "at least 0.5"),
    ):
        share = median(each.bare / seconds(each) for each in transfers)
        yield Row(
            name, f"{1 / median(map(seconds, transfers)):.2f} GiB/s", f"{1 / bare:.2f} GiB/s",
            f"{share:.2f}", to_reach, share >= 0.5,
        )  # fmt: skip


def catalogue(build: Build) -> Iterator[Row]:
    """A case that fails takes its time too: what the figure is about is the runner."""
    check = [*MAKE, "-C", build.folder, "check"]

    def by_check() -> float:
        return run(check, statuses=(0, 2), PYTEST_ARGS="cases").seconds

    by_check()  # builds what is not built yet
    pair = in_turn(3, by_check, lambda: run(build.wirecheck(), statuses=(0, 1, 2)).seconds)
    yield Row(
        "the catalogue by make check, against wirecheck directly",
        f"{pair.ours:.2f} s", f"{pair.theirs:.2f} s", f"{pair.difference:+.2f} s",
        "at most +1.5 s", pair.difference <= 1.5,
    )  # fmt: skip


def changed_case(build: Build) -> Iterator[Row]:
    """The case's file only gets a new time, and its old one back."""
    file = build.source() / f"cases/{CASE}.c"
    make = [*MAKE, "-O", "-C", build.folder]
    before = file.stat()
    costs = []
    run(make)
    try:
        for _ in range(5):
            os.utime(file)
            costs.append(run(make).seconds + run(build.wirecheck(CASE)).seconds)
    finally:
        os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    yield Row(
        "a case's file changed, build to verdict",
        f"{median(costs):.2f} s", "", "", "at most 1 s", median(costs) <= 1,
    )  # fmt: skip


ALL = (
    against_bare,
    against_pipeline,
    many_cases,
    one_alone,
    gigabyte,
    catalogue,
    changed_case,
)
