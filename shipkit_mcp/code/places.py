"""Schema sources and the facts about them -> where each table, enum and column stands in the text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from shipkit_mcp.code.tokens import Code
from shipkit_mcp.errors import beat
from shipkit_mcp.facts import Schema, Source


@dataclass(frozen=True, slots=True)
class Call:
    """A call bound to a constant: ``const name = callee(arguments)``. All numbers are token indexes."""

    code: Code
    path: str
    start: int
    """The first token of the statement (``export``)."""
    callee: int
    """The first token behind ``=``."""
    opening: int
    """The bracket of the call."""
    arguments: tuple[tuple[int, int], ...]

    @property
    def callee_text(self) -> str:
        return self.code.slice(self.callee, self.opening)

    @property
    def closing(self) -> int:
        return self.code.pairs[self.opening]


@dataclass(frozen=True, slots=True)
class Collection:
    """An object or array literal that is, or is returned by, an argument."""

    opening: int
    closing: int
    kind: str
    """``{`` or ``[``."""
    param: str | None = None
    """Of the function around it; None where there is none or it is taken apart."""


class Sources:
    """The schema's files as tokens."""

    def __init__(self, sources: Sequence[Source]) -> None:
        codes: dict[str, Code] = {}
        for one in sources:
            beat()
            codes[one.path] = Code(one.text)
        self.codes: Mapping[str, Code] = codes
        self._calls: dict[tuple[str, str], Call | None] = {}

    def call(self, path: str, key: str) -> Call | None:
        """The call whose result is bound to ``key`` in a file."""
        if (path, key) not in self._calls:
            code = self.codes.get(path)
            self._calls[path, key] = find_call(code, path, key) if code else None
        return self._calls[path, key]

    def table_calls(self, schema: Schema) -> Iterator[tuple[str, Call]]:
        """(table, call) of every table whose making was found."""
        for table in schema.tables:
            beat()
            call = self.call(table.path, table.key)
            if call:
                yield table.name, call


def find_call(code: Code, path: str, key: str) -> Call | None:
    """``const key = …(``, with the last bracket group of the callee chain that is a table's or an enum's."""
    tokens = code.tokens
    for at in code.constants.get(key, ()):
        equals = next((n for n in range(at + 2, min(at + 40, len(tokens))) if tokens[n].text == "="), None)
        opening = _opening(code, equals + 1) if equals else None
        if equals and opening and opening in code.pairs:
            start = at - 1 if at and tokens[at - 1].text == "export" else at
            return Call(code, path, start, equals + 1, opening, tuple(code.items(opening)))
    return None


def _opening(code: Code, at: int) -> int | None:
    """The first bracket of a call, behind a name or a path of names."""
    while at < len(code.tokens):
        token = code.tokens[at]
        if token.text == "(":
            return at
        if token.kind != "word" and token.text not in (".", "?."):
            return None
        at += 1
    return None


def collection(call: Call, number: int) -> Collection | None:
    """The object or array of an argument; of a function, what it returns."""
    if number >= len(call.arguments):
        return None
    code, (at, end) = call.code, call.arguments[number]
    param: str | None = None
    arrow = next((n for n in _top(code, at, end) if code.tokens[n].text == "=>"), None)
    if arrow is not None:
        names = [one for one in code.tokens[at:arrow] if one.kind == "word"]
        param = names[0].text if len(names) == 1 or (names and code.tokens[at + 2].text == ":") else None
        param = None if any(one.text in "{[" for one in code.tokens[at:arrow]) else param
        at = arrow + 1
    return _literal(code, at, end, param, is_function=arrow is not None)


def _top(code: Code, at: int, end: int) -> Iterator[int]:
    while at < end:
        yield at
        at = code.pairs.get(at, at) + 1


def _literal(code: Code, at: int, end: int, param: str | None, *, is_function: bool) -> Collection | None:
    while at < end and code.tokens[at].text == "(":
        at += 1
    if at >= end or at not in code.pairs:
        return None
    if is_function and code.tokens[at].text == "{" and code.tokens[at - 1].text == "=>":
        back = next((n for n in range(at, code.pairs[at]) if code.tokens[n].text == "return"), None)
        return _literal(code, back + 1, code.pairs[at], param, is_function=False) if back else None
    kind = code.tokens[at].text
    return Collection(at, code.pairs[at], kind, param) if kind in "{[" else None


@dataclass(frozen=True, slots=True)
class Chain:
    """``uuid("id").primaryKey().notNull()``: the root call and what is chained on it (token ranges)."""

    start: int
    end: int
    root: tuple[int, int]
    links: tuple[tuple[str, int, int], ...]
    """(name, first token (the dot), end) of each chained call."""


def entry(code: Code, place: Collection, key: str) -> tuple[int, int] | None:
    """The token range of a property of an object literal."""
    for start, end in code.items(place.opening):
        token = code.tokens[start]
        name = token.text.strip("\"'") if token.kind == "string" else token.text
        if name == key:
            return start, end
    return None


def chain(code: Code, start: int, end: int) -> Chain | None:
    """The value of a property (from behind its colon) as a chain of calls."""
    at, root_end = start, None
    links: list[tuple[str, int, int]] = []
    begun: int | None = None
    while at < end:
        text = code.tokens[at].text
        behind = code.behind_type(at, end)
        if behind is not None:
            at = behind
            continue
        if text == "." and root_end is not None and begun is None:
            begun = at
        if text in "([{" and at in code.pairs and code.tokens[at].kind == "mark":
            if text != "(":
                at = code.pairs[at] + 1
                continue
            closing = code.pairs[at] + 1
            if root_end is None:
                root_end = closing
            elif begun is not None:
                links.append((code.tokens[begun + 1].text, begun, closing))
                begun = None
            at = closing
            continue
        at += 1
    if root_end is None or begun is not None:
        return None
    return Chain(start, end, (start, root_end), tuple(links))
