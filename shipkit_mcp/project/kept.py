"""Files that were read before to their text, for as long as nothing about them has changed."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass, field

from shipkit_mcp.facts import Source
from shipkit_mcp.project.tree import Parts

Mark = tuple[int, int, int, int] | None
"""Number, size, and the times of the last change of a file's bytes and of its status."""
SETTLED = 2_000_000_000
"""Nanoseconds after which a file of the same size and times is the same file."""
FILES = 600


def mark_of(info: os.stat_result) -> Mark:
    """What tells one state of a file from the next."""
    return (info.st_ino, info.st_size, info.st_mtime_ns, info.st_ctime_ns)


def is_settled(mark: Mark) -> bool:
    """Whether a change from now on would be seen in the mark: some systems count time in seconds."""
    return mark is not None and time.time_ns() - max(mark[-2:]) > SETTLED


@dataclass(frozen=True, slots=True)
class Kept:
    """A file as it was read."""

    mark: Mark
    size: int
    source: Source
    odd: tuple[str, ...]
    """What was strange about it, to be said again."""


@dataclass
class SourceMemory:
    """Sources by their way from one top folder. One belongs to one project of one server."""

    kept: dict[Parts, Kept] = field(default_factory=dict)

    def recall(self, parts: Parts, mark: Mark) -> Kept | None:
        """The file, if it is as it was."""
        known = self.kept.get(parts)
        return known if known is not None and mark is not None and known.mark == mark else None

    def keep(self, parts: Parts, known: Kept) -> None:
        """Remember a file whose next change will show; the oldest are forgotten first."""
        self.kept.pop(parts, None)
        if is_settled(known.mark):
            self.kept[parts] = known
        while len(self.kept) > FILES:
            del self.kept[next(iter(self.kept))]
