"""A document cut at its ``#`` and ``##`` headings, byte for byte: joined again it is the same text."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
_HEADING = re.compile(r" {0,3}#{1,2}(?:[ \t]|$)")
_FENCE = re.compile(r" {0,3}(`{3,}(?=[^`]*$)|~{3,})")
_RULE = re.compile(r"(?:-{3,}|\*{3,}|_{3,})[ \t]*$")
_NEWLINE = re.compile(r"\r\n|\r")


@dataclass(frozen=True, slots=True)
class Piece:
    """A heading of level one or two and what stands below it up to the next one."""

    key: str
    """The heading without its marks, numbered where the same words stand twice; "" before the first one."""
    body: str
    """As written, without the blank lines and the rule at its end."""
    tail: str
    """Those blank lines and that rule: they part two sections and belong to neither."""

    @property
    def text(self) -> str:
        return self.body + self.tail

    @property
    def sha256(self) -> str:
        """Of the body with newlines folded."""
        return hashlib.sha256(fold(self.body).encode(errors="surrogatepass")).hexdigest()


def fold(text: str) -> str:
    """Text as it is compared: one kind of newline, no byte order mark."""
    return _NEWLINE.sub("\n", text.removeprefix("\ufeff"))


def newline_of(text: str) -> str:
    """The newline that the text uses most."""
    crlf = text.count("\r\n")
    counts = {"\n": text.count("\n") - crlf, "\r\n": crlf, "\r": text.count("\r") - crlf}
    return max(counts, key=lambda one: counts[one])


def cut(text: str) -> tuple[Piece, ...]:
    """The pieces of a document; text before its first heading is a piece without a key."""
    groups: list[list[str]] = [[]]
    for line, is_heading in _marked(text):
        if is_heading:
            groups.append([])
        groups[-1].append(line)
    found = [_piece(lines) for lines in groups if lines]
    return tuple(_distinct(found))


def _marked(text: str) -> Iterator[tuple[str, bool]]:
    """Each line with whether it is a heading that cuts; nothing inside a fence does."""
    fence = ""
    for line in _LINE.findall(text):
        bare = line.rstrip("\r\n")
        mark = _FENCE.match(bare)
        if fence:
            closes = mark is not None and mark[1].startswith(fence) and not bare[mark.end() :].strip()
            fence = "" if closes else fence
            yield line, False
            continue
        fence = mark[1] if mark else ""
        yield line, _HEADING.match(bare) is not None


def _piece(lines: Sequence[str]) -> Piece:
    end = len(lines)
    end = _before_blank(lines, end)
    if end > 1 and _RULE.match(lines[end - 1].rstrip("\r\n")) and not lines[end - 2].strip():
        end = _before_blank(lines, end - 1)
    body = "".join(lines[:end])
    trimmed = body.rstrip("\r\n")
    return Piece(_key(lines[0]), trimmed, body[len(trimmed) :] + "".join(lines[end:]))


def _before_blank(lines: Sequence[str], end: int) -> int:
    while end > 0 and not lines[end - 1].strip():
        end -= 1
    return end


def _key(line: str) -> str:
    return line.strip().lstrip("#").strip().rstrip("#").strip() if _HEADING.match(line.rstrip("\r\n")) else ""


def _distinct(pieces: Sequence[Piece]) -> Iterator[Piece]:
    seen: dict[str, int] = {}
    for piece in pieces:
        seen[piece.key] = seen.get(piece.key, 0) + 1
        number = seen[piece.key]
        yield piece if number == 1 else Piece(f"{piece.key} ({number})", piece.body, piece.tail)
