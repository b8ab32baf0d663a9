"""The existing schema files -> how their author builds tables and columns."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from shipkit_mcp.code.habits_text import most
from shipkit_mcp.code.places import Sources, chain, collection
from shipkit_mcp.code.tokens import Code
from shipkit_mcp.errors import beat
from shipkit_mcp.facts import Schema

GIVEN = ("default", "defaultRandom", "$defaultFn", "$default", "autoincrement")
"""Calls that give a key its value."""


def read_extras(sources: Sources, schema: Schema) -> list[tuple[str, str | None]]:
    """(bracket, parameter) of every third argument."""
    found = (collection(call, 2) for _, call in sources.table_calls(schema))
    return [(one.kind, one.param) for one in found if one]


def read_extra(extras: list[tuple[str, str | None]], version: str | None) -> tuple[bool, str]:
    """Arrays came with 0.36; before that, and where all are objects, it is an object."""
    kinds = Counter(kind for kind, _ in extras)
    params = Counter(param for _, param in extras if param)
    digits = (version or "").lstrip("^~>=v ").split(".")
    old = len(digits) > 1 and digits[0] == "0" and digits[1].isdigit() and int(digits[1]) < 36
    usual = most(params, "table")
    shared = params[usual] * 3 >= params.total()
    return most(kinds, "{" if old else "[") == "[", usual if shared else "table"


def read_callback(sources: Sources, schema: Schema) -> str | None:
    params: Counter[str] = Counter()
    for _, call in sources.table_calls(schema):
        place = collection(call, 1)
        params[(place.param if place else None) or ""] += 1
    return most(params, "") or None


def read_chains(sources: Sources, schema: Schema) -> list[tuple[str, ...]]:
    """The names chained on every column."""
    found = []
    for _, call in sources.table_calls(schema):
        place = collection(call, 1)
        for start, end in call.code.items(place.opening) if place else ():
            value = chain(call.code, start + 2, end)
            if value:
                found.append(tuple(name for name, _, _ in value.links))
    return found


def is_before(chains: Iterable[tuple[str, ...]], first: tuple[str, ...], second: tuple[str, ...]) -> bool:
    votes = 0
    for names in chains:
        one = next((at for at, name in enumerate(names) if name in first), None)
        other = next((at for at, name in enumerate(names) if name in second), None)
        if one is not None and other is not None:
            votes += 1 if one < other else -1
    return votes >= 0


def are_columns_named(sources: Sources, schema: Schema) -> bool:
    """Whether columns are given their names; a first argument that is text."""
    named = unnamed = 0
    for _, call in sources.table_calls(schema):
        place = collection(call, 1)
        for start, end in call.code.items(place.opening) if place else ():
            value = chain(call.code, start + 2, end)
            if value is None:
                continue
            opening = next(n for n in range(value.start, value.end) if call.code.tokens[n].text == "(")
            is_named = call.code.tokens[opening + 1].kind == "string"
            named, unnamed = named + is_named, unnamed + (not is_named)
    return named >= unnamed


def is_unique_on_column(chains: Iterable[tuple[str, ...]], codes: Iterable[Code]) -> bool:
    beat()
    chained = sum("unique" in names for names in chains)
    listed = sum(
        token.text == "unique" and code.tokens[at - 1].text != "." and code.tokens[at + 1].text == "("
        for code in codes
        for at, token in enumerate(code.tokens[:-1])
    )
    return chained > listed


def has_tokens(codes: Iterable[Code], texts: tuple[str, ...]) -> bool:
    """Whether these tokens follow each other, with no dot before."""
    beat()
    size = len(texts)
    return any(
        token.text == texts[0]
        and tuple(one.text for one in code.tokens[at : at + size]) == texts
        and (at == 0 or code.tokens[at - 1].text != ".")
        for code in codes
        for at, token in enumerate(code.tokens[:-size])
    )


def is_mode_usual(codes: Iterable[Code], builder: str, mode: str) -> bool:
    """Whether most calls of a builder ask for this mode."""
    beat()
    asked = other = 0
    for code in codes:
        for at, token in enumerate(code.tokens[:-1]):
            if token.text == builder and at + 1 in code.pairs:
                inside = code.tokens[at + 1 : code.pairs[at + 1]]
                hit = any(one.kind == "string" and one.text[1:-1] == mode for one in inside[2:])
                asked, other = asked + hit, other + (not hit)
    return asked > other
