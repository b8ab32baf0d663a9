"""Concise replies stay small beside the files that they stand for (design, "What is fast, small and safe")."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from mcp import Client

from shipkit_mcp.server.app import build_server
from shipkit_mcp.server.desk import Launch

pytestmark = pytest.mark.anyio

EXAMPLES = ("audio-notes", "site-studio")
BARS = (
    ("read_prep_docs", "ai_docs/prep/*.md", 0.25),
    ("map_workflow_to_tables", "ai_docs/prep/trigger_workflow*.md", 0.25),
    ("parse_drizzle_schema", "**/schema/*.ts", 0.5),
)
SCHEMA = 12_000
"""Characters of a concise schema before it pages."""


async def reply(root: Path, tool: str, **arguments: Any) -> tuple[dict[str, Any], str]:
    """A reply's structured content and its text, as if the project stood in a home folder."""
    async with Client(build_server(Launch(project=str(root), environ={}, cwd="/"))) as client:
        result = await client.call_tool(tool, arguments)
    assert not result.is_error, result.content
    text = str(getattr(result.content[0], "text", ""))
    return result.structured_content or {}, text.replace(root.as_posix(), f"~/code/{root.name}")


def characters(root: Path, pattern: str) -> int:
    return sum(len(one.read_text(encoding="utf-8")) for one in root.glob(pattern))


@pytest.mark.parametrize("name", EXAMPLES)
@pytest.mark.parametrize(("tool", "files", "bar"), BARS)
async def test_a_concise_reply_is_a_fraction_of_its_files(
    name: str, tool: str, files: str, bar: float, example: Callable[[str], Path]
) -> None:
    root = example(name)

    said, text = await reply(root, tool)

    assert "more" not in said
    assert len(text) <= bar * characters(root, files)


async def test_a_large_schema_pages_by_whole_tables_before_12_000_characters(tmp_path: Path) -> None:
    columns = "\n".join(f'  column_{n}: text("column_{n}").notNull(),' for n in range(12))
    tables = "\n".join(f'export const t{n} = pgTable("table_{n}", {{\n{columns}\n}});' for n in range(90))
    schema = tmp_path / "lib/drizzle/schema/index.ts"
    schema.parent.mkdir(parents=True)
    schema.write_text(f'import {{ pgTable, text }} from "drizzle-orm/pg-core";\n{tables}\n', encoding="utf-8")
    (tmp_path / "package.json").write_text('{"dependencies": {"drizzle-orm": "^0.45.0"}}', encoding="utf-8")

    found: list[str] = []
    cursor = None
    while True:
        said, text = await reply(tmp_path, "parse_drizzle_schema", cursor=cursor)
        assert len(text) <= SCHEMA
        found += [one["name"] for one in said["tables"]]
        assert all(len(one["text"]) == 12 for one in said["tables"])
        if "more" not in said:
            break
        cursor = said["more"]["cursor"]

    assert sorted(found) == sorted(f"table_{n}" for n in range(90))


@pytest.mark.parametrize("tool", [tool for tool, _, _ in BARS])
async def test_a_concise_reply_has_no_empty_list_beside_the_matter_and_a_full_one_has(
    tool: str, example: Callable[[str], Path]
) -> None:
    root = example("audio-notes")

    concise, _ = await reply(root, tool)
    full, _ = await reply(root, tool, detail="full")

    assert "warnings" not in concise
    assert full["warnings"] == []
    assert set(concise) <= set(full)
    assert len(json.dumps(concise)) < len(json.dumps(full))
