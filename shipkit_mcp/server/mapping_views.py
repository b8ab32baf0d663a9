"""A plan from the side of its workflows: their tables, and what was found and is to be decided about them."""

from __future__ import annotations

from typing import Any

from shipkit_mcp.analysis import Analysis
from shipkit_mcp.errors import ShipkitError
from shipkit_mcp.findings import (
    Decision,
    Finding,
    InlineResults,
    Origin,
    Plan,
    TableMapping,
    WorkflowMapping,
)
from shipkit_mcp.server import paging
from shipkit_mcp.server.lines import mapped_table_lines, usual_origin
from shipkit_mcp.server.views import EXCERPT, capped, decision, dump, finding, unknown_name

FINDINGS_ROOM = 2_000
"""Bytes of findings beside a concise mapping; what they say and how to mend them is in `check_schema`."""
PARTS = ("results", "enhancements", "others", "alters")
"""Tables of a workflow besides that of its jobs."""
MIXED_PART = "others"
"""The part whose tables play several roles."""
UNCLEAR = ("unclassified",)


def workflows(analysis: Analysis, name: str | None, *, full: bool) -> list[dict[str, Any]]:
    """The workflows asked for. Raises ShipkitError for one the documents do not have."""
    known = analysis.plan.stated
    chosen = [one for one in known if name in (None, one.name, one.title, one.path)]
    if name and not chosen:
        raise ShipkitError(unknown_name("workflow", name, [one.name for one in known]))
    return [dump(one) if full else concise_workflow(one) for one in chosen]


def concise_workflow(one: WorkflowMapping) -> dict[str, Any]:
    """A workflow and its tables, without what is usual and what its tables say already."""
    inline = one.inline_results
    line = _line(one)
    said: dict[str, Any] = {
        "name": one.name,
        "title": None if _spelt(one.title) == _spelt(one.name) else one.title,
        "path": one.path,
        "line": line if line and line > 1 else None,
        "confidence": None if one.confidence == "high" else one.confidence,
        "state": None if one.tables else str(one.state),
        "kinds": [] if one.kinds == UNCLEAR else list(one.kinds),
        "purpose": one.purpose and one.purpose[:EXCERPT],
        "trigger": one.trigger and one.trigger[:EXCERPT],
        "tasks": list(one.tasks),
        "jobs": _table_of(one, one.jobs, "jobs") if one.jobs else None,
        **{part: [_table_of(one, table, part) for table in getattr(one, part)] for part in PARTS},
        "touches": list(one.touches),
        "inline_results": inline and _inline(inline),
        "notes": [note for note in one.notes if not inline or note != inline.why],
    }
    return {name: value for name, value in said.items() if value not in (None, [], "")}


def _line(one: WorkflowMapping) -> int | None:
    """Where it stands in its document."""
    return next((place.line for place in one.evidence if place.path == one.path), None)


def _spelt(name: str) -> str:
    return name.casefold().replace(" ", "_").replace("-", "_")


def _table_of(workflow: WorkflowMapping, table: TableMapping, part: str) -> dict[str, Any]:
    """A table of a workflow: its key there says its role, and its path is said where it is not the workflow's."""
    said = concise_mapping(table)
    if part != MIXED_PART:
        del said["role"]
    if said.get("path") == workflow.path:
        del said["path"]
    return said


def concise_mapping(table: TableMapping) -> dict[str, Any]:
    """A wanted table as lines; its place is where it stands first: its document, else the schema."""
    place = table.evidence[0] if table.evidence else None
    origin = usual_origin(table)
    by_name = f"the schema has a table `{table.table}`"
    said: dict[str, Any] = {
        "name": table.table,
        "path": place and place.path,
        "line": place and place.line,
        "role": str(table.role),
        "state": str(table.state),
        "origin": None if origin is Origin.DOCUMENTED else str(origin),
        "matched_by": None if table.matched_by == by_name else table.matched_by,
        "text": mapped_table_lines(table),
    }
    return {name: value for name, value in said.items() if value is not None}


def _inline(results: InlineResults) -> str:
    """Where they are kept, why, and the lines that say so."""
    kept = ".".join(one for one in (results.table, results.column) if one) or "not kept"
    cited = ", ".join(map(str, results.evidence))
    return f"{kept}: {results.why}{f' ({cited})' if cited else ''}"


def findings(plan: Plan, shown: set[str], *, full: bool) -> list[dict[str, Any]]:
    """Findings about some workflows and their tables; concise gathers the subjects of each rule."""
    workflows = [one for one in plan.workflows if one.name in shown]
    tables = {table.table for one in workflows for table in one.tables}
    subjects = shown | tables | {one.path for one in workflows}
    chosen = [one for one in plan.findings if one.subject.partition(".")[0] in subjects]
    if full:
        return capped([finding(one, full=True) for one in chosen], paging.REPLY // 6)
    gathered: dict[tuple[str, str], list[str]] = {}
    for one in chosen:
        gathered.setdefault((one.rule, str(one.severity)), []).append(_subject(one, workflows))
    brief = [
        {"rule": rule, "severity": severity, "subjects": found}
        for (rule, severity), found in gathered.items()
    ]
    return capped(brief, FINDINGS_ROOM)


def _subject(one: Finding, workflows: list[WorkflowMapping]) -> str:
    """What a finding is about, with the line to change; a workflow's own place stands beside its name already."""
    own = [(flow.name, flow.path, _line(flow)) for flow in workflows]
    place = one.evidence[0]
    notes = [
        "" if (one.subject, place.path, place.line) in own else str(place),
        "" if one.certain else "cannot tell",
        f"accepted by {one.accepted_by}" if one.accepted_by else "",
    ]
    said = ", ".join(note for note in notes if note)
    return f"{one.subject}{f' ({said})' if said else ''}"


def decisions(plan: Plan, shown: set[str], *, full: bool) -> list[dict[str, Any]]:
    """The decisions that concern some workflows (or no workflow in particular); concise names one option of each."""
    concerned = [one for one in plan.decisions if not one.affects or shown & set(one.affects)]
    return capped([decision(one, full=True) if full else _brief(one) for one in concerned], paging.REPLY // 6)


def _brief(one: Decision) -> dict[str, str]:
    """A decision and the option the plan follows."""
    followed = "chosen" if one.chosen else "recommended"
    return {"id": one.id, "question": one.question, followed: f"{one.taken.id}: {one.taken.title}"}
