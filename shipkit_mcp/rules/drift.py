"""A recorded plan against the schema as it is: built, missing, still there, changed, never planned."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from shipkit_mcp.facts import Evidence, PrepDoc, Survey, Table
from shipkit_mcp.findings import Finding, Severity
from shipkit_mcp.rules.shape import folded, line_of

PlannedState = Literal["existing", "new", "modify", "remove"]

DRIFT_RULES: Mapping[str, str] = {
    "drift-built": "A planned table is built.",
    "drift-missing": "A table the plan calls existing is gone, or a planned one is not built.",
    "drift-still-there": "A table the plan removes is still in the schema.",
    "drift-changed": "A table's columns are not those the plan records.",
    "drift-unplanned": "A table is in the schema that the plan does not speak of.",
}

_LISTS: Mapping[str, PlannedState] = {
    "New Tables Needed": "new",
    "Tables to Modify": "modify",
    "Tables to Remove": "remove",
}
_NAMES = re.compile(r"`([^`]+)`")
_EXISTING = re.compile(r"\*\*`([^`]+)`\*\*")
_NUMBER = re.compile(r"\((\d+) columns?\)\s*$")


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedTable:
    """A table as a plan recorded it."""

    name: str
    state: PlannedState
    columns: tuple[str, ...] = ()
    """Names; empty where the plan does not list them."""
    count: int | None = None
    """How many columns there were, where the plan says no more than that."""
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class PlannedFacts:
    """What an earlier plan said of the tables."""

    path: str
    tables: tuple[PlannedTable, ...]


def read_planned(document: PrepDoc) -> PlannedFacts:
    """What our own document, as it was last written, says of the tables: its fixed lists and totals."""
    found: dict[str, PlannedTable] = {}
    for section in document.sections:
        if section.key.startswith("existing tables"):
            rows = range(section.line, section.line + sum(one.text.count("\n") + 3 for one in section.blocks))
            found.update(_existing(document, rows))
    for row, text in enumerate(document.source.lines):
        found.update(_listed(document, row, text))
    return PlannedFacts(document.path, tuple(found.values()))


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


def check_drift(previous: PlannedFacts | None, survey: Survey) -> tuple[Finding, ...]:
    """What has happened to the schema since the plan was recorded; all of it notes.

    Without a recorded plan there is no drift.
    """
    if previous is None or not previous.tables:
        return ()
    schema = {name: one for name, one in survey.schema.by_name.items() if one.exported}
    findings = [one for planned in previous.tables for one in _of_planned(planned, schema.get(planned.name))]
    planned_names = {one.name for one in previous.tables}
    first = previous.tables[0].evidence
    unplanned = [_unplanned(table, first) for name, table in schema.items() if name not in planned_names]
    return (*findings, *unplanned)


def _of_planned(planned: PlannedTable, table: Table | None) -> Iterator[Finding]:
    name = planned.name
    if planned.state == "remove":
        if table:
            yield _drift("drift-still-there", planned, table, f"`{name}` is to be removed and still there.")
        return
    if table is None:
        said = "planned and not built yet" if planned.state == "new" else "recorded as existing and gone"
        yield _drift("drift-missing", planned, None, f"`{name}` is {said}.")
        return
    if planned.state == "new":
        yield _drift("drift-built", planned, table, f"`{name}` was planned and is now built.")
    yield from _columns(planned, table)


def _columns(planned: PlannedTable, table: Table) -> Iterator[Finding]:
    built = [folded(one.name) for one in table.columns]
    gone = [one for one in planned.columns if one not in built]
    added = [one for one in built if planned.columns and one not in planned.columns]
    if table.unread and gone:
        gone = []
    parts = [f"lacks {_code(gone)}" if gone else "", f"adds {_code(added)}" if added else ""]
    said = " and ".join(one for one in parts if one)
    if not said and planned.count is not None and planned.count != len(built):
        said = f"has {len(built)} columns where the plan recorded {planned.count}"
    if said:
        yield _drift("drift-changed", planned, table, f"`{table.name}` {said}.")


def _code(names: list[str]) -> str:
    return ", ".join(f"`{one}`" for one in names)


def _drift(rule: str, planned: PlannedTable, table: Table | None, message: str) -> Finding:
    places = (line_of(table), planned.evidence) if table else (planned.evidence,)
    return Finding(
        rule=rule,
        severity=Severity.NOTE,
        subject=planned.name,
        message=message,
        fix=_FIXES[rule],
        evidence=places,
    )


def _unplanned(table: Table, plan: Evidence) -> Finding:
    return Finding(
        rule="drift-unplanned",
        severity=Severity.NOTE,
        subject=table.name,
        message=f"`{table.name}` is in the schema and the plan does not speak of it.",
        fix=_FIXES["drift-unplanned"],
        evidence=(line_of(table), plan),
    )


_FIXES: Mapping[str, str] = {
    "drift-built": "Write the document again, so that it calls the table existing.",
    "drift-missing": "Build it, or write the document again without it.",
    "drift-still-there": "Remove it, or withdraw the removal.",
    "drift-changed": "Write the document again, or change the schema back.",
    "drift-unplanned": "Write the document again, so that the plan knows it.",
}
