"""Every command and tool on projects of many kinds: answers, fits, tells where it looked, repeats itself."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from mcp import Client

from shipkit_mcp.server.app import build_server
from shipkit_mcp.server.desk import Launch
from tests.endtoend.conftest import Shell
from tests.endtoend.small_projects import PREP, PROJECTS

Small = Callable[[str], Path]
KINDS = sorted(PROJECTS)
DOCUMENT = "initial_data_schema.md"
REPLY = 65_536
SUMMARY = 3
"""Lines after a write, below an empty one."""
PAID = """
## Business Model Integration

**Free Tier ($0/month)**

- 3 recordings per month

**Pro Tier ($9/month)**

- 300 recordings per month

Payments with Stripe.
"""
COMMANDS = ("plan", "schema", "map", "docs", "check", "code")
CALLS: tuple[tuple[str, dict[str, Any]], ...] = (
    *(
        (tool, {"detail": detail})
        for tool in (
            "read_prep_docs",
            "parse_drizzle_schema",
            "map_workflow_to_tables",
            "assess_schema",
            "check_schema",
        )
        for detail in ("concise", "full")
    ),
    ("draft_schema_code", {}),
    *(("mentor_guide", {"step": str(step)}) for step in range(5)),
    ("write_initial_data_schema", {"dry_run": True}),
)


def width(line: str) -> int:
    return sum(2 if unicodedata.east_asian_width(one) in "WF" else 1 for one in line)


def written(root: Path) -> dict[str, bytes]:
    return {str(one.relative_to(root)): one.read_bytes() for one in root.rglob(f"{DOCUMENT}*")}


def document_of(root: Path, shell: Shell) -> str:
    shell("plan", root, "--write")
    (found,) = root.rglob(DOCUMENT)
    return found.read_text(encoding="utf-8")


def places(value: Any) -> Iterator[tuple[str, int]]:
    """Every path and line that a reply cites."""
    if isinstance(value, dict):
        if isinstance(value.get("path"), str) and isinstance(value.get("line"), int):
            yield value["path"], value["line"]
        for one in value.values():
            yield from places(one)
    elif isinstance(value, list):
        for one in value:
            yield from places(one)
    elif isinstance(value, str) and (found := re.fullmatch(r"([^\s:]+\.\w+):(\d+)", value)):
        yield found[1], int(found[2])


async def ask(root: Path, tool: str, **arguments: Any) -> dict[str, Any]:
    launch = Launch(project=str(root), environ={}, cwd="/", read_only=False)
    async with Client(build_server(launch)) as client:
        reply = await client.call_tool(tool, arguments)
    assert not reply.is_error, reply.content
    assert reply.structured_content is not None
    return reply.structured_content


@pytest.mark.parametrize("kind", KINDS)
def test_every_command_answers_without_an_error(kind: str, small: Small, shell: Shell) -> None:
    root = small(kind)

    for command in COMMANDS:
        for form in ((), ("--json",)):
            ran = shell(command, root, *form)
            assert ran.code in ((0, 1) if command == "check" else (0,)), ran.err
            assert not ran.err
            if form:
                assert ran.json["project_root"].endswith(f"/{kind}")
            assert ran.out.strip()
    assert shell("diagram", root).out.startswith("erDiagram")


@pytest.mark.parametrize("kind", KINDS)
def test_the_first_screen_fits_and_a_second_write_changes_no_byte(
    kind: str, small: Small, shell: Shell
) -> None:
    root = small(kind)

    first = shell("plan", root, "--write")
    after_first = written(root)
    second = shell("plan", root, "--write")

    screen = first.lines[: -1 - SUMMARY]
    assert len(screen) <= 25
    assert [one for one in screen if width(one) > 80] == []
    assert len(after_first) == 1
    assert written(root) == after_first
    assert second.lines[-3].startswith("Unchanged ")


@pytest.mark.parametrize("kind", KINDS)
def test_every_line_that_is_cited_is_there(kind: str, small: Small, shell: Shell) -> None:
    root = small(kind)
    shell("plan", root, "--write")

    cited = {one for command in ("plan", "check") for one in places(shell(command, root, "--json").json)}

    lines = {path: len((root / path).read_text(encoding="utf-8").splitlines()) for path, _ in cited}
    assert [(path, line) for path, line in cited if not 1 <= line <= lines[path]] == []


@pytest.mark.anyio
@pytest.mark.parametrize("kind", KINDS)
async def test_every_tool_answers_in_one_reply_of_at_most_64_kib(kind: str, small: Small) -> None:
    launch = Launch(project=str(small(kind)), environ={}, cwd="/", read_only=False)

    async with Client(build_server(launch)) as client:
        for tool, arguments in CALLS:
            reply = await client.call_tool(tool, arguments)
            assert not reply.is_error, (tool, arguments, reply.content)
            assert len(json.dumps(reply.structured_content, ensure_ascii=False).encode()) <= REPLY
            assert sum(len(getattr(one, "text", "").encode()) for one in reply.content) <= REPLY


@pytest.mark.parametrize("kind", KINDS)
def test_only_tables_of_a_known_template_are_ever_proposed_for_removal(
    kind: str, small: Small, shell: Shell
) -> None:
    assert shell("plan", small(kind), "--json").json["remove"] == []


# --- what is missing, and where it was looked for ------------------------------------------------


def test_an_empty_folder_is_told_what_is_missing_and_where_it_was_looked_for(
    small: Small, shell: Shell
) -> None:
    root = small("empty")

    said = shell("plan", root).out

    assert "Ready: cannot be told, no workflow was found" in said
    assert "No Drizzle schema was found. Looked in drizzle.config.*, lib/drizzle/schema" in said
    assert f"Planning documents were looked for in {PREP}." in said
    assert "Master Idea Document (ai_docs/prep/master_idea.md)" in said
    for command in ("schema", "map", "check"):
        assert "No Drizzle schema was found. Looked in" in shell(command, root).out
    assert "there is nothing to draft" in shell("code", root).out


def test_a_write_without_workflows_claims_no_readiness(small: Small, shell: Shell) -> None:
    summary = shell("plan", small("schema only"), "--write").lines[-3]

    assert summary.endswith("1 table (0 new, 0 modified, 0 removed), no workflow to be ready for.")


@pytest.mark.anyio
@pytest.mark.parametrize("step", "1234")
async def test_the_mentor_says_nothing_of_workflows_that_are_not_there(step: str, small: Small) -> None:
    text = (await ask(small("schema only"), "mentor_guide", step=step))["text"]

    assert "complete app vision, trigger workflows" not in text
    assert "0% ready" not in text
    assert "is what your workflows ask for" not in text
    assert "fits your workflows" not in text.partition("Template")[0]
    assert "Captured: none" not in text


@pytest.mark.anyio
async def test_the_closing_message_waits_for_the_write(small: Small) -> None:
    text = (await ask(small("documents only"), "mentor_guide", step="4"))["text"]

    assert "**Once `write_initial_data_schema` has saved the document:**\n\nPerfect! I've saved" in text


# --- what else stands there ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "tool", "where", "still"),
    [
        ("prisma", "Prisma", "prisma/schema.prisma", "its tables are not read"),
        ("inngest", "Inngest", "inngest/client.ts", "its jobs are not read"),
        ("bullmq", "BullMQ", "package.json", "its jobs are not read"),
    ],
)
def test_another_stack_is_named_with_what_can_still_be_said(
    kind: str, tool: str, where: str, still: str, small: Small, shell: Shell
) -> None:
    root = small(kind)

    ran = shell("plan", root)

    assert f"Seen, not read: {tool}" in ran.lines
    assert f"{tool} was seen ({where}): {still}" in ran.out
    assert any(one.startswith(f"{tool} was seen") for one in shell("plan", root, "--json").json["sources"])


@pytest.mark.anyio
async def test_tools_tell_of_another_stack_too(small: Small) -> None:
    root = small("prisma")

    for tool in ("read_prep_docs", "parse_drizzle_schema", "assess_schema"):
        said = (await ask(root, tool))["sources"]
        assert [one for one in said if one.startswith("Prisma was seen (`prisma/schema.prisma`)")]


def test_other_databases_are_listed_and_can_be_named(small: Small, shell: Shell) -> None:
    root = small("monorepo")

    ran = shell("schema", root)
    other = shell("schema", root, "--schema", "packages/cache/drizzle.config.ts", "--json").json
    glob = shell("schema", root, "--schema", "packages/**/*.ts", "--json").json

    assert "1 other database is in the project and not read: `packages/cache/drizzle.config.ts`." in ran.out
    assert other["dialect"] == glob["dialect"] == "sqlite"
    assert [one["path"] for one in other["tables"]] == ["packages/cache/lib/drizzle/schema/index.ts"]


def test_a_schema_that_is_not_there_never_becomes_another_one(small: Small, shell: Shell) -> None:
    ran = shell("schema", small("monorepo"), "--schema", "nope/*.ts")

    assert ran.lines[:2] == [
        "0 tables, 0 columns",
        "No file of the project is meant by nope/*.ts. Looked in `nope/*.ts`.",
    ]


def test_a_package_is_read_with_its_workspace_and_written_in_itself(small: Small, shell: Shell) -> None:
    root = small("shared database")
    web = root / "apps" / "web"

    screen = shell("plan", web, "--write").out
    plan = shell("plan", web, "--json").json

    assert (web / PREP / DOCUMENT).is_file()
    assert not (root / PREP / DOCUMENT).exists()
    assert f"Workspace: {root.as_posix()} is read too"[:60] in screen
    assert (plan["project_root"], plan["workspace_root"]) == (web.as_posix(), root.as_posix())
    assert [one["path"] for one in shell("schema", web, "--json").json["tables"]] == [
        "../../packages/db/src/schema.ts"
    ]


@pytest.mark.anyio
async def test_replies_name_both_folders_where_reading_and_writing_differ(small: Small) -> None:
    root = small("shared database")

    reply = await ask(root / "apps" / "web", "assess_schema")

    assert reply["project_root"] == (root / "apps" / "web").as_posix()
    assert reply["workspace_root"] == root.as_posix()


def test_a_project_may_be_given_as_a_shell_gives_it(
    small: Small, shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = small("schema only")
    (root / "app").mkdir()
    monkeypatch.chdir(root / "app")

    assert shell("schema", "..", "--json").json["project_root"] == root.as_posix()


def test_a_folder_that_is_not_there_is_named(shell: Shell, tmp_path: Path) -> None:
    ran = shell("plan", tmp_path / "gone")

    assert ran.code == 2
    assert "gone" in ran.err
    assert "is not a folder" in ran.err


# --- unusual projects ----------------------------------------------------------------------------


def test_columns_of_a_camel_case_database_count_and_keep_their_names(
    small: Small, shell: Shell, tmp_path: Path
) -> None:
    root = small("camelCase database")
    with (root / PREP / "app_pages_and_functionality.md").open("a", encoding="utf-8") as pages:
        pages.write(PAID)
    chosen = tmp_path / "chosen.json"
    chosen.write_text('{"decisions": {"stripe-state": "A"}}', encoding="utf-8")

    plan = shell("plan", root, "--json").json
    decided = shell("plan", root, "--amend", chosen, "--json").json
    document = document_of(root, shell)

    met = {one["what"] for one in plan["readiness"]["points"] if one["met"]}
    assert {"`hum_analysis_jobs.triggerJobId`", "`hum_analysis_jobs.userId` with cascade"} <= met
    assert [one["subject"] for one in plan["findings"] if one["severity"] == "reject"] == [
        "users.stripeSubscriptionId"
    ]
    assert "users" in {one["table"] for one in decided["changes"]}
    assert "`stripeCustomerId` (`lib/drizzle/schema/index.ts:5`) in `users`" in document
    assert "No table has" not in document


def test_an_unknown_template_is_your_template(small: Small, shell: Shell) -> None:
    root = small("unknown template")

    document = document_of(root, shell)

    assert "template: not a known one" in shell("plan", root).out
    assert "transcri" not in document.lower()
    assert "moon-base" in document


@pytest.mark.parametrize(
    ("kind", "owner", "table"),
    [
        ("workspaces", "workspace_id", "workspaces"),
        ("organizations", "organization_id", "organizations"),
    ],
)
def test_jobs_of_a_tenant_belong_to_it(kind: str, owner: str, table: str, small: Small, shell: Shell) -> None:
    (workflow,) = shell("map", small(kind), "--json").json["workflows"]

    columns = {one["name"]: one for one in workflow["jobs"]["columns"]}

    assert columns[owner]["references"] == f"{table}.id"
    assert "user_id" not in columns


def test_one_question_asks_for_fifty_workflows(small: Small, shell: Shell) -> None:
    plan = shell("plan", small("fifty workflows"), "--json").json

    assert len(plan["workflows"]) == 51
    assert all(len(one["question"]) < 400 for one in plan["decisions"])


@pytest.mark.parametrize("kind", ["español", "italiano", "français"])
def test_documents_of_another_language_plan_the_same_tables(kind: str, small: Small, shell: Shell) -> None:
    english = shell("map", small("bullmq"), "--json").json["workflows"]

    (workflow,) = shell("map", small(kind), "--json").json["workflows"]

    assert [one["name"] for one in workflow["jobs"]["columns"]] == [
        one["name"] for one in english[0]["jobs"]["columns"]
    ]
    assert [one["table"] for one in workflow["results"]] == ["hum_findings"]


@pytest.mark.parametrize(("kind", "id_type"), [("mysql", "int"), ("sqlite", "text")])
def test_tables_are_planned_in_the_dialect_of_the_schema(
    kind: str, id_type: str, small: Small, shell: Shell
) -> None:
    root = small(kind)

    (workflow,) = shell("map", root, "--json").json["workflows"]
    document = document_of(root, shell)

    columns = {one["name"]: one for one in workflow["results"][0]["columns"]}
    assert columns["id"]["type"] == columns["job_id"]["type"] == id_type
    assert "timestamp with time zone" not in document
    assert "pgEnum" not in document
