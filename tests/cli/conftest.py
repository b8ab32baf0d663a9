"""The command line as a process of its own would be run, inside this one."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from shipkit_mcp.cli.commands import run as run_command


@dataclass(frozen=True)
class Ran:
    """What a command left behind."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """stdout as JSON."""
        return json.loads(self.out)


Run = Callable[..., Ran]


@pytest.fixture
def run(capfdbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    """Run one command line with an empty home."""
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.delenv("SHIPKIT_PROJECT_DIR", raising=False)
    monkeypatch.delenv("CLAUDE_PROJECT_DIR", raising=False)

    def ran(*arguments: Any) -> Ran:
        capfdbinary.readouterr()
        status = run_command([str(one) for one in arguments])
        said = capfdbinary.readouterr()
        return Ran(status, said.out.decode("utf-8"), said.err.decode("utf-8"))

    return ran


__all__: Sequence[str] = ["Ran", "Run"]
