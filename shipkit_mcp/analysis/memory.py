"""Results of stages, kept for as long as every file they asked for is unchanged."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from shipkit_mcp.facts import Files, PrepDoc, Source
from shipkit_mcp.project import ScanMemory, SourceMemory

T = TypeVar("T")

PROJECTS = 4
"""A server sees one project, rarely two; what was known of others is forgotten."""
STAGES = 16
MODULES = 500
PARSED = 2 << 20
"""Bytes of TypeScript whose syntax trees are kept."""


@dataclass
class Traced:
    """A view of the files that notes what was asked of it."""

    files: Files
    read: dict[str, str | None] = field(default_factory=dict)
    """Path to the hash of what it held; None where there was nothing to read."""
    listed: dict[str, tuple[str, ...]] = field(default_factory=dict)
    check: Callable[[], None] = lambda: None
    """Raises where nobody waits for the result any more."""

    def get(self, path: str) -> Source | None:
        """As `Files.get`."""
        self.check()
        source = self.files.get(path)
        self.read[path] = source.sha256 if source else None
        return source

    def under(self, folder: str = "") -> Sequence[str]:
        """As `Files.under`."""
        paths = self.files.under(folder)
        self.listed[folder] = tuple(paths)
        return paths

    def holds_for(self, files: Files) -> bool:
        """Whether the same questions have the same answers now."""
        if any(tuple(files.under(folder)) != paths for folder, paths in self.listed.items()):
            return False
        return all(_hash(files.get(path)) == known for path, known in self.read.items())


def _hash(source: Source | None) -> str | None:
    return source.sha256 if source else None


class Parsed(OrderedDict[str, object]):
    """Syntax trees that are kept; they take sixty times their source, so only so much of it is."""

    def __setitem__(self, key: str, value: object) -> None:
        """Keep it; the oldest make room."""
        super().__setitem__(key, value)
        self.move_to_end(key)
        while len(self) > MODULES or (len(self) > 1 and sum(map(_weight, self.values())) > PARSED):
            self.popitem(last=False)


def _weight(parsed: object) -> int:
    source = getattr(parsed, "source", b"")
    return len(source) if isinstance(source, bytes) else 0


@dataclass
class OfProject:
    """What is known of one project's files."""

    sources: SourceMemory = field(default_factory=SourceMemory)
    scans: ScanMemory = field(default_factory=ScanMemory)
    documents: dict[str, PrepDoc] = field(default_factory=dict)
    """By path; the reader drops those that are no longer asked for."""


class Memory:
    """What was worked out before. One belongs to one server or one command; nothing is global."""

    def __init__(self, limit: int = STAGES) -> None:
        """``limit``: results kept, oldest forgotten first."""
        self._limit = limit
        self._traced: OrderedDict[Hashable, tuple[Traced, Hashable, Any]] = OrderedDict()
        self._derived: OrderedDict[Hashable, tuple[tuple[object, ...], Any]] = OrderedDict()
        self._same: OrderedDict[Hashable, Any] = OrderedDict()
        self._projects: OrderedDict[Hashable, OfProject] = OrderedDict()
        self.modules = Parsed()
        """Parsed TypeScript by content hash."""

    def of(self, project: Hashable) -> OfProject:
        """What is known of one project."""
        known = self._projects.setdefault(project, OfProject())
        self._projects.move_to_end(project)
        _forget(self._projects, PROJECTS)
        return known

    def same(self, stage: Hashable, value: T) -> T:
        """The object of last time if the value is equal, so that what was derived from it still holds."""
        known: T = self._same.get(stage, value)
        if known != value:
            known = value
        self._same[stage] = known
        self._same.move_to_end(stage)
        _forget(self._same, self._limit)
        return known

    def recall(
        self,
        stage: Hashable,
        files: Files,
        work: Callable[[Files], T],
        *,
        asked: Hashable = None,
        check: Callable[[], None] = lambda: None,
    ) -> T:
        """The stage's result, worked out again only if a file it asked for, or ``asked``, has changed."""
        known = self._traced.get(stage)
        if known and known[1] == asked and known[0].holds_for(files):
            self._traced.move_to_end(stage)
            result: T = known[2]
            return result
        traced = Traced(files, check=check)
        made = work(traced)
        self._traced[stage] = (traced, asked, made)
        _forget(self._traced, self._limit)
        return made

    def derive(self, stage: Hashable, inputs: tuple[object, ...], work: Callable[[], T]) -> T:
        """A pure stage's result, worked out again only if one of its inputs is another object."""
        known = self._derived.get(stage)
        if (
            known
            and len(known[0]) == len(inputs)
            and all(old is new for old, new in zip(known[0], inputs, strict=True))
        ):
            result: T = known[1]
            return result
        made = work()
        self._derived[stage] = (inputs, made)
        _forget(self._derived, self._limit)
        return made


def _forget(kept: OrderedDict[Hashable, Any], limit: int) -> None:
    while len(kept) > limit:
        kept.popitem(last=False)
