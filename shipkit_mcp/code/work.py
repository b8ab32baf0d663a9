"""Survey and plan -> what there is to draft: tables made, changed and removed, enums, renames."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from shipkit_mcp.code.difference import Difference, compare, rederived, settled
from shipkit_mcp.code.habits import read_habits
from shipkit_mcp.code.places import Sources
from shipkit_mcp.errors import beat
from shipkit_mcp.facts import Column, Schema, Survey, Table
from shipkit_mcp.findings import ChangeKind, Plan, Rename
from shipkit_mcp.mapping.fitting import fits


@dataclass(frozen=True)
class Work:
    """The schema as it is and as it will be, both settled, and what lies between."""

    schema: Schema
    target: Schema
    plan: Plan
    renames: tuple[Rename, ...]
    unfit: tuple[tuple[str, str], ...] = ()
    """(table, column) whose default was left out."""
    by_key: bool = False
    """See ``derived_unique``."""

    @cached_property
    def created(self) -> tuple[Table, ...]:
        """New tables in the order of the plan's changes."""
        old = {one.name for one in self.schema.tables}
        order = self.order
        new = [one for one in self.target.tables if one.name not in old]
        return tuple(sorted(new, key=lambda one: order.get(one.name, len(order))))

    @cached_property
    def order(self) -> Mapping[str, int]:
        """Table to the place of its change."""
        return {one.table: at for at, one in enumerate(self.plan.changes)}

    @cached_property
    def differences(self) -> tuple[Difference, ...]:
        """Kept tables that change."""
        made = []
        for table in self.schema.tables:
            beat()
            new = self.target.table(table.name)
            if new is not None:
                one = compare(table, new, self.renames, by_key=self.by_key)
                made += [] if one.is_empty else [one]
        return tuple(sorted(made, key=lambda one: self.order.get(one.old.name, len(self.order))))

    @cached_property
    def removed(self) -> tuple[Table, ...]:
        """Removed tables in an order in which they can be dropped."""
        order = {one.table: at for at, one in enumerate(self.plan.remove)}
        gone = [one for one in self.schema.tables if self.target.table(one.name) is None]
        return tuple(sorted(gone, key=lambda one: order.get(one.name, len(order))))

    def phase_of(self, table: str) -> int:
        """The phase of a table's change; the first one where no change names it."""
        return self._phases.get(table, self._first_phase)

    @cached_property
    def _phases(self) -> Mapping[str, int]:
        return {one.table: one.phase for one in reversed(self.plan.changes) if not one.proposed}

    @cached_property
    def _first_phase(self) -> int:
        made = (one.phase for one in self.plan.changes if one.kind is not ChangeKind.REMOVE_TABLE)
        return next(made, 1)


def find_work(survey: Survey, plan: Plan) -> Work:
    """What the plan asks for, in comparable form."""
    by_key = names_by_key(survey)
    schema = _settled(survey.schema, by_key=by_key)
    renames = _standing(schema, plan)
    target = _settled(plan.target, by_key=by_key)
    named = [rederived(one, renames, schema.table(one.name), by_key=by_key) for one in target.tables]
    unfit = tuple(
        (table.name, one.name)
        for table in named
        for one in table.columns
        if not fits(one, table.dialect) and not _stands(schema, table, one)
    )
    tables = tuple(_without_defaults(table, unfit) for table in named)
    return Work(schema, target.model_copy(update={"tables": tables}), plan, renames, unfit, by_key)


def _stands(schema: Schema, table: Table, column: Column) -> bool:
    """Whether a column is in the schema as it is."""
    beat()
    old = schema.table(table.name)
    return bool(old and old.column(column.name) == column)


def _without_defaults(table: Table, unfit: Sequence[tuple[str, str]]) -> Table:
    beat()
    columns = (
        one.model_copy(update={"default": None, "has_default": False})
        if (table.name, one.name) in unfit
        else one
        for one in table.columns
    )
    return table.model_copy(update={"columns": tuple(columns)})


def names_by_key(survey: Survey) -> bool:
    """Whether a casing makes the names of columns."""
    schema = survey.schema
    if not schema.choice.casing or not schema.tables:
        return False
    return not read_habits(schema, Sources(survey.schema_sources), schema.tables[0].dialect).names_columns


def _settled(schema: Schema, *, by_key: bool) -> Schema:
    tables = []
    for one in schema.by_name.values():
        beat()
        tables.append(settled(one, by_key=by_key))
    return schema.model_copy(update={"tables": tuple(tables)})


def _standing(schema: Schema, plan: Plan) -> tuple[Rename, ...]:
    """Renames whose column is there before and after."""
    kept = []
    for one in plan.renames:
        old, new = schema.table(one.table), plan.target.table(one.table)
        if old and new and old.column(one.old) and new.column(one.new) and not old.column(one.new):
            kept.append(one)
    return tuple(kept)
