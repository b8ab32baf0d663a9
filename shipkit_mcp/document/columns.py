"""Text measured and cut as a terminal shows it."""

from __future__ import annotations

import unicodedata

COLUMNS = 80


def width(text: str) -> int:
    """Columns that text takes in a terminal."""
    return sum(_columns(char) for char in text)


def clip(text: str, columns: int = COLUMNS) -> str:
    """Text cut to some columns, with an ellipsis where something is left out."""
    if width(text) <= columns:
        return text
    taken, room = "", columns - 1
    for char in text:
        if width(taken) + _columns(char) > room:
            break
        taken += char
    return taken.rstrip() + "…"


def clip_start(text: str, columns: int) -> str:
    """Text whose start is left out where it is too wide: the end of a path tells most."""
    start = 0
    while width(text[start:]) > columns - (start > 0):
        start += 1
    return f"…{text[start:]}" if start else text


def _columns(char: str) -> int:
    if char == "\ufe0f":
        return 1  # makes the sign before it two columns wide
    if unicodedata.combining(char) or unicodedata.category(char) in ("Cf", "Mn"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1
