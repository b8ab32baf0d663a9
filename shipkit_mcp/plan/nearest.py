"""A name that nobody knows -> the known ones nearest to it, in words."""

from __future__ import annotations

from collections.abc import Collection

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein
from rapidfuzz.fuzz import ratio

ENOUGH = 60.0
"""Likeness in percent below which no name is worth suggesting."""


def nearest(name: str, known: Collection[str], count: int = 3) -> tuple[str, ...]:
    """The most alike known names, best first, ties by name."""
    found = process.extract(name, sorted(set(known)), scorer=ratio, limit=count, score_cutoff=ENOUGH)
    return tuple(one for one, _, _ in found)


def suggest(name: str, known: Collection[str]) -> str:
    """``Did you mean `a` or `b`?``, or what there is."""
    close = nearest(name, known)
    if close:
        return f"Did you mean {' or '.join(f'`{one}`' for one in close)}?"
    listed = sorted(set(known))[:8]
    return f"Known are {', '.join(f'`{one}`' for one in listed)}." if listed else "There is none."


def is_one_edit(name: str, known: Collection[str]) -> str | None:
    """The known name that is one letter away, if any."""
    for one in sorted(known):
        if abs(len(one) - len(name)) < 2 and DamerauLevenshtein.distance(name, one, score_cutoff=1) == 1:
            return one
    return None
