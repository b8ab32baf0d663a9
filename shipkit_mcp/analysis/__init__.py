"""``analyse(project)``: the pipeline, in one function that fits on a screen."""

from __future__ import annotations

from dataclasses import dataclass

from shipkit_mcp import document, plan
from shipkit_mcp.analysis.memory import Memory
from shipkit_mcp.analysis.request import Request
from shipkit_mcp.analysis.survey import survey_project
from shipkit_mcp.facts import Amendments, DeclaredTable, Source, Survey, Unread
from shipkit_mcp.findings import Plan
from shipkit_mcp.mapping import map_workflows
from shipkit_mcp.project import Project
from shipkit_mcp.readers.notation import read_tables
from shipkit_mcp.rules import check_project

NAME = "initial_data_schema.md"


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
    survey = survey_project(project, files, request, memory)
    request.reach("mapping workflows to tables")
    mappings = memory.derive("mappings", (survey,), lambda: map_workflows(survey))
    findings = memory.derive("findings", (survey, mappings), lambda: check_project(survey, mappings))
    request.reach("drafting the plan")
    path = _document_path(survey)
    previous = files.get(path)
    amendments, declared = _amendments(request, previous)
    drafted = plan.draft_plan(survey, mappings, findings, amendments, declared)
    return Analysis(project, survey, drafted, path, previous)
