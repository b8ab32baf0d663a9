"""Small projects in memory, read by the real readers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from shipkit_mcp.facts import CodeFacts, Evidence, Source, Stack, Survey, Task
from shipkit_mcp.findings import Finding
from shipkit_mcp.mapping import map_workflows
from shipkit_mcp.readers.documents import read_documents, read_vision
from shipkit_mcp.readers.drizzle import find_schema, read_schema
from shipkit_mcp.readers.workflows import read_workflows
from shipkit_mcp.rules import Example, check_project

SCHEMA = "lib/drizzle/schema/index.ts"


class Memory:
    """Files in memory."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        self.texts = dict(texts)

    def get(self, path: str) -> Source | None:
        return Source(path, self.texts[path]) if path in self.texts else None

    def under(self, folder: str = "") -> Sequence[str]:
        start = f"{folder}/" if folder else ""
        return sorted(path for path in self.texts if path.startswith(start))


def survey_of(example: Example, *, trigger: bool = True) -> Survey:
    """Everything that is read of an example."""
    texts = dict(example.documents) | ({SCHEMA: example.schema} if example.schema else {})
    files = Memory(texts)
    documents = read_documents(files, [path for path, _ in example.documents])
    return Survey(
        project_root="~/app",
        documents=documents,
        vision=read_vision(documents),
        workflows=read_workflows(documents),
        schema=read_schema(files, find_schema(files)),
        stack=Stack(uses_trigger=trigger),
        code=_code(example),
    )


def _code(example: Example) -> CodeFacts:
    tasks = [
        Task(id=one, evidence=Evidence(path=f"trigger/{one}.ts", line=3, quote=f'id: "{one}",'))
        for one in example.tasks
    ]
    return CodeFacts(tasks=tuple(tasks), scanned=len(tasks))


def check(example: Example, *, trigger: bool = True) -> tuple[Finding, ...]:
    """The findings of an example."""
    survey = survey_of(example, trigger=trigger)
    return check_project(survey, map_workflows(survey))
