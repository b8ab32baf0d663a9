"""What each command does: analyse, then print."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from shipkit_mcp import __version__
from shipkit_mcp.analysis import Analysis, analyse
from shipkit_mcp.analysis.memory import Memory
from shipkit_mcp.analysis.request import Request
from shipkit_mcp.cli import screen
from shipkit_mcp.errors import ProjectError, ShipkitError
from shipkit_mcp.findings import Finding
from shipkit_mcp.project import Project, open_project
from shipkit_mcp.server import views
from shipkit_mcp.server.outgoing import clean, clean_all

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


def serve_http(*, project: str | None, read_only: bool, port: int, token_file: str | None) -> int:
    """Serve on loopback HTTP."""
    from shipkit_mcp.cli import serving

    try:
        serving.serve_http(project=project, read_only=read_only, port=port, token_file=token_file)
    except OSError as error:
        raise ProjectError(
            f"Port {port} cannot be used: {error.strerror}. Name another with --port."
        ) from None
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
        said = views.whole_plan(analysis)
        screen.print_json({**{name: said[name] for name in keys}, "detail": "full"})
        return 0
    lines = []
    for one in plan.stated:
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


def plan(
    *,
    project: str | None,
    write: bool,
    diff: bool,
    amend: str | None,
    expected_sha256: str | None,
    overwrite_edits: bool,
    schema: Sequence[str],
    casing: str | None,
    as_json: bool,
) -> int:
    """Print the plan; write the document where asked."""
    from shipkit_mcp import document
    from shipkit_mcp.analysis.writing import diff_lines, draft_document, write_document

    analysis = look(project, schema, casing, read_amendments(amend) if amend else None)
    if as_json:
        screen.print_json(views.whole_plan(analysis))
    elif not diff:
        screen.print_lines(document.first_screen(analysis.survey, analysis.plan))
        if not write:
            screen.print_lines(["", *document.details(analysis.survey, analysis.plan)])
    if not (write or diff):
        return 0
    drafted = draft_document(analysis, clean=clean, overwrite_edits=overwrite_edits)
    if diff:
        screen.print_lines(diff_lines(drafted, analysis.document_path), diff=True)
        return 0
    saved = write_document(analysis, drafted, Request(), expected_sha256=expected_sha256)
    if not as_json:
        screen.print_lines(
            ["", *document.write_summary(analysis.plan, saved.path, saved.backup, changed=saved.changed)]
        )
        for one in drafted.merged.kept:
            screen.print_lines([f"kept as edited: {one.title}", *one.diff.split("\n")], diff=True)
    return 0


def read_amendments(path: str) -> dict[str, Any]:
    """Amendments from a JSON file. Raises ProjectError where it is not an object."""
    given = read_json(path)
    if not isinstance(given, dict):
        raise ProjectError(f"`{path}` must hold an object with decisions, tables, remove or narrative.")
    cleaned: dict[str, Any] = clean_all(given)
    return cleaned


def check(
    *, project: str | None, form: str, base: str | None, schema: Sequence[str], casing: str | None
) -> int:
    """Print the findings. 1 where a counted one is at reject or require."""
    from shipkit_mcp.analysis.standing import check_standing
    from shipkit_mcp.rules import report

    analysis = look(project, schema, casing)
    found = check_standing(analysis)
    counted = report.new_only(found, read_json(base)) if base else found
    broken = any(one.counted for one in counted)
    if form == "json":
        said = {
            "project_root": analysis.project.shown_root,
            "detail": "full",
            "counts": report.count(found),
        }
        screen.print_json({**said, "findings": [views.dump(one) for one in found]})
    elif form == "sarif":
        screen.print_json(report.render_sarif(counted, version=__version__))
    elif form == "github":
        screen.print_lines(report.render_annotations(counted))
    else:
        screen.print_lines([_finding_line(one) for one in counted] or ["✅ Nothing found."])
        counts = ", ".join(f"{count} {name}" for name, count in report.count(found).items())
        screen.print_lines(["", counts])
    return 1 if broken else 0


def _finding_line(one: Finding) -> str:
    sign = {"reject": "❌", "require": "❌", "recommend": "⚠️", "note": "-"}[str(one.severity)]
    said = f" (accepted by {one.accepted_by})" if one.accepted_by else "" if one.certain else " (cannot tell)"
    return f"{sign} {one.evidence[0]} {one.rule}: {one.message} {one.fix}{said}"


def code(*, project: str | None, out: str | None, part: str, policies: bool, as_json: bool) -> int:
    """Print the drafts, or write them into a folder that was named."""
    from shipkit_mcp.code import draft_code
    from shipkit_mcp.project.writer import write_named

    analysis = look(project)
    draft = draft_code(analysis.survey, analysis.plan, policies=policies)
    if as_json:
        screen.print_json(
            {"project_root": analysis.project.shown_root, "detail": "full", **views.dump(draft)}
        )
        return 0
    texts = draft.texts(part)
    for name, text in texts.items():
        if out is None:
            screen.print_lines(
                [f"// ---- {name}" if name.endswith(".ts") else f"-- ---- {name}", *text.split("\n")]
            )
        else:
            saved = write_named(str(Path(out) / name), text.encode(), replace=True)
            screen.print_lines([f"wrote {saved.path}"])
    screen.print_lines([f"note: {note}" for note in draft.notes])
    return 0


def diagram(*, project: str | None, out: str | None) -> int:
    """Print the Mermaid text, or write the page."""
    from shipkit_mcp.picture import render_mermaid, render_page
    from shipkit_mcp.project.writer import write_named

    analysis = look(project)
    target = analysis.plan.target
    if out is None:
        screen.print_lines(render_mermaid(target, analysis.plan).split("\n"))
        return 0
    if Path(out).suffix.lower() in (".html", ".htm"):
        text = render_page(analysis.survey.schema, analysis.plan)
    else:
        text = render_mermaid(target, analysis.plan)
        text = f"```mermaid\n{text}\n```\n" if Path(out).suffix.lower() == ".md" else text + "\n"
    saved = write_named(out, text.encode(), replace=True)
    screen.print_lines([f"wrote {saved.path}"])
    return 0


def undo(project: str | None) -> int:
    """Put the newest copy of the document back."""
    from shipkit_mcp.analysis.writing import undo_write

    done = undo_write(look(project))
    screen.print_lines(
        [f"{done.path} is again what {done.restored} holds.", f"What it replaced is kept as {done.backup}."]
    )
    return 0


def install(host: str, project: str | None, *, only_show: bool) -> int:
    """Put the server into a host's settings, or show what would be put there."""
    from shipkit_mcp import hosts

    known, here = hosts.find_host(host), Path(project or Path.cwd()).absolute()
    start = hosts.Start(project=str(here) if known.needs_project or project else None)
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
        ]
    )
    return 0


def uninstall(host: str, project: str | None) -> int:
    """Take the server out of a host's settings."""
    from shipkit_mcp import hosts

    known, here = hosts.find_host(host), Path(project or Path.cwd()).absolute()
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
    launch = Launch(project=project, environ=dict(os.environ), cwd=str(Path.cwd()))
    for good, sentence in examine(launch):
        screen.print_lines([f"{'✅' if good else '❌'} {sentence}"])
        well = well and good
    return 0 if well else 1


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
