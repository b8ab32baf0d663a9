"""A planning document that we did not write to what it says wrongly of the schema."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from shipkit_mcp.facts import BlockKind, Column, Evidence, PrepDoc, Section, Survey, Table
from shipkit_mcp.findings import Finding, Severity
from shipkit_mcp.patterns.reserved import FILE_ENDINGS
from shipkit_mcp.rules.definitions import has_index, read_definitions, read_indexes, wrong_words
from shipkit_mcp.rules.shape import find, line_of

MISSION = "**Template-aware analysis** - Recommend changes to existing schema, not build from scratch"
_NAME = re.compile(r"`([a-z][a-z0-9_]*)`")
_TOTAL = re.compile(r"\*\*Total Tables:?\*\*:?\s*(\d+)\s*$", re.IGNORECASE)
_KEPT = re.compile(
    r"existing tables|current (?:database )?state|current schema|tables? to keep", re.IGNORECASE
)
_PLANNED = re.compile(
    r"\bnew\b|planned|to be (?:added|created|removed)|\b(?:create|remove|drop|add)\b|needs? creation"
    r"|not needed|phase 2",
    re.IGNORECASE,
)
_BUILT = re.compile(r"already exists|already implemented|\bexisting\b|\buses\b", re.IGNORECASE)
_TABLE_OF_FENCE = re.compile(
    r"^\**\s*(?:\d+\.\s*)?`?([a-z][a-z0-9_]*)`?\s*(?:table)?\**\s*\(([^)]*)\)", re.IGNORECASE
)
_QUALIFIED = re.compile(r"`([a-z][a-z0-9_]*)\.([a-z][a-z0-9_]*)`")
_PERFECT = re.compile(r"\b100\s?% (?:fit|match|ready)|(?:fit|match)[^.\n]{0,20}\b100\s?%", re.IGNORECASE)


Rows = list[tuple[int, str]]
"""Lines with their rows, counted from 0."""


@dataclass
class _Reading:
    """What was found wrong so far, each thing once."""

    survey: Survey
    document: PrepDoc
    findings: dict[tuple[str, str], Finding] = field(default_factory=dict)

    def table(self, name: str) -> Table | None:
        return self.survey.schema.table(name)

    def add(self, rule: str, subject: str, message: str, fix: str, *evidence: Evidence) -> None:
        """Note one wrong thing; the first place where it stands is the one to change."""
        finding = Finding(
            rule=rule,
            severity=Severity.RECOMMEND,
            subject=subject,
            message=message,
            fix=fix,
            mission=MISSION,
            evidence=evidence,
        )
        self.findings.setdefault((rule, subject), finding)


def check_foreign_document(survey: Survey, doc: PrepDoc) -> tuple[Finding, ...]:
    """What an ``initial_data_schema.md`` that we did not write says wrongly of the schema as it is.

    What it plans is no fault. Nothing is said where no schema was found.
    """
    if not survey.schema.tables:
        return ()
    reading = _Reading(survey, doc)
    for section in doc.sections:
        if _KEPT.search(section.title) and not _PLANNED.search(section.title):
            _existing_tables(reading, section)
        _columns(reading, section)
    _totals(reading)
    _perfect(reading)
    return tuple(reading.findings.values())


def _existing_tables(reading: _Reading, section: Section) -> None:
    """Bullets of a list of existing tables name tables that exist."""
    for block in section.blocks:
        name = _NAME.match(block.text.lstrip("*_ ")) if block.kind is BlockKind.BULLET else None
        if name and not reading.table(name[1]) and not _PLANNED.search(block.text):
            _no_table(reading, name[1], reading.document.source.at(block.line - 1))


def _no_table(reading: _Reading, name: str, place: Evidence) -> None:
    reading.add(
        "foreign-table",
        name,
        f"{reading.document.path} calls table `{name}` existing; the schema has no such table.",
        f"Plan `{name}`, or take it out of the document.",
        place,
    )


def _columns(reading: _Reading, section: Section) -> None:
    source = reading.document.source
    for block in section.blocks:
        for offset, text in enumerate(block.text.split("\n")):
            for table, column in _QUALIFIED.findall(text):
                if column not in FILE_ENDINGS:
                    _column(reading, table, column, source.at(block.line - 1 + offset))
    for table, column, place in _of_lists(reading, section):
        _column(reading, table, column, place)
    for found, lines in (*_fences(reading, section), *_bullets(reading, section)):
        _definitions(reading, found, lines)
        _indexes(reading, found, lines)


def _column(reading: _Reading, name: str, column: str, place: Evidence) -> Column | None:
    """The column of the schema, or a finding where the schema's table has none."""
    table = reading.table(name)
    found = find(table, (column,)) if table else None
    if table and not found and not table.unread:
        reading.add(
            "foreign-column",
            f"{name}.{column}",
            f"{reading.document.path} gives `{name}` a column `{column}`; the schema's table has none.",
            f"Plan `{column}`, or take it out of the document.",
            place,
            line_of(table),
        )
    return found


def _fences(reading: _Reading, section: Section) -> Iterator[tuple[Table, Rows]]:
    """Fences below a line that names a table of the schema."""
    table: Table | None = None
    for block in section.blocks:
        if block.kind is BlockKind.FENCE:
            if table:
                yield table, list(enumerate(block.text.split("\n"), block.line - 1))
            continue
        named = _TABLE_OF_FENCE.match(block.text.strip()) or _NAME.search(block.text)
        table = reading.table(named[1]) if named else None


def _bullets(reading: _Reading, section: Section) -> Iterator[tuple[Table, Rows]]:
    """The list of a section that is called like a table of the schema."""
    table = reading.table(section.title.strip("`* ").removesuffix(" table").strip("` "))
    if table:
        marks = {BlockKind.BULLET: "- ", BlockKind.PARAGRAPH: ""}
        listed = [one for one in section.blocks if one.kind in marks and not one.depth]
        yield table, [(one.line - 1, marks[one.kind] + one.text.split("\n")[0]) for one in listed]


def _definitions(reading: _Reading, table: Table, rows: Rows) -> None:
    for at, defined in read_definitions([text for _, text in rows]):
        place = reading.document.source.at(rows[at][0])
        column = _column(reading, table.name, defined.column, place)
        wrong = list(wrong_words(table, column, defined)) if column else []
        if column and wrong:
            reading.add(
                "foreign-definition",
                f"{table.name}.{column.name}",
                f"In the schema `{table.name}.{column.name}` {' and '.join(wrong)} as {place} says.",
                "Correct the document, or plan the change.",
                place,
                line_of(table, column),
            )


def _indexes(reading: _Reading, table: Table, rows: Rows) -> None:
    for at, columns in read_indexes([text for _, text in rows]):
        known = all(find(table, (one,)) for one in columns)
        if known and not has_index(table, columns) and not table.unread:
            place = reading.document.source.at(rows[at][0])
            reading.add(
                "foreign-index",
                f"{table.name}({', '.join(columns)})",
                f"{place} lists an index on `{table.name}` ({', '.join(columns)}); the schema has none.",
                "Add the index, or take it out of the document.",
                place,
                line_of(table),
            )


def _of_lists(reading: _Reading, section: Section) -> Iterator[tuple[str, str, Evidence]]:
    """Columns in the bullets below "Uses `table` with fields:"."""
    table, depth = "", 0
    for block in section.blocks:
        if block.kind is not BlockKind.BULLET:
            continue
        used = re.search(r"\buses\b[^`]{0,20}`(\w+)` with fields", block.text, re.IGNORECASE)
        if used:
            table, depth = used[1], block.depth
        elif block.depth <= depth:
            table = ""
        elif table:
            place = reading.document.source.at(block.line - 1)
            names = block.text.partition(" - ")[0]
            yield from ((table, name, place) for name in _NAME.findall(names))


def _totals(reading: _Reading) -> None:
    """A stated total is the number of tables that exist or that the document itself plans."""
    tables = reading.survey.schema.tables
    claimed = {subject for rule, subject in reading.findings if rule == "foreign-table"}
    planned = _planned_names(reading) - claimed
    for row, text in enumerate(reading.document.source.lines):
        stated = _TOTAL.search(text)
        if stated and int(stated[1]) not in (len(tables), len(tables) + len(planned)):
            reading.add(
                "foreign-total",
                f"{reading.document.path}#Total Tables",
                f"{reading.document.path} counts {stated[1]} tables; the schema has {len(tables)}.",
                "Correct the total, or name what is planned.",
                reading.document.source.at(row),
                line_of(tables[0]),
            )


def _planned_names(reading: _Reading) -> set[str]:
    """Tables that the document lists as new."""
    found: set[str] = set()
    for section in reading.document.sections:
        for block in section.blocks:
            if _PLANNED.search(f"{section.title} {block.text}") and not _BUILT.search(block.text):
                first = _NAME.match(block.text.lstrip("*_ "))
                found |= {name for name in _NAME.findall(block.text) if "_" in name}
                found |= {first[1]} if first else set()
    return {name for name in found if not reading.table(name)}


def _perfect(reading: _Reading) -> None:
    """A fit of 100% cannot be claimed for a schema that lacks what the document itself calls existing."""
    wrong = [one for one in reading.findings.values() if one.rule in ("foreign-table", "foreign-column")]
    for row, text in enumerate(reading.document.source.lines):
        if wrong and _PERFECT.search(text[:4_000]):
            reading.add(
                "foreign-fit",
                f"{reading.document.path}#fit",
                f"{reading.document.path} calls the fit 100%, but {_missing(wrong)} not there.",
                "Assess the fit again.",
                reading.document.source.at(row),
                wrong[0].evidence[0],
            )


def _missing(wrong: list[Finding]) -> str:
    names = ", ".join(f"`{one.subject}`" for one in wrong[:4])
    more = f" and {len(wrong) - 4} more" if len(wrong) > 4 else ""
    return f"{names}{more} {'is' if len(wrong) == 1 else 'are'}"
