"""The text of documents -> whether they speak of a name, wherever a word begins with it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from functools import cached_property

from shipkit_mcp.facts import DocKind, Evidence, PrepDoc

SILENT = (DocKind.DATA_SCHEMA, DocKind.LATER)
"""Documents that follow ours: they never speak for a table."""
FEW = 40
"""So many names are searched for in the texts; for more, a list of all words pays."""


class Spoken:
    """Some documents, asked many times what they speak of. Upper and lower case are the same."""

    def __init__(self, documents: Iterable[PrepDoc]) -> None:
        """The documents are read as they are; nothing is kept between two of these."""
        self.documents = tuple(documents)
        self._asked = 0

    @cached_property
    def _texts(self) -> tuple[str, ...]:
        return tuple(one.source.text.lower() for one in self.documents)

    @cached_property
    def _words(self) -> list[str]:
        return sorted({word for text in self._texts for word in re.findall(r"\w+", text)})

    @cached_property
    def _pairs(self) -> list[str]:
        """Every two words with one space between them: to search whole texts for a thousand names takes seconds."""
        return sorted({pair for text in self._texts for pair in re.findall(r"(?<!\w)(?=(\w+ \w+))", text)})

    def names(self, name: str) -> bool:
        """Whether any document has a word, or words, that begin so."""
        name = name.lower()
        self._asked += 1
        if self._asked > FEW:
            if re.fullmatch(r"\w+", name):
                return _begins(self._words, name)
            pair = re.match(r"\w+ \w+", name)
            if pair and not _begins(self._pairs, pair[0]):
                return False
        return any(_find(text, name) is not None for text in self._texts)

    def first(self, names: Sequence[str]) -> Evidence | None:
        """The first line, in the order of the documents, that has one of the names."""
        for document, text in zip(self.documents, self._texts, strict=True):
            places = [place for name in names if (place := _find(text, name.lower())) is not None]
            if places:
                return document.source.at(text.count("\n", 0, min(places)))
        return None


def speaking(documents: Iterable[PrepDoc]) -> Spoken:
    """The documents that can speak for a table."""
    return Spoken(one for one in documents if one.kind not in SILENT)


def _begins(known: Sequence[str], start: str) -> bool:
    """Whether one of some sorted texts begins so."""
    at = bisect_left(known, start)
    return at < len(known) and known[at].startswith(start)


def _find(text: str, name: str) -> int | None:
    place = text.find(name)
    while place > 0 and (text[place - 1].isalnum() or text[place - 1] == "_"):
        place = text.find(name, place + 1)
    return place if place >= 0 else None
