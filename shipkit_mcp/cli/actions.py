"""What each command does: analyse, then print."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from shipkit_mcp.analysis import Analysis, analyse
from shipkit_mcp.analysis.memory import Memory
from shipkit_mcp.analysis.request import Request
from shipkit_mcp.cli import screen
from shipkit_mcp.errors import ProjectError, ShipkitError
from shipkit_mcp.project import Project, open_project
from shipkit_mcp.server import views

MAX_INPUT = 1_048_576
"""Bytes of a JSON file that a command is given."""


def open_here(project: str | None) -> Project:
    """The project a command means. Raises ProjectError where there is none."""
    launch = project or os.environ.get("SHIPKIT_PROJECT_DIR")
    return open_project(None, launch=launch, environ=os.environ, cwd=str(Path.cwd()))


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


def serve(*, project: str | None, read_only: bool) -> int:
    """Serve on stdio."""
    from shipkit_mcp.cli import serving

    serving.serve(project=project, read_only=read_only)
    return 0


def serve_http(*, project: str | None, read_only: bool, port: int) -> int:
    """Serve on loopback HTTP."""
    from shipkit_mcp.cli import serving

    serving.serve_http(project=project, read_only=read_only, port=port)
    return 0


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


def schema(*, project: str | None, schema: Sequence[str], casing: str | None, as_json: bool) -> int:
    """Print the schema."""
    analysis = look(project, schema, casing)
    found = analysis.survey.schema
    if as_json:
        screen.print_json(
            {"project_root": analysis.project.shown_root, "detail": "full", **views.dump(found)}
        )
        return 0
    total = sum(len(one.columns) for one in found.tables)
    lines = [
        f"{len(found.tables)} tables, {total} columns ({found.dialect or 'no dialect'}). {found.choice.found_by}",
        "",
    ]
    for table in found.tables:
        said = views.concise_table(table)
        lines += [f"# {table.name} ({table.path}:{table.line})", *(f"  {one}" for one in said["text"]), ""]
    lines += [f"not understood: {one.path}:{one.line} {one.why}" for one in found.unread]
    screen.print_lines(lines)
    return 0


def map_workflows(*, project: str | None, schema: Sequence[str], casing: str | None, as_json: bool) -> int:
    """Print the mapping."""
    analysis = look(project, schema, casing)
    plan = analysis.plan
    if as_json:
        keys = ("project_root", "template", "workflows", "findings", "decisions", "warnings")
        screen.print_json(
            {**{name: value for name, value in views.dump(plan).items() if name in keys}, "detail": "full"}
        )
        return 0
    lines = []
    for one in plan.workflows:
        lines += [f"# {one.title} ({one.path}, {one.confidence} confidence): {one.state}"]
        for table in one.tables:
            said = views.concise_mapping(table)
            lines += [
                f"  {said['role']} `{said['name']}`: {said['state']}",
                *(f"    {text}" for text in said["text"]),
            ]
        if one.touches:
            lines += [f"  touches {', '.join(one.touches)}"]
        lines += [*(f"  {note}" for note in one.notes), ""]
    screen.print_lines(lines or ["No workflows were found.", *plan.warnings])
    return 0


def docs(*, project: str | None, as_json: bool) -> int:
    """Print what the documents say."""
    analysis = look(project)
    survey = analysis.survey
    if as_json:
        screen.print_json(
            {
                "project_root": analysis.project.shown_root,
                "detail": "full",
                "folder": survey.documents_folder,
                "template": survey.template,
                "documents": views.documents(analysis),
                "missing": [views.dump(one) for one in survey.missing_documents],
                "vision": views.vision(survey.vision, full=True),
                "workflows": [views.dump(one) for one in survey.workflows],
                "warnings": list(survey.warnings),
            }
        )
        return 0
    said = views.vision(survey.vision, full=False)
    lines = [f"{one['kind']}: {one['path']}" for one in views.documents(analysis)]
    lines += [f"missing: {one.document} ({one.path})" for one in survey.missing_documents]
    lines += ["", *(f"{name}: {value}" for name, value in said.items())]
    lines += [
        "",
        *(
            f"workflow {one['name']}: {one['purpose'] or 'purpose not stated'}"
            for one in views.workflow_cards(analysis)
        ),
    ]
    screen.print_lines(lines)
    return 0


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
