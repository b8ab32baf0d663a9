"""The existing schema files -> how their author writes Drizzle."""

from __future__ import annotations

from dataclasses import dataclass, field

from shipkit_mcp.code.habits_files import Layout, read_layout
from shipkit_mcp.code.habits_tables import (
    GIVEN,
    are_columns_named,
    has_tokens,
    is_before,
    is_mode_usual,
    is_unique_on_column,
    read_callback,
    read_chains,
    read_extra,
    read_extras,
)
from shipkit_mcp.code.habits_text import (
    read_namespace,
    read_quote,
    read_semicolon,
    read_trailing,
    read_unit,
    read_width,
)
from shipkit_mcp.code.habits_types import TypeExport, read_type_exports
from shipkit_mcp.code.names import Form, common_form
from shipkit_mcp.code.places import Sources
from shipkit_mcp.facts import Schema

CORES = {
    "postgresql": ("drizzle-orm/pg-core", "pgTable"),
    "mysql": ("drizzle-orm/mysql-core", "mysqlTable"),
    "sqlite": ("drizzle-orm/sqlite-core", "sqliteTable"),
}
"""Dialect to where its builders come from, and its function for tables."""
EXPORT_SUFFIXES = ("", "Table", "Schema")
ENUM_SUFFIXES = ("Enum", "", "Type")
_CASES = ("camel", "pascal", "snake")


@dataclass(frozen=True)
class Habits:
    """What drafted code must look like to stand beside the old."""

    dialect: str = "postgresql"
    drizzle_version: str | None = None
    namespace: str | None = None
    """Of ``import * as p``."""
    quote: str = '"'
    semicolon: str = ";"
    unit: str = "  "
    trailing: str = ","
    width: int = 100
    names_columns: bool = True
    """Every column says its name in the database."""
    casing: str | None = None
    callback: str | None = None
    """The parameter where columns stand in ``(t) => ({ … })``."""
    array_extra: bool = True
    """The third argument returns an array, not an object."""
    param: str = "table"
    """Of the third argument."""
    key_first: bool = True
    """``.primaryKey()`` before its default."""
    null_first: bool = True
    """``.notNull()`` before ``.default()``."""
    unique_on_column: bool = False
    unique_named: bool = True
    bigint_mode: str = "number"
    timestamp_mode: str | None = None
    table_form: Form = ("", "camel", "")
    enum_form: Form = ("", "camel", "Enum")
    type_exports: tuple[TypeExport, ...] = ()
    comments: bool = True
    layout: Layout = field(default_factory=Layout)

    @property
    def core(self) -> str:
        return CORES[self.dialect][0]

    @property
    def table_function(self) -> str:
        return CORES[self.dialect][1]

    @property
    def is_second_generation(self) -> bool:
        """drizzle-orm 1.0."""
        return (self.drizzle_version or "").lstrip("^~>=v ").startswith("1.")


def read_habits(schema: Schema, sources: Sources, dialect: str) -> Habits:
    """The majority's habit in each respect; the usual where the files say nothing."""
    codes = [code for code in sources.codes.values() if code.tokens]
    calls = list(sources.table_calls(schema))
    if not calls:
        return Habits(dialect=dialect, drizzle_version=schema.choice.drizzle_version)
    chains = read_chains(sources, schema)
    array_extra, param = read_extra(read_extras(sources, schema), schema.choice.drizzle_version)
    return Habits(
        dialect=dialect,
        drizzle_version=schema.choice.drizzle_version,
        namespace=read_namespace(codes, CORES[dialect][0]),
        quote=read_quote(codes),
        semicolon=read_semicolon(codes),
        unit=read_unit(codes),
        trailing=read_trailing(codes),
        width=read_width(codes),
        names_columns=are_columns_named(sources, schema),
        casing=schema.choice.casing,
        callback=read_callback(sources, schema),
        array_extra=array_extra,
        param=param,
        key_first=is_before(chains, ("primaryKey",), GIVEN),
        null_first=is_before(chains, ("notNull",), ("default", "defaultNow", "defaultRandom")),
        unique_on_column=is_unique_on_column(chains, codes),
        unique_named=not has_tokens(codes, ("unique", "(", ")")),
        bigint_mode="bigint" if is_mode_usual(codes, "bigint", "bigint") else "number",
        timestamp_mode="string" if is_mode_usual(codes, "timestamp", "string") else None,
        table_form=common_form([(one.name, one.key) for one in schema.tables], _CASES, EXPORT_SUFFIXES)
        or ("", "camel", ""),
        enum_form=common_form([(one.name, one.key) for one in schema.enums], _CASES, ENUM_SUFFIXES)
        or ("", "camel", "Enum"),
        type_exports=read_type_exports(schema, codes),
        comments=any(code.comments for code in codes),
        layout=read_layout(schema, sources),
    )
