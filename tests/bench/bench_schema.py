"""Reading a schema side by side: ours, ``drizzle-kit export`` and a bare parse, in one run, as ratios.

``python tests/bench/bench_schema.py``; exit status 1 where a figure of the design is missed.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import tree_sitter_typescript
from tree_sitter import Language, Parser

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench.schema_source import schema_source
from oracle.disk import Disk
from oracle.node import environment, install, node

from shipkit_mcp.readers.drizzle import find_schema, read_schema

MOST_PARSES = 4.0
LEAST_FASTER = {7: 20.0, 112: 4.0}
LEAST_FASTER_AGAIN = 50.0


@dataclass(frozen=True)
class Figures:
    """Medians in seconds."""

    tables: int
    size: int
    ours: float
    again: float
    parse: float
    kit: float

    def missed(self) -> list[str]:
        """The figures of the design that this run does not reach."""
        wanted = (
            (self.ours / self.parse <= MOST_PARSES, f"at most {MOST_PARSES:g} parses"),
            (
                self.kit / self.ours >= LEAST_FASTER[self.tables],
                f"{LEAST_FASTER[self.tables]:g} times drizzle-kit",
            ),
            (self.kit / self.again >= LEAST_FASTER_AGAIN, f"again {LEAST_FASTER_AGAIN:g} times drizzle-kit"),
        )
        return [f"{self.tables} tables: {what}" for reached, what in wanted if not reached]

    def row(self) -> str:
        times = (self.ours, self.again, self.parse, self.kit)
        ratios = (self.ours / self.parse, self.kit / self.ours, self.kit / self.again)
        return (
            f"{self.tables:>6} {self.size / 1024:>6.0f}"
            + "".join(f"{one * 1000:>10.1f}" for one in times)
            + "".join(f"{one:>10.1f}" for one in ratios)
        )


HEAD = f"{'tables':>6} {'KiB':>6}" + "".join(
    f"{one:>10}" for one in ("ours ms", "again ms", "parse ms", "kit ms", "x parse", "kit/ours", "kit/again")
)


def measure(tables: int, rounds: int = 15) -> Figures:
    """One schema, the measurements interleaved so that a busy machine slows all of them."""
    scratch = install() / ".oracle"
    scratch.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=scratch) as folder:
        root = Path(folder)
        source = schema_source(tables)
        (root / "schema.ts").write_text(source, encoding="utf-8")
        memo: dict[str, object] = {}
        _ours(root, memo)
        steps: dict[str, Callable[[], None]] = {
            "ours": lambda: _ours(root, None),
            "again": lambda: _ours(root, memo),
            "parse": lambda: _parse(source.encode()),
            "kit": lambda: _export(root),
        }
        times: dict[str, list[float]] = {name: [] for name in steps}
        for turn in range(rounds):
            for name, step in steps.items():
                if name != "kit" or turn < 3:
                    times[name].append(_timed(step))
        return Figures(tables, len(source), **{name: median(found) for name, found in times.items()})


def _timed(step: Callable[[], None]) -> float:
    started = time.perf_counter()
    step()
    return time.perf_counter() - started


def _ours(root: Path, memo: dict[str, object] | None) -> None:
    files = Disk(root)
    read_schema(files, find_schema(files, ["schema.ts"]), memo)


def _parse(source: bytes) -> None:
    Parser(Language(tree_sitter_typescript.language_typescript())).parse(source)


def _export(root: Path) -> None:
    kit = install() / "drizzle-kit" / "bin.cjs"
    command = [str(node()), str(kit), "export", "--dialect", "postgresql", "--schema", "schema.ts"]
    subprocess.run(command, cwd=root, env=environment(), check=True, capture_output=True)


def main() -> int:
    print(HEAD)
    missed: list[str] = []
    for tables in LEAST_FASTER:
        figures = measure(tables)
        print(figures.row(), flush=True)
        missed += figures.missed()
    for one in missed:
        print("missed:", one)
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
