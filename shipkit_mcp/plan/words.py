"""Names and numbers -> the small phrases that sentences are made of."""

from __future__ import annotations

from collections.abc import Iterable


def listed(values: Iterable[str]) -> str:
    """``a``, ``b`` and ``c`` in backticks; empty for none."""
    return names(f"`{value}`" for value in values)


def names(values: Iterable[str]) -> str:
    """One, two and three, without marks."""
    told = list(dict.fromkeys(values))
    if len(told) < 2:
        return "".join(told)
    return f"{', '.join(told[:-1])} and {told[-1]}"


def few(values: Iterable[str], most: int = 4) -> str:
    """The first of many names, in backticks, with the number of the others."""
    told = list(dict.fromkeys(values))
    shown = [f"`{value}`" for value in told[:most]]
    return names([*shown, *([f"{len(told) - most} more"] if len(told) > most else [])])


def many(count: int, one: str, several: str | None = None) -> str:
    """``1 table``, ``2 tables``."""
    return f"{count} {one if count == 1 else several or one + 's'}"
