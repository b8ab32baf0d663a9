"""The replies that carry text: the write's summary, code drafts, step messages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from shipkit_mcp import document
from shipkit_mcp.analysis import Analysis
from shipkit_mcp.analysis.request import Request
from shipkit_mcp.analysis.writing import check_unchanged, diff_lines, draft_document, write_document
from shipkit_mcp.errors import ShipkitError
from shipkit_mcp.readers.markdown_shown import shown_text
from shipkit_mcp.server import paging, views
from shipkit_mcp.server.outgoing import clean
from shipkit_mcp.server.replies import CodeReply, DocsReply, GuideReply, WriteReply

if TYPE_CHECKING:
    from shipkit_mcp.server.desk import Desk

UNSHOWN = (
    "Left out of this text is what its page does not show: comments, folded parts, alternative texts, titles, "
    "attributes, addresses kept elsewhere ({} in all)."
)
TEXT_ROOM = 24_000
"""Characters of one text in a reply before it pages."""


def write_reply(
    desk: Desk,
    project: str | None,
    request: Request,
    *,
    dry_run: bool,
    expected_sha256: str | None,
    overwrite_edits: bool,
) -> WriteReply:
    """Write the document, or show what a write would change."""
    if desk.launch.read_only:
        raise ShipkitError("This server was started with --read-only: nothing is written.")
    analysis = desk.analyse(project, request)
    drafted = draft_document(analysis, clean=clean, overwrite_edits=overwrite_edits)
    kept = [{"section": one.title, "diff": one.diff[:4_000]} for one in drafted.merged.kept][:20]
    said = {**views.base(analysis, "concise"), "path": analysis.document_path, "kept": kept}
    if dry_run:
        check_unchanged(analysis, drafted, expected_sha256)
        diff = "\n".join(diff_lines(drafted, analysis.document_path))
        text, more = cut(diff, None, how="`shipkit-mcp plan --diff` in a terminal shows the whole")
        if more:
            del more["cursor"]
        summary = document.preview_summary(analysis.plan, analysis.document_path, changed=drafted.changed)
        return WriteReply(
            **said,
            changed=drafted.changed,
            sha256=drafted.old_sha256,
            summary=summary,
            dry_run=True,
            diff=text,
            more=more,
        )
    saved = write_document(analysis, drafted, request, expected_sha256=expected_sha256)
    summary = document.write_summary(analysis.plan, saved.path, saved.backup, changed=saved.changed)
    closing = document.closing_message(saved.path)
    return WriteReply(
        **said,
        backup=saved.backup,
        changed=saved.changed,
        sha256=saved.sha256,
        summary=summary,
        message=closing,
    )


def document_reply(analysis: Analysis, doc: str, cursor: str | None) -> DocsReply:
    """One planning document's text. Raises ShipkitError for a name that no document has."""
    known = {one.path.rpartition("/")[2]: one for one in analysis.survey.documents}
    found = known.get(doc) or next((one for one in known.values() if one.path == doc), None)
    if found is None:
        raise ShipkitError(views.unknown_name("planning document", doc, list(known)))
    shown = shown_text(found)
    text, more = cut(shown.text, cursor)
    said = views.base(analysis, "full")
    if shown.left_out:
        said["warnings"].append(UNSHOWN.format(shown.left_out))
    return DocsReply(**said, text=text, more=more)


def mermaid_reply(analysis: Analysis, cursor: str | None) -> CodeReply:
    """The picture as text, for hosts that show no apps."""
    from shipkit_mcp.picture import render_mermaid

    text, more = cut(render_mermaid(analysis.plan.target, analysis.plan), cursor)
    return CodeReply(**views.base(analysis, "full"), text=text, more=more)


def code_reply(
    analysis: Analysis,
    *,
    part: str,
    tables: Sequence[str] | None,
    policies: bool,
    cursor: str | None,
) -> CodeReply:
    """The drafts as named texts, paged by whole files."""
    from shipkit_mcp.code import draft_code

    draft = draft_code(analysis.survey, analysis.plan, policies=policies)
    items: list[dict[str, Any]] = []
    if part in ("drizzle", "all"):
        items += [
            {"kind": "file", **views.dump(one)} for one in draft.files if not tables or one.table in tables
        ]
        items += [{"kind": "diff", **views.dump(one)} for one in draft.diffs]
    if part in ("sql", "all"):
        items += [{"kind": "phase", **views.dump(one)} for one in draft.phases]
    page = paging.page(
        items, what="drafts", cursor=cursor, room=paging.REPLY - 2_000, how="call again with this cursor"
    )

    def of(kind: str) -> list[dict[str, Any]]:
        return [
            {name: value for name, value in one.items() if name != "kind"}
            for one in page.items
            if one["kind"] == kind
        ]

    return CodeReply(
        **views.base(analysis, "full"),
        files=of("file"),
        diffs=of("diff"),
        phases=of("phase"),
        notes=list(draft.notes),
        more=page.more,
    )


def step_reply(analysis: Analysis, step: str, cursor: str | None) -> GuideReply:
    """A step's message with this project's facts."""
    text = document.render_step(analysis.survey, analysis.plan, int(step))
    reply = text_reply(text, cursor)
    return reply.model_copy(update={"step": step, **views.base(analysis, "concise")})


def text_reply(text: str, cursor: str | None) -> GuideReply:
    """A text, cut into pages at line ends."""
    shown, more = cut(text, cursor)
    return GuideReply(text=shown, more=more)


def cut(
    text: str, cursor: str | None, *, how: str = "call again with this cursor"
) -> tuple[str, dict[str, Any] | None]:
    """The page of a text that starts at ``cursor``, ending with a whole line where there is one."""
    start = int(cursor) if cursor and cursor.isascii() and cursor.isdigit() else 0
    rest = text[start:]
    if len(rest) <= TEXT_ROOM:
        return rest, None
    end = rest.rfind("\n", 0, TEXT_ROOM) + 1 or TEXT_ROOM
    more = {
        "what": "characters",
        "shown": end,
        "total": len(text),
        "cursor": str(start + end),
        "how_to_get_more": how,
    }
    return rest[:end], more
