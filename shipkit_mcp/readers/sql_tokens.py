"""Cuts SQL into statements and tokens with their lines, in time linear in its length."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

_TOKEN = re.compile(
    r"(?P<comment>--[^\n]*|/\*(?:[^*]|\*(?!/))*(?:\*/)?)"
    r"|(?P<string>'(?:[^']|'')*'?)"
    r"|(?P<quoted>\"[^\"\n]*\"?|`[^`\n]*`?|\[[A-Za-z_]\w*\])"
    r"|(?P<word>[^\W\d]\w*)|(?P<number>\d+(?:\.\d+)?)|(?P<dots>\.\.\.|…)"
    r"|(?P<mark>::|[^\s\w])"
)
_OPENERS = frozenset({"create", "alter", "comment", "drop"})
_AFTER_NAME = frozenset({"if", "not", "exists", "only"})


@dataclass(frozen=True, slots=True)
class Token:
    """One token and the remark that stands behind it on its line."""

    text: str
    kind: str
    line: int
    comment: str | None = None
    first: bool = False
    """First on its line."""
    indent: int = 0
    """Of its line, where it is the first there."""
    spaced: bool = False
    """White space stands before it."""

    @property
    def word(self) -> str:
        return self.text.lower() if self.kind == "word" else ""

    @property
    def is_name(self) -> bool:
        return self.kind in {"word", "quoted"}

    @property
    def is_string(self) -> bool:
        return self.kind == "string"

    @property
    def name(self) -> str:
        return self.text.strip('"`[]')

    @property
    def string(self) -> str:
        return self.text.strip("'").replace("''", "'")


@dataclass
class Statement:
    """The tokens of one statement."""

    tokens: list[Token]
    lead: str | None = None
    """The comment right above it."""

    @property
    def line(self) -> int:
        return self.tokens[0].line

    @property
    def words(self) -> list[str]:
        return [token.word for token in self.tokens[:4] if token.word]

    def name_after(self, keyword: str) -> tuple[str | None, list[Token]]:
        """The name behind a keyword, without its schema, and the tokens after it."""
        at = next((at for at, token in enumerate(self.tokens) if token.word == keyword), None)
        if at is None:
            return None, []
        at += 1
        while at < len(self.tokens) and self.tokens[at].word in _AFTER_NAME:
            at += 1
        while at + 2 < len(self.tokens) and self.tokens[at + 1].text == "." and self.tokens[at + 2].is_name:
            at += 2
        if at >= len(self.tokens) or not self.tokens[at].is_name:
            return None, []
        return self.tokens[at].name, self.tokens[at + 1 :]


@dataclass
class _Cut:
    tokens: list[Token] = field(default_factory=list)
    lead: list[str] = field(default_factory=list)


def statements(text: str, line: int) -> Iterator[Statement]:
    """The statements of a text that starts at ``line``; a new CREATE or ALTER ends an open one."""
    cut = _Cut()
    depth = 0
    for token in _tokens(text, line):
        opens = token.first and token.word in _OPENERS and depth <= 0
        if token.text == ";" or (opens and cut.tokens and token.indent <= cut.tokens[0].indent):
            yield from _finished(cut)
            cut, depth = _Cut(), 0
        if token.kind == "comment":
            _remark(cut, token)
        elif token.text != ";":
            depth += {"(": 1, ")": -1}.get(token.text, 0)
            cut.tokens.append(token)
    yield from _finished(cut)


def _finished(cut: _Cut) -> Iterator[Statement]:
    if cut.tokens:
        yield Statement(cut.tokens, " ".join(cut.lead) or None)


def _remark(cut: _Cut, comment: Token) -> None:
    """A comment belongs to what stands before it on its line, or above it where it is indented below that."""
    text = comment.text.strip("-/* \n")
    if cut.tokens and (cut.tokens[-1].line == comment.line or _hangs(cut.tokens, comment)):
        last = cut.tokens[-1]
        cut.tokens[-1] = replace(last, comment=f"{last.comment} {text}" if last.comment else text)
    elif not cut.tokens:
        cut.lead.append(text)
    elif text.startswith(("...", "…")):
        cut.tokens.append(Token("...", "dots", comment.line))
        cut.tokens.append(Token(",", "mark", comment.line))


def _hangs(tokens: Sequence[Token], comment: Token) -> bool:
    """True for a comment on the next line, further in than the line it speaks of."""
    above = next((token for token in reversed(tokens) if token.first), None)
    near = comment.first and comment.line == tokens[-1].line + 1
    return near and above is not None and above.word != "create" and comment.indent > above.indent


def _tokens(text: str, line: int) -> Iterator[Token]:
    at = 0
    first = True
    for found in _TOKEN.finditer(text):
        breaks = text.count("\n", at, found.start())
        line += breaks
        first = first or breaks > 0
        at = found.start()
        indent = at - text.rfind("\n", 0, at) - 1 if first else 0
        spaced = text[at - 1 : at].isspace()
        yield Token(found[0], found.lastgroup or "mark", line, first=first, indent=indent, spaced=spaced)
        first = False


def items(tokens: Sequence[Token], *, bracketed: bool = True) -> list[list[Token]]:
    """The parts between commas: of the first bracket, or of the whole where none is asked for."""
    inner = _bracket(tokens) if bracketed else list(tokens)
    found: list[list[Token]] = [[]]
    depth = 0
    for token in inner:
        depth += {"(": 1, ")": -1}.get(token.text, 0)
        if token.text == "," and depth == 0:
            _carry_comment(found[-1], token)
            found.append([])
        else:
            found[-1].append(token)
    return [item for item in found if item]


def _carry_comment(item: list[Token], comma: Token) -> None:
    if item and comma.comment:
        last = item[-1]
        item[-1] = replace(last, comment=f"{last.comment} {comma.comment}" if last.comment else comma.comment)


def _bracket(tokens: Sequence[Token]) -> list[Token]:
    opened = next((at for at, token in enumerate(tokens) if token.text == "("), None)
    if opened is None:
        return []
    depth = 0
    for at in range(opened, len(tokens)):
        depth += {"(": 1, ")": -1}.get(tokens[at].text, 0)
        if depth == 0:
            return list(tokens[opened + 1 : at])
    return list(tokens[opened + 1 :])
