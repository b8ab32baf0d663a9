"""Columns as they were made to the facts about them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from shipkit_mcp import facts
from shipkit_mcp.readers.drizzle.builders import ColumnBuilder
from shipkit_mcp.readers.drizzle.columns import Column
from shipkit_mcp.readers.drizzle.defaults import default_text
from shipkit_mcp.readers.drizzle.enums import known_texts
from shipkit_mcp.readers.drizzle.keys import ForeignKeys, inline_reference
from shipkit_mcp.readers.drizzle.kinds.kind import CannotKnow
from shipkit_mcp.readers.drizzle.sql import Writing
from shipkit_mcp.readers.typescript.values import UNDEFINED, Closure, Unknown, Value

Lose = Callable[[Unknown, str], None]
"""Called with what is unknown, and what cannot be known for that reason."""


class ColumnTeller:
    """Tells the columns of one table."""

    def __init__(self, writing: Writing, lose: Lose, keys: ForeignKeys) -> None:
        self._writing = writing
        self._lose = lose
        self._keys = keys

    def tell(self, column: Column) -> facts.Column:
        """The facts of a column. What is as usual is left out, which makes thousands of columns faster."""
        builder, record = column.builder, column.table.record
        type_name = self._type(column)
        told: dict[str, Any] = {
            "name": column.database_name(self._writing) if column.key_as_name else column.name,
            "key": column.key,
            "type": type_name,
            "not_null": builder.not_null,
            "has_default": builder.has_default,
            "line": record.lines.get(column.key) or column.table.site.line,
        }
        if builder.primary:
            told["primary_key"] = True
        if builder.is_unique:
            told["unique"] = True
        if builder.default is not UNDEFINED:
            told["default"] = default_text(builder, type_name, self._writing)
        if builder.dimensions:
            told["array"] = builder.dimensions
        if builder.enum is not None:
            told["enum"] = builder.enum.name
        if builder.values is not UNDEFINED:
            told["enum_values"] = self._values(column)
        if builder.generated is not None:
            told["generated"] = self._generated(builder, *builder.generated)
        if builder.identity is not None:
            told["identity"] = _identity(*builder.identity)
        if builder.auto_increment:
            told["auto_increment"] = True
        if builder.references:
            told["references"] = inline_reference(self._keys, column)
        if column.key in record.comments:
            told["comment"] = record.comments[column.key]
        return facts.Column.model_validate(told)

    def _type(self, column: Column) -> str:
        try:
            return column.sql_type()
        except CannotKnow as fault:
            self._lose(fault.unknown, f"the type of column `{column.key}` cannot be known")
            return "unknown"

    def _values(self, column: Column) -> tuple[str, ...] | None:
        try:
            return known_texts(column.builder.values, column.builder.site) or None
        except CannotKnow as fault:
            self._lose(fault.unknown, f"the enum values of column `{column.key}` cannot be known")
            return None

    def _generated(self, builder: ColumnBuilder, value: Value, mode: str | None) -> facts.Generated:
        if isinstance(value, Closure):
            value = builder.site.evaluator.call(value, [], builder.site)
        try:
            text = value if isinstance(value, str) else self._writing.text(value)
        except CannotKnow as fault:
            self._lose(fault.unknown, "a generated column's expression cannot be known")
            text = "unknown"
        return facts.Generated(expression=text, mode=mode)


def _identity(kind: str, name: Value) -> facts.Identity:
    return facts.Identity(type=kind, name=name if isinstance(name, str) else None)
