"""A schema -> the habits of its author: how keys, indexes, timestamps and enums are written there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

import inflection

from shipkit_mcp.facts import Schema
from shipkit_mcp.mapping.names import are_camel, to_camel, to_snake
from shipkit_mcp.patterns.types import TIMESTAMP

INDEX_NAMES = (
    "{table}_{columns}_idx",
    "idx_{table}_{columns}",
    "{table}_{columns}_index",
    "ix_{table}_{columns}",
)
"""Ways to name an index, most usual first; all name the table, since a database has each name once."""

TIMESTAMP_TYPES = ("timestamp", "datetime")


@dataclass(frozen=True, slots=True)
class Style:
    """What a new table must look like to stand beside the old ones."""

    dialect: str
    timestamp: str
    index_name: str
    enums: Literal["database", "text"]
    native_enums: tuple[str, ...]
    """``table.column`` of every database enum."""
    text_enums: tuple[str, ...]
    """``table.column`` of every text with a list of values."""
    camel_keys: bool
    counts_keys: bool = False
    """Integer keys of new tables say that they count by themselves (MySQL's must, SQLite's may)."""
    table_suffix: str = ""
    """What the export of a table ends with, such as ``Table``."""
    camel_names: bool = False
    """The database itself calls its columns `fullName`."""

    def index(self, table: str, columns: Iterable[str]) -> str:
        return self.index_name.format(table=table, columns="_".join(columns))

    def column(self, name: str) -> str:
        """A column of the mission as this database would call it."""
        return to_camel(name) if self.camel_names else name

    def table_key(self, name: str) -> str:
        """The export of a table."""
        return inflection.camelize(name, uppercase_first_letter=False) + self.table_suffix

    def key(self, name: str) -> str:
        """The property of a column."""
        return inflection.camelize(name, uppercase_first_letter=False) if self.camel_keys else name


SUFFIXES = ("Table", "Schema")


def read_style(schema: Schema) -> Style:
    """The majority's habit in each respect; the template's where the schema says nothing."""
    dialect = _dialect(schema)
    native, text = _enum_columns(schema)
    return Style(
        dialect=dialect,
        timestamp=_timestamp(schema, dialect),
        index_name=_index_name(schema),
        enums="text" if len(text) > len(native) or dialect != "postgresql" else "database",
        native_enums=native,
        text_enums=text,
        camel_keys=_camel_keys(schema),
        counts_keys=_counts_keys(schema, dialect),
        table_suffix=_table_suffix(schema),
        camel_names=are_camel([column.name for table in schema.tables for column in table.columns]),
    )


def _dialect(schema: Schema) -> str:
    if schema.dialect in ("postgresql", "mysql", "sqlite"):
        return schema.dialect
    usual = Counter(table.dialect for table in schema.tables).most_common(1)
    return usual[0][0] if usual else "postgresql"


def _timestamp(schema: Schema, dialect: str) -> str:
    seen = Counter(
        column.type
        for table in schema.tables
        for column in table.columns
        if to_snake(column.name).endswith("_at") and column.type.startswith(TIMESTAMP_TYPES)
    )
    return seen.most_common(1)[0][0] if seen else TIMESTAMP.named(dialect)


def _index_name(schema: Schema) -> str:
    seen: Counter[str] = Counter()
    for table in schema.tables:
        for index in table.indexes:
            columns = "_".join(index.columns)
            names = (form.format(table=table.name, columns=columns) for form in INDEX_NAMES)
            seen.update(form for form, name in zip(INDEX_NAMES, names, strict=True) if name == index.name)
    return max(INDEX_NAMES, key=lambda form: seen[form])


def _enum_columns(schema: Schema) -> tuple[tuple[str, ...], tuple[str, ...]]:
    native, text = [], []
    for table in schema.tables:
        for column in table.columns:
            if column.enum:
                native.append(f"{table.name}.{column.name}")
            elif column.enum_values:
                text.append(f"{table.name}.{column.name}")
    return tuple(native), tuple(text)


def _counts_keys(schema: Schema, dialect: str) -> bool:
    if dialect != "sqlite":
        return dialect == "mysql"
    keys = [one for table in schema.tables for one in table.columns if one.primary_key]
    whole = [one.auto_increment for one in keys if one.type == "integer"]
    return sum(whole) * 2 > len(whole)


def _table_suffix(schema: Schema) -> str:
    keys = [table.key for table in schema.tables if not table.name.endswith(("table", "schema"))]
    return next((one for one in SUFFIXES if keys and all(key.endswith(one) for key in keys)), "")


def _camel_keys(schema: Schema) -> bool:
    told = [column for table in schema.tables for column in table.columns if "_" in column.name]
    camel = sum(column.key != column.name and "_" not in column.key for column in told)
    return camel > len(told) / 2
