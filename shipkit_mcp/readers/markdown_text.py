"""Turns Markdown as written into the words a person reads, and into keys that can be compared."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_TAG = re.compile(
    r"</?(?:a|b|br|code|details|div|em|hr|i|img|kbd|p|small|span|strong|sub|summary|sup|u)\b[^<>]{0,300}>",
    re.IGNORECASE,
)
_LINK = re.compile(
    r"(!?)\[([^\[\]]{0,500})\]\(([^()\s]{0,500})(?:\s[^()]{0,500}(?:\([^()]{0,500}\)[^()]{0,9})?)?\)"
)
_IMAGE_ELSEWHERE = re.compile(r"(?<!\w)!\[[^\[\]]{0,500}\](?:\[[^\[\]]{0,200}\])?")
"""An image whose address stands elsewhere."""
_UNDERSCORES = re.compile(r"(?<!\w)(_{1,2})(?=\S)([^_\n]{1,500})(?<=\S)\1(?!\w)")
_STAR = re.compile(r"(?<!\*)\*(?=[^\s*])([^*\n]{1,500})(?<=[^\s*])\*(?!\*)")
_NUMBERING = re.compile(r"\s*#?\d{1,3}(?:\.\d{1,3}){0,3}(?:[.):\]]\s*|\s+[-–—]\s+)(?=\S)")
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_CODE_REACH = 2_000
_LONGEST_RUN = 50


def without_comments(text: str) -> str:
    """The text without ``<!-- -->``; an unclosed one hides the rest, as it does in a browser."""
    kept: list[str] = []
    start = 0
    while (opened := text.find("<!--", start)) >= 0:
        kept.append(text[start:opened])
        closed = text.find("-->", opened)
        if closed < 0:
            return "".join(kept)
        start = closed + 3
    kept.append(text[start:])
    return "".join(kept)


def code_parts(text: str) -> list[tuple[bool, str]]:
    """The text cut at code spans: (is code, text without its backticks)."""
    parts: list[tuple[bool, str]] = []
    plain_from = at = 0
    while (at := text.find("`", at)) >= 0:
        run = text[at : at + _LONGEST_RUN]
        ticks = len(run) - len(run.lstrip("`"))
        end = text.find("`" * ticks, at + ticks, at + ticks + _CODE_REACH)
        if end < 0:
            at += ticks
            continue
        parts.append((False, text[plain_from:at]))
        parts.append((True, text[at + ticks : end].strip()))
        at = plain_from = end + ticks
    parts.append((False, text[plain_from:]))
    return [part for part in parts if part[1]]


def codes(text: str) -> list[str]:
    """What stands in backticks, in order."""
    return [part for is_code, part in code_parts(text) if is_code]


_MARKS = frozenset("`*_[<~\\")
_NOT_WORD = re.compile(r"[^0-9a-z]+")


def _bare(text: str) -> str:
    if _MARKS.isdisjoint(text):
        return text
    text = _LINK.sub(lambda found: "" if found[1] else found[2], text)
    text = _IMAGE_ELSEWHERE.sub("", text) if "![" in text else text
    text = _TAG.sub(" ", text)
    text = text.replace("**", "").replace("~~", "").replace("\\_", "_").replace("\\*", "*")
    return _STAR.sub(r"\1", _UNDERSCORES.sub(r"\2", text))


def spoken(text: str) -> str:
    """The text on one line without emphasis, links, images and comments; backticks stay."""
    parts = code_parts(without_comments(text))
    said = "".join(f"`{part}`" if is_code else _bare(part) for is_code, part in parts)
    return " ".join(said.split())


def plain(text: str) -> str:
    """The text on one line without any Markdown mark."""
    if _MARKS.isdisjoint(text):
        return " ".join(text.split())
    parts = code_parts(without_comments(text))
    said = "".join(part if is_code else _bare(part) for is_code, part in parts)
    return " ".join(said.split())


@lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """A key for comparison: lower case, without marks, emoji, accents, punctuation and numbering."""
    bare = plain(text)
    if bare.isascii():
        return _NOT_WORD.sub(" ", _unnumbered(bare).lower()).strip() or bare.lower()
    letters = "".join(
        char if char.isalnum() else " "
        for char in unicodedata.normalize("NFKD", _unnumbered(bare).casefold())
        if not unicodedata.combining(char)
    )
    return " ".join(letters.split()) or " ".join(bare.casefold().split())


def _unnumbered(text: str) -> str:
    start = next((at for at, char in enumerate(text) if char.isalnum() or char == "#"), 0)
    found = _NUMBERING.match(text, start)
    return text[found.end() :] if found else text[start:]


def unadorned(text: str) -> str:
    """A title without leading emoji and numbering, otherwise as written."""
    bare = plain(text)
    kept = "".join(char for char in bare if not _is_picture(char))
    return _unnumbered(" ".join(kept.split())).strip(" :-–—")


def _is_picture(char: str) -> bool:
    return unicodedata.category(char) in {"So", "Sk", "Cf", "Cs", "Co"} or "\ufe00" <= char <= "\ufe0f"


def snake(name: str) -> str:
    """An identifier or title as snake_case."""
    words = re.split(r"[^A-Za-z0-9]+", _ascii(name))
    return "_".join(part.lower() for word in words for part in _CAMEL.split(word) if part)


def _ascii(text: str) -> str:
    return "".join(char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char))
