"""Of every way to write a schema our reader says, field by field, what drizzle-orm says."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from oracle.compare import compare
from oracle.disk import Disk
from oracle.node import Drizzle

from shipkit_mcp.readers.drizzle import find_schema, read_schema

FIXTURES = Path(__file__).resolve().parent / "fixtures"
_CASING = re.compile(r"^// casing: (\w+)")


@dataclass(frozen=True)
class Case:
    """One schema. ``truth`` stands where Node itself cannot find what the schema imports."""

    name: str
    root: Path
    files: tuple[str, ...]
    casing: str | None = None
    alias: tuple[tuple[str, str], ...] = ()
    truth: tuple[str, ...] = ()

    @property
    def request(self) -> dict[str, Any]:
        files = [found for one in self.truth or self.files for found in self._meant(one)]
        return {"root": str(self.root), "files": files, "casing": self.casing, "alias": dict(self.alias)}

    def _meant(self, pattern: str) -> list[str]:
        return sorted(str(path) for path in self.root.glob(pattern)) if "*" in pattern else [pattern]


def single(path: Path) -> Case:
    casing = _CASING.match(path.read_text(encoding="utf-8"))
    name = path.relative_to(FIXTURES).with_suffix("").as_posix()
    return Case(name, path.parent, (path.name,), casing[1] if casing else None)


def folder(path: Path) -> Case:
    described = json.loads(path.read_text(encoding="utf-8"))
    return Case(
        path.parent.relative_to(FIXTURES).as_posix(),
        path.parent,
        tuple(described["files"]),
        described.get("casing"),
        tuple(described.get("alias", {}).items()),
        tuple(described.get("truth", ())),
    )


CASES = [
    *(single(path) for path in sorted(FIXTURES.glob("*/*.ts"))),
    *(folder(path) for path in sorted(FIXTURES.glob("*/*/case.json"))),
]


@pytest.mark.node
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_reader_says_what_drizzle_says(case: Case, drizzle: Drizzle, drizzle_v1: Drizzle) -> None:
    files = Disk(case.root, everything=True)
    schema = read_schema(files, find_schema(files, case.files, case.casing or "none"))

    oracle = drizzle_v1 if case.name.startswith("v1_") else drizzle
    truth = oracle.dump(case.request)

    assert "error" not in truth
    assert truth["tables"] or truth["enums"]
    assert compare(truth, schema, case.casing).differences == []
    assert schema.unread == ()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_every_table_and_enum_points_at_the_line_that_makes_it(case: Case) -> None:
    files = Disk(case.root, everything=True)
    schema = read_schema(files, find_schema(files, case.files, case.casing or "none"))

    for one in (*schema.tables, *schema.enums):
        source = files.get(one.path)
        assert source is not None
        line = source.lines[one.line - 1]
        assert "(" in line
        assert one.key in line or one.name in line


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_reading_twice_gives_the_same_bytes(case: Case) -> None:
    files = Disk(case.root, everything=True)
    memo: dict[str, object] = {}

    first, second, kept = (
        read_schema(files, find_schema(files, case.files, case.casing or "none"), memory)
        for memory in (None, memo, memo)
    )

    assert first.model_dump_json() == second.model_dump_json() == kept.model_dump_json()
