"""``sql`` templates and operators to the SQL text that drizzle-orm writes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from shipkit_mcp.readers.drizzle.dialects import Dialect
from shipkit_mcp.readers.drizzle.kinds.kind import CannotKnow
from shipkit_mcp.readers.typescript.builtins import json_text
from shipkit_mcp.readers.typescript.operators import Moment, iso
from shipkit_mcp.readers.typescript.size import is_small, parts_of
from shipkit_mcp.readers.typescript.values import (
    UNDEFINED,
    Host,
    Items,
    Record,
    Site,
    Unknown,
    Value,
    number_text,
)


class Raw(str):
    """SQL text as it is."""

    __slots__ = ()


class Sql(Host):
    """A piece of SQL: raw text, columns, tables, names and values."""

    __slots__ = ("chunks",)

    def __init__(self, chunks: Sequence[Value]) -> None:
        self.chunks = chunks

    def invoke(self, key: str, arguments: Sequence[Value], site: Site) -> Value:
        if key == "as":
            return Aliased(self, arguments[0]) if arguments and isinstance(arguments[0], str) else self
        if key in ("mapWith", "inlineParams", "getSQL"):
            return self
        if key == "append" and arguments and isinstance(arguments[0], Sql):
            return Sql([*self.chunks, *arguments[0].chunks])
        return site.unknown(f"`.{key}()` of SQL is not known")


class Aliased(Host):
    """``sql`…`.as("name")``."""

    __slots__ = ("alias", "sql")

    def __init__(self, sql: Sql, alias: str) -> None:
        self.sql = sql
        self.alias = alias


class Name(Host):
    """``sql.identifier("name")``."""

    __slots__ = ("name",)

    def __init__(self, name: str) -> None:
        self.name = name


class Parameter(Host):
    """A value that is compared with a column, written as that column writes it."""

    __slots__ = ("encode", "value")

    def __init__(self, value: Value, encode: Callable[[Value], Value]) -> None:
        self.value = value
        self.encode = encode


class Writes(Host):
    """Something that stands for itself in SQL: a table, a column, an enum, a view."""

    __slots__ = ()

    def write(self, writing: Writing) -> str:
        raise NotImplementedError

    def encoded(self, value: Value) -> Value:
        """A value compared with this, as it goes to the database."""
        return value


@dataclass(frozen=True, slots=True)
class Writing:
    """How names are written."""

    dialect: Dialect
    casing: Callable[[str], str] | None = None

    def name(self, name: str) -> str:
        return self.dialect.quote(name)

    def text(self, sql: Value) -> str:
        """The SQL text; raises CannotKnow."""
        if not is_small(sql, _sql_parts):
            raise CannotKnow(Unknown("the SQL is too long", "", 0))
        return self._chunk(sql)

    def _chunk(self, chunk: Value) -> str:
        if isinstance(chunk, Raw):
            return str(chunk)
        if isinstance(chunk, Writes):
            return chunk.write(self)
        if isinstance(chunk, Sql):
            return "".join(self._chunk(one) for one in chunk.chunks)
        if isinstance(chunk, Name):
            return self.name(chunk.name)
        if isinstance(chunk, Parameter):
            value = chunk.value if chunk.value is None else chunk.encode(chunk.value)
            return self._chunk(value) if isinstance(value, (Sql, Unknown)) else inlined(value)
        if isinstance(chunk, Aliased):
            return self.name(chunk.alias)
        if isinstance(chunk, Items):
            return f"({', '.join(self._chunk(one) for one in chunk)})"
        if isinstance(chunk, Unknown):
            raise CannotKnow(chunk)
        return "" if chunk is UNDEFINED else inlined(chunk)


def _sql_parts(value: Value) -> Iterable[Value]:
    return value.chunks if isinstance(value, Sql) else parts_of(value)


def quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def inlined(value: Value) -> str:
    """A value written into SQL."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return number_text(value)
    if isinstance(value, str):
        return quoted(value)
    if isinstance(value, Moment) and value.at is not None:
        return quoted(value.at.strftime("%a %b %d %Y %H:%M:%S"))
    if isinstance(value, Items) and all(isinstance(one, (str, int, float)) for one in value):
        return quoted(",".join(str(one) for one in value))
    if isinstance(value, Record) and (text := json_text(value)) is not None:
        return quoted(text)
    raise CannotKnow(Unknown("a value cannot be written into SQL", "", 0))


def moment_text(value: Value) -> str | None:
    """``toISOString()`` of a date."""
    return iso(value.at) if isinstance(value, Moment) and value.at is not None else None


# --- what drizzle-orm exports ----------------------------------------------------------------


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
    chunks = arguments[0] if arguments and isinstance(arguments[0], Items) else Items()
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
