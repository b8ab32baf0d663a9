"""What decisions about results and usage change in planned tables."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from shipkit_mcp.findings import (
    ColumnMapping,
    ColumnState,
    Decision,
    Group,
    Origin,
    TableMapping,
    TableState,
    WorkflowMapping,
)
from shipkit_mcp.patterns.tables import RESULTS, USAGE_EVENTS, USAGE_TRACKING
from shipkit_mcp.patterns.types import JSON
from shipkit_mcp.plan.patterned import patterned_table
from shipkit_mcp.plan.posing_project import planned_usage
from shipkit_mcp.plan.posing_results import inline_column, inline_table, job_reference, results_table_name
from shipkit_mcp.plan.usage import usage_table
from shipkit_mcp.plan.wanted import Drafting, each_affected, with_column


def keep_results_inline(drafting: Drafting, decision: Decision) -> Drafting:
    def change(workflow: WorkflowMapping) -> WorkflowMapping:
        jobs, kept = workflow.jobs, workflow.inline_results
        name = inline_column(workflow)
        if jobs is None or inline_table(workflow) not in (jobs.table, jobs.existing) or jobs.column(name):
            return workflow
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
            update={"jobs": jobs.model_copy(update={"columns": columns, "state": state})}
        )

    return each_affected(drafting, decision, change)


def separate_results(drafting: Drafting, decision: Decision) -> Drafting:
    def change(workflow: WorkflowMapping) -> WorkflowMapping:
        made = patterned_table(RESULTS, results_table_name(workflow), workflow, drafting.case)
        results = tuple(one for one in workflow.results if one.state is not TableState.INLINE)
        return workflow.model_copy(update={"results": (*results, made), "inline_results": None})

    return each_affected(drafting, decision, change)


def close_references(drafting: Drafting) -> Drafting:
    """Planned results refer to their job as the mission has it, until a decision opens the reference."""
    return _with_references(drafting, {"not_null": True, "unique": True, "on_delete": "cascade"})


def allow_versions(drafting: Drafting, _: Decision) -> Drafting:
    return _with_references(drafting, {"not_null": False, "unique": False, "on_delete": "set null"})


def _with_references(drafting: Drafting, update: Mapping[str, Any]) -> Drafting:
    """The planned results tables with their reference to the job changed."""

    def change(workflow: WorkflowMapping, table: TableMapping) -> TableMapping:
        column = job_reference(workflow, table)
        if column is None or table.state is not TableState.CREATE:
            return table
        unique = tuple(one for one in table.unique if one != (column.name,))
        return with_column(table, column.name, update).model_copy(update={"unique": unique})

    workflows = tuple(
        one.model_copy(update={"results": tuple(change(one, table) for table in one.results)})
        for one in drafting.workflows
    )
    return replace(drafting, workflows=workflows)


def count_usage_by_month(drafting: Drafting, _: Decision) -> Drafting:
    table = usage_table(USAGE_TRACKING, planned_usage(drafting.case), drafting.case)
    return replace(drafting, further=(*drafting.further, table))


def log_usage(drafting: Drafting, _: Decision) -> Drafting:
    table = usage_table(USAGE_EVENTS, planned_usage(drafting.case), drafting.case)
    return replace(drafting, further=(*drafting.further, table))
