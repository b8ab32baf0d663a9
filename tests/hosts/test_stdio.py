"""The server as a process, started as hosts start it: over real stdio, in both eras, from odd surroundings."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from mcp import Client, StdioServerParameters
from mcp.types import ElicitRequestFormParams, ElicitResult, ResourceTemplateReference

from tests.docs import ROOT

pytestmark = pytest.mark.anyio

BUNDLE = ROOT / "packaging" / "claude-desktop"

ERAS = ("auto", "legacy")
HIDING = """
import importlib, os
find = importlib.import_module
def only_what_windows_has(name, package=None):
    if name in ("fcntl", "grp", "pty", "pwd", "resource", "termios", "tty"):
        raise ModuleNotFoundError("hidden by a test: " + name, name=name)
    return find(name, package)
importlib.import_module = only_what_windows_has  # ours look these up; the SDK imports fcntl on any POSIX
for name in ("O_DIRECTORY", "O_NOFOLLOW", "O_NONBLOCK", "fchmod", "geteuid", "getuid"):
    delattr(os, name)
"""


def started(
    *arguments: str, cwd: Path | str = "/", environ: Mapping[str, str] | None = None
) -> StdioServerParameters:
    """The server as a host starts it. The SDK hands on HOME and PATH, so both are always given."""
    given = {"PATH": "", "HOME": "/nonexistent-home", **(environ or {})}
    return StdioServerParameters(
        command=sys.executable, args=["-m", "shipkit_mcp", *arguments], cwd=cwd, env=given
    )


@pytest.mark.parametrize("era", ERAS)
async def test_every_part_of_the_protocol_works_over_stdio(era: str, example: Callable[[str], Path]) -> None:
    root = example("site-studio")

    async def choose(_context: Any, form: ElicitRequestFormParams) -> ElicitResult:
        fields = form.requested_schema["properties"]
        return ElicitResult(action="accept", content={name: one["default"] for name, one in fields.items()})

    server = started("serve", "--project", str(root))
    async with Client(server, mode=era, elicitation_callback=choose) as client:
        tools = (await client.list_tools()).tools
        for tool in tools:
            asked = {"ask": True} if tool.name.startswith("write") else {}
            result = await client.call_tool(tool.name, asked)
            assert not result.is_error, result.content
            Draft202012Validator(tool.output_schema or {}).validate(result.structured_content)
            step = {"step": "0"} if tool.name == "mentor_guide" else {}
            refused = await client.call_tool(tool.name, {"project": "/nowhere", **step})
            assert refused.is_error
            Draft202012Validator(tool.output_schema or {}).validate(refused.structured_content)
        prompt = await client.get_prompt("mentor", {"step": "4"})
        table = await client.read_resource("shipkit://schema/users")
        found = await client.complete(
            ResourceTemplateReference(type="ref/resource", uri="shipkit://schema/{table}"),
            {"name": "table", "value": "user"},
        )
        version = client.protocol_version

    document = (root / "ai_docs/prep/initial_data_schema.md").read_text(encoding="utf-8")
    assert version == ("2026-07-28" if era == "auto" else "2025-11-25")
    assert len(tools) == 8
    assert "Step 4" in str(prompt.messages[0].content)
    assert '"name":"users"' in str(table.contents[0])
    assert "users" in found.completion.values
    assert document.startswith("## Strategic Database Planning Document")
    assert '"decisions":{' in document.replace(" ", "")


ODD: dict[str, Mapping[str, str]] = {
    "a console of one byte a character": {"PYTHONIOENCODING": "cp1252", "PYTHONUTF8": "0", "LC_ALL": "C"},
    "no home": {"HOME": ""},
    "no path": {"PATH": ""},
}


@pytest.mark.parametrize("environ", ODD.values(), ids=ODD.keys())
async def test_it_works_from_odd_surroundings(
    environ: Mapping[str, str], example: Callable[[str], Path]
) -> None:
    root = example("site-studio")
    server = started(environ={**environ, "SHIPKIT_PROJECT_DIR": str(root)})
    async with Client(server, mode="legacy") as client:
        assessed = await client.call_tool("assess_schema", {})
        written = await client.call_tool("write_initial_data_schema", {})

    assert not assessed.is_error
    assert not written.is_error
    assert "🗺️" in (root / "ai_docs/prep/initial_data_schema.md").read_text(encoding="utf-8")


async def test_it_works_where_the_posix_modules_do_not_exist(
    example: Callable[[str], Path], tmp_path: Path
) -> None:
    hiding, root = tmp_path / "hiding", example("site-studio")
    hiding.mkdir()
    (hiding / "sitecustomize.py").write_text(HIDING, encoding="utf-8")
    server = started("serve", "--project", str(root), environ={"PYTHONPATH": str(hiding)})
    async with Client(server, mode="legacy") as client:
        assessed = await client.call_tool("assess_schema", {})
        written = await client.call_tool("write_initial_data_schema", {})
        again = await client.call_tool("write_initial_data_schema", {"decisions": {"template-tables": "B"}})

    assert not assessed.is_error
    assert not written.is_error, written.content
    assert not again.is_error, again.content
    assert (again.structured_content or {})["backup"]


async def test_started_in_the_root_folder_without_a_project_it_says_what_to_set() -> None:
    async with Client(started(environ={"HOME": ""}), mode="legacy") as client:
        listed = await client.list_tools()
        prompt = await client.get_prompt("mentor")
        result = await client.call_tool("assess_schema", {})

    assert len(listed.tools) == 8
    assert prompt.messages
    assert result.is_error
    said = str(result.content)
    assert all(word in said for word in ("`project`", "--project", "SHIPKIT_PROJECT_DIR"))


async def test_the_host_can_name_the_project_in_its_own_variable(example: Callable[[str], Path]) -> None:
    root = example("audio-notes")
    async with Client(started(environ={"CLAUDE_PROJECT_DIR": str(root)}), mode="legacy") as client:
        result = await client.call_tool("read_prep_docs", {})

    assert (result.structured_content or {})["project_root"] == str(root)


async def test_a_call_can_name_the_project_where_the_host_did_not(example: Callable[[str], Path]) -> None:
    root = example("audio-notes")
    async with Client(started(), mode="legacy") as client:
        result = await client.call_tool("read_prep_docs", {"project": str(root)})

    assert (result.structured_content or {})["project_root"] == str(root)


async def test_the_entry_of_the_desktop_bundle_serves_the_folder_that_was_chosen(
    example: Callable[[str], Path],
) -> None:
    root = example("audio-notes")
    manifest = json.loads((BUNDLE / "manifest.json").read_text(encoding="utf-8"))
    entry = BUNDLE / manifest["server"]["entry_point"]
    server = StdioServerParameters(
        command=sys.executable, args=[str(entry)], cwd="/", env={"SHIPKIT_PROJECT_DIR": str(root)}
    )
    async with Client(server, mode="legacy") as client:
        tools = [one.name for one in (await client.list_tools()).tools]
        result = await client.call_tool("read_prep_docs", {})

    assert tools == [one["name"] for one in manifest["tools"]]
    assert (result.structured_content or {})["project_root"] == str(root)


async def test_a_variable_that_a_host_did_not_fill_in_counts_as_not_given() -> None:
    unfilled = {
        "SHIPKIT_PROJECT_DIR": "${user_config.project_dir}",
        "CLAUDE_PROJECT_DIR": "${CLAUDE_PROJECT_DIR}",
    }
    async with Client(started(environ=unfilled), mode="legacy") as client:
        result = await client.call_tool("read_prep_docs", {})

    assert result.is_error
    assert "SHIPKIT_PROJECT_DIR" in str(result.content)
