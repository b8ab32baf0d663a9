"""Headings, titles, names and remarks of workflow documents are told apart, in four languages."""

from __future__ import annotations

import re

import pytest

from shipkit_mcp.facts import Block, BlockKind, Source, Workflow
from shipkit_mcp.readers.documents import read_document
from shipkit_mcp.readers.markdown_text import fold
from shipkit_mcp.readers.workflows import read_workflows
from shipkit_mcp.readers.workflows.diagrams import read_boxes
from shipkit_mcp.readers.workflows.roles import JOB_NAME
from shipkit_mcp.readers.workflows.table_names import table_in_comment, table_in_label, table_of_interface
from shipkit_mcp.readers.workflows.units import bare_title, title_words, workflow_name
from shipkit_mcp.readers.workflows.words_sections import kind_of_section
from shipkit_mcp.readers.workflows.words_tables import ADDS_COLUMNS, NEW, OTHER_WORKFLOW, TOUCHED


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("📊 Core Data Flow", "dataflow"),
        ("Task Payloads (Simplified)", "payloads"),
        ("TypeScript Payload Interfaces", "payloads"),
        ("2. Payload-Based Task Chaining", ""),
        ("Database Tables Involved", "tables"),
        ("New Tables (Phase 2)", "tables"),
        ("Tablas de base de datos", "tables"),
        ("Tabelle del database", "tables"),
        ("Tables de base de données", "tables"),
        ("1. Database as Source of Truth", ""),
        ("Output Data Structures", "outputs"),
        ("🔗 Task Chain Diagram", "chain"),
        ("🌳 Critical Decision Points", "decisions"),
        ("Points de décision", "decisions"),
        ("🎯 Progress Tracking Pattern", "progress"),
        ("Seguimiento del progreso", "progress"),
        ("📝 Quick Implementation Checklist", "checklist"),
        ("Liste de vérification", "checklist"),
        ("🔧 Common Patterns Across All Workflows", "patterns"),
        ("📚 Reference Examples", "samples"),
        ("How we met", ""),
    ],
)
def test_a_section_is_known_by_its_heading(heading: str, kind: str) -> None:
    assert kind_of_section(fold(heading)) == kind


@pytest.mark.parametrize(
    ("title", "bare"),
    [
        ("🎬 Transcription Workflow: Trigger.dev Quick Reference", "Transcription"),
        ("Trigger.dev Workflow: Ad Metrics Sync", "Ad Metrics Sync"),
        ("📅 Workflow 1: AI Schedule", "AI Schedule"),
        ("📅 1. AI Schedule", "AI Schedule"),
        ("Flujo de trabajo de Resumen: Referencia rápida de Trigger.dev", "Resumen"),
        ("Workflow de tri : Référence rapide Trigger.dev", "tri"),
        ("Workflow", "Workflow"),
        ("📧 Newsletter Batch _(pending creation)_", "Newsletter Batch"),
        ("Newsletter Batch [planned]", "Newsletter Batch"),
        ("Newsletter Batch (weekly)", "Newsletter Batch (weekly)"),
    ],
)
def test_a_title_loses_what_every_title_has(title: str, bare: str) -> None:
    assert bare_title(title) == bare


def test_titles_are_compared_by_the_words_that_matter() -> None:
    assert title_words("AI Layout Suggestion Workflow") == title_words("Layout Suggestions")
    assert title_words("Report Export") != title_words("Report Import")


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("docs/trigger_workflow_theme_generation.md", "theme_generation"),
        ("docs/Trigger-Workflow-Export.md", "export"),
        ("docs/trigger_workflows.md", None),
        ("docs/trigger_workflows_summary.md", None),
        ("docs/notes.md", None),
    ],
)
def test_a_workflow_is_named_by_its_file(path: str, name: str | None) -> None:
    assert workflow_name(path) == name


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("export_jobs", "export_jobs"),
        ("`export_jobs` table", "export_jobs"),
        ("Table 1: export_jobs", "export_jobs"),
        ("New table: `exports` (Phase 2)", "exports"),
        ("exports", "exports"),
        ("themeJobs", "themeJobs"),
        ("Status values", None),
        ("Note", None),
        ("indexes", None),
        ("Job Management (lib/jobs.ts)", None),
    ],
)
def test_a_label_names_a_table_or_it_does_not(label: str, name: str | None) -> None:
    assert table_in_label(label) == name


@pytest.mark.parametrize(
    ("comment", "expected"),
    [
        ("export_jobs — job tracking", ("export_jobs", "", "job tracking")),
        ("accounts - updated by this workflow", ("accounts", "", "updated by this workflow")),
        ("exports (existing)", ("exports", "existing", "")),
        ("Table: export_jobs", ("export_jobs", "", "")),
        ("export_jobs", ("export_jobs", "", "")),
        ("Key fields", None),
        ("the second part", None),
    ],
)
def test_a_comment_names_the_object_below_it(comment: str, expected: tuple[str, str, str] | None) -> None:
    named = table_in_comment(comment)
    assert (named and (named.doc_name, named.note, named.purpose)) == expected


@pytest.mark.parametrize(
    ("interface", "table"),
    [
        ("ThemeGenerationJob", "theme_generation_jobs"),
        ("MetricRow", "metrics"),
        ("Entry", "entries"),
        ("Row", "rows"),
    ],
)
def test_an_interface_stands_for_a_table_of_its_plural(interface: str, table: str) -> None:
    assert table_of_interface(interface) == table


@pytest.mark.parametrize(
    ("pattern", "yes", "no"),
    [
        (TOUCHED, "read-only", "one row for each existing customer"),
        (TOUCHED, "updated by this workflow", "updated every night"),
        (TOUCHED, "Ya existe", "existencias"),
        (TOUCHED, "sola lettura", "lettura del contatore"),
        (TOUCHED, "lecture seule", "salle de lecture"),
        (OTHER_WORKFLOW, "written by the Export workflow", "written by this workflow"),
        (OTHER_WORKFLOW, "belongs to another workflow", "created by the workflow"),
        (OTHER_WORKFLOW, "un workflow separato", "cartelle separate"),
        (OTHER_WORKFLOW, "un workflow séparé", "pages séparées"),
        (ADDS_COLUMNS, "adds columns", "adds up"),
        (NEW, "(new)", "stores new leads"),
        (NEW, "NEW", "renewed"),
    ],
)
def test_remarks_are_understood_without_being_guessed(pattern: re.Pattern[str], yes: str, no: str) -> None:
    assert pattern.search(yes)
    assert not pattern.search(no)


@pytest.mark.parametrize("name", ["jobs", "export_jobs", "export_job", "render_runs"])
def test_a_jobs_table_is_known_by_its_name(name: str) -> None:
    assert JOB_NAME.fullmatch(name)


def test_boxes_side_by_side_are_kept_apart() -> None:
    drawing = (
        "┌────────────┐   ┌──────v──────┐\n"
        "│ Task 1: a-b│   │ Task 2a:    │\n"
        "│ • one      │   │ c-d         │\n"
        "└─────┬──────┘   └─────────────┘\n"
        "+------------+\n"
        "| e-f (slow) |\n"
        "+------------+\n"
    )
    boxes = read_boxes(Block(BlockKind.FENCE, drawing, 10))
    assert [(box.heading, box.lines[0][1]) for box in boxes] == [("a-b", 11), ("c-d", 11), ("e-f", 15)]


def workflows(text: str, path: str = "docs/trigger_workflow_a.md") -> tuple[Workflow, ...]:
    return read_workflows([read_document(Source(path, text))])


def test_a_workflow_file_with_nothing_in_it_is_still_a_workflow() -> None:
    (found,) = workflows("# Export Workflow\n")
    assert (found.name, found.title, found.tables, found.tasks) == ("a", "Export", (), ())
    assert workflows("") == ()


def test_what_was_not_understood_in_a_table_is_unread_with_its_line() -> None:
    (found,) = workflows(
        "# A\n\n### Database Tables\n\n**a_jobs**\n```ts\n{\n  id: uuid\n  what is this\n}\n```\n"
    )
    assert [(one.line, one.why) for one in found.unread] == [
        (9, "not understood in table a_jobs: what is this")
    ]


def test_a_big_file_and_a_file_of_its_own_describe_one_workflow() -> None:
    own = read_document(Source("docs/trigger_workflow_cut.md", "# Cut Workflow\n\n**Trigger**: click\n"))
    section = (
        "### Workflow {}: {}\n\n#### Database Tables\n\n**{}_jobs** - Job tracking\n- Key fields: `id`\n\n"
    )
    big = "# Workflows\n\n" + section.format(1, "Cut", "cut") + section.format(2, "Glue", "glue")
    found = read_workflows([own, read_document(Source("docs/trigger_workflows.md", big))])
    assert [(one.name, one.source) for one in found] == [("cut", "file"), ("glue", "section")]
    assert found[0].also_read == ("docs/trigger_workflows.md",)
