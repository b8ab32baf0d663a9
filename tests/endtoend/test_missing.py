"""A folder with no documents, no schema, or neither: what is there is used, what is missing is named."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import anyio
import pytest
from click.testing import CliRunner
from endtoend.projects import DOCUMENT, call, client_of, table_of

from shipkit_mcp.cli.commands import commands
from shipkit_mcp.errors import ShipkitError
from tests.golden.update import look

PACKAGE = '{"name": "kilnbook", "dependencies": {"drizzle-orm": "0.45.1", "@trigger.dev/sdk": "4.0.0"}}'
USERS = (
    'import { pgTable, text, uuid } from "drizzle-orm/pg-core";\n\n'
    'export const users = pgTable("users", { id: uuid("id").primaryKey(), email: text("email") });\n'
)
IDEA = "# Master Idea Document\n\n## End Goal\n\nMy app helps potters log their firings.\n"
SCHEMA_FILE, IDEA_FILE = "lib/drizzle/schema/users.ts", "ai_docs/prep/master_idea.md"
PROJECTS = {
    "no documents": {SCHEMA_FILE: USERS},
    "no schema": {IDEA_FILE: IDEA},
    "neither": {"lib/drizzle/schema/.keep": ""},
}


@pytest.fixture(params=list(PROJECTS))
def project(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[str, Path]:
    """A project that lacks something, and what."""
    root = tmp_path / "kilnbook"
    for path, text in {"package.json": PACKAGE, **PROJECTS[request.param]}.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")
    return request.param, root


def answers_of(root: Path) -> dict[str, dict[str, Any]]:
    """What the tools say of a project, over a client."""
    said: dict[str, dict[str, Any]] = {}

    async def ask() -> None:
        async with client_of(root) as client:
            for tool in ("read_prep_docs", "parse_drizzle_schema", "map_workflow_to_tables", "assess_schema"):
                said[tool] = await call(client, tool)
            said["guide"] = await call(client, "mentor_guide", step="0")
            said["write"] = await call(client, "write_initial_data_schema")

    anyio.run(ask)
    return said


def test_every_tool_answers_and_names_what_is_missing_and_where_it_was_looked_for(
    project: tuple[str, Path],
) -> None:
    lacks, root = project
    said = answers_of(root)
    documents, schema = json.dumps(said["read_prep_docs"]), json.dumps(said["parse_drizzle_schema"])

    assert "ai_docs/prep" in documents
    assert "Trigger Workflow Documentation" in documents
    assert ("Master Idea Document" in json.dumps(said["read_prep_docs"]["missing"])) is (lacks != "no schema")
    assert said["map_workflow_to_tables"]["workflows"] == []
    if lacks == "no documents":
        assert "users" in schema
    else:
        assert said["parse_drizzle_schema"]["tables"] == []
        assert "lib/drizzle/schema" in schema


def test_the_mentor_asks_for_the_documents_and_tells_the_schema_that_it_found(
    project: tuple[str, Path],
) -> None:
    lacks, root = project
    message = answers_of(root)["guide"]["text"]

    assert "I need your planning documents and trigger workflow designs" in message
    if lacks == "no documents":
        assert "I can access your current database schema in `lib/drizzle/schema`" in message
    else:
        assert "I found no Drizzle schema; I looked in `" in message


def test_the_document_is_written_all_the_same_with_the_request_for_what_is_missing(
    project: tuple[str, Path],
) -> None:
    lacks, root = project
    answers_of(root)
    text = (root / DOCUMENT).read_text(encoding="utf-8")
    tables = 1 if lacks == "no documents" else 0

    assert "### Missing Documents" in text
    assert table_of(text, "Total Tables") == str(tables)
    assert table_of(text, "New Tables Needed") == "none"
    assert table_of(text, "Tables to Remove") == "none"
    assert ("No Drizzle table was found" in text) is (tables == 0)
    assert ("My app helps potters log their firings." in text) is (lacks == "no schema")


def test_the_command_line_says_the_same_and_ends_well(project: tuple[str, Path]) -> None:
    lacks, root = project
    result = CliRunner().invoke(commands, ["plan", str(root)], standalone_mode=False)
    printed = " ".join(result.output.split())

    assert result.exception is None
    assert "Ready: cannot be told, no workflow was found" in printed
    assert "Missing documents" in printed
    assert "Trigger Workflow Documentation" in printed
    for command in ("schema", "map", "docs"):
        ran = CliRunner().invoke(commands, [command, str(root)], standalone_mode=False)
        assert ran.exception is None
        assert ran.output.strip()
    if lacks != "no documents":
        ran = CliRunner().invoke(commands, ["schema", str(root)], standalone_mode=False)
        assert "lib/drizzle/schema" in ran.output


def test_a_folder_that_is_no_project_is_refused_with_what_would_make_it_one(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("nothing", encoding="utf-8")
    ran = CliRunner().invoke(commands, ["plan", str(tmp_path)], standalone_mode=False)

    if ran.exception is not None:
        assert isinstance(ran.exception, ShipkitError)
    assert str(tmp_path.name) in f"{ran.output}{ran.exception}"
    assert not (tmp_path / DOCUMENT).exists()


# --- removal is never proposed without reason (design, "Removal") ----------------------------------

NAMES = [f"kiln_{number}" for number in range(14)]
TEMPLATE = [
    "transcription_jobs",
    "transcripts",
    "ai_summaries",
    "transcript_conversations",
    "transcript_messages",
]


def nineteen(root: Path, *, documents: dict[str, str]) -> Path:
    """A schema of 19 tables, the template's among them, with these documents."""
    lines = ['import { pgTable, text, uuid } from "drizzle-orm/pg-core";\n']
    lines += [
        f'export const t{at} = pgTable("{name}", {{ id: uuid("id").primaryKey(), name: text("name") }});\n'
        for at, name in enumerate([*NAMES, *TEMPLATE])
    ]
    texts = {"package.json": PACKAGE, "lib/drizzle/schema/index.ts": "".join(lines), **documents}
    for path, text in texts.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")
    return root


@pytest.mark.parametrize(
    "documents",
    [
        pytest.param({}, id="no documents"),
        pytest.param({"ai_docs/prep/roadmap.md": "# Roadmap\n\nLater: everything.\n"}, id="a roadmap only"),
        pytest.param({IDEA_FILE: IDEA}, id="documents that name no template"),
    ],
)
def test_of_nineteen_tables_none_is_proposed_for_removal(tmp_path: Path, documents: dict[str, str]) -> None:
    plan = look(nineteen(tmp_path, documents=documents)).plan

    assert plan.counts.tables == 19
    assert plan.remove == ()
    assert [one.kind.value for one in plan.changes] == []
    assert not any("remove" in one.question for one in plan.decisions)


def test_tables_that_no_document_speaks_of_are_kept_unless_somebody_says_so(tmp_path: Path) -> None:
    root = nineteen(tmp_path, documents={IDEA_FILE: IDEA})
    result = CliRunner().invoke(commands, ["plan", str(root), "--write"], standalone_mode=False)
    text = (root / DOCUMENT).read_text(encoding="utf-8")

    assert result.exception is None
    assert text.count("no document speaks of it: keep unless you say so") == 19
    assert "DROP TABLE" not in text
    assert table_of(text, "Tables to Remove") == "none"
