"""A column's default -> what is chained on its builder."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from shipkit_mcp.code.names import literal, template
from shipkit_mcp.facts import Column
from shipkit_mcp.mapping.literals import Default, read_default

NUMBERS = frozenset(
    (
        "integer",
        "smallint",
        "bigint",
        "real",
        "doublePrecision",
        "int",
        "tinyint",
        "mediumint",
        "double",
        "float",
    )
)
"""Builders whose values are numbers of TypeScript."""
TEXTS = frozenset(("text", "varchar", "char", "tinytext", "mediumtext", "longtext", "uuid", "enum"))
"""Builders whose values are text."""
NOW: Mapping[str, tuple[str, frozenset[str]]] = {
    "postgresql": ("now()", frozenset(("timestamp", "date", "time"))),
    "mysql": ("(now())", frozenset(("timestamp",))),
    "sqlite": ("(cast((julianday('now') - 2440587.5)*86400000 as integer))", frozenset(("integer",))),
}
"""What ``.defaultNow()`` writes, and for which builders."""


def default_call(
    column: Column, builder: str, dialect: str, quote: str, mode: str | None = None
) -> str | None:
    """``default(0)``, ``defaultNow()`` …; None where there is no default or it must not be repeated."""
    if not isinstance(column.default, str):
        return None
    read = read_default(column.default)
    if read is None:
        return None
    now, moments = NOW[dialect]
    if read.sql == now and builder in moments and mode != "boolean":
        return "defaultNow()"
    if read.sql == "gen_random_uuid()" and builder == "uuid" and dialect == "postgresql":
        return "defaultRandom()"
    plain = _plain(column, read, builder, quote, mode)
    return f"default({plain})" if plain is not None else f"default(sql`{template(read.sql)}`)"


def _plain(column: Column, read: Default, builder: str, quote: str, mode: str | None) -> str | None:
    """The default as a value of TypeScript; None where SQL says it better."""
    if column.array:
        return "[]" if read.kind == "text" and read.value == "{}" and column.array == 1 else None
    rule = _RULES.get(read.kind)
    return rule(column, read, builder, quote, mode) if rule else None


def _text(column: Column, read: Default, builder: str, quote: str, _mode: str | None) -> str | None:
    """Values of an enum must be among its values; text of MySQL stands in brackets."""
    fits = builder in TEXTS and (column.enum_values is None or read.value in column.enum_values)
    bracketed = column.type in ("text", "json", "blob")
    written = read.sql.startswith("(")
    return literal(read.value, quote) if fits and (not written or bracketed) else None


def _number(_column: Column, read: Default, builder: str, _quote: str, mode: str | None) -> str | None:
    is_plain = (
        read.sql.lstrip("-").isdigit() and read.sql.lstrip("-").lstrip("0") == read.sql.lstrip("-")
    ) or (read.sql == "0")
    if mode == "bigint" and is_plain:
        return f"{read.sql}n"
    return read.sql if builder in NUMBERS and mode in (None, "number") and is_plain else None


def _boolean(_column: Column, read: Default, builder: str, _quote: str, mode: str | None) -> str | None:
    return read.sql if builder == "boolean" or mode == "boolean" else None


def _json(_column: Column, read: Default, builder: str, _quote: str, _mode: str | None) -> str | None:
    return read.value if builder in ("json", "jsonb") and read.value in ("{}", "[]") else None


_RULES: Mapping[str, Callable[[Column, Default, str, str, str | None], str | None]] = {
    "text": _text,
    "number": _number,
    "boolean": _boolean,
    "json": _json,
}
