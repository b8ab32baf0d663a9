"""A view of the files that remembers what was looked at, so that a result can be kept until that changes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from shipkit_mcp.facts import Files, Source


@dataclass(frozen=True, slots=True)
class Trace:
    """What was looked at: the hash of each file (None where there was none) and each listing."""

    hashes: tuple[tuple[str, str | None], ...]
    listings: tuple[tuple[str, tuple[str, ...]], ...]

    def still_holds(self, files: Files) -> bool:
        return all(_hash(files.get(path)) == known for path, known in self.hashes) and all(
            tuple(files.under(folder)) == known for folder, known in self.listings
        )


class TracedFiles:
    """``Files`` that notes every question and its answer."""

    def __init__(self, files: Files) -> None:
        self._files = files
        self._sources: dict[str, Source | None] = {}
        self._listings: dict[str, tuple[str, ...]] = {}
        self.workspace: str | None = getattr(files, "workspace", None)
        """The way to the workspace around the project, where there is one."""

    def get(self, path: str) -> Source | None:
        if path not in self._sources:
            self._sources[path] = self._files.get(path)
        return self._sources[path]

    def under(self, folder: str = "") -> Sequence[str]:
        if folder not in self._listings:
            self._listings[folder] = tuple(self._files.under(folder))
        return self._listings[folder]

    def trace(self) -> Trace:
        hashes = tuple((path, _hash(source)) for path, source in self._sources.items())
        return Trace(hashes, tuple(self._listings.items()))


def _hash(source: Source | None) -> str | None:
    return source.sha256 if source is not None else None
