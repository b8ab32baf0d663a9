"""One version, one set of names, in everything that is published."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator

import shipkit_mcp
from tests.docs import README, ROOT

PACKAGING = ROOT / "packaging"
SCHEMA = Path(__file__).parent / "server.schema.json"


def read(*parts: str) -> Any:
    path = PACKAGING.joinpath(*parts)
    text = path.read_text(encoding="utf-8")
    return tomllib.loads(text) if path.suffix == ".toml" else json.loads(text)


def test_every_manifest_has_the_version_of_the_package() -> None:
    version = shipkit_mcp.__version__
    registry = read("registry", "server.json")
    bundle = read("claude-desktop", "pyproject.toml")["project"]

    assert (
        tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"] == version
    )
    assert registry["version"] == version
    assert [one["version"] for one in registry["packages"]] == [version]
    assert read("claude-code", "shipkit-mcp", ".claude-plugin", "plugin.json")["version"] == version
    assert read("claude-code", ".claude-plugin", "marketplace.json")["metadata"]["version"] == version
    assert read("claude-desktop", "manifest.json")["version"] == version
    assert bundle["version"] == version
    assert bundle["dependencies"] == [f"shipkit-mcp=={version}"]
    assert f"## {version}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_the_registry_entry_fits_the_registrys_schema() -> None:
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))

    Draft202012Validator.check_schema(schema)
    Draft202012Validator(schema).validate(read("registry", "server.json"))


def test_the_readme_carries_the_name_by_which_the_registry_proves_who_owns_the_package() -> None:
    name = read("registry", "server.json")["name"]

    assert f"mcp-name: {name} " in README.read_text(encoding="utf-8")


def test_the_options_and_variables_of_the_manifests_exist() -> None:
    package = read("registry", "server.json")["packages"][0]
    source = "\n".join(one.read_text(encoding="utf-8") for one in (ROOT / "shipkit_mcp").rglob("*.py"))

    for named in (*package["packageArguments"], *package["environmentVariables"]):
        assert f'"{named["name"]}"' in source
    for variable in read("claude-desktop", "manifest.json")["server"]["mcp_config"]["env"]:
        assert variable.startswith("UV_") or f'"{variable}"' in source


def test_no_lock_file_names_a_registry() -> None:
    for lock in (ROOT / "tests").glob("*/package-lock.json"):
        text = lock.read_text(encoding="utf-8")
        assert '"resolved"' not in text
        assert not re.search(r"https?://[^\"]*registry", text)
