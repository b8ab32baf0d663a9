"""Schema, target and documents -> the lists of the plan, from existing tables to undeclared ones."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from shipkit_mcp.errors import beat
from shipkit_mcp.facts import Evidence, Schema, Survey, Table
from shipkit_mcp.findings import Rename, TableMapping, TableNote, TableState, WorkflowMapping
from shipkit_mcp.mapping.names import referred, singular
from shipkit_mcp.patterns.templates import known_template
from shipkit_mcp.plan.difference import actions, compare
from shipkit_mcp.plan.links import references_of
from shipkit_mcp.plan.removal import importers, spoken_words
from shipkit_mcp.plan.spoken import Spoken, speaking
from shipkit_mcp.plan.words import listed, names

PURPOSES = {
    "jobs": "Job tracking of {}",
    "results": "Results of {}",
    "enhancement": "Enhancements for {}",
    "usage": "Usage counted for {}",
    "settings": "Settings of {}",
    "domain": "Data of {}",
}
UNKNOWN = "Purpose not stated"
NO_DOCUMENT = "No planning document was found that could speak of it"


def here(table: Table) -> Evidence:
    return Evidence(path=table.path, line=table.line)


def list_existing(survey: Survey, workflows: Sequence[WorkflowMapping]) -> tuple[TableNote, ...]:
    """Every table of the schema with what it is for."""
    uses = _uses(workflows)
    return tuple(
        TableNote(table=one.name, why=_purpose(uses.get(one.name), one.comment), evidence=(here(one),))
        for one in survey.schema.tables
    )


Uses = Sequence[tuple[WorkflowMapping, TableMapping]]


def _uses(workflows: Sequence[WorkflowMapping]) -> Mapping[str, Uses]:
    """Table to the workflows that have it, each with its mapping."""
    found: dict[str, list[tuple[WorkflowMapping, TableMapping]]] = {}
    for one in workflows:
        for table in one.tables:
            found.setdefault(table.existing or table.table, []).append((one, table))
    return found


def _purpose(uses: Uses | None, comment: str | None) -> str:
    """From its role, the comment beside it or a document; never guessed."""
    beat()
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
    uses = _uses(workflows)
    notes = []
    for table in target.tables:
        if schema.table(table.name) is None:
            wanted = asked.get(table.name)
            said = (wanted.purpose if wanted else None) or table.comment
            why = _purpose(uses.get(table.name), said)
            notes.append(TableNote(table=table.name, why=why, evidence=wanted.evidence if wanted else ()))
    return tuple(notes)


def list_modified(schema: Schema, target: Schema, renames: tuple[Rename, ...]) -> tuple[TableNote, ...]:
    """Tables that stay and change."""
    notes = []
    for old in schema.by_name.values():
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
    asked = [one for one in survey.schema.by_name.values() if one.name in accepted - notes.keys()]
    importing = importers(survey, asked, accepted)
    for table in asked:
        notes[table.name] = TableNote(
            table=table.name,
            why="An amendment removes it.",
            evidence=(here(table),),
            imported_by=importing[table.name],
            accepted=True,
        )
    return tuple(notes[name] for name in order if name in notes)


def list_unmentioned(
    survey: Survey, target: Schema, workflows: Sequence[WorkflowMapping], named: Iterable[str]
) -> tuple[TableNote, ...]:
    """Tables that nothing speaks of and nobody proposes to remove: they stay unless somebody says so."""
    spoken = speaking(survey.documents)
    silent = "No workflow and no planning document speaks of it" if spoken.documents else NO_DOCUMENT
    used = set(named) | _used(survey.schema, target, workflows)
    template = known_template(survey.template)
    notes = []
    for table in survey.schema.tables:
        beat()
        shape = template.table(table.name) if template else None
        if table.name in used or _is_spoken_of(table, spoken):
            continue
        if shape and any(spoken.names(word) for word in spoken_words(shape)):
            continue
        why = f"{silent}; it stays unless you say otherwise."
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
    found: dict[str, _Mentions] = {}
    for table in (*(table for one in workflows for table in one.tables), *further):
        _note_references(table, found)
    for one in workflows:
        for name in one.touches:
            mentions = found.setdefault(name, _Mentions())
            mentions.users.append(one.title)
            mentions.evidence.extend(one.evidence[:1])
    return tuple(one.note(name) for name, one in found.items() if name not in known)


@dataclass
class _Mentions:
    """Who speaks of a table that is nowhere; lives inside one call."""

    columns: list[str] = field(default_factory=list)
    users: list[str] = field(default_factory=list)
    altered: bool = False
    evidence: list[Evidence] = field(default_factory=list)

    def note(self, name: str) -> TableNote:
        said = [f"Referred to by {listed(self.columns)}"] if self.columns else []
        said += ["Columns are added to it"] if self.altered else []
        said += [f"Read or updated by {names(self.users)}"] if self.users else []
        why = f"{'; '.join(said)}. No document declares it and the schema lacks it."
        return TableNote(table=name, why=why, evidence=tuple(dict.fromkeys(self.evidence)))


def _note_references(table: TableMapping, found: dict[str, _Mentions]) -> None:
    if table.state not in (TableState.CREATE, TableState.MODIFY):
        return
    if table.state is TableState.MODIFY:
        mentions = found.setdefault(table.existing or table.table, _Mentions())
        mentions.altered = True
        mentions.evidence.extend(table.evidence)
    for column in table.columns:
        target = referred(column.references)
        if target:
            mentions = found.setdefault(target[0], _Mentions())
            mentions.columns.append(f"{table.existing or table.table}.{column.name}")
            mentions.evidence.extend(column.evidence)
