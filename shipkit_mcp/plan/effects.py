"""Decisions -> what they change in the wanted tables before the target is drafted."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from shipkit_mcp.findings import (
    ColumnMapping,
    ColumnState,
    Decision,
    Group,
    Origin,
    Rename,
    TableMapping,
    TableState,
    WorkflowMapping,
)
from shipkit_mcp.patterns.columns import JOB_STATUSES, RUN_ID
from shipkit_mcp.patterns.tables import JOBS, RESULTS, USAGE_EVENTS, USAGE_TRACKING
from shipkit_mcp.patterns.types import JSON, TEXT
from shipkit_mcp.plan.choice import Case
from shipkit_mcp.plan.patterned import patterned_table, payload_columns
from shipkit_mcp.plan.posing_jobs import jobs_table_name, near_run_ids, stage_column, statuses_of
from shipkit_mcp.plan.posing_project import planned_usage
from shipkit_mcp.plan.posing_results import (
    inline_column,
    inline_table,
    job_reference,
    results_table_name,
)
from shipkit_mcp.plan.usage import usage_table


@dataclass(frozen=True)
class Drafting:
    """What is wanted, on its way to the target."""

    case: Case
    workflows: tuple[WorkflowMapping, ...]
    further: tuple[TableMapping, ...] = ()
    renames: tuple[Rename, ...] = ()


Effect = Callable[[Drafting, Decision], Drafting]


def apply_decisions(case: Case, decisions: Iterable[Decision]) -> Drafting:
    """Every decision's option in turn, the chosen one or else the recommended."""
    drafting = _closed_references(Drafting(case, case.mappings))
    for decision in decisions:
        effect = EFFECTS.get((decision.id, decision.taken.id))
        if effect:
            drafting = effect(drafting, decision)
    return drafting


def _each(
    drafting: Drafting, decision: Decision, change: Callable[[WorkflowMapping], WorkflowMapping]
) -> Drafting:
    workflows = (change(one) if one.name in decision.affects else one for one in drafting.workflows)
    return replace(drafting, workflows=tuple(workflows))


def _add_jobs_tables(drafting: Drafting, decision: Decision) -> Drafting:
    said = {one.name: one for one in drafting.case.survey.workflows}

    def add(workflow: WorkflowMapping) -> WorkflowMapping:
        extra = payload_columns(said.get(workflow.name), drafting.case)
        jobs = patterned_table(JOBS, jobs_table_name(workflow), workflow, drafting.case, extra)
        return workflow.model_copy(update={"jobs": jobs})

    return _each(drafting, decision, add)


def _five_statuses(drafting: Drafting, decision: Decision) -> Drafting:
    case = drafting.case
    said = {one.name: one for one in case.survey.workflows}

    def change(workflow: WorkflowMapping) -> WorkflowMapping:
        jobs = workflow.jobs
        if jobs is None or case.built(jobs):
            return workflow
        values, _ = statuses_of(case, workflow, jobs, said.get(workflow.name))
        steps = tuple(one for one in values if one not in JOB_STATUSES)
        jobs = _with_values(jobs, "status", JOB_STATUSES)
        return workflow.model_copy(update={"jobs": _with_stage(jobs, steps, case) if steps else jobs})

    return _each(drafting, decision, change)


def _with_stage(jobs: TableMapping, steps: tuple[str, ...], case: Case) -> TableMapping:
    stage = stage_column(jobs)
    if stage:
        return _with_values(jobs, stage.name, tuple(dict.fromkeys((*steps, *(stage.values or ())))))
    status = jobs.column("status")
    made = ColumnMapping(
        name="stage",
        type=TEXT.named(case.style.dialect),
        not_null=False,
        values=steps,
        group=Group.TRACKING,
        origin=Origin.REQUIRED,
        state=ColumnState.MISSING,
        note="The finer step while `status` is `processing`",
        evidence=status.evidence if status else (),
    )
    return jobs.model_copy(update={"columns": (*jobs.columns, made)})


def _with_values(table: TableMapping, name: str, values: tuple[str, ...]) -> TableMapping:
    return _with_column(table, name, {"values": values})


def _with_column(table: TableMapping, name: str, update: Mapping[str, Any]) -> TableMapping:
    columns = (one.model_copy(update=update) if one.name == name else one for one in table.columns)
    return table.model_copy(update={"columns": tuple(columns)})


def _own_statuses(drafting: Drafting, decision: Decision) -> Drafting:
    case = drafting.case
    said = {one.name: one for one in case.survey.workflows}

    def change(workflow: WorkflowMapping) -> WorkflowMapping:
        jobs = workflow.jobs
        if jobs is None or case.built(jobs):
            return workflow
        values, _ = statuses_of(case, workflow, jobs, said.get(workflow.name))
        return workflow.model_copy(update={"jobs": _with_values(jobs, "status", values)})

    return _each(drafting, decision, change)


def _name_run_ids(drafting: Drafting, _: Decision) -> Drafting:
    renames = []
    workflows = {one.name: one for one in drafting.workflows}
    for workflow, jobs, near in near_run_ids(drafting.case):
        if drafting.case.built(jobs):
            renames.append(Rename(table=jobs.existing or jobs.table, old=near, new=RUN_ID.name))
        changed = workflows[workflow.name]
        if changed.jobs:
            table = _with_column(changed.jobs, near, {"name": RUN_ID.name})
            workflows[workflow.name] = changed.model_copy(update={"jobs": table})
    return replace(
        drafting,
        workflows=tuple(workflows.values()),
        renames=tuple(dict.fromkeys((*drafting.renames, *renames))),
    )


def _inline_results(drafting: Drafting, decision: Decision) -> Drafting:
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

    return _each(drafting, decision, change)


def _separate_results(drafting: Drafting, decision: Decision) -> Drafting:
    def change(workflow: WorkflowMapping) -> WorkflowMapping:
        made = patterned_table(RESULTS, results_table_name(workflow), workflow, drafting.case)
        results = tuple(one for one in workflow.results if one.state is not TableState.INLINE)
        return workflow.model_copy(update={"results": (*results, made), "inline_results": None})

    return _each(drafting, decision, change)


def _closed_references(drafting: Drafting) -> Drafting:
    """Planned results refer to their job as the mission has it, until a decision opens the reference."""
    return _with_references(drafting, {"not_null": True, "unique": True, "on_delete": "cascade"})


def _versions(drafting: Drafting, _: Decision) -> Drafting:
    return _with_references(drafting, {"not_null": False, "unique": False, "on_delete": "set null"})


def _with_references(drafting: Drafting, update: Mapping[str, Any]) -> Drafting:
    """The planned results tables with their reference to the job changed."""

    def change(workflow: WorkflowMapping, table: TableMapping) -> TableMapping:
        column = job_reference(workflow, table)
        if column is None or table.state is not TableState.CREATE:
            return table
        unique = tuple(one for one in table.unique if one != (column.name,))
        return _with_column(table, column.name, update).model_copy(update={"unique": unique})

    workflows = tuple(
        one.model_copy(update={"results": tuple(change(one, table) for table in one.results)})
        for one in drafting.workflows
    )
    return replace(drafting, workflows=workflows)


def _monthly_usage(drafting: Drafting, _: Decision) -> Drafting:
    table = usage_table(USAGE_TRACKING, planned_usage(drafting.case), drafting.case)
    return replace(drafting, further=(*drafting.further, table))


def _usage_events(drafting: Drafting, _: Decision) -> Drafting:
    table = usage_table(USAGE_EVENTS, planned_usage(drafting.case), drafting.case)
    return replace(drafting, further=(*drafting.further, table))


EFFECTS: dict[tuple[str, str], Effect] = {
    ("own-jobs-table", "B"): _add_jobs_tables,
    ("status-vocabulary", "A"): _five_statuses,
    ("status-vocabulary", "B"): _own_statuses,
    ("run-id-name", "A"): _name_run_ids,
    ("results-place", "A"): _inline_results,
    ("results-place", "B"): _separate_results,
    ("result-versions", "B"): _versions,
    ("usage-record", "A"): _monthly_usage,
    ("usage-record", "B"): _usage_events,
}
"""What an option changes; one that is not here changes no table."""
