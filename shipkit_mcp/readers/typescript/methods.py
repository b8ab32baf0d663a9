"""What texts, numbers and arrays can do, as tables; only what schemas use."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from shipkit_mcp.readers.typescript import limits
from shipkit_mcp.readers.typescript.regexps import Pattern
from shipkit_mcp.readers.typescript.values import (
    UNDEFINED,
    Items,
    Site,
    Unknown,
    Value,
    text_of,
    truthy,
)

_MEMBERS = """
    anchor at big blink bold charAt charCodeAt codePointAt concat constructor endsWith fixed fontcolor fontsize
    hasOwnProperty includes indexOf isPrototypeOf isWellFormed italics lastIndexOf length link localeCompare match
    matchAll normalize padEnd padStart propertyIsEnumerable repeat replace replaceAll search slice small split
    startsWith strike sub substr substring sup toExponential toFixed toLocaleLowerCase toLocaleString
    toLocaleUpperCase toLowerCase toPrecision toString toUpperCase toWellFormed trim trimEnd trimLeft trimRight
    trimStart valueOf __defineGetter__ __defineSetter__ __lookupGetter__ __lookupSetter__ __proto__
"""
_INHERITED = frozenset(_MEMBERS.split())
"""What texts, numbers and booleans have besides what we evaluate; any other member is undefined."""


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
    if isinstance(value, (str, int, float)) and key not in _INHERITED:
        return UNDEFINED
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


def mapped(items: Items, arguments: Sequence[Value], site: Site) -> Value:
    result = Items([site.evaluator.call(arguments[0], [one, at], site) for at, one in enumerate(items)])
    result.rest = items.rest
    return result


def _for_each(items: Items, arguments: Sequence[Value], site: Site) -> Value:
    given = mapped(items, arguments, site)
    if items.rest:
        return items.rest[0]
    return next((one for one in given if isinstance(one, Unknown)), UNDEFINED)


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


def _numbered(items: Items) -> Items:
    pairs = Items([Items(pair) for pair in enumerate(items)])
    pairs.rest = items.rest
    return pairs


def _push(items: Items, arguments: Sequence[Value], site: Site) -> Value:
    if len(items) + len(arguments) > limits.MAX_MEMBERS:
        return site.unknown("an array has too many members")
    items.extend(arguments)
    return len(items)


_LIST_METHODS: Mapping[str, Callable[[Items, Sequence[Value], Site], Value]] = {
    "map": mapped,
    "forEach": _for_each,
    "entries": lambda items, _arguments, _site: _numbered(items),
    "flatMap": lambda items, arguments, site: _flat(mapped(items, arguments, site), (), site),
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
