"""Names in documents that are almost those of known tables: both places are cited."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

import inflection
from rapidfuzz.distance import Levenshtein

from shipkit_mcp.errors import beat
from shipkit_mcp.facts import DocKind, Evidence, PrepDoc
from shipkit_mcp.rules.context import Context
from shipkit_mcp.rules.rule import Check, Fault

K = TypeVar("K")
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
        known = Known(tables)
        for document in context.survey.documents if tables else ():
            beat()
            if document.kind in NOT_READ:
                continue
            for name, place in _names(document):
                meant = None if name in words else meant_by(name, known)
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


@dataclass(frozen=True)
class Known:
    """Tables by what a name that is almost theirs has in common with them; sorted where the first such name comes."""

    tables: Collection[str]

    @cached_property
    def stems(self) -> Mapping[str, Sequence[str]]:
        """By the name in the singular."""
        return self._by(inflection.singularize)

    @cached_property
    def ends(self) -> Mapping[tuple[str, str], Sequence[str]]:
        """By first and last word."""
        return self._by(_ends)

    @cached_property
    def sizes(self) -> Mapping[int, Sequence[str]]:
        """By length."""
        return self._by(len)

    def _by(self, key: Callable[[str], K]) -> Mapping[K, Sequence[str]]:
        found: dict[K, list[str]] = {}
        for one in self.tables:
            beat()
            found.setdefault(key(one), []).append(one)
        return found


def meant_by(name: str, known: Known) -> str | None:
    """The one table that a name almost is: in another number, with a word more or less, or one letter off."""
    beat()
    near = (size for size in (len(name) - 1, len(name), len(name) + 1))
    for alike in (
        known.stems.get(inflection.singularize(name), ()),
        [table for table in known.ends.get(_ends(name), ()) if _word_apart(name, table)],
        [table for size in near for table in known.sizes.get(size, ()) if _letter_apart(name, table)],
    ):
        if alike:
            return alike[0] if len(alike) == 1 else None
    return None


def _ends(name: str) -> tuple[str, str]:
    return name.partition("_")[0], name.rpartition("_")[2]


def _word_apart(name: str, table: str) -> bool:
    """``theme_jobs`` for ``theme_generation_jobs``: first and last word stay, one is left out or put in."""
    short, long = sorted((name.split("_"), table.split("_")), key=len)
    return len(long) == len(short) + 1 and len(short) > 1 and set(short) <= set(long)


def _letter_apart(name: str, table: str) -> bool:
    return len(name) >= 8 and Levenshtein.distance(name, table, score_cutoff=1) == 1
