"""Schema, target and documents -> the lists of the plan, from existing tables to undeclared ones."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from shipkit_mcp.facts import Evidence, Schema, Survey, Table
from shipkit_mcp.findings import Rename, TableMapping, TableNote, TableState, WorkflowMapping
from shipkit_mcp.mapping.names import referred, singular
from shipkit_mcp.patterns.templates import known_template
from shipkit_mcp.plan.difference import actions, compare
from shipkit_mcp.plan.links import references_of
from shipkit_mcp.plan.removal import importers, spoken_words
from shipkit_mcp.plan.spoken import Spoken, speaking
from shipkit_mcp.plan.words import names

PURPOSES = {
    "jobs": "Job tracking of {}",
    "results": "Results of {}",
    "enhancement": "Enhancements for {}",
    "usage": "Usage counted for {}",
    "settings": "Settings of {}",
    "domain": "Data of {}",
}
UNKNOWN = "Purpose not stated"


def here(table: Table) -> Evidence:
    return Evidence(path=table.path, line=table.line)


def list_existing(survey: Survey, workflows: Sequence[WorkflowMapping]) -> tuple[TableNote, ...]:
    """Every table of the schema with what it is for."""
    return tuple(
        TableNote(table=one.name, why=purpose(one.name, one.comment, workflows), evidence=(here(one),))
        for one in survey.schema.tables
    )


def purpose(name: str, comment: str | None, workflows: Sequence[WorkflowMapping]) -> str:
    """From its role, the comment beside it or a document; never guessed."""
    uses = [
        (one, table) for one in workflows for table in one.tables if (table.existing or table.table) == name
    ]
    if uses:
        role = uses[0][1].role
        return PURPOSES[role].format(names(one.title for one, table in uses if table.role is role))
    return comment or UNKNOWN


def list_created(
    schema: Schema, target: Schema, workflows: Sequence[WorkflowMapping], further: Sequence[TableMapping]
) -> tuple[TableNote, ...]:
    """Tables that the plan makes."""
    asked = {one.table: one for one in further}
    asked |= {table.table: table for one in workflows for table in one.tables}
    notes = []
    for table in target.tables:
        if schema.table(table.name) is None:
            wanted = asked.get(table.name)
            said = (wanted.purpose if wanted else None) or table.comment
            why = purpose(table.name, said, workflows)
            notes.append(TableNote(table=table.name, why=why, evidence=wanted.evidence if wanted else ()))
    return tuple(notes)


def list_modified(schema: Schema, target: Schema, renames: tuple[Rename, ...]) -> tuple[TableNote, ...]:
    """Tables that stay and change."""
    notes = []
    for old in schema.tables:
        new = target.table(old.name)
        if new is not None and new != old:
            why = actions(old.name, compare(old, new, renames))
            notes.append(TableNote(table=old.name, why=why, evidence=(here(old),)))
    return tuple(notes)


def list_removed(
    survey: Survey, proposed: Sequence[TableNote], accepted: frozenset[str], order: Sequence[str]
) -> tuple[TableNote, ...]:
    """Proposals and what an amendment removes, children first."""
    notes = {one.table: one.model_copy(update={"accepted": one.table in accepted}) for one in proposed}
    for table in survey.schema.tables:
        if table.name in accepted and table.name not in notes:
            notes[table.name] = TableNote(
                table=table.name,
                why="An amendment removes it.",
                evidence=(here(table),),
                imported_by=importers(survey, table, tuple(accepted)),
                accepted=True,
            )
    return tuple(notes[name] for name in order if name in notes)


def list_unmentioned(
    survey: Survey, target: Schema, workflows: Sequence[WorkflowMapping], named: Iterable[str]
) -> tuple[TableNote, ...]:
    """Tables that nothing speaks of and nobody proposes to remove: they stay unless somebody says so."""
    spoken = speaking(survey.documents)
    if not spoken.documents:
        return ()
    used = set(named) | _used(survey.schema, target, workflows)
    template = known_template(survey.template)
    notes = []
    for table in survey.schema.tables:
        shape = template.table(table.name) if template else None
        if table.name in used or _is_spoken_of(table, spoken):
            continue
        if shape and any(spoken.names(word) for word in spoken_words(shape)):
            continue
        why = "No workflow and no planning document speaks of it; it stays unless you say otherwise."
        notes.append(TableNote(table=table.name, why=why, evidence=(here(table),)))
    return tuple(notes)


def _used(schema: Schema, target: Schema, workflows: Sequence[WorkflowMapping]) -> set[str]:
    """What workflows want or touch, the tables that the plan creates, and what these refer to."""
    own = {table.name for table in target.tables if schema.table(table.name) is None}
    own |= {table.existing or table.table for one in workflows for table in one.tables}
    own |= {name for one in workflows for name in one.touches}
    return own | {other for table in target.tables if table.name in own for other in references_of(table)}


def _is_spoken_of(table: Table, spoken: Spoken) -> bool:
    return any(spoken.names(one) for one in (table.name, table.key, singular(table.name).replace("_", " ")))


def list_undeclared(
    target: Schema, workflows: Sequence[WorkflowMapping], further: Sequence[TableMapping]
) -> tuple[TableNote, ...]:
    """Tables that documents or amendments refer to and nobody declares."""
    known = {one.name for one in target.tables}
    found: dict[str, list[tuple[str, tuple[Evidence, ...]]]] = {}
    for name, why, evidence in (*_referred(workflows, further), *_touched(workflows)):
        if name not in known:
            found.setdefault(name, []).append((why, evidence))
    return tuple(
        TableNote(
            table=name,
            why=f"{names(why for why, _ in uses)}; no document declares it and the schema lacks it.",
            evidence=tuple(dict.fromkeys(line for _, lines in uses for line in lines)),
        )
        for name, uses in found.items()
    )


Reference = tuple[str, str, tuple[Evidence, ...]]


def _referred(workflows: Sequence[WorkflowMapping], further: Sequence[TableMapping]) -> Iterator[Reference]:
    wanted = [*(table for one in workflows for table in one.tables), *further]
    for table in wanted:
        if table.state is TableState.MODIFY:
            yield table.table, "columns are added to it", table.evidence
        if table.state in (TableState.CREATE, TableState.MODIFY):
            for column in table.columns:
                target = referred(column.references)
                if target:
                    yield (
                        target[0],
                        f"`{table.existing or table.table}.{column.name}` refers to it",
                        column.evidence,
                    )


def _touched(workflows: Sequence[WorkflowMapping]) -> Iterator[Reference]:
    for one in workflows:
        for name in one.touches:
            yield name, f"{one.title} reads or updates it", one.evidence[:1]
