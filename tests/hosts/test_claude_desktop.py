"""The bundle of Claude Desktop, checked and packed by its own program."""

from __future__ import annotations

import json
import shutil
import zipfile
from pathlib import Path

import pytest
from hosts.programs import ROOT, Host

pytestmark = pytest.mark.hosts

BUNDLE = ROOT / "packaging" / "claude-desktop"


def test_the_manifest_is_valid(host: Host) -> None:
    done = host.mcpb("validate", str(BUNDLE / "manifest.json"))

    assert done.status == 0, done.said


def test_the_bundle_packs_with_its_entry_point_and_nothing_of_ours_inside(host: Host, tmp_path: Path) -> None:
    source = shutil.copytree(BUNDLE, tmp_path / "bundle", ignore=shutil.ignore_patterns("__pycache__"))
    packed = host.mcpb("pack", str(source), str(tmp_path / "shipkit.mcpb"))
    told = host.mcpb("info", str(tmp_path / "shipkit.mcpb"))

    assert packed.status == 0, packed.said
    assert told.status == 0, told.said
    with zipfile.ZipFile(tmp_path / "shipkit.mcpb") as bundle:
        names = sorted(bundle.namelist())
        manifest = json.loads(bundle.read("manifest.json"))
    assert names == ["manifest.json", "pyproject.toml", "src/server.py"]
    assert manifest["server"]["entry_point"] in names


def test_the_bundle_names_every_tool_of_the_server(host: Host) -> None:
    listed = json.loads(host.inspector("--method", "tools/list", "--format", "json", "-q").out)
    manifest = json.loads((BUNDLE / "manifest.json").read_text(encoding="utf-8"))

    tools = [one["name"] for one in listed.get("result", listed)["tools"]]
    assert [one["name"] for one in manifest["tools"]] == tools
