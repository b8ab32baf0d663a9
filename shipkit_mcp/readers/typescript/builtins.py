"""What JavaScript's own objects and primitives can do, as tables; only what schemas use."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Mapping, Sequence

from shipkit_mcp.readers.typescript import limits
from shipkit_mcp.readers.typescript.modules import ALL, Imported
from shipkit_mcp.readers.typescript.regexps import Pattern
from shipkit_mcp.readers.typescript.size import is_small
from shipkit_mcp.readers.typescript.values import (
    UNDEFINED,
    BigInt,
    Host,
    Items,
    Record,
    Site,
    Unknown,
    Value,
    number_text,
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
    record = Record(site.module)
    for one in arguments:
        if not isinstance(one, Record):
            return site.unknown("`Object.assign` of something other than objects")
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
        return _map(value, arguments[1:], site)
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


def json_text(value: Value) -> str | None:
    """``JSON.stringify``; None where a part is not plain data, or where it is too much of it."""
    return _json(value) if is_small(value) else None


def _json(value: Value) -> str | None:
    if isinstance(value, bool) or value is None:
        return json.dumps(value)
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, (int, float)):
        return number_text(value)
    if isinstance(value, Items) and not value.rest:
        return _json_of([_json(one) for one in value], "[]")
    if isinstance(value, Record) and not value.rest:
        given = {key: one for key, one in value.items() if one is not UNDEFINED}
        return _json_of([_json_pair(key, one) for key, one in given.items()], "{}")
    return None


def _json_pair(key: str, value: Value) -> str | None:
    text = _json(value)
    return None if text is None else f"{json.dumps(key, ensure_ascii=False)}:{text}"


def _json_of(parts: Sequence[str | None], brackets: str) -> str | None:
    known = [one for one in parts if one is not None]
    return brackets[0] + ",".join(known) + brackets[1] if len(known) == len(parts) else None


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
    "process": Native("process", None, {"env": Environment()}),
}


# --- members of primitives -----------------------------------------------------------------


def member(value: Value, key: str, site: Site) -> Value:
    """``value.key`` of a text, a number or an array."""
    if isinstance(value, (str, list)):
        if key == "length":
            return len(value)
        if key.isdigit():
            position = int(key)
            return value[position] if position < len(value) else UNDEFINED
    if isinstance(value, Items) and value.rest:
        return value.rest[0]
    return site.unknown(f"`.{key}` of {_kind(value)} is not known")


def method(value: Value, key: str, arguments: Sequence[Value], site: Site) -> Value:
    """``value.key(…)`` of a text, a number or an array."""
    rules = (
        _TEXT_METHODS
        if isinstance(value, str)
        else _LIST_METHODS
        if isinstance(value, Items)
        else _OTHER_METHODS
    )
    rule = rules.get(key)
    if rule is None:
        return site.unknown(f"`.{key}()` of {_kind(value)} is not evaluated")
    if isinstance(value, Items):
        site.evaluator.spend(len(value))
    for one in arguments:
        if isinstance(one, Unknown):
            return one
    try:
        return rule(value, arguments, site)
    except (TypeError, ValueError, IndexError, AttributeError):
        return site.unknown(f"`.{key}()` is called in a way that is not evaluated")


def _kind(value: Value) -> str:
    if value is None or value is UNDEFINED:
        return "nothing"
    return "a text" if isinstance(value, str) else "an array" if isinstance(value, list) else "a number"


def _map(items: Items, arguments: Sequence[Value], site: Site) -> Value:
    mapped = Items([site.evaluator.call(arguments[0], [one, at], site) for at, one in enumerate(items)])
    mapped.rest = items.rest
    return mapped


def _filter(items: Items, arguments: Sequence[Value], site: Site) -> Value:
    kept = Items()
    kept.rest = items.rest
    for at, one in enumerate(items):
        decided = site.evaluator.call(arguments[0], [one, at], site)
        if isinstance(decided, Unknown):
            kept.lose(decided)
        elif truthy(decided):
            kept.append(one)
    return kept


def _decisions(items: Items, arguments: Sequence[Value], site: Site) -> list[Value]:
    """What a function says of each member; raises TypeError where it cannot be known."""
    decided = [site.evaluator.call(arguments[0], [one, at], site) for at, one in enumerate(items)]
    if items.rest or any(isinstance(one, Unknown) for one in decided):
        raise TypeError
    return [truthy(one) for one in decided]


def _find(items: Items, arguments: Sequence[Value], site: Site) -> Value:
    chosen = zip(items, _decisions(items, arguments, site), strict=True)
    return next((one for one, fits in chosen if fits), UNDEFINED)


def _reduce(items: Items, arguments: Sequence[Value], site: Site) -> Value:
    if items.rest:
        return items.rest[0]
    rest = list(enumerate(items))
    result = arguments[1] if len(arguments) > 1 else rest.pop(0)[1]
    for at, one in rest:
        result = site.evaluator.call(arguments[0], [result, one, at], site)
        if isinstance(result, Unknown):
            break
    return result


def _concat(items: Items, arguments: Sequence[Value], site: Site) -> Value:
    joined = Items(items)
    joined.rest = items.rest
    for one in arguments:
        if isinstance(one, Items):
            joined.extend(one)
            joined.lose(*one.rest)
        else:
            joined.append(one)
    return joined if len(joined) <= limits.MAX_MEMBERS else site.unknown("an array has too many members")


def _flat(items: Items, _arguments: Sequence[Value], site: Site) -> Value:
    return _concat(Items(), items, site)


def _join(items: Items, arguments: Sequence[Value], site: Site) -> Value:
    if items.rest:
        return items.rest[0]
    texts = [text for text in map(text_of, items) if text is not None]
    if len(texts) < len(items):
        return site.unknown("a list of something other than text is joined")
    return _joined(texts, str(arguments[0]) if arguments else ",", site)


def _joined(texts: Sequence[str], between: str, site: Site) -> Value:
    if sum(map(len, texts)) + len(texts) * len(between) > limits.MAX_TEXT:
        return site.unknown("a text grows too long")
    return between.join(texts)


def _replaced(text: str, arguments: Sequence[Value], site: Site, most: int = -1) -> Value:
    old, new = arguments
    if len(text) * (len(new) + 1) > limits.MAX_TEXT * 10:
        return site.unknown("a text grows too long")
    if isinstance(old, Pattern):
        return old.replace(text, new)
    return text.replace(old, new, most)


def _includes(items: Items, arguments: Sequence[Value], site: Site) -> Value:
    wanted = arguments[0]
    if items.rest or not isinstance(wanted, (str, int, float)):
        return site.unknown("whether a list includes something is not evaluated")
    return any(type(one) is type(wanted) and one == wanted for one in items)


def _push(items: Items, arguments: Sequence[Value], site: Site) -> Value:
    if len(items) + len(arguments) > limits.MAX_MEMBERS:
        return site.unknown("an array has too many members")
    items.extend(arguments)
    return len(items)


_LIST_METHODS: Mapping[str, Callable[[Items, Sequence[Value], Site], Value]] = {
    "map": _map,
    "flatMap": lambda items, arguments, site: _flat(_map(items, arguments, site), (), site),
    "find": _find,
    "some": lambda items, arguments, site: any(_decisions(items, arguments, site)),
    "every": lambda items, arguments, site: all(_decisions(items, arguments, site)),
    "reduce": _reduce,
    "filter": _filter,
    "concat": _concat,
    "flat": _flat,
    "join": _join,
    "push": _push,
    "slice": lambda items, arguments, _site: Items(items[slice(*arguments)]),
    "includes": _includes,
    "values": lambda items, _arguments, _site: items,
    "at": lambda items, arguments, _site: items[arguments[0]],
}

_TEXT_METHODS: Mapping[str, Callable[[str, Sequence[Value], Site], Value]] = {
    "toLowerCase": lambda text, _arguments, _site: text.lower(),
    "toUpperCase": lambda text, _arguments, _site: text.upper(),
    "charAt": lambda text, arguments, _site: text[arguments[0] : arguments[0] + 1],
    "substring": lambda text, arguments, _site: text[slice(*arguments)],
    "trim": lambda text, _arguments, _site: text.strip(),
    "toString": lambda text, _arguments, _site: text,
    "concat": lambda text, arguments, site: _joined([text, *arguments], "", site),
    "replace": lambda text, arguments, site: _replaced(text, arguments, site, 1),
    "replaceAll": _replaced,
    "startsWith": lambda text, arguments, _site: text.startswith(arguments[0]),
    "endsWith": lambda text, arguments, _site: text.endswith(arguments[0]),
    "includes": lambda text, arguments, _site: arguments[0] in text,
    "slice": lambda text, arguments, _site: text[slice(*arguments)],
    "split": lambda text, arguments, _site: Items(text.split(arguments[0])),
}

_OTHER_METHODS: Mapping[str, Callable[[Value, Sequence[Value], Site], Value]] = {
    "toString": lambda value, arguments, site: site.unknown("a radix") if arguments else text_of(value),
}
