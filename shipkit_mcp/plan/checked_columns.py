"""A declared column against what stands -> what is wrong with it, and what to write instead."""

from __future__ import annotations

import re
from collections.abc import Iterator

from shipkit_mcp.facts import DeclaredColumn, DeclaredTable, Role
from shipkit_mcp.mapping.names import to_snake
from shipkit_mcp.patterns.columns import PROGRESS, RUN_ID
from shipkit_mcp.patterns.reserved import is_reserved
from shipkit_mcp.patterns.types import VOCABULARY
from shipkit_mcp.plan.column_types import column_type
from shipkit_mcp.plan.nearest import nearest, suggest
from shipkit_mcp.plan.standing import Standing
from shipkit_mcp.plan.words import listed

NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
LONGEST = 63
"""PostgreSQL cuts longer names."""
LONGEST_TEXT = 10_485_760
_LENGTH = re.compile(r"(?:var)?char(?:acter varying)?\((\d{1,40})\)")
EVERYDAY = ("text", "uuid", "integer", "bigint", "boolean", "numeric", "jsonb", "date", "timestamp")
"""Types that an assistant most often means."""


def check_name(what: str, name: str, dialect: str) -> Iterator[str]:
    if not NAME.fullmatch(name):
        yield f"{what} is no name for SQL. Use lower case letters, digits and `_`, beginning with a letter."
    elif len(name) > LONGEST:
        yield f"{what} is longer than {LONGEST} letters. Shorten it."
    elif is_reserved(name, dialect):
        yield f"{what} is a reserved word of {dialect}. Call it `{name}_value` or something more telling."


def check_column(table: DeclaredTable, column: DeclaredColumn, stands: Standing) -> Iterator[str]:
    known = stands.columns.get(table.name, {})
    where = f"`{table.name}.{column.name}`"
    if column.dropped:
        yield from _check_drop(table, column, stands)
        return
    if column.renamed_from:
        yield from _check_rename(table, column, stands)
    if column.name not in known:
        yield from check_name(where, column.name, stands.dialect)
        yield from _check_near(table, column, stands)
    if column_type(column, stands.dialect) is None:
        instead = _other_type(column)
        yield f"{where} has the type `{column.type}`, which {stands.dialect} lacks. {instead}"
    yield from _check_length(column, where, stands.dialect)
    yield from _check_values(column, where)
    if column.not_null is False and {column.name, column.renamed_from} & {*stands.keys.get(table.name, ())}:
        yield f"{where} belongs to the primary key, which is never null. Leave `nullable` out."
    if column.on_delete == "set null" and _is_filled(table, column, stands):
        yield f"{where} is NOT NULL and would be set null. Write `nullable`, or `cascade delete`."


def _check_length(column: DeclaredColumn, where: str, dialect: str) -> Iterator[str]:
    """``varchar(0)`` and lengths beyond what PostgreSQL, the narrowest of the dialects, can hold."""
    found = _LENGTH.match(column_type(column, dialect) or "")
    if found and not 1 <= int(found[1]) <= LONGEST_TEXT:
        yield f"{where} has the length {found[1]}. Give one from 1 to {LONGEST_TEXT}, or write `text`."


def _other_type(column: DeclaredColumn) -> str:
    """The type that was meant, everyday ones first, or how a column is typed and how it is dropped."""
    written = (column.type or "").split("(")[0].strip().lower()
    if nearest(written, EVERYDAY) or nearest(written, VOCABULARY):
        return suggest(written, EVERYDAY if nearest(written, EVERYDAY) else VOCABULARY)
    types = ", ".join(f"`{one}`" for one in EVERYDAY)
    return f"Write one such as {types}; to drop the column, write `drop {column.name}`."


def _is_filled(table: DeclaredTable, column: DeclaredColumn, stands: Standing) -> bool:
    if column.not_null is None:
        return (table.name, column.name) in stands.not_null
    return column.not_null


def _check_drop(table: DeclaredTable, column: DeclaredColumn, stands: Standing) -> Iterator[str]:
    known = stands.columns.get(table.name, {})
    if table.name in stands.columns and column.name not in known:
        yield f"`{table.name}` has no column `{column.name}` to drop. {suggest(column.name, known)}"
    elif column.name in stands.keys.get(table.name, ()):
        yield f"`{table.name}.{column.name}` is its primary key. Remove the table, or keep the key."
    elif (table.name, column.name) in stands.referrers:
        other = stands.referrers[table.name, column.name]
        yield f"`{table.name}.{column.name}` cannot go: `{other}` refers to it. Drop that column first."


def _check_rename(table: DeclaredTable, column: DeclaredColumn, stands: Standing) -> Iterator[str]:
    known = stands.columns.get(table.name, {})
    old = column.renamed_from or ""
    if table.name in stands.columns and old not in known:
        yield f"`{table.name}` has no column `{old}` to rename. {suggest(old, known)}"
    elif column.name in known:
        yield f"`{table.name}` has a column `{column.name}` already. Choose another name for `{old}`."


def _check_near(table: DeclaredTable, column: DeclaredColumn, stands: Standing) -> Iterator[str]:
    """A jobs table needs one run id and one progress, not two under different names."""
    if stands.roles.get(table.name) is not Role.JOBS or column.renamed_from:
        return
    known = {to_snake(one): one for one in stands.columns.get(table.name, {})}
    for pattern in (RUN_ID, PROGRESS):
        there = known.get(pattern.name)
        if to_snake(column.name) in pattern.near and there:
            yield (
                f"`{table.name}.{column.name}` says the same as `{there}`, which stands there. "
                f"Leave it out, or write `{there} -> {column.name}` to rename it."
            )


def _check_values(column: DeclaredColumn, where: str) -> Iterator[str]:
    values = column.values or ()
    if len(set(values)) < len(values):
        yield f"{where} lists a value twice. List each once."
    default = (column.default or "").strip("'\"")
    if values and column.default is not None and default not in values:
        yield f"{where} has the default `{default}`, none of its values. Use one of {listed(values)}."
