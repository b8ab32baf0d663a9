"""The hosts as data: where each keeps its servers, under which key, in which form."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any, Literal

SERVER = "shipkit"
COMMAND = "uvx"
ARGUMENTS = ("shipkit-mcp",)


@dataclass(frozen=True)
class Start:
    """How the server is started for one project."""

    command: str = COMMAND
    arguments: tuple[str, ...] = ARGUMENTS
    project: str | None = None
    """Absolute; given to hosts that start servers elsewhere."""

    @property
    def whole(self) -> tuple[str, ...]:
        """Arguments with the project."""
        return (*self.arguments, *(("--project", self.project) if self.project else ()))


@dataclass(frozen=True, kw_only=True)
class Host:
    """What one host's settings look like."""

    id: str
    title: str
    key: str
    """The object that holds the servers."""
    entry: Callable[[Start], Mapping[str, Any]]
    paths: Mapping[str, tuple[str, ...]]
    """Platform (``darwin``, ``win32``, ``linux``, or ``any``) to the file, from home or in the project."""
    base: Literal["home", "project"] = "home"
    form: Literal["json", "toml"] = "json"
    needs_project: bool = False
    """It starts servers with another working directory and sets no project variable."""
    sees_path: bool = True
    """It starts servers with the PATH of a person's shell."""
    command_line: str | None = None
    """The host's own command for the same."""
    after: str = "Restart it, or reload its MCP servers."

    def parts(self, platform: str = sys.platform) -> tuple[str, ...]:
        """The path's parts for a platform."""
        return self.paths.get(platform) or self.paths.get("any") or self.paths["linux"]


def _plain(start: Start) -> Mapping[str, Any]:
    return {"command": start.command, "args": list(start.whole)}


def _timed(start: Start) -> Mapping[str, Any]:
    return {**_plain(start), "timeout": 60_000}


def _typed(start: Start) -> Mapping[str, Any]:
    return {"type": "stdio", **_plain(start)}


def _codex(start: Start) -> Mapping[str, Any]:
    return {**_plain(start), "startup_timeout_sec": 30, "tool_timeout_sec": 120}


def _zed(start: Start) -> Mapping[str, Any]:
    return {"source": "custom", **_plain(start), "env": {}}


HOSTS: tuple[Host, ...] = (
    Host(
        id="claude-code",
        title="Claude Code",
        key="mcpServers",
        entry=_plain,
        paths={"any": (".mcp.json",)},
        base="project",
        command_line="claude mcp add shipkit -- uvx shipkit-mcp",
        after="Start Claude Code in the project and approve the server; type /mcp__shipkit__mentor.",
    ),
    Host(
        id="claude-desktop",
        title="Claude Desktop",
        key="mcpServers",
        entry=_plain,
        paths={
            "darwin": ("Library", "Application Support", "Claude", "claude_desktop_config.json"),
            "win32": ("AppData", "Roaming", "Claude", "claude_desktop_config.json"),
            "linux": (".config", "Claude", "claude_desktop_config.json"),
        },
        needs_project=True,
        sees_path=False,
        after="Quit and start Claude Desktop; the prompt `mentor` stands under the plus sign.",
    ),
    Host(
        id="cursor",
        title="Cursor",
        key="mcpServers",
        entry=_plain,
        paths={"any": (".cursor", "mcp.json")},
        base="project",
    ),
    Host(
        id="vscode",
        title="VS Code",
        key="servers",
        entry=_typed,
        paths={"any": (".vscode", "mcp.json")},
        base="project",
        after="Open .vscode/mcp.json and choose Start; type /mcp.shipkit.mentor in the chat.",
    ),
    Host(
        id="codex",
        title="Codex",
        key="mcp_servers",
        entry=_codex,
        paths={"any": (".codex", "config.toml")},
        form="toml",
        needs_project=True,
        command_line="codex mcp add shipkit -- uvx shipkit-mcp",
    ),
    Host(
        id="gemini",
        title="Gemini CLI",
        key="mcpServers",
        entry=_timed,
        paths={"any": (".gemini", "settings.json")},
        base="project",
    ),
    Host(
        id="windsurf",
        title="Windsurf",
        key="mcpServers",
        entry=_plain,
        paths={"any": (".codeium", "windsurf", "mcp_config.json")},
        needs_project=True,
    ),
    Host(
        id="zed",
        title="Zed",
        key="context_servers",
        entry=_zed,
        paths={
            "win32": ("AppData", "Roaming", "Zed", "settings.json"),
            "any": (".config", "zed", "settings.json"),
        },
        needs_project=True,
    ),
)


def host(name: str) -> Host | None:
    """The host of an id."""
    return next((one for one in HOSTS if one.id == name), None)


def settings_path(of: Host, *, home: PurePath, project: PurePath, platform: str = sys.platform) -> PurePath:
    """Where a host's settings stand."""
    return (home if of.base == "home" else project).joinpath(*of.parts(platform))
