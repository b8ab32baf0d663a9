"""Planning documents to the few lines that speak of billing, usage or progress, and whether they deny it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from shipkit_mcp.facts import Block, BlockKind, DocKind, Evidence, PrepDoc, Section

KEYWORDS = (
    "stripe",
    "subscri",
    "suscri",
    "abonn",
    "abbon",
    "assinat",
    "webhook",
    "billing",
    "invoice",
    "payment",
    "portal",
    "checkout",
    "customer.",
    "credit card",
    "saved card",
    "last 4",
    "upgrade",
    "downgrade",
    "usage",
    "usercontext",
    "user_context",
    "stack",
    "template",
    "total ",
)
"""A line with none of these, lower case, is read by no rule."""

_NOT = (
    r"never|not|no|zero|n't|don’t|cannot|without|avoid\w*|instead of|rather than|eliminat\w*|reject\w*"
    r"|remov\w*|anti-?patterns?"
    r"|nunca|sin|evit\w*|jamás|en lugar de"
    r"|non|mai|senza|invece di|nessun\w*"
    r"|jamais|sans|ne|pas|aucun\w*|au lieu de"
    r"|nicht|nie|kein\w*|ohne|statt"
)
DENIES = re.compile(rf"❌|🚫|⛔|\b(?:{_NOT})\b|n['’]t\b", re.IGNORECASE)
_DENIED_AFTER = re.compile(
    r"^[`*_\s]*(?:\w+\s+){0,2}?(?:is|are|be|was|must|should|will|do|does|[-:(])?\s*"
    r"(?:never|not|n['’]t|no|nunca|non|jamais|nicht)\b",
    re.IGNORECASE,
)
LONGEST = 4_000
"""No line is read further: patterns must stay fast whatever stands in a document."""
_CLAUSE_END = re.compile(r"[;.!?](?:\s|$)|\s(?:but|pero|ma|mais|aber)\s", re.IGNORECASE)


@dataclass(frozen=True)
class Line:
    """One line of a document with what stands above it."""

    document: PrepDoc
    row: int
    """Counted from 0."""
    text: str
    section: Section
    kind: BlockKind
    leads: tuple[str, ...] = ()
    """Parent bullets, outermost first, and the paragraph that introduces the list."""

    @cached_property
    def lower(self) -> str:
        return self.text.lower()

    @property
    def evidence(self) -> Evidence:
        return self.document.source.at(self.row)

    @property
    def later(self) -> bool:
        """Whether it stands in a document that is written after ours."""
        return self.document.kind is DocKind.LATER

    def has(self, *words: str) -> bool:
        return any(map(self.lower.__contains__, words))

    def around(self) -> str:
        """The line with its heading and what introduces it, lower case."""
        return " ".join((*self.section.parents, self.section.key, *self.leads, self.text)).lower()

    def denies(self, start: int, end: int) -> bool:
        """Whether the words from ``start`` to ``end`` are spoken of only to rule them out."""
        clause = max((one.end() for one in _CLAUSE_END.finditer(self.text, 0, start)), default=0)
        if DENIES.search(self.text, clause, end) or _DENIED_AFTER.match(self.text[end : end + 60]):
            return True
        return any(_rules_out(lead) for lead in (*self.leads, self.section.title))

    def claims(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """The first match that the line does not deny."""
        return next((one for one in pattern.finditer(self.text) if not self.denies(*one.span())), None)


def _rules_out(lead: str) -> bool:
    """Whether what introduces a list denies all of it: a label does, a sentence of its own does not."""
    label = lead.split("\n")[-1]
    return (len(label) <= 60 or _introduces(label)) and bool(DENIES.search(label))


def read_lines(document: PrepDoc) -> Iterator[Line]:
    """The lines with keywords of a document that is neither ours nor a task's."""
    if document.kind in (DocKind.DATA_SCHEMA, DocKind.TASK):
        return
    rows = _rows_with_keywords(document.source.text)
    order = sorted(rows)
    for section in document.sections if rows else ():
        if _has_one(section, order):
            yield from _of_section(document, section, rows)


def _has_one(section: Section, rows: Sequence[int]) -> bool:
    """Whether one of the rows, in their order, stands in a section's blocks, which stand in theirs."""
    if not section.blocks:
        return False
    last = section.blocks[-1]
    following = bisect_left(rows, section.blocks[0].line - 1)
    return following < len(rows) and rows[following] < last.line + last.text.count("\n")


def _rows_with_keywords(text: str) -> frozenset[int]:
    """One search through the whole text for each keyword is far cheaper than a look at each line."""
    lower = text.lower()
    if len(lower) != len(text):  # a letter that grows when it is lowered would move the places
        lower = text
    rows: set[int] = set()
    row = before = 0
    for place in sorted(_places(lower)):
        row += lower.count("\n", before, place)
        before = place
        rows.add(row)
    return frozenset(rows)


def _places(lower: str) -> Iterator[int]:
    for word in KEYWORDS:
        place = lower.find(word)
        while place >= 0:
            yield place
            place = lower.find(word, place + len(word))


def _of_section(document: PrepDoc, section: Section, rows: frozenset[int]) -> Iterator[Line]:
    intro = ""
    parents: list[tuple[int, str]] = []
    for block in section.blocks:
        if block.kind is BlockKind.PARAGRAPH:
            intro, parents = (block.text if _introduces(block.text) else ""), []
        if block.kind in (BlockKind.BULLET, BlockKind.ORDERED):
            parents = [one for one in parents if one[0] < block.depth]
        if wanted := _wanted(block, rows):
            leads = tuple(text for text in (intro, *(text for _, text in parents)) if text)
            texts = block.text.split("\n")
            for row in wanted:
                text = texts[row - block.line + 1][:LONGEST]
                yield Line(document, row, text, section, block.kind, leads)
        if block.kind in (BlockKind.BULLET, BlockKind.ORDERED):
            parents.append((block.depth, block.text))


def _introduces(text: str) -> bool:
    return text.rstrip().rstrip("*_").endswith(":")


def _wanted(block: Block, rows: frozenset[int]) -> list[int]:
    first = block.line - 1
    return [row for row in range(first, first + block.text.count("\n") + 1) if row in rows]
