"""The bytes of one plain file to text with folded newlines, or the reason why not."""

from __future__ import annotations

import errno
import os
import stat
from dataclasses import dataclass

from shipkit_mcp.project.folder import Folder, close

_MARKS = (("utf-8-sig", b"\xef\xbb\xbf"), ("utf-16", b"\xff\xfe"), ("utf-16", b"\xfe\xff"))
_WHY = {
    errno.ELOOP: "is a link or leads through one; put the file itself there",
    errno.ENOTDIR: "leads through a link or a file; put the folder itself there",
    errno.EMLINK: "is a link; put the file itself there",
    errno.EACCES: "may not be read by this user",
    errno.EPERM: "may not be read by this user",
    errno.ENXIO: "is not a plain file",
    errno.EINVAL: "is not a plain file",
    errno.EISDIR: "is a folder",
    errno.EMFILE: "could not be opened: too many files are open",
}


class Refused(Exception):
    """A file was not read: the message completes a sentence that starts with its name."""


@dataclass(frozen=True, slots=True)
class Raw:
    """Bytes, and what was odd about their file."""

    data: bytes
    odd: str | None = None


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text, and what was odd about its bytes (completes a sentence that starts with the name)."""

    text: str
    odd: str | None = None


def why(error: OSError) -> str:
    """An operating system's refusal in words."""
    return _WHY.get(error.errno or 0, f"could not be read ({os.strerror(error.errno or errno.EIO)})")


def read_bytes(folder: Folder, name: str, limit: int) -> Raw:
    """At most ``limit`` bytes of a plain file. Raises Refused."""
    try:
        descriptor = folder.open(name)
    except OSError as error:
        raise Refused(why(error)) from error
    try:
        info = os.fstat(descriptor)
        odd = _oddity(info, limit)
        return Raw(_read(descriptor, info.st_size, limit), odd)
    except OSError as error:
        raise Refused(why(error)) from error
    finally:
        close(descriptor)


def _oddity(info: os.stat_result, limit: int) -> str | None:
    if not stat.S_ISREG(info.st_mode):
        raise Refused("is not a plain file")
    if info.st_size > limit:
        raise Refused(f"has {info.st_size:,} bytes; at most {limit:,} are read")
    if info.st_nlink == 1:
        return None
    if info.st_uid != getattr(os, "geteuid", lambda: info.st_uid)():
        raise Refused("has a second name (a hard link) and another owner")
    return "has a second name somewhere (a hard link)"


def _read(descriptor: int, size: int, limit: int) -> bytes:
    """One byte more than allowed is asked for, since a file can grow while it is read."""
    parts, room = [], limit + 1
    while room > 0 and (part := os.read(descriptor, min(room, max(size, 4096) + 1))):
        parts.append(part)
        room -= len(part)
    if room <= 0:
        raise Refused(f"grew beyond {limit:,} bytes while it was read")
    return b"".join(parts)


def decode(data: bytes, *, lenient: bool) -> Decoded:
    """UTF-8 (or marked UTF-16), newlines folded; ``lenient`` replaces wrong bytes. Raises Refused."""
    encoding = next((name for name, mark in _MARKS if data.startswith(mark)), "utf-8")
    odd = "is UTF-16; save it as UTF-8" if encoding == "utf-16" else None
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        line = _fold(data[: error.start].decode("latin-1")).count("\n") + 1
        odd = f"is not {encoding.upper().removesuffix('-SIG')} at byte {error.start} (line {line})"
        if not lenient:
            raise Refused(f"{odd}; save it as UTF-8") from error
        text = data.decode(encoding, "replace")
        odd = f"{odd}; what could not be read stands as \N{REPLACEMENT CHARACTER}"
    text = _fold(text)
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise Refused(f"holds a NUL byte (line {line}), so it is no text")
    return Decoded(text, odd)


def _fold(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")
