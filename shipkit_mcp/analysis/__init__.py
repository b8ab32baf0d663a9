"""``analyse(project)``: the pipeline, in one function that fits on a screen."""

from __future__ import annotations

from dataclasses import dataclass

from shipkit_mcp import document, plan
from shipkit_mcp.analysis.amending import settle_amendments
from shipkit_mcp.analysis.foreign import look_at_foreign
from shipkit_mcp.analysis.memory import Memory
from shipkit_mcp.analysis.request import Request
from shipkit_mcp.analysis.survey import survey_project
from shipkit_mcp.facts import Source, Survey
from shipkit_mcp.findings import Plan
from shipkit_mcp.mapping import map_workflows
from shipkit_mcp.project import Project
from shipkit_mcp.rules import check_project


@dataclass(frozen=True)
class Analysis:
    """Everything a face needs to answer."""

    project: Project
    survey: Survey
    plan: Plan
    document_path: str
    """Where the document stands or would be written, relative to the project."""
    previous: Source | None
    """The document as it stands."""


def analyse(project: Project, request: Request, memory: Memory) -> Analysis:
    """Read the project and draft its plan.

    Raises BadAmendment where what the assistant gave is wrong, Cancelled where the caller went away, and
    ProjectError where there is nothing to read.
    """
    files = project.files()
    try:
        survey = survey_project(project, files, request, memory)
        path = document.document_path(survey)
        previous = files.get(path)
    finally:
        files.close()
    request.reach("mapping workflows to tables")
    mappings = map_workflows(survey)
    request.reach("checking the rules")
    findings = check_project(survey, mappings)
    request.reach("drafting the plan")
    settled = settle_amendments(survey, mappings, findings, request.amendments, previous)
    drafted = plan.draft_plan(survey, mappings, findings, settled.amendments, settled.declared)
    beside = {"warnings": (*drafted.warnings, *settled.left_out), "foreign_document": look_at_foreign(survey)}
    return Analysis(project, survey, drafted.model_copy(update=beside), path, previous)
