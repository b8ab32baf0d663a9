"""The plan's wishes -> references to tables that nobody declares."""

from __future__ import annotations

from collections.abc import Mapping

from shipkit_mcp.findings import Plan, TableMapping


def references_left_out(plan: Plan) -> Mapping[tuple[str, str], str]:
    """(table, column) to the ``table.column`` it was meant to refer to, for each constraint left out."""
    found: dict[tuple[str, str], str] = {}
    for wanted in (*(one for flow in plan.workflows for one in flow.tables), *plan.further):
        found |= _of_table(plan, wanted)
    return found


def _of_table(plan: Plan, wanted: TableMapping) -> dict[tuple[str, str], str]:
    table = plan.target.table(wanted.existing or wanted.table)
    if table is None:
        return {}
    keyed = {name for key in table.foreign_keys for name in key.columns}
    return {
        (table.name, one.name): one.references
        for one in wanted.columns
        if one.references
        and table.column(one.name)
        and one.name not in keyed
        and _is_unknown(plan, one.references)
    }


def _is_unknown(plan: Plan, reference: str) -> bool:
    table = reference.rpartition(".")[0] or reference
    return plan.target.table(table.rpartition(".")[2]) is None
