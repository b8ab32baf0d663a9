"""The bytes of a source file to matches and their lines, without parsing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from shipkit_mcp.facts import Evidence

_LINE = 20_000
"""Bytes; what stands on a longer line was made by a machine and is passed by."""
_MATCHES = 500
"""Of one pattern in one file."""
_NAME = frozenset(bytes((one,)) for one in range(256) if chr(one).isalnum() or chr(one) in "_.$")


class SourceText:
    """The bytes of a file, and its lines where they are asked for."""

    def __init__(self, path: str, data: bytes) -> None:
        self.path, self.data = path, data

    def at(self, offset: int) -> Evidence:
        """The line of an offset, whatever ends lines in this file."""
        before = self.data[:offset]
        row = before.count(b"\n") + before.count(b"\r") - before.count(b"\r\n")
        if before.endswith(b"\r") and self.data[offset : offset + 1] == b"\n":
            row -= 1
            offset -= 1
        start = max(self.data.rfind(one, 0, offset) for one in (b"\n", b"\r")) + 1
        ends = (self.data.find(one, offset) for one in (b"\n", b"\r"))
        end = min((one for one in ends if one >= 0), default=len(self.data))
        quote = self.data[start:end].decode(errors="replace").strip()
        return Evidence(path=self.path, line=row + 1, quote=quote)

    def matches(self, pattern: re.Pattern[bytes]) -> Iterator[re.Match[bytes]]:
        """Matches that are neither commented out nor on the lines of a machine."""
        return filter(self._is_written, islice(pattern.finditer(self.data), _MATCHES))

    def words(self, pattern: re.Pattern[bytes]) -> Iterator[re.Match[bytes]]:
        """Such matches that no part of a longer name are.

        Apart from the pattern, since one that starts with a plain word is found many times faster.
        """
        return (one for one in self.matches(pattern) if self.data[one.start() - 1 : one.start()] not in _NAME)

    def _is_written(self, found: re.Match[bytes]) -> bool:
        start = max(self.data.rfind(one, 0, found.start()) for one in (b"\n", b"\r")) + 1
        if self.data.find(b"\n", start, start + _LINE) < 0 and len(self.data) - start > _LINE:
            return False
        return not self.data[start : found.start()].lstrip().startswith((b"//", b"*", b"/*"))
