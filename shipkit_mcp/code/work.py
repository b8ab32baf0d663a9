"""Survey and plan -> what there is to draft: tables made, changed and removed, enums, renames."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from shipkit_mcp.code.difference import Difference, compare, rederived, settled
from shipkit_mcp.facts import Schema, Survey, Table
from shipkit_mcp.findings import ChangeKind, Plan, Rename


@dataclass(frozen=True)
class Work:
    """The schema as it is and as it will be, both settled, and what lies between."""

    schema: Schema
    target: Schema
    plan: Plan
    renames: tuple[Rename, ...]

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
            new = self.target.table(table.name)
            if new is not None:
                one = compare(table, new, self.renames)
                made += [] if one.is_empty else [one]
        return tuple(sorted(made, key=lambda one: self.order.get(one.old.name, len(self.order))))

    @cached_property
    def removed(self) -> tuple[Table, ...]:
        """Removed tables in an order in which they can be dropped."""
        order = {one.table: at for at, one in enumerate(self.plan.remove)}
        gone = [one for one in self.schema.tables if self.target.table(one.name) is None]
        return tuple(sorted(gone, key=lambda one: order.get(one.name, len(order))))

    def phase_of(self, table: str) -> int:
        """The phase of a table's change; the last one where no change names it."""
        own = [one.phase for one in self.plan.changes if one.table == table and not one.proposed]
        own = own or [one.phase for one in self.plan.changes if one.kind is not ChangeKind.REMOVE_TABLE]
        return own[0] if own else 1


def find_work(survey: Survey, plan: Plan) -> Work:
    """What the plan asks for, in comparable form."""
    schema = _settled(survey.schema)
    renames = _standing(schema, plan)
    target = _settled(plan.target)
    named = tuple(rederived(one, renames) for one in target.tables)
    return Work(schema, target.model_copy(update={"tables": named}), plan, renames)


def _settled(schema: Schema) -> Schema:
    return schema.model_copy(update={"tables": tuple(settled(one) for one in schema.tables)})


def _standing(schema: Schema, plan: Plan) -> tuple[Rename, ...]:
    """Renames whose column is there before and after."""
    kept = []
    for one in plan.renames:
        old, new = schema.table(one.table), plan.target.table(one.table)
        if old and new and old.column(one.old) and new.column(one.new) and not new.column(one.old):
            kept.append(one)
    return tuple(kept)
