"""Tells which part each table of a workflow plays, from its words, its keys and what the tasks write."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from shipkit_mcp.facts import BlockKind, DeclaredTable, Role, TableUse
from shipkit_mcp.readers.workflows.diagrams import read_boxes
from shipkit_mcp.readers.workflows.tables_found import TablesRead
from shipkit_mcp.readers.workflows.units import Unit
from shipkit_mcp.readers.workflows.words_tables import ENHANCEMENT_WORDS, JOB_WORDS, RESULT_WORDS
from shipkit_mcp.readers.workflows.written import written_in

JOB_NAME = re.compile(r"(?:\w*_)?jobs?|\w+_(?:runs|job_queue)")
_RESULT_NAME = re.compile(r"(?:\w+_)?(?:results?|outputs?)")
_USAGE = re.compile(r"(?:\w*_)?(?:usage|quotas?|credits?|consumption|counters?)(?:_\w+)?")
_SETTINGS = re.compile(r"(?:\w*_)?(?:settings?|preferences?|configs?|configurations?)(?:_\w+)?")
_RUN_IDS = frozenset({"trigger_job_id", "trigger_run_id", "run_id"})


@dataclass
class _Tables:
    """A unit's own tables and what is known of them together."""

    own: Sequence[DeclaredTable]
    words: dict[str, str]
    named: dict[str, str]
    written: frozenset[str]
    jobs: DeclaredTable | None = None
    results: list[str] = field(default_factory=list)
    subjects: frozenset[str] = frozenset()
    """Tables that the jobs table points to: what the jobs are about."""


def with_roles(unit: Unit, tables: tuple[DeclaredTable, ...], read: TablesRead) -> tuple[DeclaredTable, ...]:
    """The tables, those that the unit defines with their role."""
    known = _Tables(
        own=[table for table in tables if table.use is TableUse.DEFINED],
        words={found.builder.name: found.words for found in read.tables},
        named={found.builder.name: " \n ".join(found.named) for found in read.tables},
        written=frozenset(written_in("\n".join(_task_lines(unit)), [table.name for table in tables])),
    )
    known.jobs = _jobs_table(known)
    if known.jobs:
        known.subjects = frozenset(_targets(known.jobs, [table.name for table in known.own]))
        known.results = [
            table.name for table in known.own if table is not known.jobs and _follows(known, table)
        ]
    return tuple(
        table.model_copy(update={"role": _role(known, table)}) if table.use is TableUse.DEFINED else table
        for table in tables
    )


def _jobs_table(known: _Tables) -> DeclaredTable | None:
    named = [table for table in known.own if JOB_NAME.fullmatch(table.name)]
    worded = [table for table in known.own if JOB_WORDS.search(known.named.get(table.name, ""))]
    shaped = [table for table in known.own if table.column("status") and _is_tracked(table)]
    return next(iter([*named, *worded, *shaped]), None)


def _is_tracked(table: DeclaredTable) -> bool:
    return any(column.name.startswith("progress") or column.name in _RUN_IDS for column in table.columns)


def _targets(table: DeclaredTable, names: Sequence[str]) -> Iterator[str]:
    """Those of the named tables that a table points to, by reference or by a column's name."""
    singular = {name.removesuffix("s"): name for name in names if name != table.name}
    for column in table.columns:
        target = (column.references or "").partition(".")[0] or singular.get(
            column.name.removesuffix("_id"), ""
        )
        if target in names and target != table.name:
            yield target


def _follows(known: _Tables, table: DeclaredTable) -> bool:
    """True where a table points to the jobs table, by reference, column name or words."""
    if known.jobs is None:
        return False
    mentioned = re.search(rf"(?<!\w){re.escape(known.jobs.name)}(?!\w)", known.words.get(table.name, ""))
    return bool(mentioned or table.column("job_id") or known.jobs.name in _targets(table, [known.jobs.name]))


def _role(known: _Tables, table: DeclaredTable) -> Role:
    return next((role for role, test in _TESTS if test(known, table)), Role.DOMAIN)


def _is_jobs(known: _Tables, table: DeclaredTable) -> bool:
    return table is known.jobs or JOB_NAME.fullmatch(table.name) is not None


def _is_enhancement(known: _Tables, table: DeclaredTable) -> bool:
    if ENHANCEMENT_WORDS.search(known.words.get(table.name, "")):
        return True
    return table.name not in known.results and any(_targets(table, known.results))


def _is_output(known: _Tables, table: DeclaredTable) -> bool:
    """Written by a task, called a result, about the same thing as the jobs, or all there is."""
    if table.name in known.subjects:
        return False
    about = any(_targets(table, list(known.subjects)))
    alone = known.jobs is None and len(known.own) == 1
    said = _RESULT_NAME.fullmatch(table.name) or RESULT_WORDS.search(known.named.get(table.name, ""))
    return bool(table.name in known.written or said or about or alone)


_TESTS = (
    (Role.JOBS, _is_jobs),
    (Role.ENHANCEMENT, _is_enhancement),
    (Role.RESULTS, lambda known, table: table.name in known.results),
    (Role.USAGE, lambda _known, table: _USAGE.fullmatch(table.name) is not None),
    (Role.SETTINGS, lambda _known, table: _SETTINGS.fullmatch(table.name) is not None),
    (Role.RESULTS, _is_output),
)
"""The first test that holds names the role; none makes it a table of the app's domain."""


def _task_lines(unit: Unit) -> Iterator[str]:
    for section in unit.sections:
        for block in section.blocks:
            if block.kind is not BlockKind.FENCE:
                continue
            for box in read_boxes(block):
                yield from " ".join(text for text, _ in box.lines).split("•")
            if ".insert(" in block.text:
                yield block.text
