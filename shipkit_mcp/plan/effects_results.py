"""What decisions about results and usage change in planned tables."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from shipkit_mcp.facts import Role
from shipkit_mcp.findings import (
    ColumnMapping,
    ColumnState,
    Decision,
    Group,
    InlineResults,
    Origin,
    TableMapping,
    TableState,
    WorkflowMapping,
)
from shipkit_mcp.patterns.tables import RESULTS, USAGE_EVENTS, USAGE_TRACKING
from shipkit_mcp.patterns.types import JSON
from shipkit_mcp.plan.patterned import patterned_table
from shipkit_mcp.plan.posing_project import planned_usage
from shipkit_mcp.plan.posing_results import inline_column, inline_table, results_table_name
from shipkit_mcp.plan.posing_versions import Reference, open_references, references
from shipkit_mcp.plan.usage import usage_table
from shipkit_mcp.plan.wanted import Drafting, each_affected, with_column


def keep_results_inline(drafting: Drafting, decision: Decision) -> Drafting:
    def change(workflow: WorkflowMapping) -> WorkflowMapping:
        jobs, kept = workflow.jobs, workflow.inline_results
        name = inline_column(workflow)
        if jobs is None or inline_table(workflow) not in (jobs.table, jobs.existing):
            return workflow
        kept_there = {"inline_results": kept or _kept_in(jobs, name, workflow, decision)}
        if jobs.column(name):
            return workflow.model_copy(update=kept_there)
        column = ColumnMapping(
            name=name,
            type=JSON.named(drafting.case.style.dialect),
            not_null=False,
            group=Group.OUTPUT,
            origin=Origin.DOCUMENTED if kept else Origin.REQUIRED,
            state=ColumnState.MISSING,
            evidence=kept.evidence if kept else workflow.evidence[:1],
        )
        columns = (*jobs.columns, column)
        state = TableState.MODIFY if jobs.state is TableState.IMPLEMENTED else jobs.state
        return workflow.model_copy(
            update={"jobs": jobs.model_copy(update={"columns": columns, "state": state}), **kept_there}
        )

    return each_affected(drafting, decision, change)


def _kept_in(jobs: TableMapping, column: str, workflow: WorkflowMapping, decision: Decision) -> InlineResults:
    how = "decided" if decision.chosen else "recommended"
    why = f"{how} with `decision:{decision.id}`"
    place = jobs.existing or jobs.table
    return InlineResults(table=place, column=column, why=why, evidence=workflow.evidence[:1])


def separate_results(drafting: Drafting, decision: Decision) -> Drafting:
    def change(workflow: WorkflowMapping) -> WorkflowMapping:
        made = patterned_table(RESULTS, results_table_name(workflow), workflow, drafting.case)
        results = tuple(one for one in workflow.results if one.state is not TableState.INLINE)
        return workflow.model_copy(update={"results": (*results, made), "inline_results": None})

    return each_affected(drafting, decision, change)


CLOSED = {"not_null": True, "unique": True, "on_delete": "cascade"}


def close_references(drafting: Drafting) -> Drafting:
    """Planned results refer to their job as the mission has it, but for tables that count versions."""
    for one in references(drafting.case):
        if one.counts_versions:
            drafting = _with_reference(drafting, one, {"unique": False})
        elif one.table.role is Role.RESULTS:
            drafting = _with_reference(drafting, one, CLOSED)
    return drafting


def close_all_references(drafting: Drafting, decision: Decision) -> Drafting:
    """One row for each job or result, versions or not, once somebody chose so."""
    for one in open_references(drafting.case) if decision.chosen else ():
        drafting = _with_reference(drafting, one, CLOSED)
    return drafting


def allow_versions(drafting: Drafting, _: Decision) -> Drafting:
    """References stay as open as the documents have them."""
    for one in open_references(drafting.case):
        if drafting.case.built(one.table):
            drafting = _with_reference(drafting, one, {"unique": False}, TableState.MODIFY)
        elif not one.counts_versions:
            drafting = _with_reference(
                drafting, one, {"not_null": False, "unique": False, "on_delete": "set null"}
            )
    return drafting


def _with_reference(
    drafting: Drafting, one: Reference, update: Mapping[str, Any], state: TableState = TableState.CREATE
) -> Drafting:
    """The drafting with one planned table's reference changed, or that of a built one in another ``state``."""

    def change(table: TableMapping) -> TableMapping:
        if table.table != one.table.table or table.state is not state:
            return table
        unique = tuple(names for names in table.unique if names != (one.column.name,))
        return with_column(table, one.column.name, update).model_copy(update={"unique": unique})

    def flow(workflow: WorkflowMapping) -> WorkflowMapping:
        changed = {
            part: tuple(change(table) for table in getattr(workflow, part))
            for part in ("results", "enhancements")
        }
        return workflow.model_copy(update=changed)

    return replace(drafting, workflows=tuple(flow(workflow) for workflow in drafting.workflows))


def count_usage_by_month(drafting: Drafting, _: Decision) -> Drafting:
    table = usage_table(USAGE_TRACKING, planned_usage(drafting.case), drafting.case)
    return replace(drafting, further=(*drafting.further, table))


def log_usage(drafting: Drafting, _: Decision) -> Drafting:
    table = usage_table(USAGE_EVENTS, planned_usage(drafting.case), drafting.case)
    return replace(drafting, further=(*drafting.further, table))
