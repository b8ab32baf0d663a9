"""What decisions about jobs tables change in planned tables."""

from __future__ import annotations

from dataclasses import replace

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
from shipkit_mcp.patterns.columns import JOB_ID, JOB_STATUSES, RUN_ID
from shipkit_mcp.patterns.near import find_column
from shipkit_mcp.patterns.tables import JOBS
from shipkit_mcp.patterns.types import TEXT
from shipkit_mcp.plan.choice import Case
from shipkit_mcp.plan.patterned import pattern_column, patterned_table, payload_columns
from shipkit_mcp.plan.posing_jobs import jobs_table_name, near_run_ids, stage_column, statuses_of
from shipkit_mcp.plan.wanted import Drafting, each_affected, with_column, with_values


def add_jobs_tables(drafting: Drafting, decision: Decision) -> Drafting:
    said = {one.name: one for one in drafting.case.survey.workflows}

    def add(workflow: WorkflowMapping) -> WorkflowMapping:
        extra = payload_columns(said.get(workflow.name), drafting.case)
        jobs = patterned_table(JOBS, jobs_table_name(workflow), workflow, drafting.case, extra)
        tracked = workflow.model_copy(update={"jobs": jobs})
        results = tuple(_linked(one, tracked, drafting.case) for one in workflow.results)
        return tracked.model_copy(update={"results": results})

    return each_affected(drafting, decision, add)


def _linked(results: TableMapping, workflow: WorkflowMapping, case: Case) -> TableMapping:
    """New results belong to their job by the mission's pattern, unless documents name columns and no job."""
    if results.state is not TableState.CREATE:
        return results
    wanted = pattern_column(JOB_ID, workflow, case)
    named = results.column(find_column([one.name for one in results.columns], JOB_ID) or "")
    documented = any(Origin.DOCUMENTED in (one.origin, *one.also) for one in results.columns)
    if named and named.references in (None, wanted.references):
        kept = ("references", "on_delete", "not_null")
        made = named.model_copy(update={one: getattr(wanted, one) for one in kept})
        columns = tuple(made if one is named else one for one in results.columns)
    elif named or documented:
        return results
    else:
        columns = (results.columns[0], wanted, *results.columns[1:])
    unique = tuple(dict.fromkeys((*results.unique, ((named or wanted).name,))))
    return results.model_copy(update={"columns": columns, "unique": unique})


def use_five_statuses(drafting: Drafting, decision: Decision) -> Drafting:
    case = drafting.case
    said = {one.name: one for one in case.survey.workflows}

    def change(workflow: WorkflowMapping) -> WorkflowMapping:
        jobs = workflow.jobs
        if jobs is None or case.built(jobs):
            return workflow
        values, _ = statuses_of(case, workflow, jobs, said.get(workflow.name))
        steps = tuple(one for one in values if one not in JOB_STATUSES)
        jobs = with_values(jobs, "status", JOB_STATUSES)
        return workflow.model_copy(update={"jobs": _with_stage(jobs, steps, case) if steps else jobs})

    return each_affected(drafting, decision, change)


def _with_stage(jobs: TableMapping, steps: tuple[str, ...], case: Case) -> TableMapping:
    stage = stage_column(jobs)
    if stage:
        return with_values(jobs, stage.name, tuple(dict.fromkeys((*steps, *(stage.values or ())))))
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


def use_own_statuses(drafting: Drafting, decision: Decision) -> Drafting:
    case = drafting.case
    said = {one.name: one for one in case.survey.workflows}

    def change(workflow: WorkflowMapping) -> WorkflowMapping:
        jobs = workflow.jobs
        if jobs is None or case.built(jobs):
            return workflow
        values, _ = statuses_of(case, workflow, jobs, said.get(workflow.name))
        return workflow.model_copy(update={"jobs": with_values(jobs, "status", values)})

    return each_affected(drafting, decision, change)


def name_run_ids(drafting: Drafting, _: Decision) -> Drafting:
    renames, name = [], drafting.case.style.column(RUN_ID.name)
    workflows = {one.name: one for one in drafting.workflows}
    for workflow, jobs, near in near_run_ids(drafting.case):
        if drafting.case.built(jobs):
            renames.append(Rename(table=jobs.existing or jobs.table, old=near, new=name))
        changed = workflows[workflow.name]
        if changed.jobs:
            table = with_column(changed.jobs, near, {"name": name})
            workflows[workflow.name] = changed.model_copy(update={"jobs": table})
    return replace(
        drafting,
        workflows=tuple(workflows.values()),
        renames=tuple(dict.fromkeys((*drafting.renames, *renames))),
    )
