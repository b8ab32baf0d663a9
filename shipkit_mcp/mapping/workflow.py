"""One workflow's parts -> its mapping: kinds, owner, tables and notes."""

from __future__ import annotations

from collections.abc import Sequence

from shipkit_mcp.facts import DeclaredTable, Workflow
from shipkit_mcp.findings import TableMapping, WorkflowMapping
from shipkit_mcp.mapping.kinds import classify, kind_ids
from shipkit_mcp.mapping.lookups import Lookups, owner_in
from shipkit_mcp.mapping.names import referred, to_snake
from shipkit_mcp.mapping.notes import write_notes
from shipkit_mcp.mapping.outputs import find_inline
from shipkit_mcp.mapping.own import Neighbours, OwnTables
from shipkit_mcp.mapping.payload import fields_of
from shipkit_mcp.mapping.roles import Parts
from shipkit_mcp.mapping.tables import Owner
from shipkit_mcp.patterns.owners import OWNER_COLUMNS, OWNER_NAMES


def map_workflow(parts: Parts, neighbours: Neighbours, done: dict[str, TableMapping]) -> WorkflowMapping:
    """Every table of a workflow in its part; ``done`` holds the tables that other workflows share with it."""
    workflow = parts.workflow
    kinds = classify(workflow, parts.defined)
    owner = find_owner(parts, neighbours.lookups)
    own = OwnTables(parts, neighbours, owner, kinds, done)
    jobs = own.jobs()
    results = own.results(jobs)
    inline = None if results else find_inline(workflow, jobs)
    return WorkflowMapping(
        name=workflow.name,
        title=workflow.title,
        source=workflow.source,
        path=workflow.path,
        confidence=workflow.confidence,
        kinds=kind_ids(kinds),
        kind_evidence=kinds,
        purpose=workflow.purpose.text if workflow.purpose else None,
        trigger=workflow.trigger.text if workflow.trigger else None,
        duration=workflow.duration.text if workflow.duration else None,
        tasks=tuple(task.id for task in workflow.tasks if not task.deprecated),
        inputs=tuple(one.text for one in workflow.inputs),
        steps=tuple(one.text for one in workflow.steps),
        outputs=tuple(one.text for one in workflow.outputs),
        statuses=workflow.statuses,
        payload=tuple((one.name, one.use) for one in fields_of(workflow)),
        owner=owner.column,
        jobs=jobs,
        results=results,
        enhancements=own.enhancements(results),
        others=own.others(),
        alters=own.alters(),
        touches=parts.touches,
        inline_results=inline,
        notes=write_notes(parts, jobs, results, inline, neighbours.homes),
        evidence=(workflow.evidence,),
    )


def find_owner(parts: Parts, lookups: Lookups) -> Owner:
    """The owner column of the jobs table, else of the other tables, the payload, the project."""
    tables = [table for table in (parts.jobs, *parts.results, *parts.enhancements) if table]
    for table in tables:
        found = owner_in(_columns(table, lookups))
        if found is not None:
            return Owner(found[0], _owner_table(found, lookups))
    named = _in_payload(parts.workflow)
    if named is not None:
        return Owner(named, _owner_table((named, None), lookups))
    return Owner(*lookups.owner)


def _columns(table: DeclaredTable, lookups: Lookups) -> Sequence[tuple[str, str | None]]:
    existing = lookups.table(table.name)
    said = [(one.name, one.references) for one in table.columns if not one.legacy]
    known = [(to_snake(one.name), one.references) for one in existing.columns] if existing else []
    names = {name for name, _ in said}
    return [*said, *((name, to) for name, to in known if name not in names)]


def _in_payload(workflow: Workflow) -> str | None:
    names = {field.name for field in fields_of(workflow)}
    return next((name for name in OWNER_NAMES if name in names), None)


def _owner_table(found: tuple[str, str | None], lookups: Lookups) -> str:
    target = referred(found[1])
    if target is not None:
        return lookups.true_name(target[0])
    if found[0] == lookups.owner[0]:
        return lookups.owner[1]
    return lookups.true_name(dict(OWNER_COLUMNS).get(found[0], "users"))
