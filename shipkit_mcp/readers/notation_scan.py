"""Cuts notation or TypeScript into shapes: a name, the comments above it, and its members line by line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from shipkit_mcp.readers.notation_shapes import MAX_MEMBER, Keyword, Member, Shape, Shapes, Union
from shipkit_mcp.readers.notation_text import (
    brace_balance,
    closing,
    comment_text,
    outer_split,
    split_comment,
    unquoted,
)

_HEADER = re.compile(
    r"(?:export )?(?:declare )?(?:(?P<code>const|let|var|class|function) )?"
    r"(?:(?P<keyword>interface|type|table|model) )?"
    r"[`\"*]{0,3}(?P<name>[^\W\d]\w*(?:\.[^\W\d]\w*)?)?[`\"*]{0,3}"
    r"(?:<[^<>{}]{0,200}>)?(?: extends [^{}]{0,200})?(?: \((?P<note>[^(){}]{0,200})\))?"
    r" ?[:=]? ?(?:(?<= )[-–—] ?(?P<purpose>[^{}]{0,200}))?\{(?P<rest>.*)",
)
"""Matched against a line whose spaces were folded, so that no run of spaces is tried twice."""
_CODE_WORDS = frozenset(
    [
        "if",
        "for",
        "while",
        "switch",
        "try",
        "catch",
        "else",
        "do",
        "return",
        "async",
        "await",
        "run",
        "function",
    ]
)
_KEYWORDS: dict[str, Keyword] = {"interface": "interface", "type": "type", "table": "table", "model": "table"}
_UNION = re.compile(r"(?:export\s+)?type\s+(?P<name>[^\W\d]\w*)\s*=\s*(?P<rest>[^{]*)$")
_ENUM = re.compile(r"(?:export\s+)?(?:const\s+)?enum\s+(?P<name>[^\W\d]\w*)\s*\{(?P<rest>.*)$")
_LITERAL = re.compile(r"[\"']([^\"']{1,200})[\"']")
_ELLIPSIS = re.compile(r"(?:[-*•]\s+)?(?:\.\.\.|…)")


def read_shapes(text: str, line: int) -> Shapes:
    """The shapes, unions and stray lines of a text that starts at ``line``."""
    return _Scanner(text.split("\n"), line).scan()


class _Scanner:
    def __init__(self, lines: Sequence[str], first: int) -> None:
        self.lines = lines
        self.first = first
        self.at = 0
        self.found = Shapes()
        self.lead: list[str] = []

    def scan(self) -> Shapes:
        while self.at < len(self.lines):
            self._outer_line()
        return self.found

    def _outer_line(self) -> None:
        line, comment = split_comment(self.lines[self.at])
        stripped = line.strip()
        if not stripped:
            self._outer_comment(comment)
        elif enum := _ENUM.fullmatch(stripped):
            self._enum(enum)
        elif union := _UNION.fullmatch(stripped):
            self._union(union)
        elif "{" in stripped and (header := _HEADER.fullmatch(" ".join(stripped.split()))):
            self._shape(header, comment)
        elif brace_balance(stripped) > 0:
            self._skip_code(stripped)
        else:
            self._stray(stripped, comment)

    def _outer_comment(self, comment: str | None) -> None:
        raw = self.lines[self.at].strip()
        if raw.startswith("/*") and "*/" not in raw:
            self.lead.extend(text for text in self.block_comment() if text)
        elif comment:
            self.lead.append(comment)
        elif not raw:
            self.lead = []
        self.at += 1

    def block_comment(self) -> list[str]:
        """The lines of the comment that opens here, without marks; stops on its last line."""
        parts = [comment_text(self.lines[self.at])]
        while self.at + 1 < len(self.lines) and "*/" not in self.lines[self.at]:
            self.at += 1
            parts.append(comment_text(self.lines[self.at]))
        return parts

    def _stray(self, stripped: str, comment: str | None) -> None:
        stray = Member(stripped, self.first + self.at, comment, tuple(self.lead))
        if not stripped.startswith(("-", "*", "•")):
            self.lead = []
        elif self.found.shapes:
            self.found.shapes[-1].trailer.append(stray)
            self.at += 1
            return
        self.found.strays.append(stray)
        self.at += 1

    def _skip_code(self, stripped: str) -> None:
        depth = brace_balance(stripped)
        self.found.skipped.append(Member(stripped, self.first + self.at))
        self.at += 1
        while self.at < len(self.lines) and depth > 0:
            depth += brace_balance(split_comment(self.lines[self.at])[0])
            self.at += 1
        self.lead = []

    def _enum(self, header: re.Match[str]) -> None:
        start = self.at
        text = header["rest"]
        while "}" not in text and self.at + 1 < len(self.lines) and len(text) < MAX_MEMBER:
            self.at += 1
            text += "\n" + split_comment(self.lines[self.at])[0]
        values = tuple(_enum_values(text.partition("}")[0]))
        self.found.unions.append(Union(header["name"], values, self.first + start))
        self.at += 1

    def _union(self, header: re.Match[str]) -> None:
        start = self.at
        text = header["rest"].strip()
        while self.at + 1 < len(self.lines) and len(text) < MAX_MEMBER:
            following = split_comment(self.lines[self.at + 1])[0].strip()
            if not (following.startswith("|") or (following and text[-1:] in {"", "|"})):
                break
            self.at += 1
            text = f"{text} {following}"
        values = tuple(_LITERAL.findall(text))
        if values:
            self.found.unions.append(Union(header["name"], values, self.first + start))
        self.lead = []
        self.at += 1

    def _shape(self, header: re.Match[str], comment: str | None) -> None:
        keyword = _keyword(header)
        shape = Shape(
            keyword=keyword,
            name=header["name"] or "",
            line=self.first + self.at,
            lead=tuple(self.lead),
            purpose=header["purpose"] or header["note"] or comment,
        )
        self.lead = []
        rest = header["rest"].strip()
        if rest:
            self._inline(shape, rest)
        else:
            self.at += 1
            _Body(self, shape).read()
        self.found.shapes.append(shape)

    def _inline(self, shape: Shape, rest: str) -> None:
        """``name { a: uuid, b: text }`` on one line, or a first member behind the brace."""
        end = closing("{" + rest, 0) - 1
        closed = end <= len(rest) and rest[:end].endswith("}")
        inner = rest[: end - 1] if closed else rest
        for part in outer_split(inner, ",;"):
            shape.members.append(Member(part, self.first + self.at))
        self.at += 1
        if not closed:
            _Body(self, shape).read()


def _keyword(header: re.Match[str]) -> Keyword:
    if header["code"] or header["name"] in _CODE_WORDS:
        return "code"
    return _KEYWORDS.get(header["keyword"] or "", "table" if header["name"] else "object")


def _enum_values(text: str) -> Iterator[str]:
    for part in outer_split(text.replace("\n", ","), ","):
        name, _, value = part.partition("=")
        yield unquoted(value) if value.strip() else name.strip()


class _Body:
    """The lines between the braces of one shape."""

    def __init__(self, scanner: _Scanner, shape: Shape) -> None:
        self.scanner = scanner
        self.shape = shape
        self.sections: list[str] = []
        self.below_comment = True

    def read(self) -> None:
        scanner = self.scanner
        while scanner.at < len(scanner.lines):
            raw = scanner.lines[scanner.at]
            line, comment = split_comment(raw)
            stripped = line.strip()
            if stripped.startswith("}"):
                self._close(stripped, comment)
                return
            if not stripped:
                self._aside(raw, comment)
            elif _ELLIPSIS.match(stripped):
                self._ellipsis(stripped, comment)
            else:
                self._member(stripped, comment)
            scanner.at += 1

    def _close(self, stripped: str, comment: str | None) -> None:
        self.shape.remarks.extend(text for text in (comment, stripped.strip("};, ")) if text)
        self.scanner.at += 1

    def _aside(self, raw: str, comment: str | None) -> None:
        if comment is None:
            self.sections = []
            return
        if raw.strip().startswith("/*") and "*/" not in raw:
            comment = " ".join(part for part in self.scanner.block_comment() if part)[:MAX_MEMBER]
        self.sections = [*self.sections, comment] if self.below_comment else [comment]
        self.below_comment = True
        self.shape.remarks.append(comment)
        if _ELLIPSIS.match(comment):
            self.shape.partial = True

    def _ellipsis(self, stripped: str, comment: str | None) -> None:
        self.shape.partial = True
        self.shape.remarks.append(comment or stripped)

    def _member(self, stripped: str, comment: str | None) -> None:
        scanner = self.scanner
        line = scanner.first + scanner.at
        parts = [stripped]
        size, balance = len(stripped), _openness(stripped)
        self.below_comment = False
        while size < MAX_MEMBER and self._goes_on(parts[-1], balance):
            following, more = split_comment(scanner.lines[scanner.at + 1])
            if not following.strip() and not more:
                break
            scanner.at += 1
            comment = comment or more
            parts.append(following.strip())
            size, balance = size + len(following), balance + _openness(following)
        text = " ".join(parts)
        self.shape.members.append(Member(text.rstrip(",;").rstrip(), line, comment, tuple(self.sections)))

    def _goes_on(self, last: str, balance: int) -> bool:
        """An open bracket, a union or a type that continues on the next line."""
        scanner = self.scanner
        if scanner.at + 1 >= len(scanner.lines):
            return False
        following = scanner.lines[scanner.at + 1].lstrip()
        more = following.startswith("|") or (following.startswith(".") and not following.startswith(".."))
        return more or balance > 0 or last.endswith(("|", ":"))


def _openness(text: str) -> int:
    """How many brackets a line leaves open."""
    return brace_balance(text) + text.count("(") - text.count(")")
