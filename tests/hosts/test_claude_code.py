"""Claude Code itself: the server added by hand, by our installer and by the plugin, and its health check."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from hosts.programs import ROOT, SERVER, Host

pytestmark = pytest.mark.hosts

PLUGIN = ROOT / "packaging" / "claude-code"


def test_an_added_server_is_connected(host: Host) -> None:
    added = host.claude("mcp", "add", "--scope", "local", "shipkit", "--", *SERVER)
    listed, shown = host.claude("mcp", "list"), host.claude("mcp", "get", "shipkit")

    assert added.status == 0, added.said
    assert "shipkit:" in listed.out
    assert "✔ Connected" in listed.out
    assert "✔ Connected" in shown.out


def test_the_documented_command_line_connects(host: Host) -> None:
    host.claude("mcp", "add", "shipkit", "--", "uvx", "shipkit-mcp")

    assert "✔ Connected" in host.claude("mcp", "list").out


def test_a_server_that_does_not_start_is_told_apart(host: Host) -> None:
    host.claude("mcp", "add", "--scope", "local", "shipkit", "--", *SERVER, "no-such-command")

    assert "✔ Connected" not in host.claude("mcp", "list").out


def test_what_install_writes_is_found_and_waits_for_approval(host: Host) -> None:
    host.run(*SERVER, "install", "claude-code")

    listed = host.claude("mcp", "list")
    assert "shipkit: uvx shipkit-mcp" in listed.out
    assert "Pending approval" in listed.out


@pytest.mark.parametrize("folder", [PLUGIN, PLUGIN / "shipkit-mcp"], ids=["marketplace", "plugin"])
def test_the_plugin_and_its_marketplace_are_valid(host: Host, folder: Path) -> None:
    done = host.claude("plugin", "validate", "--strict", str(folder))

    assert done.status == 0, done.said
    assert "passed" in done.said


def test_the_validator_refuses_a_broken_manifest(host: Host, tmp_path: Path) -> None:
    broken = shutil.copytree(PLUGIN / "shipkit-mcp", tmp_path / "broken")
    (broken / ".claude-plugin" / "plugin.json").write_text('{"version": 1}', encoding="utf-8")

    assert host.claude("plugin", "validate", "--strict", str(broken)).status == 1


def test_the_plugin_installs_from_the_local_marketplace_and_its_server_connects(host: Host) -> None:
    market = host.claude("plugin", "marketplace", "add", str(PLUGIN))
    installed = host.claude("plugin", "install", "shipkit-mcp@shipkit")
    details = host.claude("plugin", "details", "shipkit-mcp")
    listed = host.claude("mcp", "list")

    assert market.status == 0, market.said
    assert installed.status == 0, installed.said
    assert "database-mentor" in details.said
    assert "shipkit" in details.said
    assert "plugin:shipkit-mcp:shipkit" in listed.out
    assert "✔ Connected" in listed.out
    assert (host.home / "project").read_text(encoding="utf-8").strip() == str(host.cwd)


def test_the_skill_allows_each_tool_under_the_name_that_claude_code_gives_it(host: Host) -> None:
    tools = json.loads(host.inspector("--method", "tools/list", "--format", "json", "-q").out)
    skill = (PLUGIN / "shipkit-mcp/skills/database-mentor/SKILL.md").read_text(encoding="utf-8")
    allowed = next(line for line in skill.splitlines() if line.startswith("allowed-tools: ")).split()[1:]

    names = [one["name"] for one in tools.get("result", tools)["tools"]]
    assert sorted(allowed) == sorted(f"mcp__plugin_shipkit-mcp_shipkit__{name}" for name in names)
