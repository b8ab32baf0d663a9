"""A small project on disk, and a command run in this process."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from shipkit_mcp.cli.commands import run
from tests.endtoend.small_projects import make


@dataclass(frozen=True)
class Ran:
    """What a command gave."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def lines(self) -> list[str]:
        return self.out.splitlines()


Shell = Callable[..., Ran]


@pytest.fixture
def small(tmp_path: Path) -> Callable[[str], Path]:
    """A small project of a kind."""
    return lambda kind: make(kind, tmp_path)


@pytest.fixture
def shell(capfdbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch) -> Shell:
    """Runs a command line."""
    for name in ("SHIPKIT_PROJECT_DIR", "CLAUDE_PROJECT_DIR"):
        monkeypatch.delenv(name, raising=False)

    def ran(*arguments: str | Path) -> Ran:
        code = run([str(one) for one in arguments])
        said = capfdbinary.readouterr()
        return Ran(code, said.out.decode(), said.err.decode())

    return ran
