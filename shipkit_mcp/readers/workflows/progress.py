"""Turns ``extract-audio: 10% → 30%`` in bullets, lists and diagram boxes into progress ranges."""

from __future__ import annotations

import re
from collections.abc import Iterator

from shipkit_mcp.facts import Block, BlockKind, Evidence, Progress
from shipkit_mcp.readers.markdown_text import plain
from shipkit_mcp.readers.workflows.diagrams import read_boxes
from shipkit_mcp.readers.workflows.units import Unit

_RANGE = re.compile(
    r"(?P<start>\d{1,3})\s?%?\s?(?:→|->|–|—|-|\bto\b|\ba\b|\bà\b"
    r"|\bal\b)\s?(?P<end>\d{1,3})\s?%(?:\s?/\s?(?P<last>\d{1,3})\s?%)?"
)
_BEHIND = re.compile(r"^[\s:)\]–—-]*(?P<label>.{0,200})", re.DOTALL)
_LIST_MARKS = " •*-–—:([.`"


def read_progress(unit: Unit) -> tuple[Progress, ...]:
    """Every range with its label, in the document's order; the same one said twice is listed once."""
    found: dict[tuple[str, int, int], Progress] = {}
    for section in unit.sections:
        for block in section.blocks:
            for one in _ranges(unit, block):
                found.setdefault((one.label, one.start, one.end), one)
    return tuple(found.values())


def _ranges(unit: Unit, block: Block) -> Iterator[Progress]:
    if block.kind is BlockKind.FENCE:
        for box in read_boxes(block):
            for text, line in box.lines:
                if text.lower().lstrip(_LIST_MARKS).startswith(_WORDS):
                    yield from _one(text, box.heading, unit.document.source.at(line - 1))
    elif block.kind in {BlockKind.BULLET, BlockKind.ORDERED}:
        text = plain(block.text.split("\n", 1)[0])
        yield from _one(text, None, unit.document.source.at(block.line - 1))


_WORDS = ("progress", "progreso", "progresso", "progression", "avanzamento", "avancement")


def _one(text: str, label: str | None, evidence: Evidence) -> Iterator[Progress]:
    """The range of a line that has nothing else to say: it starts or ends with it."""
    found = _RANGE.search(text)
    if not found:
        return
    start, end = int(found["start"]), int(found["last"] or found["end"])
    before = text[: found.start()].strip(_LIST_MARKS)
    behind = _BEHIND.match(text[found.end() :])
    after = behind["label"].strip(_LIST_MARKS) if behind else ""
    leads = not before
    closes = before and (text[: found.start()].rstrip().endswith((":", "(", "-", "–", "—")))
    if start <= end <= 100 and (leads or closes):
        name = label or (after if leads else before.partition(":")[0]).partition(" (")[0]
        if name:
            yield Progress(label=name.strip(_LIST_MARKS + ")"), start=start, end=end, evidence=evidence)
