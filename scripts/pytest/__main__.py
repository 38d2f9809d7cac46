"""Starts pytest with the runner: python3 scripts/pytest [--build-dir DIR] [PYTEST ARGS].

Paths are relative to the top of the checkout. The environment's PYTEST_ARGS are put first, so that
`make check PYTEST_ARGS='-k restart'` works.
"""
import argparse
import os
import shlex
import signal
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent
TOP = HERE.parents[1]


def main() -> int:
    parser = argparse.ArgumentParser(add_help=False, allow_abbrev=False)
    parser.add_argument("--build-dir", default="build")
    known, arguments = parser.parse_known_args()
    build = TOP / known.build_dir
    # SIGTERM ends what runs as Ctrl-C does, and Ctrl-C works where a shell had it ignored.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.default_int_handler)
    os.chdir(TOP)
    return pytest.main([
        "-c", str(HERE / "pytest.ini"),
        f"--rootdir={TOP}",
        "-o", f"cache_dir={build / 'pytest_cache'}",
        "-p", "wirecheck_runner",
        f"--build-dir={build}",
        *shlex.split(os.environ.get("PYTEST_ARGS", "")),
        *arguments,
    ])


if __name__ == "__main__":
    sys.exit(main())
