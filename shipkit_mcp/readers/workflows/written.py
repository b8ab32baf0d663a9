"""What tasks are said to do to the tables that they insert into."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from shipkit_mcp.readers.workflows.words_tables import WRITES

_INSERTED = re.compile(r"\.\s*insert\(\s*(?:schema\.)?(?P<name>[A-Za-z_]\w*)")
_VERB = re.compile(WRITES)
_REACH = 60
"""Characters of one line between a verb and what it writes."""
_WORD = re.compile(r"[\w.]+")
_COMMON = re.compile(
    r"(?=(?:into|to|in|en|nel|nella|dans)\s+(?:the\s+)?`?(\w++)(?![.]))"
    r"|(?=(?<![\w.])`?(\w++)`?\s+(?:table|tabla|tabella)\b)"
)
"""One word alone is a common noun unless "into" or "table" is with it."""


def written_in(said: str, names: Sequence[str]) -> Iterator[str]:
    """Those of the named tables that a verb of writing stands before, or an insert in code.

    One pass for all names: a document may name hundreds, and its diagrams hold the verb ten thousand times.
    """
    inserted = {found["name"].lower().replace("_", "") for found in _INSERTED.finditer(said)}
    after = frozenset(_after_verbs(said))
    for name in names:
        stem = name.removesuffix("s") if "_" in name else name
        forms = {stem, f"{stem}s"} if "_" in name else {stem}
        if name.replace("_", "") in inserted or not after.isdisjoint(forms):
            yield name


def _after_verbs(said: str) -> Iterator[str]:
    ends = [found.end() for found in _VERB.finditer(said)]
    for at, name in _named(said) if ends else ():
        before = bisect_right(ends, at) - 1
        if before >= 0 and at - ends[before] <= _REACH and "\n" not in said[ends[before] : at]:
            yield name


def _named(said: str) -> Iterator[tuple[int, str]]:
    """Where something stands that can be a table, and how it is called."""
    yield from ((found.start(), found[0]) for found in _WORD.finditer(said) if "_" in found[0])
    for found in _COMMON.finditer(said):
        yield from ((found.start(), name) for name in found.groups() if name and "_" not in name)
