"""What is wanted on its way to the target: mappings, further tables, renames and edits of built tables."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from shipkit_mcp.facts import DeclaredTable
from shipkit_mcp.findings import Decision, Rename, TableMapping, WorkflowMapping
from shipkit_mcp.plan.choice import Case


@dataclass(frozen=True)
class Drafting:
    """What is wanted, on its way to the target."""

    case: Case
    workflows: tuple[WorkflowMapping, ...]
    further: tuple[TableMapping, ...] = ()
    renames: tuple[Rename, ...] = ()
    edits: tuple[DeclaredTable, ...] = ()
    """Changes of built tables, as an assistant would declare them."""
    dropped: tuple[str, ...] = ()
    """Built tables that a chosen option removes."""
    causes: Mapping[str, str] | None = None
    """Table to the decision that changes it."""


Effect = Callable[[Drafting, Decision], Drafting]


def each_affected(
    drafting: Drafting, decision: Decision, change: Callable[[WorkflowMapping], WorkflowMapping]
) -> Drafting:
    """The drafting with every workflow changed that the decision is about."""
    workflows = (change(one) if one.name in decision.affects else one for one in drafting.workflows)
    return replace(drafting, workflows=tuple(workflows))


def with_values(table: TableMapping, name: str, values: tuple[str, ...]) -> TableMapping:
    """The table with another list of values for a column."""
    return with_column(table, name, {"values": values})


def with_column(table: TableMapping, name: str, update: Mapping[str, Any]) -> TableMapping:
    """The table with a column changed."""
    columns = (one.model_copy(update=update) if one.name == name else one for one in table.columns)
    return table.model_copy(update={"columns": tuple(columns)})
