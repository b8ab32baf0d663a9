"""The mission's table patterns -> wanted tables of a workflow whose documents name none."""

from __future__ import annotations

from shipkit_mcp.facts import PayloadField, Role, Workflow
from shipkit_mcp.findings import (
    ColumnMapping,
    ColumnState,
    Group,
    Origin,
    TableMapping,
    TableState,
    WorkflowMapping,
)
from shipkit_mcp.mapping.names import singular
from shipkit_mcp.mapping.types import read_type, type_by_name
from shipkit_mcp.patterns.columns import ColumnPattern
from shipkit_mcp.patterns.owners import OWNER_COLUMNS
from shipkit_mcp.patterns.tables import TablePattern
from shipkit_mcp.plan.choice import Case
from shipkit_mcp.plan.posing_project import owner_table


def patterned_table(
    pattern: TablePattern,
    name: str,
    workflow: WorkflowMapping | None,
    case: Case,
    extra: tuple[ColumnMapping, ...] = (),
) -> TableMapping:
    """A table exactly as the mission's pattern has it, for this workflow's owner."""
    made = [pattern_column(one, workflow, case) for one in pattern.columns]
    owner = next((one.name for one in made if one.group is Group.OWNER), "user_id")
    taken = {one.name for one in made}
    inputs = [one for one in extra if one.name not in taken]
    place = next((at for at, one in enumerate(made) if one.group is Group.TRACKING), len(made))
    return TableMapping(
        table=name,
        role=pattern.role,
        state=TableState.CREATE,
        purpose=pattern.why,
        confidence="medium",
        columns=(*made[:place], *inputs, *made[place:]),
        indexes=tuple(
            tuple(owner if one == "user_id" else one for one in i.columns) for i in pattern.indexes
        ),
        unique=tuple(tuple(owner if one == "user_id" else one for one in u) for u in pattern.unique),
        evidence=workflow.evidence[:1] if workflow else (),
    )


def pattern_column(pattern: ColumnPattern, workflow: WorkflowMapping | None, case: Case) -> ColumnMapping:
    """One column of the mission's pattern, in the project's dialect."""
    owner = (workflow.owner if workflow else None) or "user_id"
    name = owner if pattern.group is Group.OWNER else pattern.name
    return ColumnMapping(
        name=name,
        type=pattern.type.named(case.style.dialect),
        not_null=pattern.not_null,
        references=_reference(pattern, owner, workflow, case),
        on_delete=pattern.on_delete,
        values=pattern.values,
        unique=pattern.unique,
        primary_key=pattern.primary_key,
        default=pattern.default,
        group=pattern.group,
        origin=Origin.REQUIRED,
        state=ColumnState.MISSING,
        note=pattern.why or None,
        evidence=workflow.evidence[:1] if workflow else (),
    )


def _reference(
    pattern: ColumnPattern, owner: str, workflow: WorkflowMapping | None, case: Case
) -> str | None:
    if pattern.references is None:
        return None
    jobs = workflow.jobs if workflow else None
    known = owner_table(case)
    of_owner = known.name if known and owner == "user_id" else dict(OWNER_COLUMNS).get(owner, "users")
    return pattern.references.format(
        owner=of_owner,
        jobs=(jobs.existing or jobs.table) if jobs else "jobs",
        results=(workflow.results[0].existing or workflow.results[0].table)
        if workflow and workflow.results
        else "results",
    )


def payload_columns(workflow: Workflow | None, case: Case) -> tuple[ColumnMapping, ...]:
    """Columns for what triggers a workflow: its input, and the rows that it starts from."""
    payloads = [one for one in workflow.interfaces if one.part == "payload"] if workflow else []
    fields = [field for one in payloads for field in one.fields if field.use != "passed_on"]
    made = (_payload_column(field, case) for field in fields)
    return tuple({one.name: one for one in made if one}.values())


def _payload_column(field: PayloadField, case: Case) -> ColumnMapping | None:
    target = _table_of(field.name, case) if field.use == "key" else None
    if field.use == "key" and target is None:
        return None
    reading = read_type(field.type)
    kind = reading.kind if reading and field.use != "key" else type_by_name(field.name)
    return ColumnMapping(
        name=field.name,
        doc_name=field.doc_name,
        type=kind.named(case.style.dialect),
        not_null=not field.optional,
        references=f"{target}.id" if target else None,
        group=Group.KEY if target else Group.INPUT,
        origin=Origin.DOCUMENTED,
        state=ColumnState.MISSING,
        evidence=(field.evidence,),
    )


def _table_of(field: str, case: Case) -> str | None:
    """``transcript_id`` -> ``transcripts``, where the schema has it."""
    stem = field.removesuffix("_id")
    return next((one.name for one in case.survey.schema.tables if singular(one.name) == stem), None)


def is_planned_role(role: Role) -> bool:
    """Whether the mission has a pattern for tables of this role."""
    return role in (Role.JOBS, Role.RESULTS, Role.ENHANCEMENT)
