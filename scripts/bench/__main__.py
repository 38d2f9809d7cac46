"""Measures the figures and prints them as a table: scripts/bench/run [--build-dir DIR] [FIGURE...].

A FIGURE is the name of a function in figures.py; default: all. The exit status is 0 when all that
was asked for was measured, reached or not, and 1 otherwise.
"""
from __future__ import annotations

import argparse
import os
import platform
import signal
import sys
import tempfile
import time
from pathlib import Path

import figures
from measure import Unmeasured

TOP = Path(__file__).resolve().parents[2]
HEADINGS = ("figure", "ours", "theirs", "ratio", "to reach", "reached")


def parse_arguments() -> argparse.Namespace:
    names = [figure.__name__ for figure in figures.ALL]
    parser = argparse.ArgumentParser(prog="scripts/bench/run", allow_abbrev=False)
    parser.add_argument("--build-dir", default=TOP / "build", type=Path, metavar="DIR")
    parser.add_argument("figures", nargs="*", metavar="FIGURE", help=", ".join(names))
    arguments = parser.parse_args()
    for name in arguments.figures:
        if name not in names:
            parser.error(f"no figure is named {name}: {', '.join(names)}")
    return arguments


def machine() -> str:
    load = os.getloadavg()[0]
    cores = len(os.sched_getaffinity(0))
    text = f"{cores} cores, Linux {platform.release()}, load {load:.1f} at the beginning"
    return text + (" (the machine is busy with other work)" if load > cores / 2 else "")


def measured(figure, build: figures.Build, complaints: list[str]) -> list[figures.Row]:
    """The rows of a figure; what stands in the way of measuring it becomes a complaint."""
    print(f"measuring: {figure.__name__}", file=sys.stderr, flush=True)
    try:
        return list(figure(build))
    except Unmeasured as problem:
        complaints.append(f"{figure.__name__}: {problem}")
        return []


def reached(row: figures.Row) -> str:
    if not row.to_reach:
        return ""
    return "yes" if row.reached else "no"


def table(rows: list[figures.Row]) -> str:
    lines = [HEADINGS, *((*row[:-1], reached(row)) for row in rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(HEADINGS))]
    return "\n".join(
        "  ".join(
            cell.ljust(width) if column in (0, 4, 5) else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(line, widths))
        ).rstrip()
        for line in lines
    )


def main() -> int:
    arguments = parse_arguments()
    chosen = [f for f in figures.ALL if not arguments.figures or f.__name__ in arguments.figures]
    complaints: list[str] = []
    rows: list[figures.Row] = []
    began = time.monotonic()
    print(machine(), flush=True)
    with tempfile.TemporaryDirectory(prefix="wirecheck-bench-") as scratch:
        build = figures.Build(arguments.build_dir.resolve(), Path(scratch))
        for figure in chosen:
            rows += measured(figure, build, complaints)
    if rows:
        print(table(rows))
    print(f"in {time.monotonic() - began:.0f} s")
    for complaint in complaints:
        print(f"not measured: {complaint}", file=sys.stderr)
    return 1 if complaints else 0


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(128 + number))
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(128 + signal.SIGINT)
