"""Which of a table's columns plays the part that a row of the mission asks for."""

from __future__ import annotations

from collections.abc import Iterable

from shipkit_mcp.patterns.columns import ColumnPattern


def plays(name: str, pattern: ColumnPattern) -> bool:
    """Whether a snake_case name is the row's own, or another name for the same thing."""
    return name == pattern.name or name in pattern.near or name.endswith(pattern.near_ends or ("\0",))


def find_column(names: Iterable[str], pattern: ColumnPattern) -> str | None:
    """The name that plays the row's part: its own first, then the nearest in the row's order."""
    present = tuple(names)
    for wanted in (pattern.name, *pattern.near):
        if wanted in present:
            return wanted
    if not pattern.near_ends:
        return None
    return next((name for name in present if plays(name, pattern)), None)
