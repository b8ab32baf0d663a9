"""Whatever amendments are thrown at it, the document says nothing false, counts right and is stable."""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from endtoend.projects import AUDIO, DOCUMENT, SITES, table_of
from hypothesis import given, settings
from hypothesis import strategies as st

from shipkit_mcp.analysis import Analysis, analyse
from shipkit_mcp.analysis.memory import Memory
from shipkit_mcp.analysis.request import Request
from shipkit_mcp.analysis.writing import draft_document, write_document
from shipkit_mcp.document import render_document
from shipkit_mcp.errors import BadAmendment
from shipkit_mcp.facts import Column, Schema, Survey
from shipkit_mcp.findings import Counts, Plan, Readiness
from shipkit_mcp.project import open_project
from shipkit_mcp.server.outgoing import clean
from tests.golden.update import EXAMPLES

# --- what is thrown ---------------------------------------------------------------------------------

DECISIONS = (
    "own-jobs-table", "results-place", "result-versions", "status-vocabulary", "stripe-state", "enum-style",
    "template-tables", "usage-record", "enhancement-timing", "nothing-posed",
)  # fmt: skip
TABLES = ("stalls", "notes", "users", "products", "brand_kits", "transcripts", "transcript_messages", "usage")
COLUMNS = ("name", "job_id", "user_id", "stall_id", "kind", "status", "emial", "plan_tier", "notes_id")
TYPES = (
    "text", "uuid", "integer (NOT NULL)", "timestamp (nullable)", "jsonb", "enum (a, b)", "money", "text[]",
    "uuid (FK → users.id, cascade delete)", "uuid (FK → stalls.id)", "uuid (FK → nowhere.id, set null)",
)  # fmt: skip
ADDED = st.builds("{}: {}".format, st.sampled_from(COLUMNS), st.sampled_from(TYPES))
OTHER = st.sampled_from(
    ["drop name", "drop job_id", "rename name to title", "index: name", "unique: user_id"]
)
BODIES = st.lists(ADDED | OTHER, max_size=3).map(lambda lines: "\n  ".join(["id: uuid (PK)", *lines]))
NOTATION = st.lists(st.builds("{} {{\n  {}\n}}".format, st.sampled_from(TABLES), BODIES), max_size=3).map(
    "\n".join
)
PROSE = st.sampled_from(
    ["Plain words.", "See `users.email`.", "`products` grow.", "A `kiln_log` — later.", ""]
)
PLACES = ("end_goal", "advantage", "next_steps", "table.users", "table.stalls", "workflow.transcription")
CALLS = st.fixed_dictionaries(
    {},
    optional={
        "decisions": st.dictionaries(st.sampled_from(DECISIONS), st.sampled_from(["A", "B"]), max_size=3),
        "tables": NOTATION,
        "remove": st.lists(st.sampled_from([*TABLES[2:], "-stalls", "ai_summaries"]), max_size=2),
        "narrative": st.dictionaries(st.sampled_from(PLACES), PROSE, max_size=2),
    },
)

# --- what the document may say ------------------------------------------------------------------------


@cache
def fixed_words() -> frozenset[str]:
    """Names in the mission's own pattern text, which stand in every document."""
    nothing = Plan(
        project_root="~/app",
        readiness=Readiness(percent=0, met=0, total=0),
        counts=Counts(tables=0, columns=0, new=0, modified=0, removed=0, total=0),
    )
    empty = Survey(project_root="~/app", schema=Schema())
    return frozenset(names_of(render_document(empty, nothing))) | {"stripe_customer_id"}


def names_of(text: str) -> Iterator[str]:
    """Names in code spans that could be a table or a column."""
    outside = re.sub(r"^```.*?^```$|<!-- .*", "", text, flags=re.MULTILINE | re.DOTALL)
    yield from re.findall(r"(?<!`)`([a-z][a-z0-9_]*(?:\.[a-z][a-z0-9_]*)?)`(?!`)", outside)


def columns_of(schema: Schema) -> dict[str, dict[str, Column]]:
    return {one.name: {column.name: column for column in one.columns} for one in schema.tables}


def check_names(analysis: Analysis, text: str) -> None:
    """Every table and column exists, is planned, or is marked as only referred to."""
    plan, now = analysis.plan, columns_of(analysis.survey.schema)
    then = columns_of(plan.target)
    known = {*now, *then, *(one for table in (*now.values(), *then.values()) for one in table)}
    known |= {f"{name}.{one}" for tables in (now, then) for name, table in tables.items() for one in table}
    known |= {one.name for schema in (analysis.survey.schema, plan.target) for one in schema.enums}
    undeclared = {one.table for one in plan.undeclared}

    assert set(names_of(text)) <= known | undeclared | fixed_words() | {"A", "B"}
    for name in re.findall(r"`(\w+)` \(planned\)", text):
        assert name in known
    for name in re.findall(r"`(\w+)` \(referred to, not declared\)", text):
        assert name in undeclared - set(then)
    for name, path, line in re.findall(r"(?<=[*: ])`(\w+)`(?:\*\*)? \(`(lib/[^`:]+):(\d+)`\)", text):
        source = (Path(analysis.project.root) / path).read_text(encoding="utf-8").split("\n")[int(line) - 1]
        key = "".join(part.title() for part in name.split("_"))
        assert name in source or key[:1].lower() + key[1:] in source


def check_totals(analysis: Analysis, text: str) -> None:
    """The totals are those of the lists, and the lists those of the plan."""
    lists = {
        label: re.findall(r"`(\w+)` \(", table_of(text, label))
        for label in ("New Tables Needed", "Tables to Modify", "Tables to Remove")
    }
    now = {one.name for one in analysis.survey.schema.tables}
    new, modified, removed = (set(one) for one in lists.values())

    assert int(table_of(text, "Total Tables")) == len(now) + len(new) - len(removed)
    assert not new & now
    assert modified | removed <= now
    assert not modified & removed
    assert {one.name for one in analysis.plan.target.tables} == (now | new) - removed
    headings = re.findall(r"^### Change #(\d+): ", text, re.MULTILINE)
    assert [int(one) for one in headings] == list(range(1, len(headings) + 1))


# --- the property --------------------------------------------------------------------------------------


def wrote(root: Path, memory: Memory, amendments: dict[str, Any]) -> tuple[Analysis, bytes] | None:
    """The document after a call, or None where the call was refused."""
    project = open_project(None, launch=str(root), environ={}, cwd="/")
    request = Request(amendments=amendments)
    try:
        analysis = analyse(project, request, memory)
    except BadAmendment:
        return None
    write_document(analysis, draft_document(analysis, clean=clean), request, expected_sha256=None)
    return analysis, (root / DOCUMENT).read_bytes()


@given(st.sampled_from([AUDIO, SITES]), st.lists(CALLS, min_size=1, max_size=3))
@settings(max_examples=25, deadline=None)
def test_the_document_is_true_counted_and_stable_whatever_is_amended(
    name: str, calls: list[dict[str, Any]]
) -> None:
    memory = Memory()
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / name
        shutil.copytree(EXAMPLES / name, root)
        (root / DOCUMENT).unlink()
        for amendments in calls:
            before = (root / DOCUMENT).read_bytes() if (root / DOCUMENT).exists() else None
            made = wrote(root, memory, amendments)
            if made is None:
                assert ((root / DOCUMENT).read_bytes() if (root / DOCUMENT).exists() else None) == before
                continue
            analysis, data = made
            check_names(analysis, data.decode())
            check_totals(analysis, data.decode())
            again = wrote(root, memory, {})
            assert again is not None
            assert again[1] == data
