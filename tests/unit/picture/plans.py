"""Tables and plans made by hand, for the picture."""

from __future__ import annotations

from shipkit_mcp.facts import Column, ForeignKey, Schema, Table
from shipkit_mcp.findings import Counts, Plan, Readiness, TableNote


def table(name: str, *refers: str, columns: int = 3, namespace: str | None = None) -> Table:
    """A table whose first columns refer to others."""
    made = tuple(Column(name=f"c{i}", key=f"c{i}", type="text") for i in range(max(columns, len(refers) + 1)))
    keys = tuple(
        ForeignKey(name=f"{name}_{i}", columns=(f"c{i}",), table=one, foreign_columns=("c0",))
        for i, one in enumerate(refers)
    )
    return Table(
        name=name,
        namespace=namespace,
        dialect="postgresql",
        key=name,
        path="s.ts",
        line=1,
        columns=made,
        foreign_keys=keys,
    )


def plan(target: list[Table], **lists: tuple[TableNote, ...]) -> Plan:
    """A plan with that target and nothing else but what is given."""
    counts = Counts(tables=0, columns=0, new=0, modified=0, removed=0, total=0)
    readiness = Readiness(percent=0, met=0, total=0)
    return Plan(
        project_root="~/app", readiness=readiness, counts=counts, target=Schema(tables=tuple(target)), **lists
    )


def note(name: str) -> tuple[TableNote, ...]:
    """A list of one table."""
    return (TableNote(table=name, why=f"because of {name}"),)
