"""Runs the case files of tests/cases/workflows: documents in, workflows out, said in a few lines each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from shipkit_mcp.facts import DeclaredColumn, DeclaredTable, Source, Workflow
from shipkit_mcp.readers.documents import read_documents
from shipkit_mcp.readers.workflows import read_workflows

CASES = Path(__file__).parents[2] / "cases" / "workflows"


class Given:
    """The documents of one case, by path."""

    def __init__(self, text: str) -> None:
        parts = re.split(r"^=== (.+)$", text, flags=re.MULTILINE)[1:]
        self.texts = {
            path: body.removeprefix("\n") for path, body in zip(parts[::2], parts[1::2], strict=True)
        }

    def get(self, path: str) -> Source | None:
        return Source(path, self.texts[path]) if path in self.texts else None

    def under(self, folder: str = "") -> list[str]:
        return sorted(path for path in self.texts if path.startswith(folder))


def cases() -> Iterator[tuple[str, str, str]]:
    """Title, documents and expected lines of every case, which dots on lines of their own set apart."""
    for file in sorted(CASES.glob("*.md")):
        parts = re.split(r"^\.$\n?", file.read_text(encoding="utf-8"), flags=re.MULTILINE)
        for title, given, expected in zip(parts[::3], parts[1::3], parts[2::3], strict=False):
            yield f"{file.stem}: {title.strip()}", given, expected.strip()


@pytest.mark.parametrize(("given", "expected"), [pytest.param(*case[1:], id=case[0]) for case in cases()])
def test_documents_are_read_as_the_case_says(given: str, expected: str) -> None:
    files = Given(given)
    found = read_workflows(read_documents(files, list(files.texts)))
    assert "\n".join(line for workflow in found for line in told(workflow)) == expected


def told(workflow: Workflow) -> Iterator[str]:
    """What a workflow says, one fact a line; what it does not say is left out."""
    yield f'workflow {workflow.name} "{workflow.title}" {workflow.source} {workflow.confidence}'
    for name in ("purpose", "trigger", "duration", "inline_results", "no_jobs_table"):
        statement = getattr(workflow, name)
        if statement:
            yield f"  {name}: {statement.text} @{statement.evidence.line}"
    for name in ("inputs", "steps", "outputs", "enhancements", "decision_points"):
        statements = getattr(workflow, name)
        if statements:
            yield f"  {name}: {' | '.join(one.text for one in statements)}"
    if workflow.saves_output is not None:
        yield f"  saves: {workflow.saves_output}"
    for task in workflow.tasks:
        yield f"  task {task.id}{' deprecated' if task.deprecated else ''} @{task.evidence.line}"
    for one in workflow.progress:
        yield f"  progress {one.label}: {one.start}-{one.end} @{one.evidence.line}"
    if workflow.statuses:
        line = workflow.statuses_evidence.line if workflow.statuses_evidence else "?"
        yield f"  statuses: {', '.join(workflow.statuses)} @{line}"
    for write in workflow.status_writes:
        yield f"  writes {write.text} @{write.evidence.line}"
    for interface in workflow.interfaces:
        fields = " ".join(f"{field.name}={field.use}" for field in interface.fields)
        shown = f" {fields}" if interface.part in {"payload", "task_payload"} else ""
        yield f"  interface {interface.name} {interface.part} @{interface.evidence.line}{shown}"
    for table in workflow.tables:
        yield from table_told(table)
    for miss in workflow.unread:
        yield f"  unread @{miss.line}: {miss.why}"


def table_told(table: DeclaredTable) -> Iterator[str]:
    words = [table.name, table.use.value, table.role.value if table.role else ""]
    words += ["new" * table.declared_new, "partial" * table.partial, "marks-null" * table.marks_null]
    lists = [f"pk({', '.join(table.primary_key)})"] if table.primary_key else []
    lists += [f"unique({', '.join(columns)})" for columns in table.unique]
    lists += [f"index({', '.join(columns)})" for columns in table.indexes]
    yield "  table " + " ".join(word for word in [*words, f"@{table.evidence.line}", *lists] if word)
    for column in table.columns:
        yield "    " + column_told(column)


def column_told(column: DeclaredColumn) -> str:
    text = column.name + (f": {column.type}" if column.type else "")
    text += f" ({column.type_comment})" if column.type_comment else ""
    text += {True: " not-null", False: " nullable", None: ""}[column.not_null]
    text += " pk" * column.primary_key + " unique" * column.unique + " legacy" * column.legacy
    text += " dropped" * column.dropped
    text += f" -> {column.references}" if column.references else ""
    text += f" {column.on_delete}" if column.on_delete else ""
    text += f" default {column.default}" if column.default else ""
    text += f" [{', '.join(column.values)}]" if column.values else ""
    return f"{text} @{column.evidence.line}"
