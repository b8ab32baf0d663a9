"""Default values to the SQL text that drizzle-kit writes for them."""

from __future__ import annotations

from shipkit_mcp.facts import UnknownDefault
from shipkit_mcp.readers.drizzle.builders import ColumnBuilder
from shipkit_mcp.readers.drizzle.kinds.kind import CannotKnow
from shipkit_mcp.readers.drizzle.sql import Sql, Writing, moment_text, quoted
from shipkit_mcp.readers.typescript.json_text import json_text
from shipkit_mcp.readers.typescript.operators import Moment
from shipkit_mcp.readers.typescript.size import is_small
from shipkit_mcp.readers.typescript.values import (
    UNDEFINED,
    Host,
    Items,
    Record,
    Unknown,
    Value,
    number_text,
)


def default_text(builder: ColumnBuilder, type_name: str, writing: Writing) -> str | UnknownDefault | None:
    """The SQL text of a default; None where there is none in SQL."""
    value = builder.default
    if value is UNDEFINED or value is None:
        return None
    try:
        return writing.text(value) if isinstance(value, Sql) else _literal(value, builder, type_name)
    except CannotKnow as fault:
        return UnknownDefault(unknown=fault.unknown.why)


def _literal(value: Value, builder: ColumnBuilder, type_name: str) -> str:
    text = _plain(value)
    if text is None:
        text = _structured(value, builder, type_name)
    if builder.dialect.name in ("mysql", "singlestore") and type_name in ("blob", "text", "json"):
        return f"({text})"
    return text


def _plain(value: Value) -> str | None:
    """Text, truth and numbers."""
    if isinstance(value, str):
        return quoted(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    return number_text(value) if isinstance(value, (int, float)) else None


def _structured(value: Value, builder: ColumnBuilder, type_name: str) -> str:
    """Dates, arrays and objects."""
    if isinstance(value, Unknown):
        raise CannotKnow(value)
    moment = moment_text(value)
    if moment is not None:
        return quoted(_moment(moment, type_name))
    if isinstance(value, Items) and value.rest:
        raise CannotKnow(value.rest[0])
    if isinstance(value, Items) and (builder.base is not None or builder.dimensions):
        if not is_small(value):
            raise CannotKnow(builder.site.unknown("it is too long"))
        return quoted(_array(value, type_name.split("[")[0]))
    text = json_text(value) if isinstance(value, (Items, Record)) else None
    if text is None:
        raise CannotKnow(builder.site.unknown(_why_not(value)))
    return _cast(quoted(text), type_name, postgres=builder.dialect.name == "postgresql")


def _why_not(value: Value) -> str:
    if isinstance(value, Moment):
        return "it is only known at run time"
    return f"{value.described() if isinstance(value, Host) else 'a part of it'} is no plain value"


def _cast(text: str, type_name: str, *, postgres: bool) -> str:
    return f"{text}::{type_name}" if postgres and type_name in ("jsonb", "json") else text


def _moment(text: str, type_name: str) -> str:
    if type_name == "date":
        return text.split("T")[0]
    return text.replace("T", " ")[:23] if type_name.startswith(("timestamp", "datetime")) else text


def _array(items: Items, type_name: str) -> str:
    return "{" + ",".join(_item(one, type_name) for one in items) + "}"


def _item(value: Value, type_name: str) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return number_text(value)
    if isinstance(value, Items):
        return _array(value, type_name)
    if isinstance(value, Unknown):
        raise CannotKnow(value)
    moment = moment_text(value)
    if moment is not None:
        return f'"{_moment(moment, type_name)}"'
    if isinstance(value, str):
        return f'"{value}"'
    text = json_text(value)
    if text is None:
        raise CannotKnow(Unknown("a member of it is no plain value", "", 0))
    escaped = text.replace('"', '\\"')
    return f'"{escaped}"'
