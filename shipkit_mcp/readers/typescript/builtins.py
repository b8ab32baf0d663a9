"""JavaScript's own functions, as a table of globals; only what schemas use."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence

from shipkit_mcp.readers.typescript import limits
from shipkit_mcp.readers.typescript.json_text import json_text
from shipkit_mcp.readers.typescript.methods import mapped
from shipkit_mcp.readers.typescript.modules import ALL, Imported
from shipkit_mcp.readers.typescript.values import (
    UNDEFINED,
    BigInt,
    Host,
    Items,
    Record,
    Site,
    Unknown,
    Value,
    text_of,
    truthy,
)

Rule = Callable[[Sequence[Value], Site], Value]


class Native(Host):
    """A function of JavaScript, with functions as its members."""

    __slots__ = ("members", "name", "rule")

    def __init__(
        self, name: str, rule: Rule | None = None, members: Mapping[str, Value] | None = None
    ) -> None:
        self.name = name
        self.rule = rule
        self.members = members or {}

    def get(self, key: str, site: Site) -> Value:
        return (
            self.members[key]
            if key in self.members
            else site.unknown(f"`{self.name}.{key}` is not evaluated")
        )

    def call(self, arguments: Sequence[Value], site: Site) -> Value:
        for one in arguments:
            if isinstance(one, Unknown):
                return one
        if self.rule is None:
            return site.unknown(f"`{self.name}` is called")
        return self.rule(arguments, site)


class Environment(Host):
    """``process.env``: its variables are never read."""

    __slots__ = ()

    def get(self, key: str, site: Site) -> Value:
        return site.unknown(f"the environment variable `{key}` is not read")


def _first(arguments: Sequence[Value]) -> Value:
    return arguments[0] if arguments else UNDEFINED


def _members(arguments: Sequence[Value], site: Site) -> Record | Unknown:
    value = _first(arguments)
    if not isinstance(value, Record):
        return site.unknown("the members of something other than an object")
    site.evaluator.spend(len(value))
    return value.rest[0] if value.rest else value


def _values(arguments: Sequence[Value], site: Site) -> Value:
    found = _members(arguments, site)
    return Items(list(found.values())) if isinstance(found, Record) else found


def _keys(arguments: Sequence[Value], site: Site) -> Value:
    found = _members(arguments, site)
    return Items(list(found)) if isinstance(found, Record) else found


def _entries(arguments: Sequence[Value], site: Site) -> Value:
    found = _members(arguments, site)
    return Items([Items(one) for one in found.items()]) if isinstance(found, Record) else found


def _from_entries(arguments: Sequence[Value], site: Site) -> Value:
    pairs = _first(arguments)
    if not isinstance(pairs, Items) or pairs.rest:
        return site.unknown("an object is made from something other than a list")
    record = Record()
    for pair in pairs:
        key = text_of(pair[0]) if isinstance(pair, Items) and len(pair) == 2 else None
        if key is None:
            return site.unknown("an object is made from something other than pairs")
        record[key] = pair[1]
    return record


def _assign(arguments: Sequence[Value], site: Site) -> Value:
    record = _first(arguments)
    given = [one for one in arguments[1:] if one is not None and one is not UNDEFINED]
    if not isinstance(record, (Record, Host)) or not all(isinstance(one, Record) for one in given):
        return site.unknown("`Object.assign` of something other than objects")
    if isinstance(record, Host):
        for key, value in ((key, value) for one in given for key, value in one.items()):
            record.assign(key, value)
        return record
    for one in given:
        record.update(one)
        record.lines.update(one.lines)
        record.comments = {**record.comments, **one.comments}
        record.lose(*one.rest)
    return record


def _same(arguments: Sequence[Value], _site: Site) -> Value:
    return _first(arguments)


def _array_from(arguments: Sequence[Value], site: Site) -> Value:
    value = _first(arguments)
    length = value.get("length") if isinstance(value, Record) else None
    if isinstance(length, int) and 0 <= length <= limits.MAX_MEMBERS:
        value = Items([UNDEFINED] * length)
    if not isinstance(value, Items):
        return site.unknown("an array is made from something other than a list")
    if len(arguments) > 1:
        return mapped(value, arguments[1:], site)
    copy = Items(value)
    copy.rest = value.rest
    return copy


def _text(arguments: Sequence[Value], site: Site) -> Value:
    text = text_of(_first(arguments)) if arguments else ""
    return text if text is not None else site.unknown("the text of an object")


def _as_number(arguments: Sequence[Value], site: Site) -> Value:
    value = _first(arguments)
    if isinstance(value, (int, float)):
        return value
    try:
        return int(value) if str(value).lstrip("-").isdigit() else float(value)
    except (TypeError, ValueError):
        return site.unknown("the number of something other than a number")


def _as_bigint(arguments: Sequence[Value], site: Site) -> Value:
    try:
        return BigInt(_first(arguments))
    except (TypeError, ValueError):
        return site.unknown("a big integer of something other than a number")


def _stringify(arguments: Sequence[Value], site: Site) -> Value:
    text = json_text(_first(arguments)) if len(arguments) == 1 else None
    return text if text is not None else site.unknown("the JSON of something other than data")


_CALCULATIONS: Mapping[str, Callable[..., float]] = {
    "max": lambda *numbers: max(numbers),
    "min": lambda *numbers: min(numbers),
    "floor": math.floor,
    "ceil": math.ceil,
    "trunc": math.trunc,
    "round": lambda number: math.floor(number + 0.5),
    "abs": abs,
}


def _calculated(work: Callable[..., float]) -> Rule:
    def rule(arguments: Sequence[Value], site: Site) -> Value:
        try:
            return work(*arguments)
        except (TypeError, ValueError, OverflowError):
            return site.unknown("a calculation with something other than numbers")

    return rule


def _native(name: str, rules: Mapping[str, Rule], rule: Rule | None = None) -> Native:
    return Native(name, rule, {key: Native(f"{name}.{key}", one) for key, one in rules.items()})


class RunTime(Host):
    """``Date``, ``crypto``: what they give is only known when the program runs."""

    __slots__ = ()

    def get(self, _key: str, _site: Site) -> Value:
        return self

    def call(self, _arguments: Sequence[Value], site: Site) -> Value:
        return site.unknown("it is only known at run time")


class Requires(Host):
    """``require("./x")`` of compiled files."""

    __slots__ = ()

    def call(self, arguments: Sequence[Value], site: Site) -> Value:
        specifier = _first(arguments)
        if not isinstance(specifier, str):
            return site.unknown("what is required is no text")
        return site.evaluator.imported(site.module, Imported(specifier, ALL, site.node))


COMPILED_HELPERS = frozenset({"__importStar", "__importDefault", "__toESM", "__interopRequireWildcard"})
"""What compilers put around ``require``; each gives the module on."""
GLOBALS: Mapping[str, Value] = {
    **{name: Native(name, _same) for name in sorted(COMPILED_HELPERS)},
    "require": Requires(),
    "undefined": UNDEFINED,
    "Object": _native(
        "Object",
        {
            "values": _values,
            "keys": _keys,
            "entries": _entries,
            "fromEntries": _from_entries,
            "assign": _assign,
            "freeze": _same,
        },
    ),
    "Array": _native(
        "Array",
        {
            "from": _array_from,
            "isArray": lambda arguments, _site: isinstance(_first(arguments), Items),
            "of": lambda arguments, _site: Items(arguments),
        },
    ),
    "String": _native("String", {}, _text),
    "Number": _native("Number", {}, _as_number),
    "BigInt": _native("BigInt", {}, _as_bigint),
    "Boolean": _native("Boolean", {}, lambda arguments, _site: truthy(_first(arguments))),
    "JSON": _native("JSON", {"stringify": _stringify}),
    "Math": _native("Math", {name: _calculated(work) for name, work in _CALCULATIONS.items()}),
    **dict.fromkeys(("Date", "crypto", "globalThis", "performance"), RunTime()),
    "process": Native("process", None, {"env": Environment()}),
}
