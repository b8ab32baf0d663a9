"""Schema and target -> the changes in an order in which they can be done, in phases."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from shipkit_mcp.errors import beat
from shipkit_mcp.facts import Evidence, Role, Schema, Table
from shipkit_mcp.findings import (
    Change,
    ChangeKind,
    Phase,
    Rename,
    TableMapping,
    TableNote,
    WorkflowMapping,
)
from shipkit_mcp.plan.difference import Difference, actions, compare, creation, needs
from shipkit_mcp.plan.links import in_order, references_of, target_of
from shipkit_mcp.plan.words import listed, many, names

FOUNDATION, ENHANCEMENTS, CLEAN_UP = 1, 2, 3
TITLES = {FOUNDATION: "Foundation", ENHANCEMENTS: "Enhancements", CLEAN_UP: "Clean-up"}
LATER_ROLES = (Role.ENHANCEMENT, Role.USAGE, Role.SETTINGS)
IMPACTS = {
    Role.JOBS: "Runs of {workflows} can be followed, retried and explained to the user.",
    Role.RESULTS: "Results of {workflows} are kept and can be listed.",
    Role.ENHANCEMENT: "{workflows} can add to a result without touching it.",
    Role.DOMAIN: "{workflows} can refer to these rows.",
    Role.USAGE: "Quotas are checked in the app's own database, apart from Stripe.",
    Role.SETTINGS: "Settings of {workflows} stand in the database.",
}


THE_APP = "The app"


@dataclass(frozen=True)
class Draft:
    """What the changes are drawn from."""

    schema: Schema
    target: Schema
    workflows: tuple[WorkflowMapping, ...]
    further: tuple[TableMapping, ...]
    removed: tuple[TableNote, ...]
    renames: tuple[Rename, ...]
    decisions: dict[str, str]
    """Table to the decision that its change follows from."""

    @cached_property
    def wanted(self) -> Mapping[str, Sequence[tuple[WorkflowMapping, TableMapping]]]:
        """Table to the workflows that want it."""
        found: defaultdict[str, list[tuple[WorkflowMapping, TableMapping]]] = defaultdict(list)
        for one in self.workflows:
            for mapping in one.tables:
                found[mapping.existing or mapping.table].append((one, mapping))
        return found

    @cached_property
    def asked(self) -> Mapping[str, Sequence[TableMapping]]:
        """Table to what the app wants of it apart from its workflows."""
        found: defaultdict[str, list[TableMapping]] = defaultdict(list)
        for one in self.further:
            found[one.existing or one.table].append(one)
        return found

    @cached_property
    def users(self) -> Mapping[str, Collection[str]]:
        """Table to the workflows that want a table which refers to it."""
        found: defaultdict[str, set[str]] = defaultdict(set)
        for table, wanted in self.wanted.items():
            planned = self.target.table(table)
            for other in references_of(planned) if planned else ():
                found[other] |= {one.name for one, _ in wanted}
        return found

    def role(self, table: str) -> Role:
        own = [mapping.role for _, mapping in self.wanted.get(table, ())]
        own += [one.role for one in self.asked.get(table, ())]
        return own[0] if own else Role.DOMAIN


def draft_changes(draft: Draft) -> tuple[tuple[Change, ...], tuple[Phase, ...]]:
    """Changes numbered in the order in which they can be done, and the phases they fall into."""
    ordered = sorted(_phased(draft), key=lambda pair: pair[0])
    made = [_change(draft, table, phase) for phase, table in ordered]
    made += [_removal(draft, note) for note in draft.removed]
    phases = _renumbered(made)
    numbered = [
        one.model_copy(update={"number": at, "phase": phases[one.phase]})
        for at, one in enumerate(made, start=1)
    ]
    changes = _with_unlocks(draft, numbered)
    titles = {new: TITLES[old] for old, new in phases.items()}
    return changes, tuple(_phase(number, title, changes) for number, title in titles.items())


def _phased(draft: Draft) -> list[tuple[int, Table]]:
    """Each table to make or change with its phase, after everything that it refers to."""
    phases: dict[str, int] = {}
    phased = []
    tables = {one.name: one for one in draft.target.tables}
    for name in in_order(draft.target.tables):
        beat()
        table, old = tables[name], draft.schema.table(name)
        if table == old:
            continue
        needs = [phases[other] for other in references_of(table) if other in phases]
        own = ENHANCEMENTS if draft.role(name) in LATER_ROLES else FOUNDATION
        phases[name] = max([own, *needs])
        phased.append((phases[name], table))
    return phased


def _renumbered(changes: Sequence[Change]) -> dict[int, int]:
    used = sorted({one.phase for one in changes})
    return {phase: number for number, phase in enumerate(used, start=1)}


def _phase(number: int, title: str, changes: Sequence[Change]) -> Phase:
    mine = [one for one in changes if one.phase == number]
    unlocks = tuple(name for one in mine for name in one.unlocks)
    return Phase(number=number, title=title, changes=tuple(one.number for one in mine), unlocks=unlocks)


def _change(draft: Draft, table: Table, phase: int) -> Change:
    beat()
    old = draft.schema.table(table.name)
    affects = _affected(draft, table.name)
    difference = compare(old, table, draft.renames) if old else None
    titles = {one.name: one.title for one in draft.workflows}
    who = names(titles[name] for name in affects) or THE_APP
    return Change(
        number=0,
        phase=phase,
        kind=_kind(difference),
        table=table.name,
        title=_title(table, difference),
        problem=_problem(table, difference, _asker(draft, table.name, who)),
        action=actions(table.name, difference) if difference else creation(table, _undeclared(draft, table)),
        impact=_impact(draft, table.name, who, difference),
        columns=difference.columns if difference else tuple(one.name for one in table.columns),
        alters=difference.changed if difference else (),
        affects=affects,
        decision=draft.decisions.get(table.name),
        evidence=_evidence(draft, table.name, old),
    )


def _undeclared(draft: Draft, table: Table) -> dict[str, str]:
    """Columns that refer to a table which neither stands nor is planned, with that table."""
    mappings = [mapping for _, mapping in draft.wanted.get(table.name, ())]
    columns = [one for mapping in (*mappings, *draft.asked.get(table.name, ())) for one in mapping.columns]
    others = {
        one.name: target_of(one.references)[0] for one in columns if one.references and table.column(one.name)
    }
    return {name: other for name, other in others.items() if other and draft.target.table(other) is None}


def _impact(draft: Draft, table: str, who: str, difference: Difference | None) -> str:
    if difference and difference.only_indexes:
        return f"Queries of {who} stay fast as rows grow."
    own = [one for one in draft.asked.get(table, ()) if one.existing]
    said = own[0].purpose if own else None
    if difference and not said:
        return f"`{table}` then has everything it needs for {_asker(draft, table, who)}."
    return said or IMPACTS[draft.role(table)].format(workflows=who)


def _kind(difference: Difference | None) -> ChangeKind:
    if difference is None:
        return ChangeKind.CREATE_TABLE
    return ChangeKind.RENAME if difference.only_renames else ChangeKind.MODIFY_TABLE


def _title(table: Table, difference: Difference | None) -> str:
    if difference is None:
        return f"Create `{table.name}`"
    if difference.only_renames:
        return (
            f"Rename {names(f'`{one.old}` to `{one.new}`' for one in difference.renamed)} in `{table.name}`"
        )
    return f"Modify `{table.name}`"


def _problem(table: Table, difference: Difference | None, who: str) -> str:
    if difference is None:
        count = many(len(table.columns), "column")
        return f"The schema has no `{table.name}`; {count} are needed by {who}."
    return f"`{table.name}` {needs(difference)}; needed by {who}."


def _asker(draft: Draft, table: str, who: str) -> str:
    """Who needs a table, inside a sentence: its workflows, or the app where none of them asks for it."""
    of_app = table in draft.asked and table not in draft.wanted and draft.schema.table(table) is not None
    return "the app as a whole" if of_app else "the app" if who == THE_APP else who


def _affected(draft: Draft, table: str) -> tuple[str, ...]:
    """The workflows that want a table, or refer to it from one that they want."""
    own = [one.name for one, _ in draft.wanted.get(table, ())]
    users = draft.users.get(table, frozenset())
    own += [one.name for one in draft.workflows if one.name in users]
    if not own and draft.role(table) is Role.USAGE:
        own = [one.name for one in draft.workflows]
    return tuple(dict.fromkeys(own))


def _evidence(draft: Draft, table: str, old: Table | None) -> tuple[Evidence, ...]:
    lines = [Evidence(path=old.path, line=old.line)] if old else []
    lines += [line for _, mapping in draft.wanted.get(table, ()) for line in mapping.evidence]
    lines += [line for one in draft.asked.get(table, ()) for line in one.evidence]
    return tuple(dict.fromkeys(lines))


def _removal(draft: Draft, note: TableNote) -> Change:
    files = f" Change {listed(note.imported_by)} first." if note.imported_by else ""
    return Change(
        number=0,
        phase=CLEAN_UP,
        kind=ChangeKind.REMOVE_TABLE,
        table=note.table,
        title=f"Remove `{note.table}`" if note.accepted else f"Consider removing `{note.table}`",
        problem=f"`{note.table}` is in the schema. {note.why}",
        action=f"DROP TABLE `{note.table}`.{files}",
        impact="The schema then holds what the app uses; the rows of this table are lost.",
        decision=draft.decisions.get(note.table),
        proposed=not note.accepted,
        evidence=note.evidence,
    )


def _with_unlocks(draft: Draft, changes: Sequence[Change]) -> tuple[Change, ...]:
    """Each workflow stands at the last change that it waits for."""
    number = {one.table: one.number for one in changes if _is_waited_for(draft, one)}
    unlocked: dict[int, list[str]] = {}
    for workflow in draft.workflows:
        waits = [number[table] for table in _needs(draft, workflow) if table in number]
        if waits:
            unlocked.setdefault(max(waits), []).append(workflow.name)
    return tuple(one.model_copy(update={"unlocks": tuple(unlocked.get(one.number, ()))}) for one in changes)


def _is_waited_for(draft: Draft, change: Change) -> bool:
    """A new table or column; keys and indexes can follow while a workflow is being built."""
    if change.kind is ChangeKind.MODIFY_TABLE:
        old, new = draft.schema.table(change.table), draft.target.table(change.table)
        return bool(old and new and compare(old, new, draft.renames).added)
    return change.kind is not ChangeKind.REMOVE_TABLE


def _needs(draft: Draft, workflow: WorkflowMapping) -> set[str]:
    """The tables of a workflow, without its extras, and every new table that they refer to."""
    own = {one.existing or one.table for one in workflow.tables if one.role not in LATER_ROLES}
    own = own or {one.existing or one.table for one in workflow.tables}
    needed = set(own)
    tables = {one.name: one for one in draft.target.tables}
    waiting = list(needed)
    while waiting:
        table = tables.get(waiting.pop())
        new = (references_of(table) if table else frozenset()) - needed
        needed |= new
        waiting += new
    return own | {name for name in needed if draft.schema.table(name) is None}
