"""Turns the boxes of an ASCII diagram into their lines, boxes side by side kept apart."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from shipkit_mcp.facts import Block

_TOP = re.compile(r"[┌╔╭+][─═━┬-][─═━┬┴┼vV▼↓│|-]+[┐╗╮+]")
_SIDES = "│║┃|├┤┼"
_DRIFT = 2
"""By how many columns a side may be off: wide characters push it."""
_MAX_BOXES = 500
_NUMBERED = re.compile(
    r"(?i)^(?:(?:root|main|trigger)\s+)?(?:task|tarea|t[aâ]che|attivit[aà]|step|paso|passo"
    r"|[eé]tape)\s*\d*[a-z]?\s*[:.–-]\s*"
)


@dataclass(frozen=True, slots=True)
class Box:
    """A box: its lines without sides, each with its line number."""

    lines: tuple[tuple[str, int], ...]

    @property
    def heading(self) -> str:
        """Its first line without "Task 2:"; the second one where the first is only that."""
        first = self.lines[0][0]
        bare = _NUMBERED.sub("", first).strip()
        if not bare and len(self.lines) > 1:
            bare = self.lines[1][0]
        return bare.partition(" (")[0].strip(' `*"')


def read_boxes(block: Block) -> tuple[Box, ...]:
    """The boxes of one fence, from top to bottom and left to right."""
    rows = block.text.split("\n")
    found: list[Box] = []
    for row, line in enumerate(rows):
        for left, right in _tops(line):
            box = Box(tuple(_inside(rows, row, left, right, block.line)))
            if box.lines:
                found.append(box)
            if len(found) >= _MAX_BOXES:
                return tuple(found)
    return tuple(found)


def _tops(line: str) -> Iterator[tuple[int, int]]:
    """(left, right) of each upper edge on a line."""
    return ((found.start(), found.end() - 1) for found in _TOP.finditer(line))


def _inside(rows: Sequence[str], top: int, left: int, right: int, first: int) -> Iterator[tuple[str, int]]:
    for row in range(top + 1, len(rows)):
        start = _side(rows[row], left, _SIDES)
        if start is None:
            return
        end = _side(rows[row], right, _SIDES, after=start + 1)
        text = rows[row][start + 1 : end if end is not None else right].strip(" │|")
        if text and not set(text) <= set("─═━-┬┴┼+ "):
            yield text, first + row


def _side(line: str, at: int, signs: str, after: int = 0) -> int | None:
    """Where a side stands: at its column, or a little beside it."""
    for drift in sorted(range(-_DRIFT, _DRIFT + 1), key=abs):
        where = at + drift
        if after <= where < len(line) and line[where] in signs:
            return where
    return None
