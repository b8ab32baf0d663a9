"""Our server into a host's settings and out again: what else stands there stays."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shipkit_mcp import hosts
from shipkit_mcp.errors import ProjectError
from shipkit_mcp.hosts import splice, toml

COMMENTED = """{
  // my own
  "theme": "dark", /* keep */
  "mcpServers": {
    "other": {"command": "x", "args": ["}"]}
  },
}
"""
PATH = ("mcpServers", "shipkit")


@pytest.mark.parametrize("host", hosts.HOSTS, ids=lambda one: one.id)
def test_an_installed_server_can_be_read_from_the_hosts_own_key(host: hosts.Host, tmp_path: Path) -> None:
    done = hosts.install(host, hosts.Start(project="/my project"), home=tmp_path, project=tmp_path)

    text = Path(done.path).read_text(encoding="utf-8")
    settings = tomllib.loads(text) if host.form == "toml" else json.loads(text)
    entry = settings[host.key]["shipkit"]
    assert done.changed
    assert done.backup is None
    assert entry["command"] == "uvx"
    assert entry["args"] == ["shipkit-mcp", "--project", "/my project"]


@pytest.mark.parametrize("host", hosts.HOSTS, ids=lambda one: one.id)
def test_installing_twice_changes_nothing_and_makes_no_copy(host: hosts.Host, tmp_path: Path) -> None:
    hosts.install(host, hosts.Start(), home=tmp_path, project=tmp_path)
    again = hosts.install(host, hosts.Start(), home=tmp_path, project=tmp_path)

    assert not again.changed
    assert not list(tmp_path.rglob("*.bak"))


def test_codex_is_given_a_longer_start_than_its_ten_seconds() -> None:
    entry = tomllib.loads(hosts.snippet(hosts.find_host("codex"), hosts.Start()))["mcp_servers"]["shipkit"]

    assert entry["startup_timeout_sec"] == 30


def test_comments_and_other_servers_stay_byte_for_byte() -> None:
    changed = splice.put(COMMENTED, PATH, {"command": "uvx"})

    assert '"other": {"command": "x", "args": ["}"]}' in changed
    assert "// my own" in changed
    assert "/* keep */" in changed
    assert splice.take(changed, PATH) == COMMENTED


def test_the_old_settings_are_copied_before_they_change(tmp_path: Path) -> None:
    host = hosts.find_host("cursor")
    path = tmp_path / ".cursor" / "mcp.json"
    path.parent.mkdir()
    path.write_text(COMMENTED, encoding="utf-8")
    done = hosts.install(host, hosts.Start(), home=tmp_path, project=tmp_path)

    assert done.backup is not None
    assert Path(done.backup).read_text(encoding="utf-8") == COMMENTED


@pytest.mark.parametrize(
    "text", ["[1, 2]", '{"a": ', "nonsense", '{"mcpServers": 3}', '{"a" 1}', '{"mcpServers": [}']
)
def test_settings_that_are_not_an_object_are_left_alone_with_a_way_out(text: str, tmp_path: Path) -> None:
    path = tmp_path / ".mcp.json"
    path.write_text(text, encoding="utf-8")

    with pytest.raises(ProjectError, match="--print"):
        hosts.install(hosts.find_host("claude-code"), hosts.Start(), home=tmp_path, project=tmp_path)
    assert path.read_text(encoding="utf-8") == text


def test_toml_tables_around_ours_stay() -> None:
    text = 'model = "x"\n\n[mcp_servers.shipkit]\ncommand = "old"\n\n[mcp_servers.shipkit.env]\nA = "1"\n\n[other]\nb = 2\n'
    changed = toml.put(text, ("mcp_servers", "shipkit"), {"command": "new"})

    assert tomllib.loads(changed) == {
        "model": "x",
        "mcp_servers": {"shipkit": {"command": "new"}},
        "other": {"b": 2},
    }
    assert tomllib.loads(toml.take(changed, ("mcp_servers", "shipkit"))) == {"model": "x", "other": {"b": 2}}


def test_an_unknown_host_is_refused_with_the_known_ones() -> None:
    with pytest.raises(ProjectError, match="claude-desktop"):
        hosts.find_host("emacs")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=12,
)


@given(st.dictionaries(st.text(max_size=8), JSON, max_size=4), st.sampled_from([None, 1, 2, 4]))
def test_whatever_else_is_in_the_settings_is_there_after_putting_and_taking(
    settings: dict[str, object], indent: int | None
) -> None:
    settings.pop("mcpServers", None)
    text = json.dumps(settings, indent=indent)
    changed = splice.put(text, PATH, {"command": "uvx", "args": ["a"]})

    assert json.loads(changed) == {**settings, "mcpServers": {"shipkit": {"command": "uvx", "args": ["a"]}}}
    assert json.loads(splice.take(changed, PATH)) == {**settings, "mcpServers": {}}


@given(st.text(alphabet='{}[]",:/*\\ \nab1', max_size=60))
def test_any_text_is_edited_or_refused_and_never_breaks_us(text: str) -> None:
    try:
        changed = splice.put(text, PATH, {"command": "uvx"})
    except splice.NotJson:
        return

    assert '"shipkit"' in changed
