"""The commands around hosts: explain, install, uninstall, doctor."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

from shipkit_mcp import hosts
from shipkit_mcp.cli import screen
from shipkit_mcp.cli.given import called_in, open_here
from shipkit_mcp.errors import ProjectError, ShipkitError

GET_UV = "install uv (docs.astral.sh/uv), or put the command that starts shipkit-mcp in its place."


def explain() -> int:
    """Tell a person at a terminal what this is."""
    try:
        found = f"Project here: {open_here(None).shown_root}"
    except ShipkitError as error:
        found = f"No project here: {error}"
    sys.stderr.write(
        "shipkit-mcp is an MCP server: an AI coding assistant starts it and talks to it on stdin and stdout.\n"
        f"{found}\n"
        "See the plan yourself:   shipkit-mcp plan\n"
        "Give it to Claude Code:  claude mcp add shipkit -- uvx shipkit-mcp\n"
        "All commands:            shipkit-mcp --help\n"
    )
    return 0


def install(host: str, project: str | None, *, only_show: bool) -> int:
    """Put the server into a host's settings, or show what would be put there."""

    known, here = hosts.find_host(host), called_in() / (project or "")
    if not here.is_dir():
        raise ProjectError(f"`{here}` is not a folder. Name the project's with --project.")
    start = _start(known, str(here) if known.needs_project or project else None)
    path = hosts.settings_path(known, home=Path.home(), project=here)
    if only_show:
        lines = [f"{known.title}: {path}", *hosts.snippet(known, start).rstrip().split("\n")]
        screen.print_lines([*lines, *([f"or: {known.command_line}"] if known.command_line else [])])
        return 0
    done = hosts.install(known, start, home=Path.home(), project=here)
    kept = f" The old file is {done.backup}." if done.backup else ""
    screen.print_lines(
        [
            f"{known.title}: {done.path} {'holds the server now' if done.changed else 'held it already'}.{kept}",
            known.after,
            *([] if shutil.which(start.command) else [f"`{start.command}` is not on this PATH: {GET_UV}"]),
        ]
    )
    return 0


def _start(known: hosts.Host, project: str | None) -> hosts.Start:
    """How the host starts the server: by the command's whole path where it does not see the shell's."""
    found = None if known.sees_path else shutil.which(hosts.COMMAND)
    return hosts.Start(command=found or hosts.COMMAND, project=project)


def uninstall(host: str, project: str | None) -> int:
    """Take the server out of a host's settings."""

    known, here = hosts.find_host(host), called_in() / (project or "")
    done = hosts.uninstall(known, home=Path.home(), project=here)
    kept = f" The old file is {done.backup}." if done.backup else ""
    screen.print_lines(
        [
            f"{known.title}: {done.path} {'no longer holds' if done.changed else 'did not hold'} the server.{kept}"
        ]
    )
    return 0


def doctor(project: str | None) -> int:
    """Print what was looked at. 1 where something is wrong."""
    from shipkit_mcp.hosts.doctor import examine
    from shipkit_mcp.server.desk import Launch

    well = True
    launch = Launch(project=project, environ=dict(os.environ), cwd=str(called_in()))
    for good, sentence in examine(launch):
        screen.print_lines([f"{'✅' if good else '❌'} {sentence}"])
        well = well and good
    return 0 if well else 1
