"""Choices about a workflow's jobs table: have one, its statuses, the name of its run id."""

from __future__ import annotations

from collections.abc import Iterator

from shipkit_mcp.facts import Evidence, Workflow
from shipkit_mcp.findings import ColumnMapping, TableMapping, TableState, WorkflowMapping
from shipkit_mcp.mapping.names import table_name, to_snake
from shipkit_mcp.patterns.columns import JOB_STATUSES, RUN_ID
from shipkit_mcp.plan.choice import Case, Posed
from shipkit_mcp.plan.words import listed, many, names

STAGE_NAMES = ("stage", "current_stage", "phase", "current_phase", "step", "current_step")
"""Columns that already tell the stage of a running job."""
WAITING = ("awaiting", "waiting")
"""How statuses start in which a job stands still until a person answers."""
BUILT_SO = "it is built that way already, and a change would rewrite rows for no new feature"
WAITS_SO = "{workflow} stops for a person in {waits}, which none of the five says"


def without_jobs_table(case: Case) -> tuple[WorkflowMapping, ...]:
    """The workflows that track no job of their own."""
    none = (TableState.NONE, TableState.INLINE)
    return tuple(one for one in case.mappings if one.jobs is None or one.jobs.state in none)


def pose_own_jobs_table(case: Case) -> Posed | None:
    untracked = without_jobs_table(case)
    if not untracked:
        return None
    first = untracked[0]
    kept = [table for one in untracked for table in (*one.results, *one.enhancements)]
    built = bool(kept) and all(case.built(table) for table in kept)
    return Posed(
        facts={
            "workflows": names(one.title for one in untracked),
            "tables": listed(jobs_table_name(one) for one in untracked),
            "writes": listed(table.existing or table.table for table in kept),
            "duration": first.duration or "",
            "said": _said(case, untracked),
        },
        recommended="A" if built else "B",
        affects=tuple(one.name for one in untracked),
        evidence=tuple(line for one in untracked for line in one.evidence[:1]),
    )


def jobs_table_name(workflow: WorkflowMapping) -> str:
    return table_name(workflow.name, "jobs")


def _said(case: Case, untracked: tuple[WorkflowMapping, ...]) -> str:
    wanted = {one.name for one in untracked}
    said = [one.no_jobs_table for one in case.survey.workflows if one.name in wanted and one.no_jobs_table]
    return str(said[0].evidence) if said else ""


def pose_statuses(case: Case) -> Posed | None:
    own = tuple(_own_statuses(case))
    if not own:
        return None
    workflow, table, values, _ = own[0]
    extra = [one for one in values if one not in JOB_STATUSES]
    lacks = [one for one in JOB_STATUSES if one not in values]
    stage = stage_column(table)
    built = all(case.built(one) for _, one, _, _ in own)
    waits = [one for one in values if one.startswith(WAITING)]
    return Posed(
        facts={
            "table": f"`{table.existing or table.table}`",
            "tables": listed(one.existing or one.table for _, one, _, _ in own),
            "own": "their own" if own[1:] else "its own",
            "count": many(len(values), "status", "statuses"),
            "values": listed(values),
            "extra": listed(extra),
            "lacks": listed(lacks),
            "stage": f"`{stage.name}`" if stage else "",
            "new_stage": "" if stage or not extra else "`stage`",
            "waits": listed(waits),
            "workflow": workflow.title,
            "five": listed(JOB_STATUSES),
            "built": listed(one.existing or one.table for _, one, _, _ in own if case.built(one)),
            "reason": BUILT_SO if built else WAITS_SO.format(workflow=workflow.title, waits=listed(waits)),
        },
        recommended="B" if built or waits else "A",
        affects=tuple(dict.fromkeys(one.name for one, _, _, _ in own)),
        evidence=tuple(dict.fromkeys(line for _, _, _, lines in own for line in lines)),
    )


Own = tuple[WorkflowMapping, TableMapping, tuple[str, ...], tuple[Evidence, ...]]


def _own_statuses(case: Case) -> Iterator[Own]:
    said = {one.name: one for one in case.survey.workflows}
    for workflow in case.mappings:
        if workflow.jobs is None:
            continue
        values, evidence = statuses_of(case, workflow, workflow.jobs, said.get(workflow.name))
        if values and set(values) != set(JOB_STATUSES):
            yield workflow, workflow.jobs, values, evidence


def statuses_of(
    case: Case, workflow: WorkflowMapping, jobs: TableMapping, said: Workflow | None
) -> tuple[tuple[str, ...], tuple[Evidence, ...]]:
    """The vocabulary that the built table has, else the one that the document states."""
    built = case.built(jobs)
    column = built.column("status") if built else None
    if built and column and column.enum_values:
        return column.enum_values, (Evidence(path=built.path, line=column.line or built.line),)
    wanted = jobs.column("status")
    values = (wanted.values if wanted else None) or workflow.statuses
    stated = (said.statuses_evidence,) if said and said.statuses_evidence else ()
    return values, stated or (wanted.evidence if wanted else ()) or workflow.evidence[:1]


def stage_column(table: TableMapping) -> ColumnMapping | None:
    return next((one for one in table.columns if to_snake(one.name) in STAGE_NAMES), None)


def near_run_ids(case: Case) -> tuple[tuple[WorkflowMapping, TableMapping, str], ...]:
    """Job tables whose run id has another name: (workflow, table, that name)."""
    found = []
    for workflow in case.mappings:
        column = _near_run_id(case, workflow.jobs) if workflow.jobs else None
        if workflow.jobs and column:
            found.append((workflow, workflow.jobs, column))
    return tuple(found)


def _near_run_id(case: Case, jobs: TableMapping) -> str | None:
    built = case.built(jobs)
    names = [one.name for one in built.columns] if built else [one.name for one in jobs.columns]
    have = {to_snake(one): one for one in names}
    if RUN_ID.name in have:
        return None
    return next((have[name] for name in RUN_ID.near if name in have), None)


def pose_run_id(case: Case) -> Posed | None:
    near = near_run_ids(case)
    if not near:
        return None
    built = [one for one in near if case.built(one[1])]
    evidence = [_run_id_line(case, jobs, name) for _, jobs, name in near]
    return Posed(
        facts={
            "tables": listed(jobs.existing or jobs.table for _, jobs, _ in near),
            "near": listed(dict.fromkeys(name for _, _, name in near)),
            "built": listed(jobs.existing or jobs.table for _, jobs, _ in built),
            "planned": listed(jobs.table for _, jobs, _ in near if not case.built(jobs)),
        },
        recommended="B" if built else "A",
        affects=tuple(workflow.name for workflow, _, _ in near),
        evidence=tuple(line for lines in evidence for line in lines),
    )


def _run_id_line(case: Case, jobs: TableMapping, name: str) -> tuple[Evidence, ...]:
    built = case.built(jobs)
    column = built.column(name) if built else None
    if built and column:
        return (Evidence(path=built.path, line=column.line or built.line),)
    wanted = jobs.column(name)
    return wanted.evidence[:1] if wanted else ()
