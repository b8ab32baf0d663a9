"""A whole table -> CREATE TABLE with its constraints and indexes."""

from __future__ import annotations

from collections.abc import Collection

from shipkit_mcp.code.names import remark
from shipkit_mcp.code.sql.words import Words
from shipkit_mcp.facts import Column, Table, Unique, UnknownDefault
from shipkit_mcp.mapping.expressions import without_table


def create_table(table: Table, words: Words, later: Collection[str] = (), name: str | None = None) -> str:
    """The statement; foreign keys whose names are in ``later`` come after other tables.

    Under another ``name`` (SQLite's way to change a table) nothing in it may say the old one.
    """
    table = _nameless(table) if name else table
    lines = [words.column(_lone(table, one.name)) for one in table.columns]
    if len(table.primary_key) > 1:
        lines.append(
            f"CONSTRAINT {words.name(key_name(table))} PRIMARY KEY ({words.names(table.primary_key)})"
        )
    if words.dialect != "sqlite":
        lines += [unique_constraint(one, words) for one in table.unique]
    lines += [f"CONSTRAINT {words.name(one.name)} CHECK ({one.expression})" for one in table.checks]
    named = words.dialect != "sqlite"
    lines += [
        words.foreign_key(one, named=named or bool(one.explicit_name))
        for one in table.foreign_keys
        if one.name not in later
    ]
    body = ",\n".join(f"  {line}" for line in lines)
    return f"CREATE TABLE {words.name(name) if name else words.table(table)} (\n{body}\n);"


def _nameless(table: Table) -> Table:
    def column(one: Column) -> Column:
        made = one.generated
        if made is None:
            return one
        alone = made.model_copy(update={"expression": without_table(made.expression, table.name)})
        return one.model_copy(update={"generated": alone})

    checks = (
        one.model_copy(update={"expression": without_table(one.expression, table.name)})
        for one in table.checks
    )
    columns = tuple(column(one) for one in table.columns)
    return table.model_copy(update={"columns": columns, "checks": tuple(checks)})


def _lone(table: Table, name: str) -> Column:
    """A column that is one of several keys is none by itself."""
    column = next(one for one in table.columns if one.name == name)
    only = table.primary_key == (name,)
    return column.model_copy(
        update={"primary_key": only or (column.primary_key and len(table.primary_key) < 2)}
    )


def key_name(table: Table) -> str:
    return table.primary_key_name or f"{table.name}_{'_'.join(table.primary_key)}_pk"


def unique_constraint(one: Unique, words: Words) -> str:
    nulls = " NULLS NOT DISTINCT" if one.nulls_not_distinct and words.dialect == "postgresql" else ""
    return f"CONSTRAINT {words.name(one.name or '')} UNIQUE{nulls} ({words.names(one.columns)})"


def indexes(table: Table, words: Words) -> list[str]:
    """CREATE INDEX for each; SQLite keeps unique constraints as indexes too."""
    made = [unique_index(one, table, words) for one in table.unique] if words.dialect == "sqlite" else []
    return made + [words.index(one, table) for one in table.indexes]


def unique_index(one: Unique, table: Table, words: Words) -> str:
    columns = words.names(one.columns)
    return f"CREATE UNIQUE INDEX {words.name(one.name or '')} ON {words.table(table)} ({columns});"


def doubts(table: Table) -> list[str]:
    """What of an existing table its SQL cannot say, each as a comment."""
    said = [
        f"-- The default of {remark(one.name)} is only known at run time and is left out here."
        for one in table.columns
        if isinstance(one.default, UnknownDefault)
    ]
    said += [f"-- Not read: {remark(one.why)}" for one in table.unread]
    if table.policies or table.rls:
        said.append("-- Its row level security policies are not repeated here.")
    return said
