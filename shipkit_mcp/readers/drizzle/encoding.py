"""Values to what drizzle-orm's columns send to the database (``mapToDriverValue``)."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from shipkit_mcp.readers.drizzle.kinds.kind import CannotKnow, Options, option
from shipkit_mcp.readers.drizzle.sql import moment_text
from shipkit_mcp.readers.typescript.json_text import json_text
from shipkit_mcp.readers.typescript.operators import Moment
from shipkit_mcp.readers.typescript.values import Unknown, Value, text_of, truthy


def encoded(rule: str, options: Options, value: Value) -> Value:
    """A value as the column's rule writes it; ``Unknown`` stays."""
    if isinstance(value, Unknown) or rule not in _RULES:
        return value
    return _RULES[rule](options, value)


def _json(_options: Options, value: Value) -> Value:
    text = json_text(value)
    return text if text is not None else value


def _date(_options: Options, value: Value) -> Value:
    text = moment_text(value)
    return text if text is not None else value


def _numeric(options: Options, value: Value) -> Value:
    return text_of(value) if option(options, "mode") in ("number", "bigint") else value


def _integer(options: Options, value: Value) -> Value:
    mode = option(options, "mode")
    if mode == "boolean":
        return 1 if truthy(value) else 0
    if isinstance(value, Moment) and value.at is not None:
        milliseconds = int(value.at.timestamp() * 1000)
        return milliseconds // 1000 if mode == "timestamp" else milliseconds
    return value


def _text(options: Options, value: Value) -> Value:
    return _json(options, value) if option(options, "mode") == "json" else value


def _custom(_options: Options, _value: Value) -> Value:
    raise CannotKnow(Unknown("a custom type's `toDriver` writes it", "", 0))


_RULES: Mapping[str, Callable[[Options, Value], Value]] = {
    "json": _json,
    "date": _date,
    "numeric": _numeric,
    "integer": _integer,
    "text": _text,
    "custom": _custom,
}
