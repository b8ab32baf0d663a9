"""A file of one secret to the secret, which is made where the file is missing and is read by its owner alone."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from pathlib import Path

from shipkit_mcp.errors import CannotWrite, OutsideProject, UnreadableFile
from shipkit_mcp.project import names
from shipkit_mcp.project.content import Refused, read_bytes
from shipkit_mcp.project.copies import write_all
from shipkit_mcp.project.folder import Folder, close
from shipkit_mcp.project.target import named_folder

_LIMIT = 4_096


def keep_secret(path: str, new: Callable[[], str]) -> str:
    """The secret in a file that a person named; a new one is put there where there is none.

    Raises UnreadableFile where others may read the file or it holds nothing, CannotWrite, OutsideProject.
    """
    target = Path(os.path.normpath(Path.cwd() / path))
    try:
        with named_folder(target.parent) as folder:
            return _made(folder, target.name, new) or _kept(folder, target.name, path)
    except OSError as error:
        words = os.strerror(error.errno) if error.errno else str(error)
        raise CannotWrite(f"`{names.shown(path)}` could not be made: {words}.") from error


def _made(folder: Folder, name: str, new: Callable[[], str]) -> str | None:
    """A new secret in a new file; None where the file is there."""
    try:
        descriptor = folder.create(name, 0o600)
    except FileExistsError:
        return None
    secret = new()
    try:
        write_all(descriptor, f"{secret}\n".encode())
        os.fsync(descriptor)
    except BaseException:
        folder.remove(name)
        raise
    finally:
        close(descriptor)
    return secret


def _kept(folder: Folder, name: str, path: str) -> str:
    info = folder.status(name)
    if not stat.S_ISREG(info.st_mode):
        raise OutsideProject(
            f"`{names.shown(path)}` is a link, a folder or a device, not a file of a secret."
        )
    if hasattr(os, "geteuid") and (info.st_mode & 0o077 or info.st_uid != os.geteuid()):
        raise UnreadableFile(f"`{names.shown(path)}` can be read by others. Make it yours alone (mode 600).")
    try:
        secret = read_bytes(folder, name, _LIMIT).data.decode("ascii", "strict").strip()
    except (Refused, UnicodeDecodeError) as error:
        raise UnreadableFile(f"`{names.shown(path)}` does not hold a secret of plain letters.") from error
    if len(secret) < 16:
        raise UnreadableFile(
            f"`{names.shown(path)}` holds no secret of at least 16 letters. Delete the file."
        )
    return secret
