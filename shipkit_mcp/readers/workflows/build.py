"""Turns one unit of a document into a workflow, every field from its own reader."""

from __future__ import annotations

from shipkit_mcp.facts import Workflow
from shipkit_mcp.readers.workflows import words
from shipkit_mcp.readers.workflows.interfaces import read_interfaces
from shipkit_mcp.readers.workflows.progress import read_progress
from shipkit_mcp.readers.workflows.prose import (
    first_labelled,
    first_paragraph,
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
from shipkit_mcp.readers.workflows.units import Unit
from shipkit_mcp.readers.workflows.uses import settle_tables

_CONFIDENCE = {"file": "high", "section": "high", "index": "low", "blueprint": "low", "task": "medium"}


def read_workflow(unit: Unit) -> Workflow:
    """The workflow as this unit alone describes it."""
    checklist = read_checklist(unit)
    read = read_unit_tables(unit)
    tables = settle_tables(unit, read, checklist)
    statuses, statuses_evidence = read_statuses(unit, tables, read)
    return Workflow(
        name=unit.name,
        title=unit.title,
        source=unit.source,
        path=unit.document.path,
        confidence=_CONFIDENCE[unit.source],
        purpose=first_labelled(unit, words.PURPOSE) or first_paragraph(unit),
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
        saves_output=read_saves(unit),
        checklist=checklist,
        evidence=unit.evidence,
        unread=(*unit.document.unread, *read.unread) if unit.source == "file" else tuple(read.unread),
    )
