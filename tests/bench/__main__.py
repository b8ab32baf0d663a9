"""Everything that must be fast and small, measured in one run as ratios: ``python -m tests.bench``.

Writes tests/bench/RESULTS.md. Exit status 1 where a figure of the design is missed.
"""

from __future__ import annotations

import argparse
import platform
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

TESTS = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(TESTS))

from bench.drafting import drafting_rows  # noqa: E402 - found through the line above
from bench.plans import plan_rows  # noqa: E402
from bench.replies import reply_rows  # noqa: E402
from bench.rows import Row  # noqa: E402
from bench.server import server_rows  # noqa: E402

RESULTS = TESTS / "bench" / "RESULTS.md"
HEAD = """# What was measured

`make bench` (`python -m tests.bench`) wrote this on {when} UTC, Python {python}, {system}, {cores} cores. Medians (or the
least of several rounds, where it says so) of one run in which the rivals take turns, so that a busy machine slows all of
them alike; plans are counted in CPU time of their one thread. "Bar" is what the design promises.

| what | figure | bar | |
| --- | --- | --- | --- |
"""


@dataclass(frozen=True)
class Asked:
    """What the command line asks."""

    quick: bool


def rows(asked: Asked) -> Iterator[Row]:
    """Every figure, in the order of the table."""
    with tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder)
        yield from server_rows(scratch, rounds=5 if asked.quick else 11)
        yield from plan_rows(scratch, most=1_000 if asked.quick else 3_000)
        yield from drafting_rows(scratch)
        yield from reply_rows(scratch)
    yield from _schema_rows()


def _schema_rows() -> Iterator[Row]:
    """The table of `bench_schema`, where Node is to be had."""
    command = [sys.executable, str(TESTS / "bench" / "bench_schema.py")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode > 1 or not done.stdout:
        yield Row("schema against drizzle-kit", "not run: Node or its packages are missing", "", kept=None)
        return
    _, *lines = done.stdout.strip().split("\n")
    names = ("ours ms", "again ms", "parse ms", "kit ms", "x parse", "kit/ours", "kit/again")
    for line in lines:
        tables, _, *figures = line.split()
        if tables == "missed:":
            continue
        said = dict(zip(names, map(float, figures), strict=True))
        least = 20 if tables == "7" else 4
        yield Row(
            f"{tables} tables: our reading / bare tree-sitter parse",
            f"{said['x parse']:.1f}",
            "<= 4",
            said["x parse"] <= 4,
        )
        yield Row(
            f"{tables} tables: drizzle-kit export / our reading",
            f"{said['kit/ours']:.0f}",
            f">= {least}",
            said["kit/ours"] >= least,
        )
        yield Row(
            f"{tables} tables: drizzle-kit export / our second reading",
            f"{said['kit/again']:.0f}",
            ">= 50",
            said["kit/again"] >= 50,
        )


def main() -> int:
    """Measure, print, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--quick", action="store_true", help="fewer rounds, no largest project, no RESULTS.md"
    )
    asked = Asked(**vars(parser.parse_args()))
    made = []
    for row in rows(asked):
        print(row.text(shutil.get_terminal_size().columns), flush=True)
        made.append(row)
    if not asked.quick:
        head = HEAD.format(
            when=datetime.now(UTC).strftime("%Y-%m-%d %H:%M"),
            python=platform.python_version(),
            system=platform.system(),
            cores=_cores(),
        )
        RESULTS.write_text(head + "".join(f"{row.markdown()}\n" for row in made), encoding="utf-8")
    missed = [row.what for row in made if row.kept is False]
    print(f"missed: {', '.join(missed)}" if missed else "every figure holds")
    return 1 if missed else 0


def _cores() -> int:
    import os

    return os.cpu_count() or 1


if __name__ == "__main__":
    sys.exit(main())
