"""New bytes to a name in an open, locked folder: the old ones copied, then replaced in one step."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

from shipkit_mcp.errors import Cancelled, CannotWrite, OutsideProject, WouldOverwrite
from shipkit_mcp.project import names
from shipkit_mcp.project.content import Refused, read_bytes
from shipkit_mcp.project.copies import LIMIT, make_copy, stamp, write_all
from shipkit_mcp.project.folder import Folder, close


@dataclass(frozen=True, slots=True)
class Saved:
    """What a write did."""

    path: str
    backup: str | None
    """The copy of what stood there before, beside it; None where nothing did or nothing changed."""
    sha256: str
    """Of the bytes that stand there now."""
    changed: bool


@dataclass(frozen=True, slots=True)
class Before:
    """A file as it stood."""

    data: bytes
    mode: int


def read_before(folder: Folder, name: str, path: str) -> Before | None:
    """The file as it stands; None where there is none. Raises OutsideProject for what is no plain file."""
    try:
        info = folder.status(name)
    except FileNotFoundError:
        return None
    if not stat.S_ISREG(info.st_mode):
        raise OutsideProject(f"`{names.shown(path)}` is a link, a folder or a device. Nothing was written.")
    try:
        return Before(read_bytes(folder, name, LIMIT).data, stat.S_IMODE(info.st_mode) & 0o777)
    except Refused as error:
        problem = f"`{names.shown(path)}` {error}, so it cannot be copied. Nothing was written."
        raise CannotWrite(problem) from error


def beside(path: str, name: str) -> str:
    """The path of another name in the same folder."""
    return "/".join((*path.split("/")[:-1], name))


def commit(
    folder: Folder, name: str, path: str, data: bytes, before: Before | None, cancelled: Callable[[], bool]
) -> Saved:
    """Copy what stands there, put the new bytes in its place. Raises OSError too."""
    digest = hashlib.sha256(data).hexdigest()
    if before is not None and before.data == data:
        return Saved(path, None, digest, changed=False)
    copy = make_copy(folder, name, before.data, before.mode) if before is not None else None
    try:
        _put(folder, name, path, data, before, cancelled)
    except BaseException:
        _drop_needless(folder, name, path, copy, before)
        raise
    if copy is not None:
        stamp(folder, copy, data)
    # From here on the new file stands there: a fault below is no reason to say that it does not.
    with suppress(OSError):
        folder.sync()
    return Saved(path, beside(path, copy) if copy else None, digest, changed=True)


def _drop_needless(folder: Folder, name: str, path: str, copy: str | None, before: Before | None) -> None:
    """Remove a copy of what still stands there; where that is not certain the copy stays."""
    with suppress(OSError, OutsideProject, CannotWrite):
        if copy is not None and read_before(folder, name, path) == before:
            folder.remove(copy)


def _put(
    folder: Folder, name: str, path: str, data: bytes, before: Before | None, cancelled: Callable[[], bool]
) -> None:
    temporary = f".{name}.new"
    try:
        _write_new(folder, temporary, data, before)
        if cancelled():
            raise Cancelled(f"`{path}` was not written: the call was cancelled.")
        if read_before(folder, name, path) != before:
            raise WouldOverwrite(f"`{path}` was changed while we wrote. Nothing was written; call again.")
        folder.replace(temporary, name)
    except BaseException:
        with suppress(OSError):
            folder.remove(temporary)
        raise


def _write_new(folder: Folder, temporary: str, data: bytes, before: Before | None) -> None:
    # Its name is fixed, so that what killed processes left is at most one, and goes with the next write.
    with suppress(FileNotFoundError):
        folder.remove(temporary)
    descriptor = folder.create(temporary, before.mode if before else 0o666)
    try:
        write_all(descriptor, data)
        fchmod = getattr(os, "fchmod", None)
        if before is not None and fchmod is not None:
            fchmod(descriptor, before.mode)
        os.fsync(descriptor)
    finally:
        close(descriptor)
