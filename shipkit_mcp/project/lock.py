"""An open folder to the sole right to write in it: by its descriptor, else by a lock file."""

from __future__ import annotations

import errno
import importlib
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

from shipkit_mcp.errors import Cancelled, CannotWrite
from shipkit_mcp.project.folder import Folder, close

DEADLINE = 5.0
_STALE = 60.0
_PAUSE = 0.01
_BUSY = frozenset((errno.EWOULDBLOCK, errno.EAGAIN, errno.EACCES, errno.EINTR))
_NO_LOCKS = frozenset(
    (errno.ENOLCK, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EINVAL, errno.EBADF, errno.ENOSYS)
)
"""Answers of file systems that know no locks of folders."""


@contextmanager
def locked(folder: Folder, name: str, cancelled: Callable[[], bool]) -> Iterator[None]:
    """Hold the lock for writing ``name``. Raises CannotWrite after the deadline, Cancelled, OSError."""
    release = _lock_folder(folder, name, cancelled) or _lock_by_file(folder, f".{name}.lock", cancelled)
    try:
        yield
    finally:
        release()


def _wait(attempt: Callable[[], bool], name: str, cancelled: Callable[[], bool]) -> None:
    deadline = time.monotonic() + DEADLINE
    while not attempt():
        if cancelled():
            raise Cancelled(f"`{name}` was not written: the call was cancelled.")
        if time.monotonic() > deadline:
            raise CannotWrite(
                f"`{name}` is being written by another process. Nothing was written; try again."
            )
        time.sleep(_PAUSE)


def _lock_folder(folder: Folder, name: str, cancelled: Callable[[], bool]) -> Callable[[], None] | None:
    """A lock that ends with the process, whatever ends it; None where the system has none."""
    descriptor = folder.descriptor
    try:
        fcntl = importlib.import_module("fcntl")
    except ImportError:
        return None
    if descriptor is None:
        return None

    def attempt() -> bool:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            if error.errno in _BUSY:
                return False
            raise
        return True

    try:
        _wait(attempt, name, cancelled)
    except OSError as error:
        if error.errno in _NO_LOCKS:
            return None
        raise

    def release() -> None:
        # Closing the folder would do; this frees it for a caller that keeps the folder open.
        with suppress(OSError):
            fcntl.flock(descriptor, fcntl.LOCK_UN)

    return release


def _lock_by_file(folder: Folder, lock: str, cancelled: Callable[[], bool]) -> Callable[[], None]:
    """A file that only one process can create. One left by a dead process is taken away after a minute."""

    def attempt() -> bool:
        try:
            descriptor = folder.create(lock)
        except FileExistsError:
            _drop_stale(folder, lock)
            return False
        with suppress(OSError):
            os.write(descriptor, str(os.getpid()).encode())
        close(descriptor)
        return True

    def release() -> None:
        with suppress(OSError):
            folder.remove(lock)

    _wait(attempt, lock.strip(".").removesuffix(".lock"), cancelled)
    return release


def _drop_stale(folder: Folder, lock: str) -> None:
    with suppress(OSError):
        if time.time() - folder.status(lock).st_mtime > _STALE:
            aside = f"{lock}.{os.getpid()}"
            folder.replace(lock, aside)
            folder.remove(aside)
