"""Without arguments at a terminal the server explains itself to the person who typed its name."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

pty = pytest.importorskip("pty", reason="Windows has no pseudo terminals")


def typed(cwd: Path, *arguments: str) -> tuple[int, str]:
    """Status and stderr of a command typed at a terminal."""
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "shipkit_mcp", *arguments]
    environ = {name: value for name, value in os.environ.items() if name != "SHIPKIT_PROJECT_DIR"}
    try:
        done = subprocess.run(command, cwd=cwd, env=environ, stdin=theirs, capture_output=True, timeout=60)
    finally:
        os.close(ours)
        os.close(theirs)
    assert done.stdout == b""
    return done.returncode, done.stderr.decode("utf-8")


def test_it_says_what_it_is_which_project_it_found_and_what_to_type(example: Callable[[str], Path]) -> None:
    status, said = typed(example("audio-notes"))

    assert status == 0
    assert "is an MCP server" in said
    assert "audio-notes" in said
    assert "shipkit-mcp plan" in said
    assert "claude mcp add shipkit -- uvx shipkit-mcp" in said


def test_without_a_project_it_says_so_and_ends_well(tmp_path: Path) -> None:
    status, said = typed(tmp_path)

    assert status == 0
    assert "No project here" in said
