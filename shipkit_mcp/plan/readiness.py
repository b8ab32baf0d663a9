"""Mappings against the schema -> one percentage, with every point that it was counted from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from shipkit_mcp.facts import Column, Evidence, Table
from shipkit_mcp.findings import (
    ColumnState,
    Decision,
    Origin,
    Point,
    Readiness,
    TableMapping,
    TableState,
    WorkflowMapping,
)
from shipkit_mcp.mapping.lookups import column_named
from shipkit_mcp.patterns.columns import INTEGRATION_COLUMNS, ColumnPattern
from shipkit_mcp.patterns.stripe import KEEP_COLUMN
from shipkit_mcp.plan.choice import Case
from shipkit_mcp.plan.posing_project import USAGE, charges, keep_column, owner_table
from shipkit_mcp.plan.posing_versions import job_reference
from shipkit_mcp.plan.tables import is_unique


def count_readiness(case: Case, decisions: Mapping[str, Decision]) -> Readiness:
    """How much of what the workflows need the schema has today.

    A recorded decision that a workflow needs no jobs table takes that point away; nothing else moves it.
    """
    points = [point for one in case.mappings for point in _workflow_points(case, one, decisions)]
    points += _project_points(case) if case.mappings else []
    met = sum(one.met for one in points)
    percent = met * 100 // len(points) if points else 0
    return Readiness(percent=percent, met=met, total=len(points), points=tuple(points))


def _workflow_points(
    case: Case, workflow: WorkflowMapping, decisions: Mapping[str, Decision]
) -> Iterator[Point]:
    yield from _job_points(case, workflow, decisions)
    for table in workflow.results:
        if table.state is not TableState.INLINE:
            yield from _result_points(case, workflow, table)
    if workflow.inline_results and workflow.jobs:
        built = case.built(workflow.jobs)
        yield _point(f"results kept in `{_name(workflow.jobs)}`", workflow, built is not None, built)
    for table in (*workflow.enhancements, *workflow.others):
        built = case.built(table)
        yield _point(f"table `{_name(table)}`", workflow, built is not None, built, table.evidence)


def _job_points(case: Case, workflow: WorkflowMapping, decisions: Mapping[str, Decision]) -> Iterator[Point]:
    jobs = workflow.jobs
    if jobs is None or jobs.state in (TableState.NONE, TableState.INLINE):
        decision = decisions.get("own-jobs-table")
        if not (decision and decision.chosen == "A"):
            yield _point("a jobs table", workflow, met=False, built=None)
        return
    built = case.built(jobs)
    name = _name(jobs)
    yield _point(f"jobs table `{name}`", workflow, built is not None, built, jobs.evidence)
    for wanted in INTEGRATION_COLUMNS:
        column = _find(built, wanted)
        what = f"`{name}.{column.name if column else wanted.name}`"
        yield _point(what, workflow, column is not None, built, line=column.line if column else 0)
    owner = workflow.owner or "user_id"
    column = column_named(built, owner)
    owned = built is not None and any(
        column is not None and one.columns == (column.name,) and one.on_delete == "cascade"
        for one in built.foreign_keys
    )
    yield _point(f"`{name}.{column.name if column else owner}` with cascade", workflow, owned, built)
    yield from _documented(case, workflow, jobs)


def _result_points(case: Case, workflow: WorkflowMapping, table: TableMapping) -> Iterator[Point]:
    built = case.built(table)
    yield _point(f"results table `{_name(table)}`", workflow, built is not None, built, table.evidence)
    reference = job_reference(workflow, table)
    if reference:
        column = reference.existing or reference.name
        unique = built is not None and is_unique(built, (column,))
        yield _point(f"one result per job in `{_name(table)}.{column}`", workflow, unique, built)
    yield from _documented(case, workflow, table)


def _documented(case: Case, workflow: WorkflowMapping, table: TableMapping) -> Iterator[Point]:
    """One point for all columns that the document names."""
    said = [one for one in table.columns if one.origin is Origin.DOCUMENTED]
    if not said:
        return
    built = case.built(table) is not None
    there = [one for one in said if built and one.state in (ColumnState.PRESENT, ColumnState.NEAR)]
    lacks = len(said) - len(there)
    what = f"{f'{lacks} of ' if lacks else ''}{len(said)} documented columns of `{_name(table)}`"
    yield _point(what, workflow, not lacks, case.built(table), said[0].evidence)


def _project_points(case: Case) -> list[Point]:
    owner = owner_table(case)
    points = [Point(what="a table of users", met=owner is not None, evidence=_at(owner))]
    if charges(case):
        keeper = next((one for one in case.survey.schema.tables if column_named(one, KEEP_COLUMN)), None)
        usage = next((one for one in case.survey.schema.tables if USAGE.search(one.name)), None)
        said = tuple(one.evidence for one in case.survey.vision.tiers[:1])
        points.append(
            Point(what=f"`{keep_column(case)}`", met=keeper is not None, evidence=_at(keeper) or said)
        )
        points.append(Point(what="a table for usage", met=usage is not None, evidence=_at(usage) or said))
    return points


def _point(
    what: str,
    workflow: WorkflowMapping,
    met: bool,  # noqa: FBT001
    built: Table | None,
    said: tuple[Evidence, ...] = (),
    line: int = 0,
) -> Point:
    evidence = _at(built, line) or said[:1] or workflow.evidence[:1]
    return Point(what=what, met=met, workflow=workflow.name, evidence=evidence)


def _at(table: Table | None, line: int = 0) -> tuple[Evidence, ...]:
    return (Evidence(path=table.path, line=line or table.line),) if table else ()


def _name(table: TableMapping) -> str:
    return table.existing or table.table


def _find(table: Table | None, wanted: ColumnPattern) -> Column | None:
    names = (wanted.name, *wanted.near)
    return next((one for name in names if (one := column_named(table, name))), None)
