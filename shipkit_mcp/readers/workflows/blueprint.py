"""Turns the background-job blocks of the pages blueprint into what they say of each workflow."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from shipkit_mcp.facts import DocKind, Interface, PayloadField, PrepDoc, Section, Statement, Task
from shipkit_mcp.readers.markdown_labels import Labelled, bullets, labelled
from shipkit_mcp.readers.markdown_text import codes, snake, spoken
from shipkit_mcp.readers.workflows.interfaces import use_of
from shipkit_mcp.readers.workflows.words import DURATION, INPUTS, OUTPUTS, PROCESSING, TRIGGER

_BACKGROUND = re.compile(
    r"(?:background (?:job|task|process)|trigger(?:\.dev)? (?:task|job)|(?:tarea|trabajo"
    r"|proceso) en segundo plano"
    r"|(?:processo|job|attivit[aà]) in background|(?:t[aâ]che|travail|processus) en arri[eè]re[- ]plan)",
    re.IGNORECASE,
)
_TASK_FILE = re.compile(r"([a-z0-9]+(?:-[a-z0-9]+)+)\.ts")
_OBJECT = re.compile(r"\{\s*([^{}]{1,500})\}")


@dataclass(frozen=True)
class JobBlock:
    """``**X** (Background Job)`` with its bullets, or ``**task-id.ts**`` with input and output."""

    document: PrepDoc
    title: str
    line: int
    task: str | None
    trigger: Statement | None
    duration: Statement | None
    inputs: tuple[Statement, ...]
    steps: tuple[Statement, ...]
    outputs: tuple[Statement, ...]
    payload: Interface | None

    @property
    def task_fact(self) -> Task | None:
        return Task(id=self.task, evidence=self.document.source.at(self.line - 1)) if self.task else None


def read_job_blocks(documents: Sequence[PrepDoc]) -> tuple[JobBlock, ...]:
    """Every background-job block of the blueprints that are the user's own."""
    return tuple(
        _block(document, one)
        for document in documents
        if document.kind is DocKind.APP_PAGES and not document.boilerplate
        for section in document.sections
        for one in _blocks(section)
    )


def read_flow(documents: Sequence[PrepDoc]) -> JobBlock | None:
    """The flow of an app with one workflow: its inputs, steps and outputs under one heading."""
    for document in documents:
        if document.kind is not DocKind.APP_PAGES or document.boilerplate:
            continue
        for section in document.sections:
            inner = labelled(section.blocks)
            keys = {one.key for one in inner if one.blocks or one.value}
            if (
                len([part for part in (INPUTS, PROCESSING, OUTPUTS) if part & keys]) > 1
                and keys & _FLOW_LABELS
            ):
                return _from_labels(document, "Main workflow", section.line, None, inner)
    return None


_FLOW_LABELS = frozenset({"workflow inputs", "workflow outputs", "processing steps", "entradas del flujo"})


def _blocks(section: Section) -> Iterator[Labelled]:
    for one in labelled(section.blocks):
        background = _BACKGROUND.fullmatch(one.note.strip()) is not None
        named = {inner.key for inner in labelled(one.blocks)}
        if one.mark == "bold" and (
            (background and named & (TRIGGER | INPUTS | OUTPUTS)) or _is_task(one, named)
        ):
            yield one


def _is_task(one: Labelled, named: set[str]) -> bool:
    return bool(_TASK_FILE.fullmatch(one.label) and named & (INPUTS | OUTPUTS | PROCESSING))


def _block(document: PrepDoc, one: Labelled) -> JobBlock:
    file = _TASK_FILE.fullmatch(one.label)
    task = file[1] if file else None
    title = task.replace("-", " ") if task else one.label
    return _from_labels(document, title, one.line, task, labelled(one.blocks))


def _from_labels(
    document: PrepDoc, title: str, line: int, task: str | None, inner: Sequence[Labelled]
) -> JobBlock:
    def say(text: str, line: int) -> Statement:
        return Statement(text=spoken(text), evidence=document.source.at(line - 1))

    def first(keys: frozenset[str]) -> Statement | None:
        return next((say(part.value, part.line) for part in inner if part.key in keys and part.value), None)

    def every(keys: frozenset[str]) -> Iterator[Statement]:
        for part in inner:
            if part.key in keys:
                if part.value:
                    yield say(part.value, part.line)
                yield from (say(block.text, block.line) for block in bullets(part.blocks))

    return JobBlock(
        document=document,
        title=title,
        line=line,
        task=task,
        trigger=first(TRIGGER),
        duration=first(DURATION),
        inputs=tuple(every(INPUTS)),
        steps=tuple(every(PROCESSING)),
        outputs=tuple(every(OUTPUTS)),
        payload=_payload(document, task or snake(title), inner),
    )


def _payload(document: PrepDoc, name: str, inner: Sequence[Labelled]) -> Interface | None:
    """``- Input: `{ pageId, description }``` as an interface without types."""
    for one in inner:
        found = next((match for code in codes(one.value) if (match := _OBJECT.search(code))), None)
        if one.key in INPUTS and found:
            evidence = document.source.at(one.line - 1)
            names = [part.partition(":") for part in found[1].split(",") if part.strip()]
            fields = tuple(
                PayloadField(
                    name=snake(field.strip(" ?")),
                    doc_name=field.strip(" ?"),
                    type=type_.strip() or "unknown",
                    optional=field.strip().endswith("?"),
                    use=use_of(field.strip(" ?"), type_, "payload", "", set()),
                    evidence=evidence,
                )
                for field, _, type_ in names
                if re.fullmatch(r"\w+\??", field.strip())
            )
            return Interface(name=name, part="payload", task=name, fields=fields, evidence=evidence)
    return None
