"""Turns labels, lists and sections of a workflow document into purpose, trigger, steps and outputs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from shipkit_mcp.facts import Block, BlockKind, DeclaredTable, Role, Section, Statement
from shipkit_mcp.readers.markdown_labels import Labelled, bullets, labelled, read_label
from shipkit_mcp.readers.workflows.units import Unit
from shipkit_mcp.readers.workflows.words import PROCESSING
from shipkit_mcp.readers.workflows.words_sections import kind_of_section
from shipkit_mcp.readers.workflows.words_tables import INLINE, NO_JOBS, NOT_SAVED, SAVED, Said

_BOX = re.compile(r"^\[[ xX✓]\]\s*")
_ARROWS = re.compile(r"\s*(?:→|->|➜|⇒|=>)\s*")
_DECISION = re.compile(r"(?:decision|decisione|d[eé]cision|decisi[oó]n)\s*\d+\s*[:.–-]\s*", re.IGNORECASE)
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-ZÀ-Þ`\"¿¡(])")


def first_labelled(unit: Unit, keys: frozenset[str], *, also: Sequence[str] = ()) -> Statement | None:
    """The value of the first such label; the template's own "digital twin" line is none."""
    for section, one in unit.labels():
        own = unit.kind(section) in {"", "overview", *also} or section is unit.sections[0]
        if (
            one.key in keys
            and one.value
            and own
            and one.kind is not BlockKind.QUOTE
            and "digital twin" not in one.value
        ):
            return unit.say(one.value, one.line)
    return None


def first_paragraph(unit: Unit) -> Statement | None:
    """The first prose of the overview: what the workflow is."""
    for section in unit.sections:
        if unit.kind(section) == "overview":
            for block in section.blocks:
                if block.kind is BlockKind.PARAGRAPH and read_label(block.text) is None:
                    return unit.say(block.text, block.line)
    return None


def flow_in_a_line(unit: Unit) -> Statement | None:
    """The core flow as one line: what is left to say where no purpose is stated."""
    return first_labelled(unit, PROCESSING)


_SAYING = frozenset({"", "overview", "dataflow", "outputs", "enhancements", "chain"})
"""Kinds of sections whose labels speak of the workflow as a whole."""


def listed(unit: Unit, keys: frozenset[str], *, kinds: frozenset[str] = frozenset()) -> tuple[Statement, ...]:
    """The items of such a label or section: its bullets, the parts between its arrows, or its value."""
    found: dict[str, Statement] = {}
    for section, one in unit.labels():
        own = section is unit.sections[0] or unit.kind(section) in _SAYING
        if one.key in keys and own and one.kind is not BlockKind.QUOTE:
            for statement in _items(unit, one):
                found.setdefault(statement.text, statement)
    for section in unit.sections:
        if kind_of_section(section.key) in kinds:
            for block in bullets(section.blocks):
                statement = unit.say(block.text, block.line)
                found.setdefault(statement.text, statement)
    return tuple(found.values())


def _items(unit: Unit, one: Labelled) -> Iterator[Statement]:
    steps = [part for part in _ARROWS.split(one.value) if part.strip()]
    if len(steps) > 1:
        yield from (unit.say(step, one.line) for step in steps)
    elif one.value:
        yield unit.say(one.value, one.line)
    yield from (unit.say(block.text, block.line) for block in bullets(one.blocks))


def read_decisions(unit: Unit, keys: frozenset[str]) -> tuple[Statement, ...]:
    """Decision points: headings "Decision 1: X", bold titles and bullets there, or the labelled list."""
    found: dict[str, Statement] = {}
    for section in unit.sections:
        if unit.kind(section) == "decisions":
            for text, line in _decisions(section):
                statement = unit.say(text, line)
                found.setdefault(statement.text, statement)
    return tuple(found.values()) or listed(unit, keys)


def _decisions(section: Section) -> Iterator[tuple[str, int]]:
    heading = _DECISION.match(section.title)
    if heading or not re.fullmatch(r".*(?:decision|decisione|decisionali|decisions?).*", section.key):
        yield _DECISION.sub("", section.title), section.line
        return
    for block in section.blocks:
        label = read_label(block.text.split("\n", 1)[0])
        titled = label and label.mark == "bold" and not label.value and not label.label.endswith("?")
        if block.kind in {BlockKind.BULLET, BlockKind.ORDERED} and block.depth == 0:
            yield block.text, block.line
        elif label and titled and label.separator == "":
            yield re.sub(r"^\d+[.)]\s*", "", label.label), block.line


def read_checklist(unit: Unit) -> tuple[Statement, ...]:
    """The items of the implementation checklist, without their boxes."""
    return tuple(
        unit.say(_BOX.sub("", block.text), block.line)
        for section in unit.sections
        for block in bullets(section.blocks)
        if unit.kind(section) == "checklist" or _BOX.match(block.text)
    )


def _prose(unit: Unit) -> Iterator[tuple[str, int]]:
    """Sentences outside fences, and the comments of fences about tables."""
    for section in unit.sections:
        kind = unit.kind(section)
        if kind in {"samples", "patterns"}:
            continue
        for block in section.blocks:
            if block.kind is not BlockKind.FENCE:
                for nth, line in enumerate(block.text.split("\n")):
                    yield from ((sentence, block.line + nth) for sentence in _SENTENCE.split(line))
            elif kind in {"tables", "dataflow"}:
                yield from _comments(block)


def _comments(block: Block) -> Iterator[tuple[str, int]]:
    for nth, line in enumerate(block.text.split("\n")):
        if "//" in line or "--" in line:
            yield line.strip(), block.line + nth


def said_anywhere(unit: Unit, said: Said) -> Statement | None:
    """The first sentence that says so."""
    for text, line in _prose(unit):
        if any(map(text.lower().__contains__, said.near)) and said.pattern.search(text):
            return unit.say(text, line)
    return None


def read_inline(unit: Unit) -> Statement | None:
    """Where the document says that results stay in the jobs table or with the caller."""
    return said_anywhere(unit, INLINE)


def read_no_jobs(unit: Unit) -> Statement | None:
    """Where the document says that it tracks no job of its own."""
    return said_anywhere(unit, NO_JOBS)


def read_saves(unit: Unit, tables: Sequence[DeclaredTable]) -> bool | None:
    """False where the document says that nothing is kept, True where it says that something is."""
    if any(table.role is Role.RESULTS for table in tables):
        return True
    if said_anywhere(unit, NOT_SAVED):
        return False
    return True if said_anywhere(unit, SAVED) else None


def label_of(section: Section, keys: frozenset[str]) -> Labelled | None:
    """The first such label of a section."""
    return next((one for one in labelled(section.blocks) if one.key in keys), None)
