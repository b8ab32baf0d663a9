"""Copies of a document beside it: made before a write changes it, found again by undo, thinned out."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime

from shipkit_mcp.project.content import Refused, read_bytes
from shipkit_mcp.project.folder import Folder, close

KEPT = 5
LIMIT = 8 << 20
"""Bytes of a file that can be copied, so of one that can be replaced."""
_TIME = "%Y%m%dT%H%M%SZ"
_TICKS = 10_000_000
"""Of a second: the finest time that every current file system keeps."""
_TRIES = 1_000


@dataclass(frozen=True, slots=True, order=True)
class Copy:
    """A copy, ordered by age."""

    time: str
    number: int
    name: str


def find_copies(folder: Folder, name: str) -> tuple[Copy, ...]:
    """The copies of a document, newest first. Raises OSError."""
    shape = re.compile(re.escape(name) + r"\.(\d{8}T\d{6}Z)(?:-(\d{1,6}))?\.bak")
    found = (shape.fullmatch(entry) for entry, kind in folder.entries() if kind == "file")
    copies = (Copy(one[1], int(one[2] or 1), one[0]) for one in found if one)
    return tuple(sorted(copies, reverse=True))


def make_copy(folder: Folder, name: str, data: bytes, mode: int) -> str:
    """Copy ``data`` beside the document under a name no file had, and wait for the disk. Raises OSError.

    With the mode of the document, so that a copy is not open to more people than it was.
    """
    copy, descriptor = _create(folder, name, mode)
    try:
        write_all(descriptor, data)
        os.fsync(descriptor)
    except BaseException:
        with suppress(OSError):
            folder.remove(copy)
        raise
    finally:
        close(descriptor)
    return copy


def _create(folder: Folder, name: str, mode: int) -> tuple[str, int]:
    newest = next(iter(find_copies(folder, name)), None)
    # A clock that was set back must not make the newest copy look old.
    time = max(datetime.now(UTC).strftime(_TIME), newest.time if newest else "")
    start = newest.number + 1 if newest and newest.time == time else 1
    for number in range(start, start + _TRIES):
        copy = f"{name}.{time}{f'-{number}' if number > 1 else ''}.bak"
        with suppress(FileExistsError):
            return copy, folder.create(copy, mode)
    raise FileExistsError(f"{_TRIES} copies of one second")


def write_all(descriptor: int, data: bytes) -> None:
    """Write to the last byte: a system may take fewer at a time."""
    view = memoryview(data)
    while view:
        view = view[os.write(descriptor, view) :]


def _mark(data: bytes) -> int:
    return int.from_bytes(hashlib.sha256(data).digest()[:8]) % _TICKS


def stamp(folder: Folder, copy: str, left: bytes) -> None:
    """Note in a copy's time what the write left in its place.

    The fraction of the second carries a digest of it, so that undo can tell a later edit without keeping a
    file of records.
    """
    with suppress(OSError):
        second = folder.status(copy).st_mtime_ns // 1_000_000_000
        folder.stamp(copy, second * 1_000_000_000 + _mark(left) * 100)


def was_left_by(folder: Folder, copy: str, now: bytes) -> bool:
    """Whether ``now`` is what the write left that made this copy. Raises OSError."""
    fraction = folder.status(copy).st_mtime_ns % 1_000_000_000
    return fraction // 100 == _mark(now)


def drop_copies(folder: Folder, name: str, keep: Callable[[bytes], bool]) -> None:
    """Remove all but the newest five of the copies that ``keep`` does not ask to keep. Never raises."""
    with suppress(OSError):
        for copy in tuple(_untouched(folder, name, keep))[KEPT:]:
            with suppress(OSError):
                folder.remove(copy)


def _untouched(folder: Folder, name: str, keep: Callable[[bytes], bool]) -> Iterator[str]:
    for copy in find_copies(folder, name):
        try:
            data = read_bytes(folder, copy.name, LIMIT).data
        except Refused:
            continue
        if not keep(data):
            yield copy.name
