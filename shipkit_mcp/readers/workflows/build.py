"""Turns one unit of a document into a workflow, every field from its own reader."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from shipkit_mcp.errors import beat
from shipkit_mcp.facts import DeclaredTable, DocKind, PrepDoc, TableUse, Workflow
from shipkit_mcp.readers.workflows import words
from shipkit_mcp.readers.workflows.interfaces import read_interfaces
from shipkit_mcp.readers.workflows.progress import read_progress
from shipkit_mcp.readers.workflows.prose import (
    first_labelled,
    first_paragraph,
    flow_in_a_line,
    listed,
    read_checklist,
    read_decisions,
    read_inline,
    read_no_jobs,
    read_saves,
)
from shipkit_mcp.readers.workflows.statuses import read_status_writes, read_statuses
from shipkit_mcp.readers.workflows.tables import read_unit_tables
from shipkit_mcp.readers.workflows.tasks import read_orders, read_tasks
from shipkit_mcp.readers.workflows.units import Unit, cut, rest_of, task_unit
from shipkit_mcp.readers.workflows.uses import settle_tables

_CONFIDENCE = {"file": "high", "section": "high", "index": "low", "blueprint": "low", "task": "medium"}


def read_document(document: PrepDoc) -> tuple[Workflow, ...]:
    """The workflows of one document; tables it lists for all of them go to those that name them."""
    units = cut(document)
    rest = rest_of(document, units) if document.kind is DocKind.WORKFLOW else None
    shared = settle_tables(rest, read_unit_tables(rest), ()) if rest else ()
    return tuple(_read_workflow(unit, shared) for unit in units)


def read_task_document(document: PrepDoc) -> tuple[Workflow, ...]:
    """The workflow a task document builds: only where it names tasks and defines tables for them."""
    workflow = _read_workflow(task_unit(document))
    current = any(not task.deprecated for task in workflow.tasks)
    defines = any(table.use is TableUse.DEFINED and table.columns for table in workflow.tables)
    return (workflow,) if current and defines else ()


def _named_in(unit: Unit, tables: Sequence[DeclaredTable]) -> Iterator[DeclaredTable]:
    """Those of the tables that the unit's own text names."""
    for table in tables:
        named = re.compile(rf"(?<!\w){re.escape(table.name)}(?!\w)")
        if any(named.search(block.text) for section in unit.sections for block in section.blocks):
            yield table


def _read_workflow(unit: Unit, shared: Sequence[DeclaredTable] = ()) -> Workflow:
    """The workflow as this unit alone describes it."""
    beat()
    checklist = read_checklist(unit)
    read = read_unit_tables(unit)
    tables = settle_tables(unit, read, checklist)
    known = {table.name for table in tables}
    tables = (*tables, *_named_in(unit, [table for table in shared if table.name not in known]))
    statuses, statuses_evidence = read_statuses(unit, tables, read)
    return Workflow(
        name=unit.name,
        title=unit.title,
        source=unit.source,
        path=unit.document.path,
        confidence=_CONFIDENCE[unit.source],
        purpose=first_labelled(unit, words.PURPOSE) or first_paragraph(unit) or flow_in_a_line(unit),
        trigger=first_labelled(unit, words.TRIGGER),
        duration=first_labelled(unit, words.DURATION),
        tasks=read_tasks(unit),
        inputs=listed(unit, words.INPUTS),
        steps=listed(unit, words.PROCESSING),
        outputs=listed(unit, words.OUTPUTS),
        enhancements=listed(unit, words.ENHANCEMENTS, kinds=frozenset({"enhancements"})),
        decision_points=read_decisions(unit, words.DECISIONS),
        progress=read_progress(unit),
        statuses=statuses,
        statuses_evidence=statuses_evidence,
        status_writes=read_status_writes(unit),
        interfaces=read_interfaces(unit, read.interfaces, read_orders(unit)),
        tables=tables,
        inline_results=read_inline(unit),
        no_jobs_table=read_no_jobs(unit),
        saves_output=read_saves(unit, tables),
        checklist=checklist,
        evidence=unit.evidence,
        unread=(*unit.document.unread, *read.unread) if unit.source == "file" else tuple(read.unread),
    )
