"""``analyse(project)``: the pipeline, in one function that fits on a screen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from shipkit_mcp import document, plan
from shipkit_mcp.analysis.amending import settle_amendments
from shipkit_mcp.analysis.foreign import look_at_foreign
from shipkit_mcp.analysis.memory import Memory
from shipkit_mcp.analysis.parse_worker import ParseWorker
from shipkit_mcp.analysis.request import Request
from shipkit_mcp.analysis.survey import survey_project
from shipkit_mcp.errors import watched
from shipkit_mcp.facts import Source, Survey
from shipkit_mcp.findings import Plan
from shipkit_mcp.mapping import map_workflows
from shipkit_mcp.project import Project
from shipkit_mcp.readers.secret_text import hide_secrets
from shipkit_mcp.readers.typescript.patience import one_run
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
    with watched(request.check):
        return _analyse(project, request, memory)


def _analyse(project: Project, request: Request, memory: Memory) -> Analysis:
    files = project.files(memory.of(project.root).sources, hide_secrets)
    try:
        with one_run(ParseWorker(memory.modules)):
            survey = survey_project(project, files, request, memory)
        path = document.document_path(survey)
        previous = files.get(path)
    finally:
        files.close()
    given = memory.same(("given", project.root), dict(request.amendments))
    inputs = (survey, previous, given)
    drafted = memory.derive(
        ("plan", project.root), inputs, lambda: _draft(survey, previous, given, request, memory)
    )
    return Analysis(project, survey, drafted, path, previous)


def _draft(
    survey: Survey, previous: Source | None, given: Mapping[str, Any], request: Request, memory: Memory
) -> Plan:
    """Map, check, draft; what amendments do not touch is not done again for other ones."""
    request.reach("mapping workflows to tables")
    mappings = memory.derive(("mappings",), (survey,), lambda: map_workflows(survey))
    request.reach("checking the rules")
    findings = memory.derive(("findings",), (survey, mappings), lambda: check_project(survey, mappings))
    request.reach("drafting the plan")
    settled = settle_amendments(survey, mappings, findings, given, previous)
    drafted = plan.draft_plan(survey, mappings, findings, settled.amendments, settled.declared)
    beside = {"warnings": (*drafted.warnings, *settled.left_out), "foreign_document": look_at_foreign(survey)}
    return drafted.model_copy(update=beside)
