"""Each workflow with the tables it uses or needs, column by column."""

from __future__ import annotations

from collections.abc import Iterator

from shipkit_mcp.document.material import Material, here
from shipkit_mcp.document.sections.app_summary import SOURCES, kind_names
from shipkit_mcp.document.words import at, code, listed, quoted
from shipkit_mcp.facts import Column, Role
from shipkit_mcp.findings import ColumnMapping, ColumnState, TableMapping, TableState, WorkflowMapping
from shipkit_mcp.patterns import INTEGRATION_COLUMNS

TITLE = "⚡ Workflow-to-Schema Mapping"

UNIVERSAL = """\
### Universal Patterns Across All Workflows

**Job Tracking Pattern** (applied to all workflows):

- Every workflow needs a job tracking table
- Must include Trigger.dev integration fields
- Status enum values: `pending`, `processing`, `completed`, `failed`, `cancelled`

**Results Storage Pattern** (if workflow produces saved outputs):

- One-to-one relationship with job table
- UNIQUE constraint on `job_id`
- Format-specific output fields

**Enhancement Pattern** (for optional features):

- One-to-one relationship with results table
- Tier-based feature gating
- Can be generated on-demand or automatically
"""
STATES = {
    TableState.IMPLEMENTED: "✅ Already implemented",
    TableState.MODIFY: "⚠️ Needs modification",
    TableState.CREATE: "⚠️ Needs creation",
    TableState.INLINE: "✅ Kept in another table on purpose",
    TableState.NONE: "No tables of its own",
}


FURTHER = {Role.USAGE: "Usage Table", Role.SETTINGS: "Settings Table"}
"""How a table beside the workflows is announced, by its role."""


def render_workflow_mapping(material: Material) -> Iterator[str]:
    yield from (f"## {TITLE}", "", "### Core Workflows (From Trigger.dev Documentation)", "")
    for workflow in material.plan.workflows:
        yield from (_heading(workflow), "", *_workflow(material, workflow), "")
    if not material.plan.workflows:
        yield from ("No workflow was found, so nothing can be mapped yet.", "")
    yield from _further(material)
    yield from UNIVERSAL.split("\n")


def _further(material: Material) -> Iterator[str]:
    if not material.plan.further:
        return
    yield from ("### Tables Beside the Workflows", "")
    for table in material.plan.further:
        yield from _table(material, FURTHER.get(table.role, "Table"), table)
    yield ""


def _heading(workflow: WorkflowMapping) -> str:
    place = at(workflow.evidence[:1]) or f" ({code(workflow.path)})"
    return f"**Workflow: {quoted(workflow.title, 120)}**{place}"


def _workflow(material: Material, workflow: WorkflowMapping) -> Iterator[str]:
    yield f"- **Purpose**: {_purpose(material, workflow)}"
    yield f"- **Kind**: {listed(kind_names(workflow.kinds), none='not clear from its document')}"
    yield from (f"- **{label}**: {quoted(text)}" for label, text in _told(workflow) if text)
    yield from _job_tracking(material, workflow)
    yield from _results(material, workflow)
    yield from _several(material, "Enhancements", workflow.enhancements, "none described")
    yield from _several(material, "Other Tables", workflow.others)
    yield from _several(material, "Columns Added", workflow.alters)
    if workflow.touches:
        yield f"- **Reads or Updates**: {listed([material.table(one) for one in workflow.touches])}"
    yield f"- **Current State**: {STATES[workflow.state]}"
    told = workflow.inline_results.why if workflow.inline_results else None
    yield from (f"- **Note**: {material.prose(note)}" for note in workflow.notes if note != told)


def _purpose(material: Material, workflow: WorkflowMapping) -> str:
    given = material.narrative(f"workflow.{workflow.name}")
    return material.prose(given) if given else quoted(workflow.purpose or "") or "not stated"


def _told(workflow: WorkflowMapping) -> Iterator[tuple[str, str | None]]:
    yield "Triggered By", workflow.trigger
    yield "Duration", workflow.duration
    if workflow.confidence != "high":
        yield (
            "Confidence",
            f"{workflow.confidence}, known from {SOURCES.get(workflow.source, workflow.source)}",
        )


def _job_tracking(material: Material, workflow: WorkflowMapping) -> Iterator[str]:
    if workflow.jobs is None:
        yield "- **Job Tracking**: no jobs table is planned; the mission asks for one for every workflow"
        return
    yield from _table(material, "Job Tracking", workflow.jobs)


def _results(material: Material, workflow: WorkflowMapping) -> Iterator[str]:
    inline = workflow.inline_results
    if inline is not None:
        where = _inline(material, inline.table, inline.column)
        yield f"- **Results Storage**: {where}: {material.prose(inline.why)}{at(inline.evidence)}"
    none = "" if inline else "the document names no saved output, so no results table is asked for"
    yield from _several(material, "Results Storage", workflow.results, none)


def _inline(material: Material, table: str | None, column: str | None) -> str:
    if table is None:
        return "kept with the caller"
    where = f"kept in {material.table(table)}"
    return f"{where}, column {material.column(table, column)}" if column else where


def _several(
    material: Material, label: str, tables: tuple[TableMapping, ...], none: str = ""
) -> Iterator[str]:
    for table in tables:
        yield from _table(material, label, table)
    if not tables and none:
        yield f"- **{label}**: {none}"


def _table(material: Material, label: str, mapping: TableMapping) -> Iterator[str]:
    name = here(mapping)
    verb = "Uses" if name in material.existing else "Needs"
    yield f"- **{label}**: {verb} {material.table(name)}{_sureness(material, mapping)} with fields:"
    yield from (_column(material, mapping, one) for one in mapping.columns)
    yield from (_index(material, name, columns) for columns in mapping.indexes)
    yield from (f"  - UNIQUE constraint on {_names(columns)}" for columns in mapping.unique)
    if mapping.partial:
        yield "  - the document lists only part of its columns"


def _sureness(material: Material, mapping: TableMapping) -> str:
    """Why another name is the same table, and how sure that is; a table of that very name needs no reason."""
    other = mapping.existing not in (None, mapping.table)
    reasons = [material.prose(mapping.matched_by)] if mapping.matched_by and other else []
    reasons += [f"{mapping.confidence} confidence"] if mapping.confidence != "high" else []
    return f" ({', '.join(reasons)})" if reasons else ""


def _index(material: Material, table: str, columns: tuple[str, ...]) -> str:
    return (
        f"  - index on {_names(columns)} ({'planned' if material.has_index(table, columns) else 'not there'})"
    )


def _names(columns: tuple[str, ...]) -> str:
    return ", ".join(code(one) for one in columns)


def _column(material: Material, mapping: TableMapping, column: ColumnMapping) -> str:
    table = here(mapping)
    named = {column.name, column.existing or column.name}
    required = " (REQUIRED)" if mapping.role is Role.JOBS and named & _REQUIRED else ""
    shown = _column_name(material, table, column)
    what = _what(material, table, column) + required + _difference(material, column)
    told = (material.column_place(table, column.existing or column.name), *mapping.evidence[:1])
    return f"  - {shown} - {what}{at([one for one in column.evidence if one not in told], 1)}"


def _column_name(material: Material, table: str, column: ColumnMapping) -> str:
    if column.state is ColumnState.UNREAD:
        return f"{code(column.name)} (cannot tell, part of the table could not be read)"
    return material.column(table, column.existing or column.name)


def _what(material: Material, table: str, column: ColumnMapping) -> str:
    stands = material.column_of(table, column.existing or column.name)
    owner = material.plan.target.table(table)
    planned = (owner.column(column.name) if owner else None) or stands
    parts = [_now(planned, stands)] if planned and stands else [quoted(column.type, 80)]
    keyed = material.is_key(table, column.existing or column.name)
    parts += ["primary key"] if keyed else []
    if planned and stands and planned.not_null != stands.not_null and not keyed:
        parts.append("not null (now nullable)" if planned.not_null else "nullable (now not null)")
    else:
        parts += ["not null"] if not keyed and (stands.not_null if stands else column.not_null) else []
    parts += [f"one of {', '.join(quoted(one, 60) for one in column.values)}"] if column.values else []
    parts += [_reference(material, column.references)] if column.references else []
    parts += [f"on delete {quoted(column.on_delete, 20)}"] if column.on_delete else []
    return ", ".join(parts)


def _now(planned: Column, stands: Column) -> str:
    """The type as it will be, and as it is where that is another."""
    now = f" (now {quoted(stands.type, 80)})" if planned.type != stands.type else ""
    return quoted(planned.type, 80) + now


def _reference(material: Material, target: str) -> str:
    table = (target.rpartition(".")[0] or target).rpartition(".")[2]
    known = table in material.existing or table in material.planned
    return f"references {quoted(target, 130)}" + ("" if known else f" ({material.standing(table)})")


def _difference(material: Material, column: ColumnMapping) -> str:
    why = material.prose(column.why) if column.why else ""
    if column.state is ColumnState.NEAR and column.existing not in (None, column.name):
        return f"; stands for {quoted(column.name, 70)}" + (f" ({why})" if why else "")
    if column.state is ColumnState.CONFLICT:
        return f"; differs: {why or 'another type or nullability'}"
    if column.doc_name not in (None, column.name, column.existing):
        return f"; the document calls it {quoted(column.doc_name or '', 70)}"
    return ""


_REQUIRED = frozenset(name for one in INTEGRATION_COLUMNS for name in (one.name, *one.near))
