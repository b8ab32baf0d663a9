"""What chosen options change in tables that are built already: edits, as an assistant would declare them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from shipkit_mcp.facts import DeclaredColumn, DeclaredTable, Evidence, Table
from shipkit_mcp.findings import Decision, TableMapping
from shipkit_mcp.mapping.names import to_snake
from shipkit_mcp.patterns.columns import JOB_STATUSES, OWNER
from shipkit_mcp.patterns.owners import OWNER_TABLES
from shipkit_mcp.patterns.stripe import (
    ALLOWED_COLUMNS,
    ALLOWED_TABLES,
    REJECTED_COLUMNS,
    REJECTED_ON_OWNERS,
    REJECTED_TABLES,
)
from shipkit_mcp.plan.links import references_of
from shipkit_mcp.plan.posing_jobs import STAGE_NAMES
from shipkit_mcp.plan.posing_project import owner_table
from shipkit_mcp.plan.posing_versions import open_references
from shipkit_mcp.plan.wanted import Drafting


def _edit(table: str, decision: Decision, *columns: dict[str, Any]) -> DeclaredTable:
    evidence = decision.evidence[0] if decision.evidence else Evidence(path="", line=0)
    said = (DeclaredColumn(doc_name=one["name"], evidence=evidence, **one) for one in columns)
    return DeclaredTable(name=table, doc_name=table, columns=tuple(said), evidence=evidence)


def widen_statuses(drafting: Drafting, decision: Decision) -> Drafting:
    """The five statuses beside the old ones, which rows still hold, and a stage column for the finer steps."""
    if decision.chosen is None:
        return drafting
    edits = []
    for jobs in _jobs(drafting, decision):
        built = drafting.case.built(jobs)
        status = built.column("status") if built else None
        if built and status and status.enum_values:
            edits.append(_edit(built.name, decision, *_widened(built, status.enum_values)))
    return replace(drafting, edits=(*drafting.edits, *edits))


def _widened(table: Table, values: tuple[str, ...]) -> Iterator[dict[str, Any]]:
    lacks = tuple(one for one in JOB_STATUSES if one not in values)
    steps = tuple(one for one in values if one not in JOB_STATUSES)
    if lacks:
        yield {"name": "status", "values": (*values, *lacks)}
    if steps and not any(table.column(name) for name in STAGE_NAMES):
        yield {"name": "stage", "values": steps, "not_null": False}


def _jobs(drafting: Drafting, decision: Decision) -> Iterator[TableMapping]:
    return (one.jobs for one in drafting.workflows if one.jobs and one.name in decision.affects)


def close_built_references(drafting: Drafting, decision: Decision) -> Drafting:
    """A reference to the job that is filled, unique and cascades, in results that are built."""
    if decision.chosen is None:
        return drafting
    edits = []
    for one in open_references(drafting.case):
        built, column = drafting.case.built(one.table), one.column
        if built:
            closed = {
                "not_null": True,
                "unique": True,
                "references": column.references,
                "on_delete": "cascade",
            }
            edits.append(_edit(built.name, decision, {"name": column.existing or column.name, **closed}))
    return replace(drafting, edits=(*drafting.edits, *edits))


def drop_stripe_state(drafting: Drafting, decision: Decision) -> Drafting:
    """Columns and tables that copy Stripe are dropped, once somebody chose so."""
    if decision.chosen is None:
        return drafting
    tables = drafting.case.survey.schema.tables
    mirrors = {one.name for one in tables if one.name in REJECTED_TABLES - ALLOWED_TABLES}
    held = {name for one in tables if one.name not in mirrors for name in references_of(one)}
    edits = [_edit(one.name, decision, *_copies(one)) for one in tables if any(_copies(one))]
    gone = mirrors - held
    kept = tuple(one for one in edits if one.name not in gone)
    return replace(drafting, edits=(*drafting.edits, *kept), dropped=(*drafting.dropped, *sorted(gone)))


def _copies(table: Table) -> list[dict[str, Any]]:
    names = {to_snake(one.name): one.name for one in table.columns}
    rejected = names.keys() & REJECTED_COLUMNS
    if rejected or table.name in OWNER_TABLES:
        rejected |= names.keys() & REJECTED_ON_OWNERS
    return [{"name": names[one], "dropped": True} for one in sorted(rejected - ALLOWED_COLUMNS)]


def add_user(drafting: Drafting, decision: Decision) -> Drafting:
    """A `user_id` beside the tenant: filled in new tables, empty for rows that are there already."""
    users = owner_table(drafting.case)
    if decision.chosen is None or users is None:
        return drafting
    edits = []
    for jobs in _jobs(drafting, decision):
        built = drafting.case.built(jobs)
        name = drafting.case.style.column(OWNER.name)
        if not jobs.column(name):
            said = {"name": name, "references": f"{users.name}.id", "on_delete": "cascade"}
            edits.append(_edit(jobs.existing or jobs.table, decision, {**said, "not_null": built is None}))
    return replace(drafting, edits=(*drafting.edits, *edits))
