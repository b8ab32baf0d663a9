"""The head of the document: what the app is for, its workflows, and what is still missing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from shipkit_mcp.document.material import Material
from shipkit_mcp.document.words import at, code, listed, quoted, said
from shipkit_mcp.facts import MissingDocument
from shipkit_mcp.findings import WorkflowMapping

TITLE = "Strategic Database Planning Document"
SIGN = (
    "> Drawn up by shipkit-mcp from the planning documents and the Drizzle schema. "
    "Edit any section: what you change is kept."
)
"""The line by which our document is known when its end comment is lost."""

REQUEST = (
    "I need your planning documents and trigger workflow designs to create strategic database "
    "recommendations. Please ensure these are available:"
)


def render_app_summary(material: Material) -> Iterator[str]:
    yield from (f"## {TITLE}", "", SIGN, "", "### App Summary", "")
    yield from (f"**End Goal:** {_end_goal(material)}", "")
    yield from (f"**Template Used:** {_template(material)}", "")
    yield from ("**Core Workflows:**", "", *_workflows(material), "")
    yield from (f"**Background Job Types:** {_kinds(material)}", "")
    missing = material.plan.missing_documents
    if missing:
        yield from ("### Missing Documents", "", REQUEST, "", "**Required Documents:**", "")
        yield from map(missing_line, missing)
        yield ""


def missing_line(document: MissingDocument) -> str:
    """One document the mission asks for, with where it was looked for."""
    looked = listed([code(one) for one in document.looked_in[:5]], none="")
    return f"- **{quoted(document.document)}** ({code(document.path)})" + (
        f", looked in {looked}" if looked else ""
    )


def kind_names(kinds: Iterable[str]) -> list[str]:
    """``file_processing`` in words, each kind once; an unclear kind has no name."""
    known = dict.fromkeys(one for one in kinds if one != "unclassified")
    return [quoted(one.replace("_", " "), 80) for one in known]


def _end_goal(material: Material) -> str:
    given, goal = material.narrative("end_goal"), material.survey.vision.end_goal
    if given:
        return material.prose(given)
    return said(goal) if goal else "not stated in any planning document found"


def _template(material: Material) -> str:
    stated = material.survey.vision.template
    place = at([stated.evidence]) if stated else ""
    if material.plan.template:
        return quoted(material.plan.template) + place
    return f"{quoted(stated.text)}{place}" if stated else "your template (no document names it)"


def _workflows(material: Material) -> list[str]:
    return [_workflow(one) for one in material.plan.workflows] or [
        "- none found: no `trigger_workflow_*.md` file, and no index names one"
    ]


def _workflow(workflow: WorkflowMapping) -> str:
    sure = (
        ""
        if workflow.confidence == "high"
        else f", {workflow.confidence} confidence (from {_source(workflow)})"
    )
    return f"- {quoted(workflow.title, 120)}{at(workflow.evidence[:1]) or f' ({code(workflow.path)})'}{sure}"


def _source(workflow: WorkflowMapping) -> str:
    return SOURCES.get(workflow.source, quoted(workflow.source))


SOURCES = {
    "file": "its own file",
    "section": "a section of a shared file",
    "index": "an index entry only",
    "blueprint": "the app pages blueprint only",
    "task": "a task document only",
}


def _kinds(material: Material) -> str:
    kinds = kind_names(kind for one in material.plan.workflows for kind in one.kinds)
    return listed(kinds, none="none detected")
