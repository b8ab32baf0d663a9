"""A client of the SDK before this one (mcp 1.30), in each protocol version it can ask for."""

from __future__ import annotations

import json
import os
import subprocess
import venv
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hosts.programs import HERE, ROOT, SERVER

pytestmark = pytest.mark.hosts

VERSIONS = ("2024-11-05", "2025-03-26", "2025-06-18", "2025-11-25")
WANTED = "mcp==1.30.0"


@pytest.fixture(scope="session")
def old_python() -> Path:
    """A Python with the older SDK, made once and kept beside the checkout."""
    folder = ROOT / ".shipkit-cache" / WANTED.replace("==", "-")
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    if not (folder / "ready").is_file():
        venv.create(folder, with_pip=True, clear=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", WANTED], check=True)
        (folder / "ready").touch()
    return python


@pytest.mark.parametrize("version", VERSIONS)
def test_an_older_client_gets_everything_in_its_own_version(
    version: str, old_python: Path, example: Callable[[str], Path]
) -> None:
    root = example("site-studio")
    command = [
        str(old_python),
        str(HERE / "old_client.py"),
        version,
        *SERVER,
        "serve",
        "--project",
        str(root),
    ]
    done = subprocess.run(command, capture_output=True, timeout=120)

    assert done.returncode == 0, done.stderr.decode()
    seen: dict[str, Any] = json.loads(done.stdout)
    assert seen["version"] == version
    assert "initial_data_schema.md" in seen["instructions"]
    assert len(seen["tools"]) == 8
    assert seen["prompts"] == ["mentor"]
    assert "shipkit://schema" in seen["resources"]
    assert "shipkit://workflow/{name}" in seen["templates"]
    assert len(seen["calls"]) == 7
    assert all(not error and keys and text for error, keys, text in seen["calls"].values())
    assert seen["refused"][0]
    assert "There is no table 'nope'" in seen["refused"][1]
    assert not seen["written"][0]
    assert seen["written"][1]["asked"].startswith("The person answered")
    assert (root / seen["written"][1]["path"]).is_file()
    assert "Step 1" in seen["prompt"]
    assert seen["resource"] == "users"
    assert seen["completion"] == ["users"]
