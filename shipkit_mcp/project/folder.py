"""An open folder to what stands directly in it, never through a link. The one module that opens anything.

Where the system can open below an open folder (POSIX), a race cannot lead out of it. Elsewhere names are
resolved and compared, which leaves the moment between that and the opening.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Literal, Protocol

Kind = Literal["file", "folder", "link", "other"]


class Folder(Protocol):
    """An open folder. Every method takes one name, not a path, and raises OSError."""

    def folder(self, name: str) -> Folder:
        """A folder in it; a link is refused."""

    def entries(self) -> Iterator[tuple[str, Kind]]:
        """What stands in it, in the system's order."""

    def open(self, name: str) -> int:
        """A descriptor to read a file by; a link is refused, nothing blocks."""

    def create(self, name: str, mode: int = 0o666) -> int:
        """A descriptor to write a file by that did not exist before; the mode is cut by the user's mask."""

    def status(self, name: str) -> os.stat_result:
        """What a name is, without following it."""

    def make(self, name: str) -> None:
        """Make a folder in it."""

    def replace(self, old: str, new: str) -> None:
        """Rename in one step, replacing what was there."""

    def remove(self, name: str) -> None:
        """Remove a file."""

    def stamp(self, name: str, mtime_ns: int) -> None:
        """Set the time of a file."""

    def sync(self) -> None:
        """Wait until its names are on the disk."""

    @property
    def descriptor(self) -> int | None:
        """To lock it by, where there is one."""

    def close(self) -> None:
        """Let it go."""


def _flags(*names: str) -> int:
    # Looked up when used: Windows has none of them.
    found = 0
    for name in names:
        found |= int(getattr(os, name, 0))
    return found


def can_hold() -> bool:
    """Whether this system opens names below an open folder without following links."""
    flags = all(hasattr(os, name) for name in ("O_DIRECTORY", "O_NOFOLLOW"))
    return flags and {os.open, os.stat, os.unlink, os.mkdir, os.rename} <= os.supports_dir_fd


def open_folder(path: str) -> Folder:
    """Open a folder by a path that was resolved before; the last name must not be a link."""
    if can_hold():
        return HeldFolder(os.open(path, _ENTER))
    return NamedFolder(Path(path), Path(path))


def _reading() -> int:
    return os.O_RDONLY | _flags(
        "O_NOFOLLOW", "O_NONBLOCK", "O_NOCTTY", "O_CLOEXEC", "O_BINARY", "O_NOINHERIT"
    )


def _creating() -> int:
    return os.O_WRONLY | os.O_CREAT | os.O_EXCL | _flags("O_NOFOLLOW", "O_CLOEXEC", "O_BINARY", "O_NOINHERIT")


_ENTER = os.O_RDONLY | _flags("O_DIRECTORY", "O_NOFOLLOW", "O_CLOEXEC")
_READ, _CREATE = _reading(), _creating()


def _kind(entry: os.DirEntry[str]) -> Kind:
    try:
        if entry.is_symlink() or _is_reparse(entry):
            return "link"
        if entry.is_dir(follow_symlinks=False):
            return "folder"
        return "file" if entry.is_file(follow_symlinks=False) else "other"
    except OSError:
        return "other"


def _is_reparse(entry: os.DirEntry[str]) -> bool:
    """Whether it is a junction of Windows or the like, which is no symbolic link but leads elsewhere."""
    mark = getattr(stat, "FILE_ATTRIBUTE_REPARSE_POINT", 0)
    if os.name != "nt" or not mark:
        return False
    return bool(getattr(entry.stat(follow_symlinks=False), "st_file_attributes", 0) & mark)


class HeldFolder:
    """A folder held by its descriptor: names are looked up below it whatever happens to its path."""

    def __init__(self, descriptor: int) -> None:
        """Owns the descriptor."""
        self._descriptor = descriptor

    @property
    def descriptor(self) -> int | None:
        return self._descriptor

    def folder(self, name: str) -> Folder:
        return HeldFolder(os.open(name, _ENTER, dir_fd=self._descriptor))

    def entries(self) -> Iterator[tuple[str, Kind]]:
        with os.scandir(self._descriptor) as found:
            for entry in found:
                yield entry.name, _kind(entry)

    def open(self, name: str) -> int:
        return os.open(name, _READ, dir_fd=self._descriptor)

    def create(self, name: str, mode: int = 0o666) -> int:
        return os.open(name, _CREATE, mode, dir_fd=self._descriptor)

    def status(self, name: str) -> os.stat_result:
        return os.stat(name, dir_fd=self._descriptor, follow_symlinks=False)

    def make(self, name: str) -> None:
        os.mkdir(name, dir_fd=self._descriptor)

    def replace(self, old: str, new: str) -> None:
        os.rename(old, new, src_dir_fd=self._descriptor, dst_dir_fd=self._descriptor)

    def remove(self, name: str) -> None:
        os.unlink(name, dir_fd=self._descriptor)

    def stamp(self, name: str, mtime_ns: int) -> None:
        os.utime(name, ns=(mtime_ns, mtime_ns), dir_fd=self._descriptor, follow_symlinks=False)

    def sync(self) -> None:
        os.fsync(self._descriptor)

    def close(self) -> None:
        descriptor, self._descriptor = self._descriptor, -1
        if descriptor >= 0:
            close(descriptor)


class NamedFolder:
    """A folder known by its path: every name is resolved and must still lie below the root."""

    descriptor: int | None = None

    def __init__(self, root: Path, path: Path) -> None:
        """``root`` and ``path`` are resolved; a link that took their place is refused."""
        self._root, self._path = root, path
        if not stat.S_ISDIR(self._confirm(path).lstat().st_mode):
            raise NotADirectoryError(errno.ENOTDIR, "is not a folder", str(path))

    def _confirm(self, path: Path) -> Path:
        root, real = (os.path.normcase(os.path.realpath(one)) for one in (self._root, path))
        if real != os.path.normcase(path) or os.path.commonpath((root, real)) != root:
            raise OSError(errno.ELOOP, "is a link or leaves the project", str(path))
        return path

    def _at(self, name: str) -> Path:
        return self._confirm(self._path / name)

    def folder(self, name: str) -> Folder:
        return NamedFolder(self._root, self._at(name))

    def entries(self) -> Iterator[tuple[str, Kind]]:
        with os.scandir(self._confirm(self._path)) as found:
            for entry in found:
                yield entry.name, _kind(entry)

    def open(self, name: str) -> int:
        path = self._at(name)
        before = path.lstat()
        if not stat.S_ISREG(before.st_mode):
            raise OSError(errno.EINVAL, "is not a plain file", str(path))
        descriptor = os.open(path, _reading())
        now = os.fstat(descriptor)
        if (before.st_dev, before.st_ino) != (now.st_dev, now.st_ino):
            close(descriptor)
            raise OSError(errno.ELOOP, "changed while it was opened", str(path))
        return descriptor

    def create(self, name: str, mode: int = 0o666) -> int:
        return os.open(self._at(name), _creating(), mode)

    def status(self, name: str) -> os.stat_result:
        return (self._confirm(self._path) / name).lstat()

    def make(self, name: str) -> None:
        self._at(name).mkdir()

    def replace(self, old: str, new: str) -> None:
        self._at(old).replace(self._at(new))

    def remove(self, name: str) -> None:
        (self._confirm(self._path) / name).unlink()

    def stamp(self, name: str, mtime_ns: int) -> None:
        os.utime(self._at(name), ns=(mtime_ns, mtime_ns))

    def sync(self) -> None:
        """Windows has no way to do it."""

    def close(self) -> None:
        """Holds nothing."""


def close(descriptor: int) -> None:
    """Close; what matters was synced before, so that nothing can be lost here."""
    try:
        os.close(descriptor)
    except OSError:
        return
