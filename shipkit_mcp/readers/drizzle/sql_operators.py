"""``sql`` and the operators of drizzle-orm (``eq``, ``and``, ``isNull`` …), as a table."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from shipkit_mcp.readers.drizzle.sql import Name, Parameter, Raw, Sql, Writes
from shipkit_mcp.readers.typescript.values import UNDEFINED, Host, Items, Site, Unknown, Value


class Tag(Host):
    """``sql``."""

    __slots__ = ()

    def tag(self, strings: Sequence[str], values: Sequence[Value], _site: Site) -> Value:
        chunks: list[Value] = [Raw(strings[0])]
        for value, after in zip(values, strings[1:], strict=True):
            chunks += [value, Raw(after)]
        return Sql(chunks)

    def invoke(self, key: str, arguments: Sequence[Value], site: Site) -> Value:
        rule = _SQL_FUNCTIONS.get(key)
        return rule(arguments) if rule is not None else site.unknown(f"`sql.{key}` is not known")


def _raw(arguments: Sequence[Value]) -> Value:
    text = arguments[0] if arguments else ""
    return text if isinstance(text, Unknown) else Sql([Raw(str(text))])


def _joined(arguments: Sequence[Value]) -> Value:
    given = arguments[0] if arguments else UNDEFINED
    if isinstance(given, Unknown):
        return Sql([given])
    chunks = given if isinstance(given, Items) else Items()
    separator = arguments[1] if len(arguments) > 1 else UNDEFINED
    return Sql([*_between(list(chunks), separator), *chunks.rest])


def _between(chunks: Sequence[Value], separator: Value) -> list[Value]:
    joined: list[Value] = []
    for chunk in chunks:
        if joined:
            joined.append(separator)
        joined.append(chunk)
    return joined


_SQL_FUNCTIONS: Mapping[str, Callable[[Sequence[Value]], Value]] = {
    "raw": _raw,
    "identifier": lambda arguments: Name(arguments[0]) if isinstance(arguments[0], str) else arguments[0],
    "join": _joined,
    "empty": lambda _arguments: Sql([]),
    "fromList": lambda arguments: Sql(list(arguments[0])),
    "param": lambda arguments: arguments[0],
}


class Operator(Host):
    """``eq``, ``and``, ``isNull`` …"""

    __slots__ = ("rule",)

    def __init__(self, rule: Callable[[Sequence[Value]], Value]) -> None:
        self.rule = rule

    def call(self, arguments: Sequence[Value], site: Site) -> Value:
        if not arguments:
            return site.unknown("an operator without operands")
        return self.rule(arguments)


def bound(value: Value, column: Value) -> Value:
    """A plain value beside a column is written as the column writes it."""
    if isinstance(column, Writes) and not isinstance(value, (Host, Unknown)):
        return Parameter(value, column.encoded)
    return value


def _infix(operator: str, *, plain: bool = False) -> Operator:
    def rule(arguments: Sequence[Value]) -> Value:
        left, right = arguments[0], arguments[1] if len(arguments) > 1 else UNDEFINED
        return Sql([left, Raw(f" {operator} "), right if plain else bound(right, left)])

    return Operator(rule)


def _postfix(operator: str) -> Operator:
    return Operator(lambda arguments: Sql([arguments[0], Raw(f" {operator}")]))


def _prefix(operator: str) -> Operator:
    return Operator(lambda arguments: Sql([Raw(f"{operator} "), arguments[0]]))


def _member_of(operator: str, empty: str) -> Operator:
    def rule(arguments: Sequence[Value]) -> Value:
        column, values = arguments[0], arguments[1] if len(arguments) > 1 else UNDEFINED
        if isinstance(values, Items):
            if not values and not values.rest:
                return Sql([Raw(empty)])
            return Sql(
                [column, Raw(f" {operator} "), Items([*(bound(one, column) for one in values), *values.rest])]
            )
        return Sql([column, Raw(f" {operator} "), bound(values, column)])

    return Operator(rule)


def _all_of(word: str) -> Operator:
    def rule(arguments: Sequence[Value]) -> Value:
        given = [one for one in arguments if one is not UNDEFINED]
        if len(given) <= 1:
            return Sql(given) if given else UNDEFINED
        return Sql([Raw("("), *_between(given, Raw(f" {word} ")), Raw(")")])

    return Operator(rule)


def _range(operator: str) -> Operator:
    def rule(arguments: Sequence[Value]) -> Value:
        column, low, high = (*arguments, UNDEFINED, UNDEFINED)[:3]
        return Sql([column, Raw(f" {operator} "), bound(low, column), Raw(" and "), bound(high, column)])

    return Operator(rule)


def _aggregate(before: str, after: str = ")") -> Operator:
    return Operator(lambda arguments: Sql([Raw(before), arguments[0], Raw(after)]))


OPERATORS: Mapping[str, Host] = {
    "sql": Tag(),
    "eq": _infix("="),
    "ne": _infix("<>"),
    "gt": _infix(">"),
    "gte": _infix(">="),
    "lt": _infix("<"),
    "lte": _infix("<="),
    "like": _infix("like", plain=True),
    "notLike": _infix("not like", plain=True),
    "ilike": _infix("ilike", plain=True),
    "notIlike": _infix("not ilike", plain=True),
    "arrayContains": _infix("@>"),
    "arrayContained": _infix("<@"),
    "arrayOverlaps": _infix("&&"),
    "inArray": _member_of("in", "false"),
    "notInArray": _member_of("not in", "true"),
    "between": _range("between"),
    "notBetween": _range("not between"),
    "isNull": _postfix("is null"),
    "isNotNull": _postfix("is not null"),
    "asc": _postfix("asc"),
    "desc": _postfix("desc"),
    "not": _prefix("not"),
    "exists": _prefix("exists"),
    "notExists": _prefix("not exists"),
    "and": _all_of("and"),
    "or": _all_of("or"),
    "countDistinct": _aggregate("count(distinct "),
    "sum": _aggregate("sum("),
    "sumDistinct": _aggregate("sum(distinct "),
    "avg": _aggregate("avg("),
    "avgDistinct": _aggregate("avg(distinct "),
    "max": _aggregate("max("),
    "min": _aggregate("min("),
}
