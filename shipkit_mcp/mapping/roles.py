"""The tables of a workflow document -> the part each plays."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from shipkit_mcp.facts import DeclaredTable, Role, TableUse, Workflow
from shipkit_mcp.mapping.homes import Home
from shipkit_mcp.mapping.lookups import Lookups, references_of
from shipkit_mcp.mapping.names import referred, singular, table_key, to_snake, words
from shipkit_mcp.patterns.columns import ERROR, JOB_ID, PROGRESS, RUN_ID, STATUS
from shipkit_mcp.patterns.near import find_column
from shipkit_mcp.patterns.tables import ROLE_NAMES

JOBS_POINTS = 3
"""Points from which a table counts as one that tracks jobs."""
_POINTS = ((RUN_ID, 2), (STATUS, 1), (PROGRESS, 1), (ERROR, 1))
_ROLE_NAMES = tuple((re.compile(pattern), role) for pattern, role in ROLE_NAMES)
_BY_NAME_FIRST = (Role.USAGE, Role.SETTINGS)


@dataclass(frozen=True)
class Parts:
    """One workflow's tables, each in its part."""

    workflow: Workflow
    jobs: DeclaredTable | None = None
    results: tuple[DeclaredTable, ...] = ()
    enhancements: tuple[DeclaredTable, ...] = ()
    others: tuple[tuple[Role, DeclaredTable], ...] = ()
    alters: tuple[DeclaredTable, ...] = ()
    touches: tuple[str, ...] = ()
    notes: tuple[str, ...] = field(default=())

    @property
    def defined(self) -> tuple[DeclaredTable, ...]:
        jobs = (self.jobs,) if self.jobs else ()
        return (*jobs, *self.results, *self.enhancements, *(table for _, table in self.others))


def assign_roles(
    workflows: Sequence[Workflow], homes: Mapping[str, Home], lookups: Lookups
) -> tuple[Parts, ...]:
    """Each workflow's tables in their parts; results of all are known before enhancements are told."""
    own = [_own_tables(workflow, homes) for workflow in workflows]
    jobs = [_jobs(workflow, tables, lookups) for workflow, tables in zip(workflows, own, strict=True)]
    linked = [_results(tables, job, lookups) for tables, job in zip(own, jobs, strict=True)]
    known = {table_key(table.name) for tables in linked for table in tables}
    saved = [
        _without_additions(results, job, known, lookups) or _about(workflow, tables, job, known, lookups)
        for workflow, tables, job, results in zip(workflows, own, jobs, linked, strict=True)
    ]
    known |= {table_key(table.name) for tables in saved for table in tables}
    return tuple(
        _parts(workflow, tables, job, results, known, homes, lookups)
        for workflow, tables, job, results in zip(workflows, own, jobs, saved, strict=True)
    )


def refers_to(table: DeclaredTable, key: str, lookups: Lookups) -> str | None:
    """The column by which a table refers to another, said by document, schema or the column's name."""
    said = (column.name for column in table.columns if _target(column.references) == key)
    known = (name for name, target in references_of(lookups.table(table.name)) if target == key)
    named = (
        column.name
        for column in table.columns
        if column.references is None and column.name == f"{singular(key)}_id"
    )
    return next((name for names in (said, known, named) for name in names), None)


def _target(reference: str | None) -> str | None:
    target = referred(reference)
    return table_key(target[0]) if target else None


def _own_tables(workflow: Workflow, homes: Mapping[str, Home]) -> tuple[DeclaredTable, ...]:
    keys = dict.fromkeys(table_key(table.name) for table in workflow.tables if table.use is TableUse.DEFINED)
    return tuple(homes[key].table for key in keys if key in homes and workflow.name in homes[key].owners)


# --- jobs ----------------------------------------------------------------------------------


def _jobs(workflow: Workflow, tables: Sequence[DeclaredTable], lookups: Lookups) -> DeclaredTable | None:
    said = next((table for table in tables if table.role is Role.JOBS), None)
    if said is not None:
        return said
    scored = [(_jobs_points(table, lookups), _fit(table, workflow), table) for table in tables]
    fitting = [(points, fit, table) for points, fit, table in scored if points >= JOBS_POINTS]
    fitting = [one for one in fitting if not _is_child(one[2], [other[2] for other in fitting], lookups)]
    return max(fitting, key=lambda one: (one[1], one[0]), default=(0, 0, None))[2]


def _jobs_points(table: DeclaredTable, lookups: Lookups) -> int:
    if table.role is not None or _role_by_name(table.name) in _BY_NAME_FIRST:
        return 0
    existing = lookups.table(table.name)
    names = {column.name for column in table.columns if not column.legacy}
    names |= {to_snake(column.name) for column in existing.columns} if existing else set()
    points = sum(weight for pattern, weight in _POINTS if find_column(names, pattern))
    if table.name.endswith(("_jobs", "_job")) or table.name == "jobs":
        return points + JOBS_POINTS
    return points + 2 * table.name.endswith(("_runs", "_run"))


def _is_child(table: DeclaredTable, others: Sequence[DeclaredTable], lookups: Lookups) -> bool:
    return any(refers_to(table, table_key(one.name), lookups) for one in others if one is not table)


def _fit(table: DeclaredTable, workflow: Workflow) -> float:
    own = words(workflow.name)
    return len(words(table.name) & own) / len(own) if own else 0.0


# --- results and the rest ------------------------------------------------------------------


def _results(
    tables: Sequence[DeclaredTable], jobs: DeclaredTable | None, lookups: Lookups
) -> tuple[DeclaredTable, ...]:
    """What the document calls results, what refers to the jobs table, or what is named so."""
    rest = [table for table in tables if table is not jobs and _may_be_results(table)]
    said = [table for table in rest if table.role is Role.RESULTS]
    linked = [table for table in rest if jobs and (table in said or _has_job(table, jobs, lookups))]
    found = [table for table in linked if table in said or not _is_child(table, linked, lookups)]
    return tuple(found or said or [one for one in rest if _role_by_name(one.name) is Role.RESULTS])


def _without_additions(
    results: tuple[DeclaredTable, ...], jobs: DeclaredTable | None, known: Collection[str], lookups: Lookups
) -> tuple[DeclaredTable, ...]:
    """Without a job of its own, what refers to another workflow's result is an enhancement of that."""
    if jobs is not None:
        return results
    return tuple(table for table in results if not _adds_to(table, known, lookups))


def _about(
    workflow: Workflow,
    tables: Sequence[DeclaredTable],
    jobs: DeclaredTable | None,
    known: Collection[str],
    lookups: Lookups,
) -> tuple[DeclaredTable, ...]:
    """The first table that is named after the workflow or its output, and enhances no known result."""
    rest = [table for table in tables if table is not jobs and _may_be_results(table)]
    about = [table for table in rest if _is_output(table, workflow)]
    return tuple(table for table in about if not _adds_to(table, known, lookups))[:1]


def _may_be_results(table: DeclaredTable) -> bool:
    if table.role is not None:
        return table.role is Role.RESULTS
    return _role_by_name(table.name) not in (*_BY_NAME_FIRST, Role.JOBS)


def _has_job(table: DeclaredTable, jobs: DeclaredTable, lookups: Lookups) -> bool:
    if refers_to(table, table_key(jobs.name), lookups):
        return True
    names = [column.name for column in table.columns if column.references is None and not column.legacy]
    return find_column(names, JOB_ID) is not None


def _is_output(table: DeclaredTable, workflow: Workflow) -> bool:
    """Its name stands in the workflow's name or in what the document calls its output."""
    own = words(table.name)
    if own <= words(workflow.name):
        return True
    return any(f"{table.name}" in to_snake(statement.text) for statement in workflow.outputs)


def _parts(
    workflow: Workflow,
    tables: Sequence[DeclaredTable],
    jobs: DeclaredTable | None,
    results: tuple[DeclaredTable, ...],
    known: Collection[str],
    homes: Mapping[str, Home],
    lookups: Lookups,
) -> Parts:
    rest = [table for table in tables if table is not jobs and table not in results]
    first = [table for table in rest if _is_enhancement(table, known, lookups)]
    keys = {*known, *(table_key(table.name) for table in first)}
    enhancements = tuple(table for table in rest if _is_enhancement(table, keys, lookups))
    placed = (*results, *enhancements)
    others = tuple((_other_role(table), table) for table in rest if table not in placed)
    own = {table_key(table.name) for table in tables}
    return Parts(
        workflow=workflow,
        jobs=jobs,
        results=results,
        enhancements=enhancements,
        others=others,
        alters=tuple(
            table
            for table in workflow.tables
            if table.use is TableUse.ALTERED and table_key(table.name) not in own
        ),
        touches=_touches(workflow, own, homes, lookups),
    )


def _is_enhancement(table: DeclaredTable, results: Collection[str], lookups: Lookups) -> bool:
    if table.role not in (None, Role.RESULTS):
        return table.role is Role.ENHANCEMENT
    return _role_by_name(table.name) not in _BY_NAME_FIRST and _adds_to(table, results, lookups)


def _adds_to(table: DeclaredTable, results: Collection[str], lookups: Lookups) -> bool:
    return any(refers_to(table, key, lookups) for key in results if key != table_key(table.name))


def _other_role(table: DeclaredTable) -> Role:
    role = table.role or _role_by_name(table.name)
    return role if role in (Role.USAGE, Role.SETTINGS) else Role.DOMAIN


def _role_by_name(name: str) -> Role | None:
    return next((role for pattern, role in _ROLE_NAMES if pattern.search(name)), None)


def _touches(
    workflow: Workflow, own: Collection[str], homes: Mapping[str, Home], lookups: Lookups
) -> tuple[str, ...]:
    """Tables only read or updated, another workflow's, and those that own columns refer to (owners aside)."""
    altered = {table_key(table.name) for table in workflow.tables if table.use is TableUse.ALTERED}
    owner = {table_key(lookups.owner[1]), "user"}
    named = [table.name for table in workflow.tables if table.use is not TableUse.ALTERED]
    targets = [
        target[0]
        for key in own
        for column in homes[key].table.columns
        if not column.legacy
        and (target := referred(column.references)) is not None
        and table_key(target[0]) not in owner
    ]
    keys = dict.fromkeys(table_key(name) for name in (*named, *targets))
    names = {table_key(name): name for name in (*targets, *named)}
    return tuple(lookups.true_name(names[key]) for key in keys if key not in own and key not in altered)
