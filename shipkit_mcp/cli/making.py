"""The commands that make something: the plan and its document, code, the picture; and undo."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from shipkit_mcp import document
from shipkit_mcp.analysis.request import Request
from shipkit_mcp.cli import screen
from shipkit_mcp.cli.given import look, read_amendments
from shipkit_mcp.server import views
from shipkit_mcp.server.outgoing import clean

if TYPE_CHECKING:
    from shipkit_mcp.analysis import Analysis
    from shipkit_mcp.analysis.writing import Drafted
    from shipkit_mcp.project.writer import Saved


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
    from shipkit_mcp.analysis.writing import check_unchanged, diff_lines, draft_document, write_document

    analysis = look(project, schema, casing, read_amendments(amend) if amend else None)
    if not as_json and not diff:
        screen.print_lines(document.first_screen(analysis.survey, analysis.plan))
        if not write:
            screen.print_lines(["", *document.details(analysis.survey, analysis.plan)])
    told: dict[str, object] = {}
    if write or diff:
        drafted = draft_document(analysis, clean=clean, overwrite_edits=overwrite_edits)
        if diff:
            check_unchanged(analysis, drafted, expected_sha256)
            lines = diff_lines(drafted, analysis.document_path)
            told = {"diff": "\n".join(lines)}
        else:
            saved = write_document(analysis, drafted, Request(), expected_sha256=expected_sha256)
            told = {
                "path": saved.path,
                "backup": saved.backup,
                "changed": saved.changed,
                "sha256": saved.sha256,
            }
    if as_json:
        screen.print_json({**views.whole_plan(analysis), **told})
    elif diff:
        screen.print_lines(lines, diff=True)
    elif write:
        _tell_saved(analysis, drafted, saved)
    return 0


def _tell_saved(analysis: Analysis, drafted: Drafted, saved: Saved) -> None:
    """What was written, where the old file is, and what a person's edits kept out."""
    screen.print_lines(
        ["", *document.write_summary(analysis.plan, saved.path, saved.backup, changed=saved.changed)]
    )
    for one in drafted.merged.kept:
        screen.print_lines([f"kept as edited: {one.title}", *one.diff.split("\n")], diff=True)


def code(
    *,
    project: str | None,
    out: str | None,
    part: str,
    policies: bool,
    schema: Sequence[str],
    casing: str | None,
    as_json: bool,
) -> int:
    """Print the drafts, or write them into a folder that was named."""
    from shipkit_mcp.code import draft_code
    from shipkit_mcp.project.writer import write_named

    analysis = look(project, schema, casing)
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
            saved = write_named(str(Path(out) / clean(name)), clean(text).encode(), replace=True)
            screen.print_lines([f"wrote {saved.path}"])
    notes = (
        draft.notes if texts or draft.notes else ("the plan changes nothing, so there is nothing to draft",)
    )
    screen.print_lines([f"note: {note}" for note in notes])
    return 0


def diagram(*, project: str | None, out: str | None, schema: Sequence[str], casing: str | None) -> int:
    """Print the Mermaid text, or write the page."""
    from shipkit_mcp.picture import render_mermaid, render_page
    from shipkit_mcp.project.writer import write_named

    analysis = look(project, schema, casing)
    target = analysis.plan.target
    if out is None:
        screen.print_lines(render_mermaid(target, analysis.plan).split("\n"))
        return 0
    if Path(out).suffix.lower() in (".html", ".htm"):
        text = render_page(analysis.survey.schema, analysis.plan)
    else:
        text = render_mermaid(target, analysis.plan)
        text = f"```mermaid\n{text}\n```\n" if Path(out).suffix.lower() == ".md" else text + "\n"
    saved = write_named(out, clean(text).encode(), replace=True)
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
