"""The template's tables against the workflows -> features that are used, bloat, and gaps to fill."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from shipkit_mcp.facts import Evidence, Role, Statement, Survey
from shipkit_mcp.findings import Change, ChangeKind, Feature, TableNote, WorkflowMapping
from shipkit_mcp.patterns.columns import RUN_ID
from shipkit_mcp.patterns.templates import TemplateTable, known_template
from shipkit_mcp.plan.removal import spoken_words
from shipkit_mcp.plan.spoken import Spoken, speaking
from shipkit_mcp.plan.words import listed, names

PATTERNS = (
    (Role.JOBS, "Job tracking pattern"),
    (Role.RESULTS, "Results storage pattern"),
    (Role.ENHANCEMENT, "Enhancement pattern"),
)


def review_features(
    survey: Survey, workflows: Sequence[WorkflowMapping], removable: Sequence[TableNote]
) -> tuple[Feature, ...]:
    """What the schema already has for the workflows, then what of the template serves none of them."""
    patterns = tuple(_patterns(survey, workflows))
    told = {table for one in patterns for table in one.tables}
    template = _template_features(survey, workflows, removable)
    return (*patterns, *(one for one in template if not (one.used and told.issuperset(one.tables))))


def _patterns(survey: Survey, workflows: Sequence[WorkflowMapping]) -> Iterator[Feature]:
    for role, title in PATTERNS:
        built = {
            table.existing or table.table: one.title
            for one in workflows
            for table in one.tables
            if table.role is role and survey.schema.table(table.existing or table.table)
        }
        if built:
            why = f"{listed(built)}, in use by {names(built.values())}."
            yield Feature(
                title=title, used=True, why=why, tables=tuple(built), evidence=_lines(survey, built)
            )
    tracked = {
        table.name: column.name
        for table in survey.schema.tables
        for column in table.columns
        if column.name in (RUN_ID.name, *RUN_ID.near) and _is_used(table.name, workflows)
    }
    if tracked:
        columns = listed(f"{table}.{column}" for table, column in tracked.items())
        why = f"The run id that real-time progress follows stands in {columns}."
        yield Feature(
            title="Trigger.dev integration",
            used=True,
            why=why,
            tables=tuple(tracked),
            evidence=_lines(survey, tracked),
        )


def _template_features(
    survey: Survey, workflows: Sequence[WorkflowMapping], removable: Sequence[TableNote]
) -> Iterator[Feature]:
    template = known_template(survey.template)
    proposed = {one.table for one in removable}
    spoken = speaking(survey.documents)
    for shape in template.tables if template else ():
        table = survey.schema.table(shape.name)
        if table is None:
            continue
        used = shape.name not in proposed
        yield Feature(
            title=shape.feature[:1].upper() + shape.feature[1:],
            used=used,
            why=_why(spoken, workflows, shape, used=used),
            tables=(shape.name,),
            evidence=(Evidence(path=table.path, line=table.line),),
        )


def _why(spoken: Spoken, workflows: Sequence[WorkflowMapping], shape: TemplateTable, *, used: bool) -> str:
    if not used:
        return "No workflow and no planning document speaks of it."
    users = [one.title for one in workflows if _is_used(shape.name, (one,))]
    if users:
        return f"Used by {names(users)}."
    if shape.owner:
        return "It owns every other row."
    line = spoken.first(spoken_words(shape))
    return f"{line} speaks of it." if spoken else "A table that stays refers to it, or it to one that stays."


def _is_used(table: str, workflows: Sequence[WorkflowMapping]) -> bool:
    return any(
        table in one.touches or any((mapping.existing or mapping.table) == table for mapping in one.tables)
        for one in workflows
    )


def _lines(survey: Survey, tables: dict[str, str]) -> tuple[Evidence, ...]:
    found = (survey.schema.table(name) for name in tables)
    return tuple(Evidence(path=one.path, line=one.line) for one in found if one)


def find_gaps(changes: Sequence[Change]) -> tuple[Statement, ...]:
    """What the workflows need and the template does not provide, each with its line."""
    return tuple(
        Statement(text=f"`{one.table}`: {one.impact}", evidence=one.evidence[-1])
        for one in changes
        if one.kind is ChangeKind.CREATE_TABLE and one.evidence
    )
