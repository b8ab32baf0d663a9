"""Readers of documents take any text: facts or Unread come out, never an exception, and lines always exist."""

from __future__ import annotations

import string

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shipkit_mcp.facts import DocKind, Source
from shipkit_mcp.readers.documents import read_document, read_template, read_vision
from shipkit_mcp.readers.markdown import read_sections
from shipkit_mcp.readers.markdown_labels import labelled
from shipkit_mcp.readers.markdown_text import fold, plain, snake, spoken
from shipkit_mcp.readers.notation import read_tables
from shipkit_mcp.readers.notation_scan import read_shapes
from shipkit_mcp.readers.notation_types import read_type
from shipkit_mcp.readers.sql import read_sql
from shipkit_mcp.readers.workflows import read_workflows

BOUNDED = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])

NOTATION = st.lists(
    st.sampled_from(
        [
            "themes {",
            "{",
            "}",
            "  id: uuid (PK)",
            "  user_id: uuid (FK → users.id, cascade delete, UNIQUE)",
            '  status: "a" | "b" | null',
            "  status: enum (pending, processing",
            "  tags: text[]",
            "  settings: {",
            "  // LEGACY FIELDS (v1)",
            "  ...existing fields...",
            "- old_name",
            "old -> new: text",
            "index: a, b",
            "unique: (a, b)",
            "primary key: a",
            "type Status =",
            '  | "pending"',
            "interface Row {",
            "name: | null",
            "name:",
            "x: ( | )[]",
            "CREATE TABLE a (",
            "  id UUID PRIMARY KEY DEFAULT gen_random_uuid(), -- the key",
            "  status TEXT CHECK (status IN ('a', 'b')),",
            ");",
            "ALTER TABLE a ADD COLUMN b TEXT;",
            "",
        ]
    )
    | st.text(max_size=40),
    max_size=30,
).map("\n".join)

DOCUMENT = st.lists(
    st.sampled_from(
        [
            "# 🎬 Clip Workflow: Trigger.dev Quick Reference",
            "## Core Data Flow",
            "### Database Tables",
            "### Task Payloads",
            "### Workflow 2: Export",
            "**clip_jobs** - Job tracking",
            "**File**: `trigger_workflow_clip.md`",
            "**Trigger**: click",
            "- Key fields: `id`, `user_id` (FK)",
            "- `id`: uuid",
            "- extract: 10% → 30%",
            "```typescript",
            "```sql",
            "```",
            "| Column | Type |",
            "|---|---|",
            "| id | uuid |",
            "interface ClipPayload { jobId: string; options?: { a: number } }",
            "┌──────────┐ ┌─────┐",
            "│ Task 1:  │ │ cut-clip │",
            "└──────────┘ └─────┘",
            "<!-- hidden",
            "-->",
            "<details>",
            "> quote",
            "1. **Step**: x",
            "---",
        ]
    )
    | NOTATION,
    max_size=30,
).map("\n".join)


@given(st.text(max_size=300) | DOCUMENT)
@BOUNDED
def test_any_text_becomes_sections_whose_lines_exist(text: str) -> None:
    source = Source("a.md", text)
    sections, unread = read_sections(source)
    last = len(source.lines)
    for section in sections:
        assert 1 <= section.line <= last
        assert all(1 <= block.line <= last + 1 for block in section.blocks)
        labelled(section.blocks)
    assert all(1 <= one.line <= last for one in unread)


@given(
    st.text(max_size=300) | DOCUMENT,
    st.sampled_from(["trigger_workflow_a", "trigger_workflows", "master_idea", "b"]),
)
@BOUNDED
def test_any_document_is_read_to_the_end(text: str, name: str) -> None:
    document = read_document(Source(f"docs/{name}.md", text))
    workflows = read_workflows([document])
    vision = read_vision([document])
    read_template([document])
    last = len(document.source.lines)
    for workflow in workflows:
        for table in workflow.tables:
            assert 1 <= table.evidence.line <= last
            assert all(1 <= column.evidence.line <= last for column in table.columns)
    assert all(1 <= one.evidence.line <= last for one in vision.functions)


@given(st.text(max_size=200) | NOTATION)
@BOUNDED
def test_any_amendment_is_read_to_the_end(text: str) -> None:
    tables, unread = read_tables(text, "amendments", 1)
    last = len(text.split("\n"))
    assert all(1 <= column.evidence.line <= last for table in tables for column in table.columns)
    assert all(1 <= one.line <= last for one in unread)
    assert len({column.name for table in tables[:1] for column in table.columns}) == len(
        [column for table in tables[:1] for column in table.columns]
    )


@given(st.text(max_size=200) | NOTATION)
@BOUNDED
def test_any_sql_and_any_shape_is_read_to_the_end(text: str) -> None:
    read_sql(text, "a.md", 1)
    read_shapes(text, 1)
    read_type(text)


@given(st.text(max_size=200))
@BOUNDED
def test_folding_is_stable_and_plain_text_stays_on_one_line(text: str) -> None:
    assert fold(text) == fold(text)
    assert "\n" not in plain(text)
    assert "\n" not in spoken(text)


@given(st.text(alphabet=string.ascii_letters + string.digits + "_- ", max_size=60))
@BOUNDED
def test_snake_case_is_reached_in_one_step(text: str) -> None:
    assert snake(snake(text)) == snake(text)


@given(DOCUMENT)
@BOUNDED
def test_the_kind_of_a_document_never_depends_on_its_newline_at_the_end(text: str) -> None:
    one = read_document(Source("docs/trigger_workflow_a.md", text))
    other = read_document(Source("docs/trigger_workflow_a.md", text + "\n"))
    assert one.kind is other.kind
    assert one.kind in set(DocKind)
