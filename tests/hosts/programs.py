"""Hosts' own programs from npm, run on our server with a home of their own."""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from oracle.node import environment, node

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
SERVER = (sys.executable, "-m", "shipkit_mcp")
"""How a host starts this checkout."""

QUIET = {"DISABLE_TELEMETRY": "1", "CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC": "1", "NO_COLOR": "1"}


@dataclass(frozen=True)
class Done:
    """What a program said."""

    status: int
    out: str
    err: str

    @property
    def said(self) -> str:
        """Both streams."""
        return f"{self.out}\n{self.err}"


@dataclass(frozen=True)
class Host:
    """The programs, with a folder to run in and a home."""

    packages: Path
    cwd: Path
    home: Path
    environ: Mapping[str, str] = field(default_factory=dict)

    def inspector(self, *arguments: str) -> Done:
        """The Inspector's command line on our server, serving ``cwd``."""
        server = ("-e", f"SHIPKIT_PROJECT_DIR={self.cwd}", *SERVER)
        command = (*self._script("@modelcontextprotocol/inspector", "mcp-inspector"), "--cli", *server)
        return self.run(*command, *arguments)

    def mcpb(self, *arguments: str) -> Done:
        """The bundler of Claude Desktop."""
        return self.run(*self._script("@anthropic-ai/mcpb", "mcpb"), *arguments)

    def conformance(self, *arguments: str) -> Done:
        """The protocol's own conformance suite."""
        return self.run(
            *self._script("@modelcontextprotocol/conformance", "conformance"), *arguments, timeout=300
        )

    def claude(self, *arguments: str) -> Done:
        """Claude Code."""
        return self.run(
            str(self.packages / "@anthropic-ai" / f"claude-code-{_platform()}" / _claude()), *arguments
        )

    def run(self, *command: str, timeout: float = 120) -> Done:
        """A command in ``cwd``, at home in ``home``."""
        environ = {
            **environment(),
            **QUIET,
            "HOME": str(self.home),
            "USERPROFILE": str(self.home),
            **self.environ,
        }
        done = subprocess.run(
            command, cwd=self.cwd, env=environ, capture_output=True, timeout=timeout, stdin=subprocess.DEVNULL
        )
        return Done(
            done.returncode, done.stdout.decode("utf-8", "replace"), done.stderr.decode("utf-8", "replace")
        )

    def _script(self, package: str, name: str) -> Sequence[str]:
        folder = self.packages / package
        listed = json.loads((folder / "package.json").read_text(encoding="utf-8"))["bin"]
        return str(node()), str(folder / (listed if isinstance(listed, str) else listed[name]))


def _platform() -> str:
    system = {"Linux": "linux", "Darwin": "darwin", "Windows": "win32"}[platform.system()]
    return f"{system}-{'arm64' if platform.machine().lower() in ('arm64', 'aarch64') else 'x64'}"


def _claude() -> str:
    return "claude.exe" if os.name == "nt" else "claude"
