"""Checks on the tables that play a part: is it there, with its columns, types, keys and indexes?"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from shipkit_mcp.facts import Column, Evidence
from shipkit_mcp.findings import Severity, TableState, WorkflowMapping
from shipkit_mcp.patterns.columns import RUN_ID, ColumnPattern
from shipkit_mcp.patterns.tables import TablePattern
from shipkit_mcp.rules.context import Context, Part
from shipkit_mcp.rules.rule import Check, Fault
from shipkit_mcp.rules.shape import family, folded, indexed, values_of

Question = Callable[[Part, Column], bool]

NEAR = "`{table}` keeps this as `{near}`; the mission calls it `{column}`."
INSTEAD = "`{table}` has `{near}` where the mission has `{column}`; it moves with every write."
INSTEAD_FIX = "Add `{column}` to `{table}`, or record the decision that `{near}` is enough."
NEAR_FIX = "Rename `{near}` to `{column}`, or record the decision that they are the same."
ON_PURPOSE = "Workflow {workflow} has no job tracking table, and its document leaves it out on purpose."
LATER = "Once Trigger.dev is in the project: "


def gravest(part: Part) -> Severity | None:
    """A table that nothing but its shape calls a job table is advised, never blamed."""
    return None if part.uses else Severity.RECOMMEND


def fault(part: Part, wanted: str, column: Column | None = None, **words: str) -> Fault:
    """A fault of a column that stands there, or with ``column`` None of the table."""
    name = column.name if column else wanted
    return Fault(
        subject=f"{part.table.name}.{name}" if name else part.table.name,
        evidence=part.evidence(wanted, column),
        words={"table": part.table.name, "column": name, **words},
        severity=gravest(part),
        table=part.table,
        unread=None if column else part.unread,
    )


def require_column(pattern: TablePattern, wanted: ColumnPattern) -> Check:
    """The column must be there; another name for the same thing is only advised to change."""

    def check(context: Context) -> Iterator[Fault]:
        for part in context.parts(pattern.role):
            found = part.column(wanted)
            if found is None:
                yield _planned(context, wanted, fault(part, wanted.name, why=wanted.why))
            elif folded(found.name) in wanted.near:
                yield _near(context, part, wanted, found)

    return check


def _near(context: Context, part: Part, wanted: ColumnPattern, found: Column) -> Fault:
    return _planned(context, wanted, near_fault(part, wanted.name, found))


def near_fault(part: Part, wanted: str, found: Column) -> Fault:
    """A column that does the work of another under its own name."""
    one = fault(part, wanted, found)
    words = {"table": part.table.name, "column": wanted, "near": found.name}
    message, fix = (INSTEAD, INSTEAD_FIX) if folded(found.name) == "updated_at" else (NEAR, NEAR_FIX)
    return replace(one, words=words, message=message, fix=fix, severity=Severity.RECOMMEND)


def _planned(context: Context, wanted: ColumnPattern, one: Fault) -> Fault:
    """The run id is asked for only where there is a Trigger.dev to give it."""
    if wanted is not RUN_ID or context.uses_trigger:
        return one
    message = LATER + (one.message or "`{table}` needs `{column}`.")
    return replace(one, message=message, severity=Severity.NOTE)


def require_type(pattern: TablePattern, wanted: ColumnPattern, *families: str) -> Check:
    """The column must hold this kind of value; types of the project's own are not judged."""
    return _about(pattern, wanted, lambda _, column: family(column) in (None, *families))


def require_not_null(pattern: TablePattern, wanted: ColumnPattern) -> Check:
    """The column must always be filled."""
    return _about(pattern, wanted, lambda _, column: column.not_null or column.primary_key)


def require_nullable(pattern: TablePattern, wanted: ColumnPattern) -> Check:
    """The column must be allowed to stay empty."""
    return _about(pattern, wanted, lambda _, column: not column.not_null)


def _about(pattern: TablePattern, wanted: ColumnPattern, keeps: Question) -> Check:
    def check(context: Context) -> Iterator[Fault]:
        for part in context.parts(pattern.role):
            found = part.column(wanted)
            stand_in = found is not None and folded(found.name) == "updated_at"
            if found and not stand_in and not keeps(part, found):
                yield fault(part, wanted.name, found, type=found.type)

    return check


def require_default_within(pattern: TablePattern, wanted: ColumnPattern, low: int, high: int) -> Check:
    """A default that is a number must lie within the range."""

    def check(context: Context) -> Iterator[Fault]:
        for part in context.parts(pattern.role):
            found = part.column(wanted)
            default = _number(found.default) if found else None
            if found and default is not None and not low <= default <= high:
                yield fault(part, wanted.name, found, default=str(found.default))

    return check


def _number(default: object) -> float | None:
    try:
        return float(default) if isinstance(default, str) else None
    except ValueError:
        return None


def require_values(pattern: TablePattern, wanted: ColumnPattern) -> Check:
    """The column must know exactly the mission's values."""

    def check(context: Context) -> Iterator[Fault]:
        for part in context.parts(pattern.role):
            found = part.column(wanted)
            values = values_of(part.table, found) if found else ()
            if found and values and set(values) != set(wanted.values or ()):
                yield fault(part, wanted.name, found, **difference(values, wanted.values or ()))

    return check


def difference(values: tuple[str, ...], wanted: tuple[str, ...]) -> dict[str, str]:
    """What a vocabulary lacks and what it adds, in words."""
    lacks = ", ".join(f"`{one}`" for one in wanted if one not in values)
    adds = ", ".join(f"`{one}`" for one in values if one not in wanted)
    said = [f"lacks {lacks}" if lacks else "", f"adds {adds}" if adds else ""]
    return {"difference": " and ".join(one for one in said if one)}


def require_enumerated(pattern: TablePattern, wanted: ColumnPattern) -> Check:
    """The column must say which values it takes."""
    return _about(
        pattern, wanted, lambda part, one: family(one) != "text" or bool(values_of(part.table, one))
    )


def require_index(pattern: TablePattern, wanted: ColumnPattern) -> Check:
    """The column must be found by an index, if it is there."""

    def check(context: Context) -> Iterator[Fault]:
        for part in context.parts(pattern.role):
            found = part.column(wanted)
            if (
                found
                and folded(found.name) != "updated_at"
                and not indexed(part.table, found.name, second=True)
            ):
                yield _index_fault(part, wanted.name, found)

    return check


def require_owner_index(pattern: TablePattern) -> Check:
    """The owner column must be found by an index."""

    def check(context: Context) -> Iterator[Fault]:
        for part in context.parts(pattern.role):
            if part.owner and not indexed(part.table, part.owner.name):
                yield _index_fault(part, part.owner.name, part.owner)

    return check


def _index_fault(part: Part, wanted: str, column: Column) -> Fault:
    return replace(fault(part, wanted, column), unread=part.unread)


def require_table(wanted: Callable[[WorkflowMapping], tuple[str, ...] | None]) -> Check:
    """Each workflow must have its table; ``wanted`` names those that are missing, or None."""

    def check(context: Context) -> Iterator[Fault]:
        for workflow in context.mappings:
            names = wanted(workflow)
            if names is not None:
                yield _table_fault(context, workflow, names)

    return check


def _table_fault(context: Context, workflow: WorkflowMapping, names: tuple[str, ...]) -> Fault:
    tables = " and ".join(f"`{one}`" for one in names)
    read = context.workflow(workflow.name)
    meant = names == (f"{workflow.name}_jobs",) and read is not None and read.no_jobs_table is not None
    seen = {one.path for one in context.schema.tables}
    planned = tuple(one.evidence[0] for one in workflow.tables if one.table in names and one.evidence)
    return Fault(
        subject=workflow.name,
        evidence=tuple(dict.fromkeys((*_said(context, workflow), *planned))),
        words={"workflow": workflow.title, "tables": tables, "searched": _searched(context)},
        message=ON_PURPOSE if meant else None,
        unread=next((one for one in context.schema.unread if one.path not in seen), None),
    )


def _searched(context: Context) -> str:
    files = context.schema.files
    if not files:
        return "no schema was found"
    return f"searched {files[0]}" + (f" and {len(files) - 1} more" if len(files) > 1 else "")


def _said(context: Context, workflow: WorkflowMapping) -> tuple[Evidence, ...]:
    """The workflow's heading, and the line where its document says that it has no such table."""
    read = context.workflow(workflow.name)
    heading = workflow.evidence[:1] or ((read.evidence,) if read else (Evidence(path=workflow.path, line=1),))
    excuse = read.no_jobs_table if read else None
    return (*heading, *((excuse.evidence,) if excuse else ()))


def missing_jobs(workflow: WorkflowMapping) -> tuple[str, ...] | None:
    """The planned job table of a workflow without one, named by the mission's pattern if by nothing else."""
    jobs = workflow.jobs
    if jobs is None or jobs.state is TableState.NONE:
        return (f"{workflow.name}_jobs",)
    return (jobs.table,) if jobs.state is TableState.CREATE else None


def missing_results(workflow: WorkflowMapping) -> tuple[str, ...] | None:
    """The planned results tables of a workflow that saves its output."""
    planned = tuple(one.table for one in workflow.results if one.state is TableState.CREATE)
    return planned or None


def missing_enhancements(workflow: WorkflowMapping) -> tuple[str, ...] | None:
    """The planned enhancement tables of a workflow."""
    planned = tuple(one.table for one in workflow.enhancements if one.state is TableState.CREATE)
    return planned or None
