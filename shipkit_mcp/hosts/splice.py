"""One member put into, or taken out of, an object of a JSON text with comments; every other byte stays."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

_TOKEN = re.compile(r'"(?:[^"\\\n]|\\.)*"|//[^\n]*|/\*[\s\S]*?\*/|[{}\[\],:]|[^\s{}\[\],:"/]+|/')


class NotJson(ValueError):
    """The text is not JSON that we understand; nothing was changed."""


@dataclass(frozen=True)
class Member:
    """A member of an object: where its key starts and its value starts and ends."""

    key: str
    start: int
    value: int
    end: int


@dataclass(frozen=True)
class Obj:
    """An object's place: its opening brace, its closing brace, its members."""

    opening: int
    closing: int
    members: tuple[Member, ...]

    def member(self, key: str) -> Member | None:
        return next((one for one in self.members if one.key == key), None)


def put(text: str, path: tuple[str, ...], value: Mapping[str, Any]) -> str:
    """The text with ``path`` set to ``value``. Raises NotJson where the text is not an object."""
    if not text.strip():
        text = "{}\n"
    at = _object(text, 0)
    for depth, key in enumerate(path):
        member = at.member(key)
        if member is None:
            return _inserted(text, at, key, _nested(path[depth + 1 :], value), depth)
        if depth == len(path) - 1:
            return text[: member.value] + _pretty(value, depth + 1) + text[member.end :]
        at = _object(text, member.value)
    return text


def take(text: str, path: tuple[str, ...]) -> str:
    """The text without ``path``; unchanged where it is not there. Raises NotJson."""
    at = _object(text, 0)
    for key in path[:-1]:
        member = at.member(key)
        if member is None:
            return text
        at = _object(text, member.value)
    gone = at.member(path[-1])
    if gone is None:
        return text
    start, end = _with_comma(at, gone)
    return text[:start] + text[end:]


def _with_comma(at: Obj, gone: Member) -> tuple[int, int]:
    index = at.members.index(gone)
    if index + 1 < len(at.members):
        return gone.start, at.members[index + 1].start
    start = at.members[index - 1].end if index else at.opening + 1
    return start, gone.end


def _inserted(text: str, at: Obj, key: str, value: Any, depth: int) -> str:
    pad = "  " * (depth + 1)
    made = f"\n{pad}{json.dumps(key)}: {_pretty(value, depth + 1)}"
    if at.members:
        last = at.members[-1].end
        return text[:last] + "," + made + text[last:]
    return text[: at.opening + 1] + made + f"\n{'  ' * depth}" + text[at.closing :]


def _nested(path: tuple[str, ...], value: Any) -> Any:
    for key in reversed(path):
        value = {key: value}
    return value


def _pretty(value: Any, depth: int) -> str:
    return json.dumps(value, indent=2, ensure_ascii=False).replace("\n", "\n" + "  " * depth)


def _tokens(text: str, start: int) -> Iterator[re.Match[str]]:
    for found in _TOKEN.finditer(text, start):
        if not found[0].startswith(("//", "/*")):
            yield found


def _object(text: str, start: int) -> Obj:
    """The object that starts at or after a position."""
    tokens = _tokens(text, start)
    opening = next(tokens, None)
    if opening is None or opening[0] != "{":
        raise NotJson("it does not hold a JSON object")
    members: list[Member] = []
    for token in tokens:
        if token[0] == "}":
            return Obj(opening.start(), token.start(), tuple(members))
        if token[0] == ",":
            continue
        members.append(_member(token, tokens))
    raise NotJson("it ends inside an object")


def _member(key: re.Match[str], tokens: Iterator[re.Match[str]]) -> Member:
    colon, first = next(tokens, None), next(tokens, None)
    if not key[0].startswith('"') or colon is None or colon[0] != ":" or first is None:
        raise NotJson("it has a member that is not `key: value`")
    end, depth = first.end(), 1 if first[0] in "{[" else 0
    while depth:
        token = next(tokens, None)
        if token is None:
            raise NotJson("it ends inside a value")
        depth += (token[0] in "{[") - (token[0] in "}]")
        end = token.end()
    return Member(json.loads(key[0]), key.start(), first.start(), end)
