"""A project's files to everything that can be read of it."""

from __future__ import annotations

from collections.abc import Callable
from itertools import islice

from shipkit_mcp.analysis.memory import Memory
from shipkit_mcp.analysis.request import Request
from shipkit_mcp.facts import (
    DocKind,
    Files,
    MissingDocument,
    PrepDoc,
    Schema,
    Survey,
)
from shipkit_mcp.project import DocumentsFound, Project, ProjectFiles
from shipkit_mcp.readers.documents import read_documents, read_template, read_vision
from shipkit_mcp.readers.drizzle import find_schema, read_schema
from shipkit_mcp.readers.unseen import warn_of_hidden
from shipkit_mcp.readers.workflows import read_workflows

WARNINGS = 20
FOLDERS = 5

REQUIRED = (
    (DocKind.MASTER_IDEA, "Master Idea Document", "ai_docs/prep/master_idea.md"),
    (DocKind.WIREFRAME, "Wireframe Reference", "ai_docs/prep/wireframe.md"),
    (DocKind.APP_PAGES, "App Pages & Functionality Blueprint", "ai_docs/prep/app_pages_and_functionality.md"),
    (DocKind.WORKFLOW_INDEX, "Trigger Workflow Documentation (index)", "ai_docs/prep/trigger_workflows.md"),
    (DocKind.WORKFLOW, "Trigger Workflow Documentation (workflows)", "ai_docs/prep/trigger_workflow_*.md"),
)
"""The mission's "Required Documents", in its order."""


class _Read:
    """What the documents gave; kept together because they are read together."""

    def __init__(
        self, found: DocumentsFound, files: Files, known: dict[str, PrepDoc], check: Callable[[], None]
    ) -> None:
        self.documents = read_documents(files, found.paths, known)
        self.vision = read_vision(self.documents)
        self.template = read_template(self.documents)
        check()
        self.workflows = read_workflows(self.documents)
        check()


def survey_project(project: Project, files: ProjectFiles, request: Request, memory: Memory) -> Survey:
    """Read the documents, the schema and the code's imports and task ids, each only if it changed."""
    request.reach("reading planning documents")
    of_project = memory.of(project.root)
    found = project.documents(files)
    read = memory.recall(
        ("documents", project.root),
        files,
        lambda view: _Read(found, view, of_project.documents, request.check),
        asked=found.paths,
        check=request.check,
    )
    request.reach("reading the schema")
    schema = memory.recall(
        ("schema", project.root, request.schema, request.casing),
        files,
        lambda view: read_schema(view, find_schema(view, request.schema, request.casing), memory.modules),
        check=request.check,
    )
    request.reach("looking through the code")
    stack = project.stack(files)
    code = project.scan(files, schema.files, of_project.scans)
    survey = Survey(
        project_root=project.shown_root,
        workspace=project.workspace,
        documents=read.documents,
        documents_folder=found.folder,
        missing_documents=_missing(read.documents, found),
        vision=read.vision,
        template=read.template,
        workflows=read.workflows,
        schema=schema,
        schema_sources=tuple(source for path in schema.files if (source := files.get(path))),
        stack=stack,
        code=code,
        warnings=(*_other_folders(found), *files.warnings, *_hidden(read.documents, schema, files, memory)),
    )
    return memory.same(("survey", project.root), survey)


def _hidden(documents: tuple[PrepDoc, ...], schema: Schema, files: Files, memory: Memory) -> tuple[str, ...]:
    """What stands in the files and nobody sees, or nobody should."""

    def look() -> tuple[str, ...]:
        sources = [one.source for one in documents]
        sources += [source for path in schema.files if (source := files.get(path))]
        said = tuple(islice(warn_of_hidden(sources), WARNINGS + 1))
        return said if len(said) <= WARNINGS else (*said[:WARNINGS], "More files hold such text.")

    return memory.derive("hidden", (documents, schema), look)


def _other_folders(found: DocumentsFound) -> tuple[str, ...]:
    if not found.others:
        return ()
    folders = ", ".join(f"`{one or '.'}`" for one in found.others[:FOLDERS])
    more = f" and {len(found.others) - FOLDERS} more" if len(found.others) > FOLDERS else ""
    return (f"Planning documents also stand in {folders}{more}; only `{found.folder or '.'}` was read.",)


def _missing(documents: tuple[PrepDoc, ...], found: DocumentsFound) -> tuple[MissingDocument, ...]:
    kinds = {one.kind for one in documents}
    return tuple(
        MissingDocument(document=name, path=path, looked_in=found.looked_in)
        for kind, name, path in REQUIRED
        if kind not in kinds
    )
