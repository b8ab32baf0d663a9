"""``sql`` templates and operators to the SQL text that drizzle-orm writes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from shipkit_mcp.readers.drizzle.dialects import Dialect
from shipkit_mcp.readers.drizzle.kinds.kind import CannotKnow
from shipkit_mcp.readers.typescript.json_text import json_text
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
