"""What a command is given: the project, amendments, a JSON file."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from shipkit_mcp.analysis import Analysis, analyse
from shipkit_mcp.analysis.memory import Memory
from shipkit_mcp.analysis.request import Request
from shipkit_mcp.cli import screen
from shipkit_mcp.errors import ProjectError
from shipkit_mcp.project import Project, open_project
from shipkit_mcp.server.outgoing import clean_all

MAX_INPUT = 1_048_576
"""Bytes of a JSON file that a command is given."""


def called_in() -> Path:
    """The folder that the command was called in. Raises ProjectError where it was removed."""
    try:
        return Path.cwd()
    except OSError:
        raise ProjectError("The folder you are in was removed. Go to another one and call again.") from None


def open_here(project: str | None) -> Project:
    """The project a command means. Raises ProjectError where there is none."""
    cwd = called_in()
    launch = str((cwd / project).resolve()) if project else os.environ.get("SHIPKIT_PROJECT_DIR")
    return open_project(None, launch=launch, environ=os.environ, cwd=str(cwd))


def look(
    project: str | None,
    schema: Sequence[str] = (),
    casing: str | None = None,
    amendments: dict[str, Any] | None = None,
) -> Analysis:
    """Analyse the project, telling the stages at a terminal."""
    with screen.progress() as tell:
        request = Request(amendments=amendments or {}, schema=tuple(schema), casing=casing, progress=tell)
        return analyse(open_here(project), request, Memory())


def read_amendments(path: str) -> dict[str, Any]:
    """Amendments from a JSON file. Raises ProjectError where it is not an object."""
    given = read_json(path)
    if not isinstance(given, dict):
        raise ProjectError(f"`{path}` must hold an object with decisions, tables, remove or narrative.")
    cleaned: dict[str, Any] = clean_all(given)
    return cleaned


def read_json(path: str) -> Any:
    """A JSON file that a command was given. Raises ProjectError where it is not one."""
    try:
        with Path(path).open("rb") as file:
            data = file.read(MAX_INPUT + 1)
        if len(data) > MAX_INPUT:
            raise ProjectError(f"`{path}` is larger than {MAX_INPUT} bytes.")
        return json.loads(data.decode("utf-8-sig"))
    except (OSError, ValueError, RecursionError) as error:
        raise ProjectError(f"`{path}` is not a JSON file that can be read: {error}") from None
