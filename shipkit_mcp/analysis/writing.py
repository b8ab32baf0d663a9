"""A plan to the document on disk: render, merge with what a person edited, save."""

from __future__ import annotations

import difflib
import hashlib
from collections.abc import Callable
from dataclasses import dataclass

from shipkit_mcp import document
from shipkit_mcp.analysis import Analysis
from shipkit_mcp.analysis.request import Request
from shipkit_mcp.document import Merged
from shipkit_mcp.errors import unwatched, watched
from shipkit_mcp.project.writer import DOCUMENT_LIMIT, Saved, Undone, check_expected, save, undo


@dataclass(frozen=True)
class Drafted:
    """The document as it would be written."""

    merged: Merged
    data: bytes
    old: bytes | None

    @property
    def old_sha256(self) -> str | None:
        """Of the document as it stands, for ``expected_sha256``; None where there is none."""
        return None if self.old is None else hashlib.sha256(self.old).hexdigest()

    @property
    def changed(self) -> bool:
        """Whether a byte would change."""
        return self.data != self.old


def draft_document(
    analysis: Analysis, *, clean: Callable[[str], str], overwrite_edits: bool = False
) -> Drafted:
    """Render the plan, cleaned by the face that asks, and merge it with the document on disk.

    Raises ShipkitError where it would be too large.
    """
    old = _bytes(analysis)
    previous = None if old is None else old.decode("utf-8", "surrogateescape")
    rendered = document.render_document(analysis.survey, analysis.plan, clean)
    merged = document.merge(previous, rendered, overwrite_edits=overwrite_edits)
    return Drafted(merged, merged.text.encode("utf-8", "surrogateescape"), old)


def diff_lines(drafted: Drafted, path: str) -> list[str]:
    """What a write would change, as a unified diff."""
    before = (drafted.old or b"").decode("utf-8", "replace").split("\n")
    after = drafted.merged.text.split("\n")
    source = f"a/{path}"
    if drafted.old is None:
        before, source = [], "/dev/null"
        after = after[:-1] if after[-1] == "" else after
    return list(difflib.unified_diff(before, after, source, f"b/{path}", lineterm=""))


def check_unchanged(analysis: Analysis, drafted: Drafted, expected_sha256: str | None) -> None:
    """Raises WouldOverwrite where a write with this hash would be refused."""
    check_expected(drafted.old, analysis.document_path, expected_sha256)


def write_document(
    analysis: Analysis, drafted: Drafted, request: Request, *, expected_sha256: str | None
) -> Saved:
    """Save it. Raises WouldOverwrite, CannotWrite, OutsideProject or Cancelled; the old document is intact then."""
    with watched(unwatched):  # the writer asks by itself, up to the rename and not behind it
        return save(
            analysis.project,
            analysis.document_path,
            drafted.data,
            seen=drafted.old,
            expected_sha256=expected_sha256,
            cancelled=request.cancelled,
            keep=_by_a_person,
        )


def undo_write(analysis: Analysis) -> Undone:
    """Put the newest copy back. Raises WouldOverwrite where a person changed the document since, CannotWrite."""
    return undo(analysis.project, analysis.document_path, keep=_by_a_person)


def _by_a_person(data: bytes) -> bool:
    """Whether a copy holds something that a person wrote: such a copy is never removed."""
    return not document.is_untouched(data.decode("utf-8", "replace"))


def _bytes(analysis: Analysis) -> bytes | None:
    """The document's bytes as they stand on disk."""
    folder, _, name = analysis.document_path.rpartition("/")
    files = analysis.project.files()
    try:
        return next((data for _, data in files.raw(folder, (name,), DOCUMENT_LIMIT)), None)
    finally:
        files.close()
