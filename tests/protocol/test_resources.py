"""Resources and completion: what has an address can be had by a tool as well, and the same."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from mcp import Client
from mcp.shared.exceptions import MCPError
from mcp.types import PromptReference, ResourceTemplateReference

from shipkit_mcp.server import brief
from shipkit_mcp.server.app import build_server
from shipkit_mcp.server.desk import Launch

pytestmark = pytest.mark.anyio

ERAS = ("auto", "legacy")


def client_of(root: Path | None, era: str = "auto") -> Client:
    return Client(build_server(Launch(project=None if root is None else str(root), cwd="/")), mode=era)


async def text_at(client: Client, address: str) -> str:
    contents: Any = (await client.read_resource(address)).contents
    return str(contents[0].text)


async def said_by(client: Client, tool: str, **arguments: Any) -> dict[str, Any]:
    """A tool's reply with its pages put together."""
    result = await client.call_tool(tool, arguments)
    assert not result.is_error, result.content
    said: dict[str, Any] = result.structured_content or {}
    while more := said.pop("more", None):
        following = (
            await client.call_tool(tool, {**arguments, "cursor": more["cursor"]})
        ).structured_content or {}
        said[more["what"]] = said.get(more["what"], []) + following.get(more["what"], [])
        if "text" in said:
            said["text"] += following["text"]
        said["more"] = following.get("more")
    return said


def without_nulls(value: Any) -> Any:
    """What a tool leaves out: keys without a value."""
    if isinstance(value, dict):
        return {name: without_nulls(inner) for name, inner in value.items() if inner is not None}
    return [without_nulls(one) for one in value] if isinstance(value, list) else value


def agrees(said: Any, whole: Any) -> bool:
    """Whether a reply is the whole, or a start of it that says how much it leaves out."""
    if isinstance(said, dict):
        return all(name in whole and agrees(one, whole[name]) for name, one in said.items())
    if not isinstance(said, list):
        return bool(said == whole)
    shown = [one for one in said if not (isinstance(one, dict) and "left_out" in one)]
    left = sum(one["left_out"] for one in said if one not in shown)
    same = all(agrees(one, other) for one, other in zip(shown, whole, strict=False))
    return same and len(shown) + left == len(whole)


@pytest.mark.parametrize("name", ["audio-notes", "site-studio"])
async def test_the_schema_and_each_table_are_what_the_tool_gives(
    name: str, example: Callable[[str], Path]
) -> None:
    async with client_of(example(name)) as client:
        whole = json.loads(await text_at(client, "shipkit://schema"))
        said = await said_by(client, "parse_drizzle_schema", detail="full")
        assert without_nulls(whole["tables"]) == without_nulls(said["tables"])
        assert without_nulls(whole["enums"]) == without_nulls(said["enums"])
        for table in whole["tables"]:
            assert json.loads(await text_at(client, f"shipkit://schema/{table['name']}")) == table


@pytest.mark.parametrize("name", ["audio-notes", "site-studio"])
async def test_each_workflow_is_what_the_tool_gives(name: str, example: Callable[[str], Path]) -> None:
    async with client_of(example(name)) as client:
        plan = json.loads(await text_at(client, "shipkit://plan"))
        for workflow in plan["workflows"]:
            alone = json.loads(await text_at(client, f"shipkit://workflow/{workflow['name']}"))
            said = await said_by(client, "map_workflow_to_tables", workflow=workflow["name"], detail="full")
            assert alone == workflow
            assert without_nulls(alone) == without_nulls(said["workflows"][0])


async def test_the_plan_is_what_assess_schema_gives(example: Callable[[str], Path]) -> None:
    async with client_of(example("audio-notes")) as client:
        plan = json.loads(await text_at(client, "shipkit://plan"))
        said = await said_by(client, "assess_schema", detail="full")

    for part in ("readiness", "options", "changes", "phases", "features", "counts"):
        assert agrees(said[part], plan[part]), part
    assert agrees(said["decisions"], [one for one in plan["decisions"] if one["key"]])
    for part in ("existing", "create", "modify", "remove", "unmentioned", "undeclared"):
        assert [one["table"] for one in plan[part]] == [one["table"] for one in said[part]]


async def test_a_planning_document_is_what_the_tool_gives(example: Callable[[str], Path]) -> None:
    root = example("audio-notes")
    async with client_of(root) as client:
        by_address = await text_at(client, "shipkit://prep/master_idea.md")
        said = await said_by(client, "read_prep_docs", doc="master_idea.md")

    assert said["text"] == (root / "ai_docs/prep/master_idea.md").read_text(encoding="utf-8")
    assert said["text"] in by_address
    assert by_address.split("\n")[1].startswith("<untrusted-")


async def test_an_unknown_document_is_refused_with_the_nearest(example: Callable[[str], Path]) -> None:
    async with client_of(example("audio-notes")) as client:
        result = await client.call_tool("read_prep_docs", {"doc": "master_ideas.md"})

    assert result.is_error
    assert "Did you mean master_idea.md" in str(result.content)


@pytest.mark.parametrize("topic", sorted(brief.TOPICS))
async def test_each_topic_of_the_guide_is_what_the_tool_gives(topic: str) -> None:
    async with client_of(None) as client:
        said = await said_by(client, "mentor_guide", topic=topic)
        assert await text_at(client, f"shipkit://guide/{topic}") == said["text"]


async def test_the_picture_has_a_text_for_hosts_without_apps(example: Callable[[str], Path]) -> None:
    async with client_of(example("site-studio")) as client:
        picture = json.loads(await text_at(client, "shipkit://picture"))
        said = await said_by(client, "draft_schema_code", part="mermaid")

    drawn = {one["name"] for one in picture["tables"] if one["state"] != "removed"}
    assert said["text"].startswith("erDiagram")
    assert all(f"{name} {{" in said["text"] or name in said["text"] for name in drawn)


@pytest.mark.parametrize("era", ERAS)
@pytest.mark.parametrize(
    ("address", "argument", "start", "expected"),
    [
        ("shipkit://schema/{table}", "table", "us", ["users"]),
        ("shipkit://schema/{table}", "table", "zzz", []),
        ("shipkit://prep/{doc}", "doc", "master", ["master_idea.md"]),
        ("shipkit://guide/{topic}", "topic", "st", ["stripe"]),
    ],
)
async def test_names_complete_in_both_eras(
    era: str, address: str, argument: str, start: str, expected: list[str], example: Callable[[str], Path]
) -> None:
    async with client_of(example("audio-notes"), era) as client:
        found = await client.complete(
            ResourceTemplateReference(type="ref/resource", uri=address), {"name": argument, "value": start}
        )

    assert found.completion.values == expected


@pytest.mark.parametrize("era", ERAS)
async def test_workflows_and_steps_complete(era: str, example: Callable[[str], Path]) -> None:
    async with client_of(example("audio-notes"), era) as client:
        workflows = await client.complete(
            ResourceTemplateReference(type="ref/resource", uri="shipkit://workflow/{name}"),
            {"name": "name", "value": ""},
        )
        steps = await client.complete(
            PromptReference(type="ref/prompt", name="mentor"), {"name": "step", "value": ""}
        )
        plan = json.loads(await text_at(client, "shipkit://plan"))

    assert workflows.completion.values == sorted(one["name"] for one in plan["workflows"])
    assert steps.completion.values == ["0", "1", "2", "3", "4"]


async def test_without_a_project_nothing_completes_and_nothing_fails() -> None:
    async with client_of(None) as client:
        found = await client.complete(
            ResourceTemplateReference(type="ref/resource", uri="shipkit://schema/{table}"),
            {"name": "table", "value": ""},
        )

    assert found.completion.values == []


@pytest.mark.parametrize("era", ERAS)
@pytest.mark.parametrize(
    "address",
    ["shipkit://schema/no_such", "shipkit://prep/no_such.md", "shipkit://guide/no_such", "shipkit://no_such",
     "shipkit://prep/..%2F..%2Fpackage.json"],
)  # fmt: skip
async def test_an_unknown_address_is_a_clear_protocol_error(
    era: str, address: str, example: Callable[[str], Path]
) -> None:
    async with client_of(example("audio-notes"), era) as client:
        with pytest.raises(MCPError) as raised:
            await client.read_resource(address)

    assert raised.value.error.code in (-32602, -32002)
