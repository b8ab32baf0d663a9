"""The choice whether a job gives one result, or a result one enhancement, or versions of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from shipkit_mcp.findings import ColumnMapping, Origin, TableMapping, TableState, WorkflowMapping
from shipkit_mcp.mapping.names import referred
from shipkit_mcp.patterns.columns import VERSION
from shipkit_mcp.plan.choice import Case, Posed
from shipkit_mcp.plan.tables import is_unique
from shipkit_mcp.plan.words import listed


@dataclass(frozen=True, slots=True)
class Reference:
    """The column by which a result belongs to its job, or an enhancement to its result."""

    workflow: WorkflowMapping
    table: TableMapping
    column: ColumnMapping
    parent: str

    @property
    def counts_versions(self) -> bool:
        return any(VERSION.match(one.name) and one.origin is Origin.DOCUMENTED for one in self.table.columns)


def references(case: Case) -> Iterator[Reference]:
    """Every result with its job and every enhancement with its result."""
    results = {name for one in case.mappings for t in one.results for name in (t.table, t.existing) if name}
    for workflow in case.mappings:
        for table in workflow.results:
            column = job_reference(workflow, table)
            if column and workflow.jobs:
                yield Reference(workflow, table, column, workflow.jobs.existing or workflow.jobs.table)
        for table in workflow.enhancements:
            column = _first_reference(table, results)
            target = referred(column.references) if column else None
            if column and target:
                yield Reference(workflow, table, column, target[0])


def job_reference(workflow: WorkflowMapping, table: TableMapping) -> ColumnMapping | None:
    """The column of a results table that refers to the workflow's jobs."""
    jobs = workflow.jobs
    if jobs is None or table.table == jobs.table:
        return None
    return _first_reference(table, {jobs.table, jobs.existing or jobs.table})


def _first_reference(table: TableMapping, targets: set[str]) -> ColumnMapping | None:
    own = {table.table, table.existing}
    for column in table.columns:
        target = referred(column.references)
        if target and target[0] in targets - own:
            return column
    return None


def open_references(case: Case) -> tuple[Reference, ...]:
    """References that may be empty or repeat, by the schema or by the document's own words."""
    return tuple(one for one in references(case) if _is_open(case, one))


def _is_open(case: Case, one: Reference) -> bool:
    built = case.built(one.table)
    column = one.column.existing or one.column.name
    if built:
        return built.column(column) is not None and not is_unique(built, (column,))
    if one.table.state is not TableState.CREATE:
        return False
    return one.counts_versions or (one.column.not_null is False and one.column.origin is Origin.DOCUMENTED)


def pose_versions(case: Case) -> Posed | None:
    found = open_references(case)
    if not found:
        return None
    first = found[0]
    built = case.built(first.table)
    said = "is built without UNIQUE" if built else "may be empty in the document"
    return Posed(
        facts={
            "table": f"`{first.table.existing or first.table.table}`",
            "tables": listed(one.table.existing or one.table.table for one in found),
            "column": f"`{first.column.existing or first.column.name}`",
            "workflow": first.workflow.title,
            "state": "repeats with each version" if first.counts_versions and not built else said,
            "parent": f"`{first.parent}`",
            "built": f"`{built.name}`" if built else "",
            "line": str(first.column.evidence[0]) if first.column.evidence and not built else "",
            "reason": _reason(first, built=bool(built)),
        },
        recommended="B" if all(_is_kept_open(case, one) for one in found) else "A",
        affects=tuple(dict.fromkeys(one.workflow.name for one in found)),
        evidence=tuple(dict.fromkeys(line for one in found for line in one.column.evidence)),
    )


def _is_kept_open(case: Case, one: Reference) -> bool:
    return one.counts_versions or case.built(one.table) is not None


def _reason(one: Reference, *, built: bool) -> str:
    if built:
        return "it is built that way and rows may already make use of it"
    return f"the document counts versions in `{one.table.table}`"
