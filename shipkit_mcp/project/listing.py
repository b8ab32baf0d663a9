"""Open folders to their listings: safe names in order, bounded, with what was left out and why."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import islice

from shipkit_mcp.project import names
from shipkit_mcp.project.folder import Folder

ENTRIES = 2_000
"""Of one folder; the rest is left out."""
TOTAL = 40_000
"""Of all folders of a run."""
DEPTH = 24


@dataclass(frozen=True, slots=True)
class Listing:
    """What of a folder may be used. Names are as the system gave them, sorted."""

    files: frozenset[str]
    folders: frozenset[str]
    links: frozenset[str]
    refused: tuple[tuple[str, str], ...] = ()
    """(name, why)."""
    cut: bool = False

    @property
    def size(self) -> int:
        """Entries it was made from."""
        return len(self.files) + len(self.folders) + len(self.links) + len(self.refused)


EMPTY = Listing(frozenset(), frozenset(), frozenset())


def read_listing(folder: Folder, room: int = ENTRIES) -> Listing:
    """The listing of an open folder, at most ``room`` entries of it. Raises OSError."""
    room = min(room, ENTRIES)
    entries = list(islice(folder.entries(), room + 1))
    found: dict[str, set[str]] = {"file": set(), "folder": set(), "link": set(), "other": set()}
    refused = []
    for name, kind in entries[:room]:
        if reason := names.refusal(name):
            refused.append((name, reason))
        else:
            found[kind].add(name)
    refused += _ambiguous(found)
    unsure = {name for name, _ in refused}
    files, folders, links = (frozenset(found[kind] - unsure) for kind in ("file", "folder", "link"))
    refused += [(name, "is not a plain file") for name in found["other"]]
    return Listing(files, folders, links, tuple(sorted(refused)), cut=len(entries) > room)


def _ambiguous(found: dict[str, set[str]]) -> list[tuple[str, str]]:
    every = [name for kind in ("file", "folder", "link") for name in found[kind]]
    folded = Counter(map(names.fold, every))
    if len(folded) == len(every):
        return []
    why = "differs from another name in the same folder only by case or accents"
    return [(name, why) for name in every if folded[names.fold(name)] > 1]
