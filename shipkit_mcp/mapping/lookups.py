"""A survey -> what every step asks of the schema: tables by name, conventions, the owner's table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from shipkit_mcp.facts import Column, DbEnum, DeclaredTable, Schema, Survey, Table, TableUse
from shipkit_mcp.mapping.names import are_camel, referred, table_key, to_snake
from shipkit_mcp.mapping.types import read_type
from shipkit_mcp.patterns.owners import OWNER_COLUMNS, OWNER_NAMES, OWNER_TABLES
from shipkit_mcp.patterns.types import UUID, referring_type


@dataclass(frozen=True)
class Lookups:
    """The schema and the documents' tables, ready to be asked."""

    schema: Schema
    tables: Mapping[str, Table]
    """By folded name."""
    declared: Mapping[str, DeclaredTable]
    """Defined by a document, by folded name."""
    camel: bool
    """Whether the existing database names are camelCase."""
    id_type: str
    """Of most primary keys (``uuid``, ``serial``, ``text`` ...)."""
    owner: tuple[str, str]
    """The owner column that most tables have, and its table."""

    @property
    def key_type(self) -> str:
        """Of a column that refers to such a key."""
        return referring_type(self.id_type, self.dialect)

    @property
    def dialect(self) -> str | None:
        return self.schema.dialect if self.schema.dialect != "mixed" else None

    def table(self, name: str) -> Table | None:
        return self.tables.get(table_key(name))

    def knows(self, name: str) -> bool:
        """Whether the schema has a table of this name or a document defines one."""
        return table_key(name) in self.tables or table_key(name) in self.declared

    def true_name(self, name: str) -> str:
        """How the database spells a table's name, or the document that defines it."""
        existing, declared = self.table(name), self.declared.get(table_key(name))
        if existing is not None:
            return existing.name
        return declared.name if declared is not None else to_snake(name)

    def enum(self, values: Sequence[str] | None) -> DbEnum | None:
        """The database enum that has exactly these values."""
        wanted = set(values or ())
        return next((one for one in self.schema.enums if wanted and set(one.values) == wanted), None)

    def type_of(self, reference: str | None) -> str | None:
        """The type of the column that is referred to, None where it is not known."""
        target = referred(reference)
        if target is None:
            return None
        existing = self.table(target[0])
        column = column_named(existing, target[1]) if existing else None
        if column is not None:
            return referring_type(column.type, self.dialect)
        return self._declared_type(*target)

    def _declared_type(self, table: str, column: str) -> str | None:
        declared = self.declared.get(table_key(table))
        found = declared.column(to_snake(column)) if declared else None
        reading = read_type(found.type, found.type_comment) if found else None
        if reading is None or reading.loose or reading.word == "string":
            return self.key_type if self.knows(table) else None
        return referring_type(reading.named(self.dialect), self.dialect)


def look_up(survey: Survey) -> Lookups:
    """Index a survey's schema and the tables its workflows define."""
    schema = survey.schema
    return Lookups(
        schema=schema,
        tables={table_key(table.name): table for table in reversed(schema.tables)},
        declared=_declared(survey),
        camel=are_camel([column.name for table in schema.tables for column in table.columns]),
        id_type=_id_type(schema),
        owner=_owner(survey),
    )


def column_named(table: Table | None, name: str) -> Column | None:
    """A table's column by folded name."""
    if table is None:
        return None
    wanted = to_snake(name)
    return next((one for one in table.columns if to_snake(one.name) == wanted), None)


def references_of(table: Table | None) -> tuple[tuple[str, str], ...]:
    """(column, key of the table it refers to) of each single-column foreign key."""
    if table is None:
        return ()
    return tuple(
        (to_snake(key.columns[0]), table_key(key.table))
        for key in table.foreign_keys
        if len(key.columns) == 1
    )


def owner_in(columns: Sequence[tuple[str, str | None]]) -> tuple[str, str | None] | None:
    """The owner among (name, reference): by its name, in the order of custom, else by what it refers to."""
    by_name = dict(columns)
    named = next((name for name in OWNER_NAMES if name in by_name), None)
    if named is not None:
        return named, by_name[named]
    for name, reference in columns:
        target = referred(reference)
        if target and target[0] in OWNER_TABLES and name != "id":
            return name, reference
    return None


def _declared(survey: Survey) -> dict[str, DeclaredTable]:
    found: dict[str, DeclaredTable] = {}
    for workflow in survey.workflows:
        for table in workflow.tables:
            if table.use is TableUse.DEFINED:
                found.setdefault(table_key(table.name), table)
    return found


def _id_type(schema: Schema) -> str:
    types = Counter(
        column.type
        for table in schema.tables
        for column in table.columns
        if column.primary_key and column.name == "id"
    )
    usual = types.most_common(1)
    return usual[0][0] if usual else UUID.named(schema.dialect)


def _owner(survey: Survey) -> tuple[str, str]:
    seen: Counter[tuple[str, str]] = Counter()
    for table in survey.schema.tables:
        found = owner_in([(to_snake(one.name), one.references) for one in table.columns])
        if found is not None and table_key(table.name) not in {table_key(name) for name in OWNER_TABLES}:
            seen[(found[0], _owner_table(found, table))] += 1
    usual = seen.most_common(1)
    return usual[0][0] if usual else OWNER_COLUMNS[0]


def _owner_table(found: tuple[str, str | None], table: Table) -> str:
    target = referred(found[1])
    if target is not None:
        return target[0]
    keys = {to_snake(key.columns[0]): key.table for key in table.foreign_keys if len(key.columns) == 1}
    return keys.get(found[0]) or dict(OWNER_COLUMNS).get(found[0], "users")
