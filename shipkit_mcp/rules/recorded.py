"""Our own document as it was last written -> the tables and columns that its plan recorded."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from shipkit_mcp.facts import Evidence, PrepDoc
from shipkit_mcp.patterns.diagram import PLANNED, TO_BE_CHANGED

PlannedState = Literal["existing", "new", "modify", "remove"]

_LISTS: Mapping[str, PlannedState] = {
    "New Tables Needed": "new",
    "Tables to Modify": "modify",
    "Tables to Remove": "remove",
}
_NAMES = re.compile(r"`([^`]+)`")
_EXISTING = re.compile(r"\*\*`([^`]+)`\*\*")
_NUMBER = re.compile(r"\((\d+) columns?\)\s*$")
_ENTITY = re.compile(r'    (?P<name>[A-Za-z]\w*|"[^"]+") \{')
_ATTRIBUTE = re.compile(r'        (?P<type>\w+) (?P<name>\w+)(?: [A-Z, ]+)?(?: "(?P<notes>[^"]*)")?')
_ACTION = re.compile(r"- \*\*Action:\*\* ALTER TABLE `(?P<table>[^`]+)`: (?P<steps>.*)")
_DROPPED = re.compile(r"DROP COLUMN ((?:`[^`]+`(?:, | and )?)+)")
_RENAMED = re.compile(r"RENAME COLUMN `([^`]+)` TO")


@dataclass(frozen=True, slots=True)
class PlannedColumn:
    """A column as the plan's diagram draws it."""

    name: str
    type: str | None = None
    """In the diagram's words (``varchar_255``); None where it is not known."""
    standing: Literal["there", "planned", "to be changed"] = "there"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedTable:
    """A table as a plan recorded it."""

    name: str
    state: PlannedState
    columns: tuple[PlannedColumn, ...] = ()
    """As the schema will be; empty where the plan does not list them."""
    dropped: frozenset[str] = frozenset()
    """Columns that the plan drops."""
    renamed: frozenset[str] = frozenset()
    """Columns that get another name, by the old one."""
    count: int | None = None
    """How many columns there were, where the plan says no more than that."""
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class PlannedFacts:
    """What an earlier plan said of the tables."""

    path: str
    tables: tuple[PlannedTable, ...]


def read_planned(document: PrepDoc) -> PlannedFacts:
    """What our own document, as it was last written, says of the tables: its fixed lists, actions and diagram."""
    found: dict[str, PlannedTable] = {}
    for section in document.sections:
        if section.key.startswith("existing tables"):
            rows = range(section.line, section.line + sum(one.text.count("\n") + 3 for one in section.blocks))
            found.update(_existing(document, rows))
    for row, text in enumerate(document.source.lines):
        found.update(_listed(document, row, text))
    drawn, steps = _drawn(document.source.lines), _steps(document.source.lines)
    return PlannedFacts(document.path, tuple(_filled(one, drawn, steps) for one in found.values()))


def _existing(document: PrepDoc, rows: range) -> Iterator[tuple[str, PlannedTable]]:
    for row in rows[: len(document.source.lines)]:
        text = document.source.lines[row] if row < len(document.source.lines) else ""
        name = _EXISTING.match(text.lstrip("-* "), 0) or _EXISTING.search(text)
        size = _NUMBER.search(text)
        if text.startswith("#"):
            return
        if name:
            yield (
                name[1],
                PlannedTable(
                    name=name[1],
                    state="existing",
                    count=int(size[1]) if size else None,
                    evidence=document.source.at(row),
                ),
            )


def _listed(document: PrepDoc, row: int, text: str) -> Iterator[tuple[str, PlannedTable]]:
    for label, state in _LISTS.items():
        if text.startswith(f"**{label}:**"):
            for name in _NAMES.findall(text):
                if re.fullmatch(r"\w+", name):
                    yield name, PlannedTable(name=name, state=state, evidence=document.source.at(row))


def _drawn(lines: tuple[str, ...]) -> Mapping[str, tuple[PlannedColumn, ...]]:
    """Entity to its columns, from the document's diagram; nothing where the diagram left columns out."""
    if "erDiagram" not in lines:
        return {}
    start = lines.index("erDiagram")
    end = next((row for row in range(start, len(lines)) if lines[row].startswith("```")), len(lines))
    if lines[start + 1 : start + 2] and lines[start + 1].lstrip().startswith("%% left out"):
        return {}
    found: dict[str, list[PlannedColumn]] = {}
    entity = ""
    for line in lines[start:end]:
        if opened := _ENTITY.fullmatch(line):
            entity = opened["name"].strip('"')
        elif entity and (told := _ATTRIBUTE.fullmatch(line)):
            found.setdefault(entity, []).append(_column(told))
    return {name: tuple(columns) for name, columns in found.items()}


def _column(told: re.Match[str]) -> PlannedColumn:
    last = (told["notes"] or "").rpartition(", ")[2]
    if last == PLANNED:
        return PlannedColumn(told["name"], told["type"], "planned")
    return PlannedColumn(told["name"], told["type"], "to be changed" if last == TO_BE_CHANGED else "there")


def _steps(lines: tuple[str, ...]) -> Mapping[str, str]:
    """Table to what the plan's changes do to it."""
    told = (_ACTION.fullmatch(line) for line in lines)
    return {one["table"]: one["steps"] for one in told if one}


def _filled(
    table: PlannedTable, drawn: Mapping[str, tuple[PlannedColumn, ...]], steps: Mapping[str, str]
) -> PlannedTable:
    """A table with its columns; one of a database schema of its own is drawn under its full name."""
    full = [one for one in drawn if one == table.name] or [
        one for one in drawn if one.rpartition(".")[2] == table.name
    ]
    told = steps.get(table.name, "")
    return replace(
        table,
        columns=drawn[full[0]] if len(full) == 1 else (),
        dropped=frozenset(name for group in _DROPPED.findall(told) for name in _NAMES.findall(group)),
        renamed=frozenset(_RENAMED.findall(told)),
    )
