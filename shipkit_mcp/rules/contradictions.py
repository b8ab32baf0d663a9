"""Checks on documents that disagree with themselves, each other or the schema: both places are cited."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations, islice

from shipkit_mcp.facts import (
    BlockKind,
    DeclaredTable,
    DocKind,
    Evidence,
    Interface,
    Role,
    Section,
    TableUse,
    Workflow,
)
from shipkit_mcp.findings import TableState
from shipkit_mcp.patterns.columns import JOB_STATUSES, STATUS
from shipkit_mcp.rules.context import Context
from shipkit_mcp.rules.rule import Check, Fault
from shipkit_mcp.rules.shape import folded, values_of
from shipkit_mcp.rules.tables import difference

TEMPLATE = re.compile(
    r"\*\*(?:Your )?(?:Chosen )?Template(?: Type| Used)?:?\*\*.{0,120}?\b"
    r"((?:worker|rag|chat|adk|agent|base)-(?:simple|saas|agent|template))\b",
    re.IGNORECASE,
)
WORKFLOW_FILE = re.compile(r"trigger_workflow_(\w+)\.md")
_MOST = 64
"""Declarations of one name that are compared with each other."""
IDENTIFIER = re.compile(r"`([a-z][a-z0-9]*(?:_[a-z0-9]+)+)`|\*\*([a-z][a-z0-9]*(?:_[a-z0-9]+)+)\*\*")


def unknown_status_writes() -> Check:
    """A status that a document's code writes must be in its vocabulary."""

    def check(context: Context) -> Iterator[Fault]:
        for workflow in context.survey.workflows:
            vocabulary = workflow.statuses
            stated = (workflow.statuses_evidence,) if workflow.statuses_evidence else ()
            for write in workflow.status_writes:
                if vocabulary and write.text not in vocabulary:
                    yield Fault(
                        subject=f"{workflow.name}.{write.text}",
                        evidence=(write.evidence, *stated),
                        words={"status": write.text, "known": ", ".join(f"`{one}`" for one in vocabulary)},
                    )

    return check


def differing_documented_statuses() -> Check:
    """The vocabulary of a job that is not built yet must be the mission's, or be decided."""

    def check(context: Context) -> Iterator[Fault]:
        for mapping in context.mappings:
            jobs = mapping.jobs
            read = context.workflow(mapping.name)
            if not read or not read.statuses or not read.statuses_evidence:
                continue
            if jobs and jobs.state is TableState.CREATE and set(read.statuses) != set(JOB_STATUSES):
                words = {"table": jobs.table, "column": "status", **difference(read.statuses, JOB_STATUSES)}
                yield Fault(subject=f"{jobs.table}.status", evidence=(read.statuses_evidence,), words=words)

    return check


def statuses_unlike_schema() -> Check:
    """Document and schema must know the same statuses."""

    def check(context: Context) -> Iterator[Fault]:
        for part in context.parts(Role.JOBS):
            column = part.column(STATUS)
            built = values_of(part.table, column) if column else ()
            for mapping, _ in part.uses:
                read = context.workflow(mapping.name)
                if column and built and read and read.statuses and set(read.statuses) != set(built):
                    stated = (read.statuses_evidence,) if read.statuses_evidence else ()
                    yield Fault(
                        subject=f"{part.table.name}.{column.name}",
                        evidence=(*part.evidence("status", column)[:1], *stated),
                        words={
                            "table": part.table.name,
                            "column": column.name,
                            **difference(built, read.statuses),
                        },
                        table=part.table,
                    )

    return check


def differing_templates() -> Check:
    """All documents must name the same template."""

    def check(context: Context) -> Iterator[Fault]:
        named: dict[str, Evidence] = {}
        for line in context.lines_with("template"):
            match = TEMPLATE.search(line.text)
            if match:
                named.setdefault(match[1].lower(), line.evidence)
        if len(named) > 1:
            words = {"names": " and ".join(f"`{one}`" for one in named)}
            yield Fault(subject="template", evidence=tuple(named.values()), words=words)

    return check


def differing_payloads() -> Check:
    """A payload interface that two files declare must have the same fields in both."""

    def check(context: Context) -> Iterator[Fault]:
        declared: dict[str, dict[object, Interface]] = {}
        for workflow in context.survey.workflows:
            for one in workflow.interfaces:
                if one.part != "table":
                    declared.setdefault(one.name, {}).setdefault((one.evidence.path, _fields(one)), one)
        for name, unlike_each_other in declared.items():
            for first, second in combinations(islice(unlike_each_other.values(), _MOST), 2):
                if first.evidence.path != second.evidence.path and _fields(first) != _fields(second):
                    unlike = ", ".join(f"`{one}`" for one in sorted(_fields(first) ^ _fields(second)))
                    words = {"name": name, "unlike": unlike}
                    yield Fault(subject=name, evidence=(second.evidence, first.evidence), words=words)

    return check


def _fields(interface: Interface) -> frozenset[str]:
    return frozenset(one.name for one in interface.fields)


def outdated_columns() -> Check:
    """A document that lists another workflow's table must not list columns that this table does not have."""

    def check(context: Context) -> Iterator[Fault]:
        for workflow in context.survey.workflows:
            for declared in workflow.tables:
                if declared.use is TableUse.OTHER_WORKFLOW:
                    yield from _outdated(context, declared)

    return check


def _outdated(context: Context, declared: DeclaredTable) -> Iterator[Fault]:
    own, live = _truth(context, declared.name)
    stale = [one for one in declared.columns if not one.legacy and folded(one.name) not in live]
    if live and stale:
        names = ", ".join(f"`{one.name}`" for one in stale)
        words = {"table": declared.name, "columns": names, "document": declared.evidence.path}
        yield Fault(subject=declared.name, evidence=(stale[0].evidence, own), words=words)


def _truth(context: Context, name: str) -> tuple[Evidence, frozenset[str]]:
    """The columns that the schema or else the owning document gives a table, and where."""
    table = context.schema.table(name)
    if table:
        place = Evidence(path=table.path, line=max(1, table.line))
        return place, frozenset(folded(one.name) for one in table.columns)
    for workflow in context.survey.workflows:
        for one in workflow.tables:
            if one.name == name and one.use is TableUse.DEFINED and not one.partial and one.columns:
                return one.evidence, frozenset(column.name for column in one.columns if not column.legacy)
    return Evidence(path="", line=0), frozenset()


def differing_job_tables() -> Check:
    """An index must name the tables that the workflow's own document names."""

    def check(context: Context) -> Iterator[Fault]:
        built = {one.name for one in context.schema.tables}
        for document in context.survey.documents:
            for section in document.sections if document.kind is DocKind.WORKFLOW_INDEX else ():
                workflow = _indexed(context, section)
                declared = [one for one in workflow.tables if one.role is Role.JOBS] if workflow else []
                for name, row in _job_tables(section):
                    if workflow and declared and name not in built | {one.name for one in workflow.tables}:
                        words = {"names": f"`{declared[0].name}` and `{name}`"}
                        places = (document.source.at(row), declared[0].evidence)
                        yield Fault(subject=workflow.name, evidence=places, words=words)

    return check


def _indexed(context: Context, section: Section) -> Workflow | None:
    """The workflow whose file an index entry names."""
    text = "\n".join(block.text for block in section.blocks)
    named = WORKFLOW_FILE.search(text)
    return context.workflow(named[1]) if named else None


def _job_tables(section: Section) -> Iterator[tuple[str, int]]:
    """The tables below an entry's "Job Tracking Tables", with the rows of their lines."""
    listed = False
    for block in section.blocks:
        label = "job tracking table" in block.text.lower()
        listed = label or (listed and block.kind is BlockKind.BULLET)
        for offset, text in enumerate(block.text.split("\n")):
            for match in IDENTIFIER.finditer(text[:4_000]) if listed else ():
                yield match[1] or match[2], block.line - 1 + offset
