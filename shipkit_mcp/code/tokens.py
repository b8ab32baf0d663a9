"""TypeScript text to tokens and bracket pairs: as much of the language as placing an edit needs."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import islice
from typing import NamedTuple

from shipkit_mcp.errors import beat

_TOKEN = re.compile(
    r"""(?P<comment>//[^\n]*|/\*.*?(?:\*/|\Z))
    |(?P<string>"(?:[^"\\\n]|\\.)*"?|'(?:[^'\\\n]|\\.)*'?)
    |(?P<word>[A-Za-z_$\u0080-\uffff][\w$]*)
    |(?P<number>\d[\w.]*)
    |(?P<mark>=>|\.\.\.|\?\?|\?\.|[^\s])""",
    re.VERBOSE | re.DOTALL,
)
SAMPLE, THINNEST = 10_000, 1.5
"""A file whose first tokens are shorter is a heap of marks that no parser took: it stays as it is."""
_STARTS = re.compile(r"\S")
_REGEXP = re.compile(r"/(?![*/])(?:[^/\\\n\[]|\\.|\[(?:[^\]\\\n]|\\.)*\])+/\w*")
_BEFORE_REGEXP = frozenset(("(", ",", "=", ":", "[", "!", "&", "|", "?", "{", "}", ";", "=>", "return"))
_CLOSING = {")": "(", "]": "[", "}": "{"}


class Token(NamedTuple):
    """One word, mark or literal of the code; comments are kept apart."""

    kind: str
    text: str
    start: int
    end: int


class Code:
    """The tokens of one file, none where they are no code. Total: unbalanced text gives fewer pairs."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.comments: list[Token] = []
        read = self._read()
        self.tokens: list[Token] = list(islice(read, SAMPLE))
        if len(self.tokens) == SAMPLE and self.tokens[-1].end < SAMPLE * THINNEST:
            self.tokens, self.comments = [], []
        while self.tokens and (more := list(islice(read, SAMPLE))):
            beat()
            self.tokens += more

    def _read(self) -> Iterator[Token]:
        text, at, before = self.text, 0, "("
        while found := _STARTS.search(text, at):
            start = found.start()
            kind, at = _next(text, start, before)
            token = Token(kind, text[start:at], start, at)
            if kind == "comment":
                self.comments.append(token)
            else:
                before = token.text
                yield token

    @cached_property
    def pairs(self) -> dict[int, int]:
        """Index of each opening bracket's token to that of its closing one."""
        found: dict[int, int] = {}
        open_: list[int] = []
        for at, token in enumerate(self.tokens):
            if token.text in "([{" and token.kind == "mark":
                open_.append(at)
            elif open_ and self.tokens[open_[-1]].text == _CLOSING.get(token.text):
                found[open_.pop()] = at
        return found

    @cached_property
    def constants(self) -> dict[str, list[int]]:
        """Name to the places of ``const``, ``let`` or ``var`` before it."""
        found: dict[str, list[int]] = {}
        for at, token in enumerate(self.tokens[:-1]):
            if token.text in ("const", "let", "var"):
                found.setdefault(self.tokens[at + 1].text, []).append(at)
        return found

    def items(self, opening: int) -> list[tuple[int, int]]:
        """Token ranges (end exclusive) of what commas part inside a bracket, empty ones left out."""
        closing = self.pairs.get(opening, opening + 1)
        ranges: list[tuple[int, int]] = []
        start = at = opening + 1
        while at < closing:
            if self.tokens[at].text == ",":
                ranges.append((start, at))
                start = at + 1
            at = self.behind_type(at, closing) or self.pairs.get(at, at) + 1
        ranges.append((start, closing))
        return [(one, end) for one, end in ranges if end > one]

    def behind_type(self, at: int, end: int) -> int | None:
        """The index behind the ``<…>`` of ``$type<Record<string, number>>``; None where none starts here."""
        token, before = self.tokens[at], self.tokens[at - 1] if at else None
        if token.text != "<" or before is None or before.kind != "word" or before.end != token.start:
            return None
        depth = 0
        while at < end:
            depth += {"<": 1, ">": -1}.get(self.tokens[at].text, 0)
            at = self.pairs.get(at, at) + 1
            if depth == 0:
                return at
        return None

    def slice(self, start: int, end: int) -> str:
        """The text from one token up to another (exclusive)."""
        if end <= start:
            return ""
        return self.text[self.tokens[start].start : self.tokens[end - 1].end]

    def depths(self) -> Sequence[int]:
        """How many brackets are open before each token."""
        depth, depths = 0, []
        for token in self.tokens:
            closes = token.kind == "mark" and token.text in _CLOSING
            depth -= closes
            depths.append(max(depth, 0))
            depth += token.kind == "mark" and token.text in "([{"
        return depths

    @cached_property
    def _places(self) -> dict[str, list[int]]:
        """Word to the indexes of its tokens; those of all templates under a backtick."""
        found: dict[str, list[int]] = {}
        for at, token in enumerate(self.tokens):
            if token.kind in ("word", "template"):
                found.setdefault("`" if token.kind == "template" else token.text, []).append(at)
        return found

    def _between(self, start: int, end: int, word: str) -> list[int]:
        """The indexes from ``start`` up to ``end`` (exclusive) of a word and of every template."""
        places = (self._places.get(one, []) for one in (word, "`"))
        return sorted(at for one in places for at in one[bisect_left(one, start) : bisect_left(one, end)])

    def members(self, start: int, end: int, owner: str) -> Iterator[tuple[str, int, int]]:
        """(key, start, end offset) of every ``owner.key`` between two tokens, inside templates too."""
        pattern = re.compile(rf"(?<![\w$.]){re.escape(owner)}\s*\.\s*(?P<key>[A-Za-z_$][\w$]*)")
        for at in self._between(start, end, owner):
            token = self.tokens[at]
            if token.kind == "template":
                for found in pattern.finditer(self.text, token.start, token.end):
                    yield found["key"], found.start("key"), found.end("key")
            elif at + 2 < end and self.tokens[at + 1].text == ".":
                key = self.tokens[at + 2]
                if at == 0 or self.tokens[at - 1].text != ".":
                    yield key.text, key.start, key.end

    def line_start(self, offset: int) -> int:
        return self.text.rfind("\n", 0, offset) + 1

    def line_end(self, offset: int) -> int:
        end = self.text.find("\n", offset)
        return len(self.text) if end < 0 else end

    def indent(self, offset: int) -> str:
        """The white space that the line of an offset starts with."""
        start = self.line_start(offset)
        line = self.text[start : self.line_end(offset)]
        return line[: len(line) - len(line.lstrip())]


def _next(text: str, at: int, before: str) -> tuple[str, int]:
    """The kind of the token at an offset and where it ends; ``before`` is the one before it."""
    if text[at] == "`":
        return "template", _template_end(text, at)
    if text[at] == "/" and before in _BEFORE_REGEXP and (regexp := _REGEXP.match(text, at)):
        return "regexp", regexp.end()
    found = _TOKEN.match(text, at)
    return (found.lastgroup, found.end()) if found and found.lastgroup else ("mark", at + 1)


def _template_end(text: str, at: int) -> int:
    """The offset behind a template literal, whatever stands in its ``${}``."""
    stack = ["`"]
    at += 1
    while at < len(text) and stack:
        char = text[at]
        if char == "\\":
            at += 1
        elif char == "`":
            if stack[-1] == "`":
                stack.pop()
            else:
                stack.append("`")
        elif stack[-1] == "`":
            if text.startswith("${", at):
                stack.append("{")
                at += 1
        elif char == "{":
            stack.append("{")
        elif char == "}":
            stack.pop()
        at += 1
    return min(at, len(text))
