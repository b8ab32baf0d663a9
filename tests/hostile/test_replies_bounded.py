"""No reply is above 64 KiB, however large the project, and paging loses nothing."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from bench.made_project import make_project
from hostile.faces import calls_of_tools
from hostile.largest import A_FIFTH, LIMITS, Size, make_largest
from hostile.stdio import serving, write_project
from mcp import Client

from shipkit_mcp.server.app import build_server
from shipkit_mcp.server.desk import Launch

pytestmark = pytest.mark.anyio
LIMIT = 64 * 1024
TOOLS = (
    "read_prep_docs",
    "parse_drizzle_schema",
    "map_workflow_to_tables",
    "assess_schema",
    "check_schema",
    "draft_schema_code",
    "mentor_guide",
)
CONFIG = 'export default { schema: "./db/schema.ts", dialect: "postgresql" };'
HEAD = 'import { pgTable, text, uuid } from "drizzle-orm/pg-core";\n'


def many_columns(root: Path) -> Path:
    """One table of 3,000 columns and a workflow whose table has 500."""
    columns = "".join(f'  column{n}: text("column_{n}").notNull(),\n' for n in range(2_999))
    wanted = "".join(f"  field_{n}: text\n" for n in range(499))
    workflow = (
        "# Wide Workflow\n\n## Workflow Overview\n\nIt keeps **everything**.\n\n## Database Tables\n\n"
        f"**wide_jobs** - One run\n```typescript\n{{\n  id: uuid (PK)\n{wanted}}}\n```\n"
    )
    return write_project(
        root,
        {
            "drizzle.config.ts": CONFIG,
            "db/schema.ts": f'{HEAD}export const wide = pgTable("wide", {{\n  id: uuid("id").primaryKey(),\n{columns}}});\n',
            "ai_docs/prep/trigger_workflow_wide.md": workflow,
        },
    )


def long_lists(root: Path) -> Path:
    """Hundreds of findings, warnings, unread lines, links and long names."""
    tables = "".join(
        f'export const t{n} = pgTable("t{n}_{"x" * 200}", {{ id: uuid("id").primaryKey(), '
        f'stripeCustomerStatus: text("subscription_status"), odd: text(unknown{n}()) }});\n'
        for n in range(150)
    )
    write_project(root, {"drizzle.config.ts": CONFIG, "db/schema.ts": HEAD + tables})
    prep = root / "ai_docs/prep"
    prep.mkdir(parents=True)
    for n in range(25):
        (prep / f"trigger_workflow_{n}_{'y' * 120}.md").write_text(
            f"# {'Long ' * 200}{n}\n\n## Workflow Overview\n\n{'word ' * 3_000}\n\n## Database Tables\n\n"
            f"**t{n}_jobs**\n```typescript\n{{\n  id: uuid (PK)\n  broken\n  status: text\n}}\n```\n",
            encoding="utf-8",
        )
        (prep / f"link{n}.md").symlink_to("/etc/passwd")
    return root


def large(root: Path) -> Path:
    return make_project(root, tables=200, files=50, workflows=25)


@pytest.fixture(params=[many_columns, long_lists, large], ids=lambda one: str(one.__name__))
async def client(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Client]:
    root = request.param(tmp_path / "project")
    async with Client(build_server(Launch(project=str(root), environ={}, cwd="/"))) as one:
        yield one


def size(result: Any) -> int:
    return len(result.model_dump_json(by_alias=True, exclude_none=True).encode())


async def test_every_tool_answers_within_64_kib_in_both_details(client: Client) -> None:
    for tool in TOOLS:
        details: tuple[dict[str, Any], ...] = ({}, {"detail": "full"})
        if tool == "draft_schema_code":
            details = ({}, {"part": "sql"})
        if tool == "mentor_guide":
            details = tuple({"step": str(step)} for step in range(5))
        for arguments in details:
            result = await client.call_tool(tool, arguments)
            assert not result.is_error, (tool, arguments, result.content)
            assert size(result) <= LIMIT, (tool, arguments)


async def test_a_dry_run_and_a_write_answer_within_64_kib(client: Client) -> None:
    for arguments in ({"dry_run": True}, {}, {}):
        result = await client.call_tool("write_initial_data_schema", arguments)
        assert not result.is_error or "bytes; at most" in str(result.content)
        assert size(result) <= LIMIT


@pytest.mark.parametrize(
    ("tool", "part"),
    [
        ("parse_drizzle_schema", "tables"),
        ("map_workflow_to_tables", "workflows"),
        pytest.param("read_prep_docs", "workflows", marks=pytest.mark.full),
        ("assess_schema", "changes"),
        pytest.param("check_schema", "findings", marks=pytest.mark.full),
    ],
)
async def test_the_pages_together_give_everything_once(client: Client, tool: str, part: str) -> None:
    found: list[str] = []
    cursor: str | None = None
    total = None
    for _ in range(300):
        result = await client.call_tool(tool, {"cursor": cursor} if cursor else {})
        said = result.structured_content or {}
        assert size(result) <= LIMIT
        found += [json.dumps(one, sort_keys=True) for one in said.get(part, [])]
        more = said.get("more")
        if not more:
            break
        total, cursor = more["total"], more["cursor"]
        assert more["how_to_get_more"]
    else:
        pytest.fail("the pages never end")
    if total is not None and tool != "parse_drizzle_schema":
        assert len(found) == total


@pytest.mark.parametrize(
    "limits", [A_FIFTH, pytest.param(LIMITS, marks=pytest.mark.full)], ids=["a fifth", "whole"]
)
def test_on_the_largest_project_every_line_of_a_reply_fits_and_says_what_is_missing(
    tmp_path: Path, limits: Size
) -> None:
    root = make_largest(tmp_path / "project", limits)
    with serving(root) as server:
        answers = {
            name: server.ask("tools/call", {"name": tool, "arguments": arguments}, timeout=120.0)
            for name, tool, arguments in calls_of_tools(["nonsense"])
        }
        lines = list(server.lines)

    assert max(map(len, lines)) <= LIMIT
    cut = 0
    for name, answer in answers.items():
        said = answer["result"]["structuredContent"]
        assert not said.get("more") or said["more"]["how_to_get_more"], name
        assert not said.get("more") or said["more"]["total"] >= said["more"]["shown"], name
        cut += bool(said.get("more") or said.get("cut"))
    assert cut > 10
