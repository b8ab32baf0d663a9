"""Mappings and the target -> the mappings as planned, with what amendments added, changed and dropped."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from shipkit_mcp.errors import beat
from shipkit_mcp.facts import Column, DeclaredTable, Evidence, Schema, Table
from shipkit_mcp.findings import (
    ColumnMapping,
    ColumnState,
    Origin,
    Rename,
    TableMapping,
    TableState,
    WorkflowMapping,
)
from shipkit_mcp.plan.declared import column_group, wanted_column, wanted_table

PLANNED = (TableState.CREATE, TableState.MODIFY, TableState.IMPLEMENTED)


@dataclass(frozen=True)
class View:
    """What the planned mappings are drawn from."""

    schema: Schema
    target: Schema
    declared: Mapping[str, Sequence[DeclaredTable]]
    renames: tuple[Rename, ...]
    dialect: str

    @cached_property
    def _old_names(self) -> Mapping[str, Mapping[str, str]]:
        """Table to the new names of its columns, with the old ones."""
        found: dict[str, dict[str, str]] = {}
        for one in self.renames:
            found.setdefault(one.table, {})[one.new] = one.old
        return found

    def workflow(self, mapping: WorkflowMapping) -> WorkflowMapping:
        """A workflow with each of its tables as planned."""
        many = {
            name: tuple(self.table(one) for one in getattr(mapping, name))
            for name in ("results", "enhancements", "others", "alters")
        }
        jobs = self.table(mapping.jobs) if mapping.jobs else None
        return mapping.model_copy(update={"jobs": jobs, **many})

    def table(self, mapping: TableMapping) -> TableMapping:
        """A wanted table with the columns that it will have."""
        beat()
        name = mapping.existing or mapping.table
        planned, built = self.target.table(name), self.schema.table(name)
        if planned is None or mapping.state not in PLANNED:
            return mapping
        columns = self._columns(mapping, planned, built)
        if built is not None:
            state = _state(mapping, columns, unchanged=planned == built)
            return mapping.model_copy(update={"columns": columns, "state": state})
        unique = tuple(one.columns for one in planned.unique)
        indexes = tuple(one.columns for one in planned.indexes)
        return mapping.model_copy(update={"columns": columns, "unique": unique, "indexes": indexes})

    def _columns(
        self, mapping: TableMapping, planned: Table, built: Table | None
    ) -> tuple[ColumnMapping, ...]:
        old_names = self._old_names.get(planned.name, {})
        known = {one.existing or one.name: one for one in mapping.columns}
        given = self._given(planned.name)
        columns = []
        for column in planned.columns:
            one = known.pop(column.name, None) or known.pop(old_names.get(column.name, ""), None)
            unchanged = built is not None and column == built.column(column.name)
            if one is None and unchanged and column.name not in given:
                continue
            columns.append(self._column(one, column, given.get(column.name), planned, built))
        if built is not None:
            columns += [
                one
                for one in known.values()
                if one.state is ColumnState.MISSING and one.origin is Origin.KIND
            ]
        return tuple(columns)

    def _given(self, table: str) -> dict[str, ColumnMapping]:
        return {
            one.name: wanted_column(one, self.dialect)
            for declared in self.declared.get(table, ())
            for one in declared.columns
            if not one.dropped
        }

    def _column(
        self,
        known: ColumnMapping | None,
        column: Column,
        given: ColumnMapping | None,
        table: Table,
        built: Table | None,
    ) -> ColumnMapping:
        if known and not given and built is not None and known.state is not ColumnState.MISSING:
            return known
        base = known or given or _told(column, table)
        also = tuple(dict.fromkeys((*base.also, Origin.ASSISTANT))) if known and given else base.also
        return base.model_copy(
            update={
                "name": column.name,
                "type": column.type,
                "not_null": column.not_null,
                "values": column.enum_values,
                "references": column.references or base.references,
                "on_delete": _on_delete(planned=table, column=column) or base.on_delete,
                "primary_key": column.primary_key,
                "also": also,
                "evidence": base.evidence or (given.evidence if given else ()),
            }
        )


def _state(mapping: TableMapping, columns: Sequence[ColumnMapping], *, unchanged: bool) -> TableState:
    """How a built table stands: as it must be, unless the plan or a column of it says otherwise."""
    if not unchanged:
        return TableState.MODIFY
    differs = any(one.state in (ColumnState.CONFLICT, ColumnState.MISSING) for one in columns)
    return mapping.state if differs else TableState.IMPLEMENTED


def _on_delete(planned: Table, column: Column) -> str | None:
    """The delete rule that the plan gives the column's reference."""
    return next((one.on_delete for one in planned.foreign_keys if one.columns == (column.name,)), None)


def _told(column: Column, table: Table) -> ColumnMapping:
    """A planned column that only the plan itself asks for."""
    return ColumnMapping(
        name=column.name,
        type=column.type,
        not_null=column.not_null,
        group=column_group(column.name, key=column.primary_key),
        origin=Origin.REQUIRED,
        state=ColumnState.MISSING,
        evidence=(Evidence(path=table.path, line=table.line),) if table.path else (),
    )


def own_tables(
    declared: Sequence[DeclaredTable], taken: frozenset[str], schema: Schema, dialect: str
) -> tuple[TableMapping, ...]:
    """Tables of the app's own that amendments add or change and no workflow wants."""
    found: dict[str, TableMapping] = {}
    for one in declared:
        if one.name in taken:
            continue
        built = schema.table(one.name) is not None
        wanted = wanted_table(one, dialect)
        if built:
            wanted = wanted.model_copy(update={"existing": one.name, "state": TableState.MODIFY})
        found.setdefault(one.name, wanted)
    return tuple(found.values())
