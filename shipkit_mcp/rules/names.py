"""Names in documents that are almost those of known tables: both places are cited."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

import inflection
from rapidfuzz.distance import Levenshtein

from shipkit_mcp.facts import DocKind, Evidence, PrepDoc
from shipkit_mcp.rules.context import Context
from shipkit_mcp.rules.rule import Check, Fault

IDENTIFIER = re.compile(r"`([a-z][a-z0-9]*(?:_[a-z0-9]+)+)`|\*\*([a-z][a-z0-9]*(?:_[a-z0-9]+)+)\*\*")
OF_TABLES = re.compile(r"\b(?:tables?|tablas?|tabell[ae]|database|schema|rows?|records?)\b", re.IGNORECASE)
"""Only where tables are spoken of: a field or an event may be called like the singular of a table."""
LONGEST = 2_000
NOT_READ = (DocKind.DATA_SCHEMA, DocKind.LATER, DocKind.TASK)


def misspelt_tables() -> Check:
    """A document must not call a table almost as it is called."""

    def check(context: Context) -> Iterator[Fault]:
        tables = _tables(context)
        words = frozenset(tables) | _columns(context)
        stems = stems_of(tables)
        for document in context.survey.documents if tables else ():
            if document.kind in NOT_READ:
                continue
            for name, place in _names(document):
                meant = None if name in words else meant_by(name, stems)
                if meant:
                    yield Fault(
                        subject=f"{document.path}#{name}",
                        evidence=(place, tables[meant]),
                        words={"names": f"`{name}` and `{meant}`"},
                    )

    return check


def _tables(context: Context) -> Mapping[str, Evidence]:
    known = {one.name: Evidence(path=one.path, line=max(1, one.line)) for one in context.schema.tables}
    for workflow in context.survey.workflows:
        for one in workflow.tables:
            known.setdefault(one.name, one.evidence)
    return known


def _columns(context: Context) -> frozenset[str]:
    built = (one.name for table in context.schema.tables for one in table.columns)
    tables = (table for workflow in context.survey.workflows for table in workflow.tables)
    return frozenset((*built, *(one.name for table in tables for one in table.columns)))


def _names(document: PrepDoc) -> Iterator[tuple[str, Evidence]]:
    """Each name in code or bold once, on a line (or below a heading) that speaks of tables."""
    seen: set[str] = set()
    for section in document.sections:
        about = bool(OF_TABLES.search(section.title))
        for block in section.blocks:
            if "_" not in block.text:
                continue
            for offset, text in enumerate(block.text.split("\n")):
                if "_" not in text or not (about or OF_TABLES.search(text, 0, LONGEST)):
                    continue
                for match in IDENTIFIER.finditer(text, 0, LONGEST):
                    name = match[1] or match[2]
                    if name not in seen:
                        seen.add(name)
                        yield name, document.source.at(block.line - 1 + offset)


def meant_by(name: str, stems: Mapping[str, str]) -> str | None:
    """The one table that a name almost is: in another number, with a word more or less, or one letter off.

    ``stems`` holds the singular of each table's name.
    """
    stem = inflection.singularize(name)
    for alike in (
        [table for table in stems if stems[table] == stem],
        [table for table in stems if _word_apart(name, table)],
        [table for table in stems if _letter_apart(name, table)],
    ):
        if alike:
            return alike[0] if len(alike) == 1 else None
    return None


def stems_of(tables: Iterable[str]) -> dict[str, str]:
    """The singular of each table's name."""
    return {one: inflection.singularize(one) for one in tables}


def _word_apart(name: str, table: str) -> bool:
    """``theme_jobs`` for ``theme_generation_jobs``: first and last word stay, one is left out or put in."""
    short, long = sorted((name.split("_"), table.split("_")), key=len)
    ends_alike = short[0] == long[0] and short[-1] == long[-1]
    return ends_alike and len(long) == len(short) + 1 and len(short) > 1 and set(short) <= set(long)


def _letter_apart(name: str, table: str) -> bool:
    near_in_length = len(name) >= 8 and abs(len(name) - len(table)) <= 1
    return near_in_length and Levenshtein.distance(name, table, score_cutoff=1) == 1
