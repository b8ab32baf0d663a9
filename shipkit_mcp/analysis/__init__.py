"""``analyse(project)``: the pipeline, in one function that fits on a screen."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from shipkit_mcp import document, plan
from shipkit_mcp.analysis.memory import Memory
from shipkit_mcp.analysis.survey import survey_project
from shipkit_mcp.errors import Cancelled
from shipkit_mcp.facts import Amendments, DeclaredTable, Source, Survey, Unread
from shipkit_mcp.findings import Plan
from shipkit_mcp.mapping import map_workflows
from shipkit_mcp.project import Project
from shipkit_mcp.readers.notation import read_tables
from shipkit_mcp.rules import check_project

NAME = "initial_data_schema.md"


@dataclass(frozen=True)
class Request:
    """What a caller asks of an analysis, beside the project."""

    amendments: Mapping[str, Any] = field(default_factory=dict)
    """As the assistant gave them: merged over what the document's end comment holds."""
    schema: tuple[str, ...] = ()
    """Paths or globs that replace the search for the schema."""
    casing: str | None = None
    task_documents: bool = False
    cancelled: Callable[[], bool] = lambda: False
    progress: Callable[[str], None] = lambda _stage: None


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
    _go_on(request, "mapping workflows to tables")
    mappings = memory.derive("mappings", (survey,), lambda: map_workflows(survey))
    findings = memory.derive("findings", (survey, mappings), lambda: check_project(survey, mappings))
    _go_on(request, "drafting the plan")
    path = _document_path(survey)
    previous = files.get(path)
    amendments, declared = _amendments(request, previous)
    drafted = plan.draft_plan(survey, mappings, findings, amendments, declared)
    return Analysis(project, survey, drafted, path, previous)


def _go_on(request: Request, stage: str) -> None:
    if request.cancelled():
        raise Cancelled("The caller went away; nothing was written.")
    request.progress(stage)
