"""Declared tables, which the reader spells in snake_case -> the same tables as the project spells its names."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from shipkit_mcp.facts import DeclaredColumn, DeclaredTable, Schema
from shipkit_mcp.findings import WorkflowMapping
from shipkit_mcp.mapping.names import are_camel, to_camel, to_snake

Names = tuple[str, ...]


@dataclass
class _Known:
    """How names are spelled, by their snake_case; lives inside one call of ``spell_tables``."""

    camel: bool
    camel_tables: bool
    tables: dict[str, str] = field(default_factory=dict)
    columns: dict[str, dict[str, str]] = field(default_factory=dict)
    """Table, as it is spelled, to its columns."""

    def add(self, table: str, columns: Iterable[str]) -> None:
        own = self.columns.setdefault(self.tables.setdefault(to_snake(table), table), {})
        for name in columns:
            own.setdefault(to_snake(name), name)

    def table(self, name: str) -> str:
        return self.tables.get(to_snake(name)) or (to_camel(name) if self.camel_tables else name)

    def column(self, table: str, name: str) -> str:
        there = self.columns.get(table, {}).get(to_snake(name))
        return there or (to_camel(name) if self.camel else name)


def spell_tables(
    tables: Sequence[DeclaredTable], schema: Schema, mappings: Sequence[WorkflowMapping]
) -> tuple[DeclaredTable, ...]:
    """Known names as they stand in the schema or the plan, new ones in the schema's way; the same if done twice."""
    known = _known(schema, mappings)
    if known is None or not tables:
        return tuple(tables)
    return tuple(_spelled(one, known) for one in tables)


def _known(schema: Schema, mappings: Sequence[WorkflowMapping]) -> _Known | None:
    """None where every name is snake_case already."""
    names = [(one.name, [column.name for column in one.columns]) for one in schema.by_name.values()]
    if all(to_snake(one) == one for name, columns in names for one in (name, *columns)):
        return None
    known = _Known(
        camel=are_camel([one for _, columns in names for one in columns]),
        camel_tables=are_camel([name for name, _ in names]),
    )
    for name, columns in (*names, *_planned(mappings)):
        known.add(name, columns)
    return known


def _planned(mappings: Sequence[WorkflowMapping]) -> Iterator[tuple[str, list[str]]]:
    for flow in mappings:
        for table in flow.tables:
            yield table.existing or table.table, [one.name for one in table.columns]


def _spelled(table: DeclaredTable, known: _Known) -> DeclaredTable:
    name = known.table(table.name)

    def own(column: str) -> str:
        return known.column(name, column)

    update = {
        "name": name,
        "columns": tuple(_spelled_column(one, own, known) for one in table.columns),
        "primary_key": _each(table.primary_key, own),
        "unique": tuple(_each(one, own) for one in table.unique),
        "indexes": tuple(_each(one, own) for one in table.indexes),
    }
    return table.model_copy(update=update)


def _each(names: Names, own: Callable[[str], str]) -> Names:
    return tuple(own(one) for one in names)


def _spelled_column(column: DeclaredColumn, own: Callable[[str], str], known: _Known) -> DeclaredColumn:
    update = {
        "name": own(column.name),
        "renamed_from": own(column.renamed_from) if column.renamed_from else None,
        "references": _reference(column.references, known) if column.references else None,
    }
    return column.model_copy(update=update)


def _reference(reference: str, known: _Known) -> str:
    """``user_clips.id`` as ``userClips.id``; a bare table is one too."""
    *space, table, column = reference.split(".") if "." in reference else (reference, "")
    spelled = known.table(table)
    words = (*space, spelled, known.column(spelled, column)) if column else (*space, spelled)
    return ".".join(words)
