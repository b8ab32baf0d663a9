"""Paths of the project to modules, each read once and counted against the limits of a run."""

from __future__ import annotations

from collections.abc import MutableMapping

from shipkit_mcp.facts import Files, Source, Unread
from shipkit_mcp.readers.typescript import limits
from shipkit_mcp.readers.typescript.modules import Module, read_module
from shipkit_mcp.readers.typescript.parse import Parsed, parse
from shipkit_mcp.readers.typescript.resolve import JSON, Resolver


class Modules:
    """The modules of one run. ``memo`` keeps parsed files by content between runs."""

    def __init__(self, files: Files, memo: MutableMapping[str, object] | None = None) -> None:
        self.resolver = Resolver(files)
        self._files = files
        self._memo = memo
        self._loaded: dict[str, Module | Unread] = {}
        self._bytes = 0

    @property
    def loaded(self) -> tuple[Module, ...]:
        return tuple(one for one in self._loaded.values() if isinstance(one, Module))

    @property
    def refused(self) -> tuple[Unread, ...]:
        return tuple(one for one in self._loaded.values() if isinstance(one, Unread))

    def forget(self) -> None:
        """Lets go of everything that was evaluated. Values, their places and the modules hold each other, and
        would otherwise wait, syntax trees and all, for the collector of cycles."""
        for module in self.loaded:
            module.values.clear()
            module.bindings.clear()
            module.made.clear()
            module.changes.clear()
        self._loaded.clear()

    def load(self, path: str) -> Module | Unread:
        """The module at a path; ``Unread`` where it cannot be read or is more than a run may read."""
        if path not in self._loaded:
            self._loaded[path] = self._load(path)
        return self._loaded[path]

    def add(self, path: str, text: str) -> Module | Unread:
        """A module that is no file of the project."""
        if path not in self._loaded:
            parsed = parse(Source(path, text))
            self._loaded[path] = read_module(parsed) if isinstance(parsed, Parsed) else parsed
        return self._loaded[path]

    def _load(self, path: str) -> Module | Unread:
        if len(self._loaded) >= limits.MAX_FILES:
            return Unread(path=path, line=1, why=f"more than {limits.MAX_FILES} TypeScript files")
        source = self._files.get(path)
        if source is None:
            return Unread(path=path, line=1, why="the file could not be read")
        self._bytes += len(source.text)
        if self._bytes > limits.MAX_RUN_BYTES:
            return Unread(path=path, line=1, why=f"more than {limits.MAX_RUN_BYTES >> 20} MiB of TypeScript")
        key = f"typescript:{path}:{source.sha256}" if self._memo is not None else ""
        kept = self._memo.get(key) if self._memo is not None else None
        parsed = kept if isinstance(kept, (Parsed, Unread)) else parse(_as_module(source))
        if self._memo is not None:
            self._memo[key] = parsed
        return read_module(parsed) if isinstance(parsed, Parsed) else parsed


def _as_module(source: Source) -> Source:
    """What importing a file gives: a JSON file is its own default export."""
    return Source(source.path, f"export default {source.text}") if source.path.endswith(JSON) else source
