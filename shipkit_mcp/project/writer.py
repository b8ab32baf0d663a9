"""New bytes to a file, whole or not at all, with the old ones copied first. The one way in which we write.

Order: lock, compare, copy the old file, write a temporary file, wait for the disk, ask whether the call was
cancelled, compare again, rename. What ends the process at any point leaves the old file or the new one.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from shipkit_mcp.errors import CannotWrite, WouldOverwrite
from shipkit_mcp.project import names
from shipkit_mcp.project.commit import Before, Saved, beside, commit, read_before
from shipkit_mcp.project.content import Refused, decode, read_bytes
from shipkit_mcp.project.copies import LIMIT, drop_copies, find_copies, was_left_by
from shipkit_mcp.project.folder import Folder
from shipkit_mcp.project.lock import locked
from shipkit_mcp.project.place import Project
from shipkit_mcp.project.secret import keep_secret
from shipkit_mcp.project.target import folder_of, named_folder

__all__ = ["DOCUMENT_LIMIT", "Saved", "Undone", "keep_secret", "save", "undo", "write_named"]

DOCUMENT_LIMIT = 1 << 20


@dataclass(frozen=True, slots=True)
class Undone:
    """What undo did."""

    path: str
    restored: str
    """The copy that was put back; it stays."""
    backup: str
    """The copy of what it replaced."""
    sha256: str


def _never() -> bool:
    return False


def save(
    project: Project,
    path: str,
    data: bytes,
    *,
    seen: bytes | None,
    keep: Callable[[bytes], bool],
    expected_sha256: str | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Saved:
    """Write a document of the project.

    ``seen`` is what the caller read before it made ``data`` (None: there was no file), ``expected_sha256``
    what its own caller last saw. ``keep`` says of a copy's bytes that a person wrote or edited them: such a
    copy is never removed, of the others the newest five stay.
    Raises WouldOverwrite, CannotWrite, OutsideProject, Cancelled; then the old file is as it was.
    """
    asked = cancelled or _never
    if len(data) > DOCUMENT_LIMIT:
        raise CannotWrite(f"`{path}` would have {len(data):,} bytes; at most {DOCUMENT_LIMIT:,} are written.")
    with _told(path), folder_of(project, path) as (folder, name), locked(folder, name, asked):
        before = read_before(folder, name, path)
        _compare(before, path, seen, expected_sha256)
        saved = commit(folder, name, path, data, before, asked)
        if saved.changed:
            drop_copies(folder, name, keep)
        return saved


def undo(
    project: Project,
    path: str,
    *,
    keep: Callable[[bytes], bool],
    cancelled: Callable[[], bool] | None = None,
) -> Undone:
    """Put the newest copy back, if the document is still what the write left that made it.

    What it replaces is kept as a copy too. Raises WouldOverwrite, CannotWrite, OutsideProject, Cancelled.
    """
    asked = cancelled or _never
    with _told(path), folder_of(project, path) as (folder, name), locked(folder, name, asked):
        before = read_before(folder, name, path)
        if before is None:
            raise CannotWrite(f"`{path}` does not exist, so there is nothing to undo.")
        copy, data = _newest(folder, name, path, before.data)
        saved = commit(folder, name, path, data, before, asked)
        drop_copies(folder, name, keep)
        return Undone(path, beside(path, copy), str(saved.backup), saved.sha256)


def write_named(
    path: str, data: bytes, *, replace: bool = False, cancelled: Callable[[], bool] | None = None
) -> Saved:
    """Write a file that a person named on the command line; missing folders are made.

    A file that is there with other bytes is only replaced where ``replace`` is set, and is copied first.
    Raises WouldOverwrite, CannotWrite, OutsideProject, Cancelled.
    """
    asked, target = cancelled or _never, Path(os.path.normpath(Path.cwd() / path))
    with _told(path), named_folder(target.parent) as folder, locked(folder, target.name, asked):
        before = read_before(folder, target.name, path)
        if before is not None and before.data != data and not replace:
            raise WouldOverwrite(f"`{path}` exists and differs. Nothing was written; name another file.")
        return commit(folder, target.name, path, data, before, asked)


@contextmanager
def _told(path: str) -> Iterator[None]:
    """The disk's refusals in words."""
    try:
        yield
    except OSError as error:
        words = os.strerror(error.errno) if error.errno else str(error)
        raise CannotWrite(f"`{names.shown(path)}` was not written: {words} (from the disk).") from error


def _compare(before: Before | None, path: str, seen: bytes | None, expected: str | None) -> None:
    now = before.data if before else None
    if seen is None and now is not None and len(now) > DOCUMENT_LIMIT:
        raise CannotWrite(
            f"`{path}` has {len(now):,} bytes, so it is not ours. Move it away. Nothing was written."
        )
    check_expected(now, path, expected)
    if now != seen:
        raise WouldOverwrite(f"`{path}` was changed while we worked. Nothing was written; call again.")


def check_expected(now: bytes | None, path: str, expected: str | None) -> None:
    """Raises WouldOverwrite where a document is not the one that a caller last saw."""
    if expected and expected.strip().lower() not in _digests(now):
        advice = "Nothing was written; read it again."
        raise WouldOverwrite(f"`{path}` is not the one that `expected_sha256` means. {advice}")


def _digests(data: bytes | None) -> tuple[str, ...]:
    """Of the bytes, and of the text with newlines folded, as a reader sees it."""
    if data is None:
        return ()
    raw = hashlib.sha256(data).hexdigest()
    try:
        return raw, hashlib.sha256(decode(data, lenient=True).text.encode()).hexdigest()
    except Refused:
        return (raw,)


def _newest(folder: Folder, name: str, path: str, now: bytes) -> tuple[str, bytes]:
    """The copy to put back, and its bytes."""
    for copy in find_copies(folder, name):
        try:
            data = read_bytes(folder, copy.name, LIMIT).data
        except Refused:
            continue
        # A write that was killed before its rename leaves a copy of what still stands there.
        if data == now:
            continue
        if was_left_by(folder, copy.name, now):
            return copy.name, data
        raise WouldOverwrite(
            f"`{path}` was changed after the last write, so nothing was put back. "
            f"The newest copy is `{beside(path, copy.name)}`; compare the two by hand."
        )
    raise CannotWrite(f"`{path}` has no older copy, so there is nothing to undo.")
