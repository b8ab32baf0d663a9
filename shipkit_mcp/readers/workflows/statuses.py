"""Turns status lists, unions and code of a document into the job's vocabulary and what code writes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from shipkit_mcp.facts import BlockKind, DeclaredTable, Evidence, Role, Statement
from shipkit_mcp.readers.workflows.tables_found import TablesRead
from shipkit_mcp.readers.workflows.units import Unit

_STATUS_NAMES = ("status", "state", "job_status", "estado", "stato", "statut")
_CALL = re.compile(r"\b(?P<name>\w*(?:Status|Progress|State))\s*\((?P<args>[^()]{0,300})\)")
_ASSIGNED = re.compile(r"(?<![\w.])status:\s*[\"'](?P<value>[a-z][a-z0-9_-]*)[\"'](?!\s*\|)")
_WRITES = re.compile(r"\.(?:set|values|update|insert)\s*\(|\bupdate\w*\s*\(|\bcreate\w*Job\s*\(")
_DRAWN = frozenset("│┌└├┐┘─•→↓║")
"""Signs of a diagram, which is no code."""
_STRING = re.compile(r"[\"']([a-z][a-z0-9_]*)[\"']")


def read_statuses(
    unit: Unit, tables: Sequence[DeclaredTable], read: TablesRead
) -> tuple[tuple[str, ...], Evidence | None]:
    """The values of the jobs table's status, in the document's order, and the line that lists them."""
    jobs = next((table for table in tables if table.role is Role.JOBS), None)
    if jobs is None:
        return (), None
    listed = next((one for one in read.tables if one.builder.name == jobs.name and one.statuses), None)
    if listed:
        return listed.statuses, unit.document.source.at(listed.statuses_line - 1)
    column = next((one for name in _STATUS_NAMES if (one := jobs.column(name))), None)
    if column is None or not column.values:
        return (), None
    line = read.union_lines.get(column.type or "")
    return column.values, unit.document.source.at(line - 1) if line else column.evidence


def read_status_writes(unit: Unit) -> tuple[Statement, ...]:
    """Statuses that code in the document writes, such as ``updateJobProgress(id, 10, "processing")``."""
    found: dict[tuple[str, int], Statement] = {}
    for value, line in _writes(unit):
        found.setdefault((value, line), Statement(text=value, evidence=unit.document.source.at(line - 1)))
    return tuple(found.values())


def _writes(unit: Unit) -> Iterator[tuple[str, int]]:
    for section in unit.sections:
        for block in section.blocks:
            if block.kind is not BlockKind.FENCE or block.info in {"sql", "json"}:
                continue
            writing = 0
            for row, line in enumerate(block.text.split("\n")):
                if not _DRAWN.isdisjoint(line):
                    continue
                writing = 4 if _WRITES.search(line) else max(writing - 1, 0)
                for call in _CALL.finditer(line):
                    if re.match(r"(?:update|set|mark|save)", call["name"]):
                        yield from ((value, block.line + row) for value in _STRING.findall(call["args"]))
                if writing:
                    yield from ((one["value"], block.line + row) for one in _ASSIGNED.finditer(line))
