"""Declared defaults against the columns that come of them -> those that no database would take."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from shipkit_mcp.facts import Column, DeclaredTable, Schema
from shipkit_mcp.mapping.fitting import fits
from shipkit_mcp.plan.checked_kept import Misfit
from shipkit_mcp.plan.column_types import family
from shipkit_mcp.plan.words import listed

SUCH_AS: Mapping[str, str] = {
    "integer": "0",
    "decimal": "0",
    "boolean": "false",
    "timestamp": "now()",
    "date": "now()",
    "json": "'{}'",
    "text": "'draft'",
}
"""A default that a type can have."""


def find_unfit_defaults(declared: Sequence[DeclaredTable], target: Schema) -> Iterator[Misfit]:
    """Each with what to write instead."""
    for said in declared:
        table = target.table(said.name)
        for one in said.columns if table else ():
            column = table.column(one.name) if table and one.default is not None else None
            if table and column and _is_unfit(column, table.dialect):
                where, kind = f"`{said.name}.{one.name}`", column.enum or column.type
                text = f"{where} has the default `{one.default}`, which is no value of `{kind}`. {_instead(column)}"
                yield Misfit(said.name, one.name, text)


def _is_unfit(column: Column, dialect: str) -> bool:
    """Not NULL, which says that there is none."""
    said = column.default
    return isinstance(said, str) and said.lower() != "null" and not fits(column, dialect)


def _instead(column: Column) -> str:
    if column.enum_values and not column.array:
        return f"Use one of {listed(column.enum_values)}, or leave it out."
    known = "'{}'" if column.array else SUCH_AS.get(family(column.type))
    return f"Write one such as `{known}`, or leave it out." if known else "Leave it out."
