"""Turns the pipe tables and file lists of an index into entries for the workflows they name."""

from __future__ import annotations

import re
from collections.abc import Iterator

from shipkit_mcp.facts import BlockKind, Evidence, PrepDoc, Statement, Task, Workflow
from shipkit_mcp.readers.markdown_labels import bullets
from shipkit_mcp.readers.markdown_text import codes, fold, plain, spoken
from shipkit_mcp.readers.workflows.units import workflow_name
from shipkit_mcp.readers.workflows.words import DURATION, PURPOSE, TRIGGER

_FILE = re.compile(r"trigger_workflow_\w+\.md")
_TASK = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)+")


def read_index_lists(document: PrepDoc) -> tuple[Workflow, ...]:
    """One entry for each workflow file that a row or a bullet of the index names, the first mention wins."""
    found: dict[str, Workflow] = {}
    for entry in (*_rows(document), *_bullets(document)):
        found.setdefault(entry.name, entry)
    return tuple(found.values())


def _rows(document: PrepDoc) -> Iterator[Workflow]:
    for section in document.sections:
        header: tuple[str, ...] = ()
        for block in section.blocks:
            if block.kind is not BlockKind.TABLE_ROW:
                header = ()
            elif not header:
                header = tuple(fold(cell) for cell in block.cells)
            elif named := _FILE.search(block.text):
                cells = dict(zip(header, block.cells, strict=False))
                yield _entry(document, named[0], block.line, cells)


def _bullets(document: PrepDoc) -> Iterator[Workflow]:
    for section in document.sections:
        for block in bullets(section.blocks):
            first = block.text.split("\n", 1)[0]
            named = _FILE.search(first)
            if named and named.start() < 80 and workflow_name(named[0]) not in {None, "name"}:
                yield _entry(document, named[0], block.line, {})


def _entry(document: PrepDoc, file: str, line: int, cells: dict[str, str]) -> Workflow:
    name = workflow_name(file) or "workflow"
    evidence = document.source.at(line - 1)
    return Workflow(
        name=name,
        title=_title(cells) or name.replace("_", " ").title(),
        source="index",
        path=document.path,
        confidence="low",
        purpose=_cell(cells, PURPOSE, evidence),
        trigger=_cell(cells, TRIGGER, evidence),
        duration=_cell(cells, DURATION, evidence),
        tasks=tuple(Task(id=task, evidence=evidence) for cell in cells.values() for task in _tasks(cell)),
        evidence=evidence,
    )


def _title(cells: dict[str, str]) -> str:
    named = next(
        (
            cell
            for key, cell in cells.items()
            if key in {"workflow", "name", "title", "nombre", "nome", "nom"}
        ),
        "",
    )
    return "" if codes(named) else plain(named)


def _tasks(cell: str) -> list[str]:
    return [code for code in codes(cell) if _TASK.fullmatch(code)]


def _cell(cells: dict[str, str], keys: frozenset[str], evidence: Evidence) -> Statement | None:
    text = next((cell for key, cell in cells.items() if key in keys and cell), "")
    return Statement(text=spoken(text), evidence=evidence) if text else None
