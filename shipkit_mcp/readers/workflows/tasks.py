"""Turns code, file listings, diagrams and lists of a workflow document into its own task ids."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from shipkit_mcp.facts import Block, BlockKind, Evidence, Section, Task
from shipkit_mcp.readers.markdown_labels import bullets, labelled, read_label
from shipkit_mcp.readers.markdown_text import codes, spoken
from shipkit_mcp.readers.workflows.diagrams import read_boxes
from shipkit_mcp.readers.workflows.units import Unit
from shipkit_mcp.readers.workflows.words import TASK_ID, TASKS
from shipkit_mcp.readers.workflows.words_tables import DEPRECATED

_ID = r"[a-z0-9]+(?:-[a-z0-9]+)*"
_KEBAB = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)+")
_DEFINED = re.compile(
    rf"\b(?:schemaTask|schedules\.task"
    rf"|task)\s*(?:<[^<>]{{0,100}}>)?\(\s*\{{\s*(?:\n\s*)?id:\s*[\"'`]({_ID})[\"'`]"
)
_ID_LINE = re.compile(rf"^\s*id:\s*[\"'`]({_ID})[\"'`]\s*,?\s*(?://.*)?$")
_TRIGGERED = re.compile(
    rf"\.\s*(?:trigger|triggerAndWait|batchTrigger|batchTriggerAndWait"
    rf"|triggerAndPoll)\s*(?:<[^()]{{0,120}}>)?\(\s*[\"'`]({_ID})[\"'`]"
)
_FILE = re.compile(
    r"(?<![\w/])(?:src/|app/)?trigger/(?:tasks/)?(?:[\w-]+/)?(?P<name>[\w-]+)\.ts(?!x)\b(?P<rest>.*)"
)
_TREE = re.compile(r"^[\s│├└─|`+-]*(?P<name>[\w-]+)\.ts(?!x)\b(?P<rest>.*)")
_NOT_TASKS = frozenset({"index", "config", "types", "utils", "client", "constants", "schema", "trigger"})
_BOX_TITLE = re.compile(rf"({_ID})(?:\s+task)?")
_LEAD = re.compile(rf"^\s*//\s*(?:Task|Tarea|T[aâ]che)\s*\d*[a-z]?\s*:\s*({_ID})\b", re.IGNORECASE)
_STRONG = 2


@dataclass(frozen=True, slots=True)
class _Sighting:
    id: str
    weight: int
    evidence: Evidence
    description: str | None = None
    deprecated: bool = False


def read_tasks(unit: Unit) -> tuple[Task, ...]:
    """The unit's own tasks, in the order they are first seen; deprecated ones are flagged.

    A file in a listing of tasks, an ``id:`` in code, a list of key tasks or a payload's comment is proof
    enough; a call or a box counts where there is no such proof at all.
    """
    seen = [sighting for section in unit.sections for sighting in _section(unit, section)]
    strong = {one.id for one in seen if one.weight >= _STRONG and not one.deprecated}
    old = {one.id for one in seen if one.deprecated} - strong
    kept = strong or {one.id for one in seen if one.weight == 1 and _KEBAB.fullmatch(one.id)}
    return tuple(_task(name, seen, deprecated=name in old) for name in _in_order(seen, kept | old))


def read_orders(unit: Unit) -> dict[str, int | None]:
    """The number each task has in its chain, where a box, a listing or a comment gives one."""
    found: dict[str, int | None] = {}
    for section in unit.sections:
        for block in section.blocks:
            for line in block.text.split("\n") if block.kind is BlockKind.FENCE else ():
                numbered = _ORDER.search(line)
                name = numbered and (numbered["after"] or numbered["before"])
                if numbered and name:
                    found.setdefault(name, int(numbered["number"] or numbered["number2"]))
    return found


_ORDER = re.compile(
    rf"(?i:task|tarea|t[aâ]che|attivit[aà])\s*(?P<number>\d{{1,2}})[a-z]?\s*:\s*(?P<after>{_KEBAB.pattern})"
    rf"|(?<![\w-])(?P<before>{_KEBAB.pattern})\.ts\b[^\n]{{0,60}}?(?i:task|tarea"
    rf"|t[aâ]che)\s*(?P<number2>\d{{1,2}})"
)


def _in_order(seen: list[_Sighting], kept: set[str]) -> list[str]:
    return [name for name in dict.fromkeys(one.id for one in seen) if name in kept]


def _task(name: str, seen: list[_Sighting], *, deprecated: bool) -> Task:
    own = [one for one in seen if one.id == name]
    best = max(own, key=lambda one: one.weight)
    description = next((one.description for one in own if one.description), None)
    return Task(id=name, description=description, deprecated=deprecated, evidence=best.evidence)


def _section(unit: Unit, section: Section) -> Iterator[_Sighting]:
    kind = unit.kind(section)
    if kind == "samples":
        return
    for block in section.blocks:
        if block.kind is BlockKind.FENCE:
            yield from _fence(unit, block, listing=kind in {"tasks", "files"})
        elif kind in {"checklist", "principles", "failures"} or DEPRECATED.search(block.text):
            yield from _old(unit, block)
    if kind == "tasks":
        yield from _listed(unit, section.blocks)
    for one in labelled(section.blocks):
        if one.key in TASKS:
            yield from _listed(unit, one.blocks)
        elif one.key in TASK_ID and (named := [code for code in codes(one.value) if re.fullmatch(_ID, code)]):
            yield _Sighting(named[0], _STRONG, unit.document.source.at(one.line - 1))


def _listed(unit: Unit, blocks: tuple[Block, ...]) -> Iterator[_Sighting]:
    """``- `task-id` - description``."""
    for block in bullets(blocks):
        label = read_label(block.text.split("\n", 1)[0])
        evidence = unit.document.source.at(block.line - 1)
        name = label.label if label and label.mark in {"code", "bold"} else next(iter(codes(block.text)), "")
        if re.fullmatch(_ID, name) and block.depth == 0:
            description = spoken(label.value) if label and label.value else None
            yield _Sighting(name, _STRONG, evidence, description, bool(DEPRECATED.search(block.text)))
        elif found := _FILE.search(name):
            yield from _file(found, evidence, weight=_STRONG)


def _old(unit: Unit, block: Block) -> Iterator[_Sighting]:
    """Tasks that prose calls deprecated."""
    text = block.text.split("\n", 1)[0]
    if not DEPRECATED.search(text):
        return
    for code in codes(text):
        found = _FILE.search(code)
        name = found["name"] if found else code
        if _KEBAB.fullmatch(name) and name not in _NOT_TASKS and (found or "task" in text.lower()):
            yield _Sighting(name, 0, unit.document.source.at(block.line - 1), None, deprecated=True)


def _fence(unit: Unit, block: Block, *, listing: bool) -> Iterator[_Sighting]:
    source = unit.document.source
    in_task = False
    for row, line in enumerate(block.text.split("\n")):
        evidence = source.at(block.line - 1 + row)
        if re.search(r"\b(?:schemaTask|schedules\.task|task)\s*(?:<.{0,100}>)?\(\s*\{", line):
            in_task = True
        found = _DEFINED.search(line) or (_ID_LINE.match(line) if in_task else None)
        if found:
            in_task = False
            yield _Sighting(found[1], _STRONG, evidence)
        elif lead := _LEAD.match(line):
            yield _Sighting(lead[1], _STRONG, evidence)
        for called in _TRIGGERED.finditer(line):
            yield _Sighting(called[1], 1, evidence)
        if listing and (file := _FILE.search(line)):
            yield from _file(file, evidence, weight=_STRONG)
    if listing:
        yield from _tree(unit, block)
    for box in read_boxes(block):
        title = _BOX_TITLE.fullmatch(box.heading)
        if title and _KEBAB.fullmatch(title[1]):
            yield _Sighting(title[1], 1, source.at(box.lines[0][1] - 1))


def _file(found: re.Match[str], evidence: Evidence, *, weight: int) -> Iterator[_Sighting]:
    name, before = found["name"], found[0]
    if name in _NOT_TASKS or "utils/" in before or "/lib/" in before or not re.fullmatch(_ID, name):
        return
    rest = found["rest"].strip(" -–—#/`")
    description = re.sub(r"^(?:Task|Tarea|T[aâ]che)\s*\d*[a-z]?\s*(?::\s*|$)", "", rest) or None
    yield _Sighting(name, weight, evidence, description, bool(DEPRECATED.search(rest)))


def _tree(unit: Unit, block: Block) -> Iterator[_Sighting]:
    """Files drawn below a folder ``tasks/`` of a tree."""
    inside: int | None = None
    for row, line in enumerate(block.text.split("\n")):
        indent = len(line) - len(line.lstrip(" │├└─|`+-"))
        folder = _FOLDER.search(line)
        if folder:
            inside = _tasks_indent(folder["name"], indent, inside)
            continue
        found = _TREE.match(line)
        below = found is not None and inside is not None and indent > inside >= 0
        if found and below and found["name"] not in _NOT_TASKS and re.fullmatch(_ID, found["name"]):
            yield from _file(found, unit.document.source.at(block.line - 1 + row), weight=_STRONG)


_FOLDER = re.compile(r"(?:^|[\s│├└─/])(?P<name>[\w-]+)/\s*(?:[#-].*)?$")


def _tasks_indent(folder: str, indent: int, inside: int | None) -> int | None:
    """The indent of the tasks' folder; -1 inside another folder below it, None outside."""
    if folder in {"tasks", "trigger", "schedules"}:
        return indent
    return None if inside is None or indent <= inside else -1
