"""The server as a client sees it, in both protocol eras."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from mcp import Client
from mcp.shared.exceptions import MCPError

from shipkit_mcp.server.app import INSTRUCTIONS, build_server
from shipkit_mcp.server.desk import Launch

pytestmark = pytest.mark.anyio

ERAS = ("auto", "legacy")
READING = {
    "read_prep_docs",
    "parse_drizzle_schema",
    "map_workflow_to_tables",
    "assess_schema",
    "check_schema",
    "draft_schema_code",
    "mentor_guide",
}


def client_of(root: Path | str | None, era: str = "auto", *, read_only: bool = False) -> Client:
    launch = Launch(project=None if root is None else str(root), environ={}, cwd="/", read_only=read_only)
    return Client(build_server(launch), mode=era)


async def test_the_four_tools_and_the_prompt_of_the_mission_are_listed() -> None:
    async with client_of(None) as client:
        tools = {one.name for one in (await client.list_tools()).tools}
        prompts = {one.name for one in (await client.list_prompts()).prompts}

    assert {
        "read_prep_docs",
        "parse_drizzle_schema",
        "map_workflow_to_tables",
        "write_initial_data_schema",
    } <= tools
    assert tools == READING | {"write_initial_data_schema"}
    assert prompts == {"mentor"}


async def test_every_tool_has_a_title_the_four_hints_and_a_short_ascii_description() -> None:
    async with client_of(None) as client:
        listed = await client.list_tools()

    for tool in listed.tools:
        hints = tool.annotations
        assert tool.title
        assert hints is not None
        assert hints.read_only_hint is (tool.name in READING)
        assert None not in (hints.destructive_hint, hints.idempotent_hint, hints.open_world_hint)
        assert tool.description is not None
        assert tool.description.isascii()
        assert len(tool.description) <= 2_000
        assert tool.input_schema["additionalProperties"] is False
        assert len(f"mcp__plugin_shipkit-mcp_shipkit__{tool.name}") <= 64
    assert len(listed.model_dump_json(by_alias=True, exclude_none=True)) <= 24_000
    assert len(INSTRUCTIONS) <= 2_000
    assert INSTRUCTIONS.isascii()


@pytest.mark.parametrize("era", ERAS)
async def test_every_reading_tool_answers_in_both_eras_with_what_its_schema_promises(
    era: str, example: Callable[[str], Path]
) -> None:
    async with client_of(example("audio-notes"), era) as client:
        schemas = {one.name: one.output_schema for one in (await client.list_tools()).tools}
        for name in sorted(READING):
            result = await client.call_tool(name, {})
            assert not result.is_error, result.content
            Draft202012Validator(schemas[name] or {}).validate(result.structured_content)
            assert result.structured_content


async def test_a_call_with_an_unknown_argument_is_refused_with_the_known_ones() -> None:
    async with client_of(None) as client:
        result = await client.call_tool("read_prep_docs", {"folder": "x"})

    assert result.is_error
    assert result.structured_content == {"error": _text(result)}
    assert "`folder`: there is no such argument" in _text(result)
    assert "project, doc, detail, cursor" in _text(result)


async def test_an_error_fits_the_published_output_schema() -> None:
    async with client_of(None) as client:
        schemas = {one.name: one.output_schema for one in (await client.list_tools()).tools}
        result = await client.call_tool("assess_schema", {})

    assert result.is_error
    Draft202012Validator(schemas["assess_schema"] or {}).validate(result.structured_content)


async def test_without_a_project_the_error_says_what_to_pass() -> None:
    async with client_of(None) as client:
        result = await client.call_tool("read_prep_docs", {})

    assert result.is_error
    assert "`project`" in _text(result)


async def test_structured_and_text_say_the_same_and_the_text_is_marked_as_data(
    example: Callable[[str], Path],
) -> None:
    async with client_of(example("audio-notes")) as client:
        result = await client.call_tool("parse_drizzle_schema", {})

    lines = _text(result).split("\n")
    assert json.loads("\n".join(lines[2:-1])) == result.structured_content
    assert lines[1].startswith("<untrusted-")
    assert lines[-1] == lines[1].replace("<", "</")


async def test_the_document_is_written_and_the_reply_is_a_short_summary(
    example: Callable[[str], Path],
) -> None:
    root = example("site-studio")
    async with client_of(root) as client:
        result = await client.call_tool("write_initial_data_schema", {})

    said: dict[str, Any] = result.structured_content or {}
    text = (root / "ai_docs/prep/initial_data_schema.md").read_text(encoding="utf-8")
    assert not result.is_error
    assert said["path"] == "ai_docs/prep/initial_data_schema.md"
    assert said["changed"]
    assert len(said["summary"]) == 3
    assert text.startswith("## Strategic Database Planning Document")
    assert "## 🗺️ Complete Schema Overview" in text
    assert text not in _text(result)


async def test_a_dry_run_shows_the_diff_and_writes_nothing(example: Callable[[str], Path]) -> None:
    root = example("site-studio")
    async with client_of(root) as client:
        result = await client.call_tool("write_initial_data_schema", {"dry_run": True})

    said: dict[str, Any] = result.structured_content or {}
    assert said["dry_run"]
    assert said["diff"].startswith("--- /dev/null\n+++ b/ai_docs/prep/initial_data_schema.md\n@@ -0,0 +1,")
    assert "+## Strategic Database Planning Document" in said["diff"]
    assert (said.get("sha256"), said["summary"][0].partition(":")[0]) == (
        None,
        "Would write ai_docs/prep/initial_data_schema.md",
    )
    assert "cursor" not in said["more"], "this tool takes none"
    assert not (root / "ai_docs/prep/initial_data_schema.md").exists()


async def test_a_dry_run_gives_the_hash_to_expect_and_refuses_another(example: Callable[[str], Path]) -> None:
    root = example("audio-notes")
    async with client_of(root) as client:
        written = await client.call_tool("write_initial_data_schema", {})
        digest = (written.structured_content or {})["sha256"]
        preview = {"dry_run": True, "expected_sha256": digest}
        shown = await client.call_tool("write_initial_data_schema", preview)
        refused = await client.call_tool(
            "write_initial_data_schema", {**preview, "expected_sha256": "0" * 64}
        )

    assert (shown.structured_content or {})["sha256"] == digest
    assert refused.is_error


async def test_a_wrong_amendment_is_refused_whole_and_nothing_is_written(
    example: Callable[[str], Path],
) -> None:
    root = example("site-studio")
    amendment = {
        "tables": "stalls {\n  id: uuid (PK)\n  owner_id: uuid (FK → user.id)\n  subscription_tier: text\n}"
    }
    async with client_of(root) as client:
        result = await client.call_tool("write_initial_data_schema", amendment)

    assert result.is_error
    assert "users" in _text(result)
    assert "subscription_tier" in _text(result)
    assert not (root / "ai_docs/prep/initial_data_schema.md").exists()


async def test_a_read_only_server_hides_and_refuses_the_tool_that_writes(
    example: Callable[[str], Path],
) -> None:
    root = example("site-studio")
    async with client_of(root, read_only=True) as client:
        names = {one.name for one in (await client.list_tools()).tools}
        result = await client.call_tool("write_initial_data_schema", {})

    assert names == READING
    assert result.is_error
    assert not (root / "ai_docs/prep/initial_data_schema.md").exists()


@pytest.mark.parametrize("era", ERAS)
async def test_the_prompt_gives_the_whole_mission_and_a_step_gives_that_step(era: str) -> None:
    async with client_of(None, era) as client:
        whole = await client.get_prompt("mentor")
        step = await client.get_prompt("mentor", {"step": "3"})

    assert "## 8 – Kickoff Instructions for AI" in str(whole.messages[0].content)
    assert "### Step 3 – Present Strategic Options" in str(step.messages[0].content)


@pytest.mark.parametrize("era", ERAS)
async def test_an_unknown_step_is_a_clear_protocol_error(era: str) -> None:
    async with client_of(None, era) as client:
        with pytest.raises(MCPError) as raised:
            await client.get_prompt("mentor", {"step": "seven"})

    assert raised.value.error.code == -32602
    assert "0, 1, 2, 3 and 4" in raised.value.error.message


def _text(result: Any) -> str:
    return str(result.content[0].text)
