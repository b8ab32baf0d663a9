"""Operators of TypeScript as a table of what they do with known values."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from shipkit_mcp.readers.typescript import limits
from shipkit_mcp.readers.typescript.values import (
    UNDEFINED,
    BigInt,
    Host,
    Items,
    Site,
    Unknown,
    Value,
    rounded,
    text_of,
    truthy,
)

Later = Callable[[], Value]


class Moment(Host):
    """``new Date(…)``; ``at`` is None where it means now."""

    __slots__ = ("at",)

    def __init__(self, at: datetime | None) -> None:
        self.at = at

    def invoke(self, key: str, _arguments: Sequence[Value], site: Site) -> Value:
        if self.at is None:
            return site.unknown("it is only known at run time")
        if key in ("toISOString", "toJSON"):
            return iso(self.at)
        if key in ("getTime", "valueOf"):
            return int(self.at.timestamp() * 1000)
        return site.unknown(f"`.{key}()` of a date is not evaluated")


def iso(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.") + f"{at.microsecond // 1000:03d}Z"


def new_value(name: str, arguments: Sequence[Value], site: Site) -> Value:
    """``new Date(…)`` and ``new Set(…)``; anything else is not known."""
    rule = _CONSTRUCTORS.get(name)
    if rule is None:
        return site.unknown(f"`new {name}` is not evaluated")
    unknown = next((one for one in arguments if isinstance(one, Unknown)), None)
    return unknown if unknown is not None else rule(arguments, site)


def _date(arguments: Sequence[Value], site: Site) -> Value:
    """Only dates that mean the same moment in every time zone."""
    if not arguments:
        return Moment(None)
    first = arguments[0]
    try:
        if isinstance(first, str) and len(arguments) == 1 and _ISO.fullmatch(first):
            parsed = datetime.fromisoformat(first)
            return Moment(parsed if parsed.tzinfo else parsed.replace(tzinfo=UTC))
        if isinstance(first, (int, float)) and len(arguments) == 1:
            return Moment(datetime.fromtimestamp(first / 1000, UTC))
    except (ValueError, OverflowError, OSError):
        pass
    return site.unknown("a date is not evaluated")


def _set(arguments: Sequence[Value], site: Site) -> Value:
    """A set, as the list of its members."""
    given = arguments[0] if arguments else Items()
    if not isinstance(given, Items):
        return site.unknown("a set is made from something other than a list")
    site.evaluator.spend(len(given))
    primitive = (str, int, float)
    unique = {(type(one), one) if isinstance(one, primitive) else (Items, id(one)): one for one in given}
    members = Items(list(unique.values()))
    members.rest = given.rest
    return members


_ISO = re.compile(r"\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?(?:Z|[+-]\d\d:\d\d))?")
_CONSTRUCTORS: Mapping[str, Callable[[Sequence[Value], Site], Value]] = {"Date": _date, "Set": _set}


def _add(left: Value, later: Later, site: Site) -> Value:
    right = later()
    for one in (left, right):
        if isinstance(one, Unknown):
            return one
    if _number(left) and _number(right):
        return rounded(left + right)
    texts = text_of(left), text_of(right)
    if texts[0] is None or texts[1] is None or not (isinstance(left, str) or isinstance(right, str)):
        return site.unknown("a sum of something other than text and numbers")
    if len(texts[0]) + len(texts[1]) > limits.MAX_TEXT:
        return site.unknown("a text grows too long")
    return texts[0] + texts[1]


def _number(value: Value) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _arithmetic(work: Callable[[Any, Any], Any]) -> Callable[[Value, Later, Site], Value]:
    def apply(left: Value, later: Later, site: Site) -> Value:
        right = later()
        if isinstance(left, Unknown) or isinstance(right, Unknown):
            return left if isinstance(left, Unknown) else right
        if not (_number(left) and _number(right)):
            return site.unknown("a calculation with something other than numbers")
        try:
            value = work(left, right)
        except (ArithmeticError, ValueError):
            return site.unknown("a calculation has no result")
        return rounded(value)

    return apply


def _power(left: float, right: float) -> float:
    if abs(right) > 64 or abs(left) > 2**53:
        raise ValueError
    return math.pow(left, right)


def _compared(work: Callable[[Any, Any], bool]) -> Callable[[Value, Later, Site], Value]:
    def apply(left: Value, later: Later, site: Site) -> Value:
        right = later()
        if isinstance(left, Unknown) or isinstance(right, Unknown):
            return left if isinstance(left, Unknown) else right
        try:
            return work(left, right)
        except TypeError:
            return site.unknown("a comparison of different kinds")

    return apply


def _same(left: Value, right: Value) -> bool:
    if isinstance(left, bool) != isinstance(right, bool):
        return False
    primitive = (str, int, float)
    return left == right if isinstance(left, primitive) and isinstance(right, primitive) else left is right


def _like(left: Value, right: Value) -> bool:
    nothing = (None, UNDEFINED)
    if left in nothing or right in nothing:
        return left in nothing and right in nothing
    return _same(left, right)


def _or(left: Value, later: Later, _site: Site) -> Value:
    if isinstance(left, Unknown):
        return _either(left, later())
    return left if truthy(left) else later()


def _and(left: Value, later: Later, _site: Site) -> Value:
    if isinstance(left, Unknown):
        return left
    return later() if truthy(left) else left


def _coalesced(left: Value, later: Later, _site: Site) -> Value:
    if isinstance(left, Unknown):
        return _either(left, later())
    return later() if left is None or left is UNDEFINED else left


def _either(left: Unknown, right: Value) -> Unknown:
    """Not known, but known for the case that the left side is absent."""
    fallback = right.fallback if isinstance(right, Unknown) else right
    return Unknown(left.why, left.path, left.line, fallback)


def _negated(value: Value, site: Site) -> Value:
    if not _number(value):
        return site.unknown("the negative of something other than a number")
    return BigInt(-value) if isinstance(value, BigInt) else -value


def _plus(value: Value, site: Site) -> Value:
    return value if _number(value) else site.unknown("the number of something other than a number")


def _typeof(value: Value, _site: Site) -> Value:
    names: tuple[tuple[type, str], ...] = (
        (bool, "boolean"),
        (str, "string"),
        (BigInt, "bigint"),
        (int, "number"),
        (float, "number"),
        (type(UNDEFINED), "undefined"),
    )
    kind = next((name for one, name in names if isinstance(value, one)), "object")
    return "function" if kind == "object" and isinstance(value, Host) else kind


BINARY: Mapping[str, Callable[[Value, Later, Site], Value]] = {
    "+": _add,
    "-": _arithmetic(lambda left, right: left - right),
    "*": _arithmetic(lambda left, right: left * right),
    "/": _arithmetic(lambda left, right: left / right),
    "%": _arithmetic(math.fmod),
    "**": _arithmetic(_power),
    "===": _compared(_same),
    "!==": _compared(lambda left, right: not _same(left, right)),
    "==": _compared(_like),
    "!=": _compared(lambda left, right: not _like(left, right)),
    "<": _compared(lambda left, right: left < right),
    ">": _compared(lambda left, right: left > right),
    "<=": _compared(lambda left, right: left <= right),
    ">=": _compared(lambda left, right: left >= right),
    "||": _or,
    "&&": _and,
    "??": _coalesced,
}

UNARY: Mapping[str, Callable[[Value, Site], Value]] = {
    "-": _negated,
    "+": _plus,
    "!": lambda value, _site: not truthy(value),
    "typeof": _typeof,
    "void": lambda _value, _site: UNDEFINED,
}
