"""A project folder to a confined, bounded, read-only view of its files: what the readers are given."""

from __future__ import annotations

import weakref
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from shipkit_mcp.facts import Source
from shipkit_mcp.project import names
from shipkit_mcp.project.content import Refused, decode, read_bytes, why
from shipkit_mcp.project.folder import Folder
from shipkit_mcp.project.kept import Kept, Mark, SourceMemory, mark_of
from shipkit_mcp.project.tree import Parts, Tree, opened

Hide = Callable[[str], tuple[str, tuple[int, ...]]]
"""A text to what of it may be seen, every line where it was, and the lines where something was taken out."""


@dataclass
class Budget:
    """What one run may still read of one kind of file."""

    kind: str
    files: int
    total: int
    each: int

    def take(self, size: int) -> None:
        """Count a file. Raises Refused where it is too much."""
        if self.files <= 0 or size > self.total:
            raise Refused(f"was left out: the {self.kind} that one run reads (number or bytes) are used up")
        self.files -= 1
        self.total -= size


def _documents() -> Budget:
    return Budget("documents", files=64, total=2 << 20, each=256 << 10)


def _sources() -> Budget:
    return Budget("schema files", files=400, total=8 << 20, each=512 << 10)


def _settings() -> Budget:
    """Apart, so that the packages of a large workspace leave room for its schema."""
    return Budget("package.json, tsconfig.json and their like", files=1_000, total=4 << 20, each=512 << 10)


class ProjectFiles:
    """The files of a project. Paths are relative to it, with ``/``; ``..`` leads only into its workspace.

    Nothing is opened but what the listing of its folder holds, name for name.
    """

    def __init__(
        self, top: Folder, prefix: Parts = (), memory: SourceMemory | None = None, hide: Hide | None = None
    ) -> None:
        """Owns ``top``. ``prefix`` leads from it to the project, where ``top`` is the workspace around it.

        ``hide`` is what every text goes through before anybody is given it.
        """
        self._hide: Hide = hide or (lambda text: (text, ()))
        self._memory = memory or SourceMemory()
        self._tree = Tree(top, prefix)
        self._documents, self._sources, self._settings = _documents(), _sources(), _settings()
        self._read: dict[Parts, Source | None] = {}
        self._walks: dict[Parts, tuple[str, ...]] = {}
        self._finalizer = weakref.finalize(self, top.close)

    @property
    def workspace(self) -> str | None:
        """The way to the workspace around the project, such as ``../..``, where there is one."""
        return "/".join([".."] * len(self._tree.prefix)) or None

    @property
    def warnings(self) -> tuple[str, ...]:
        """What was refused, skipped or cut so far, each a sentence with its file."""
        return self._tree.warnings

    def warn(self, path: str, reason: str) -> None:
        """Note what was left out; ``reason`` completes the sentence."""
        self._tree.warn(path, reason)

    def close(self) -> None:
        """Let the project's folder go; afterwards nothing more can be read."""
        self._finalizer()

    def get(self, path: str) -> Source | None:
        """The file at a path; None where it is absent or was refused (then ``warnings`` says why)."""
        parts = self._tree.parts(path)
        if not parts:
            return None
        if parts not in self._read:
            self._read[parts] = self._get(parts)
        return self._read[parts]

    def under(self, folder: str = "") -> Sequence[str]:
        """Sorted paths of the readable files at any depth below a folder.

        Below the project itself ("") stand those of its workspace too, as ``../../packages/…``.
        """
        parts = self._tree.parts(folder)
        if parts is None:
            return ()
        if parts not in self._walks:
            found = dict.fromkeys(map(self._tree.shown, self._tree.walk(parts)))
            if parts == self._tree.prefix and parts:
                # After its own, so that a huge workspace cannot use up what may be listed.
                found |= dict.fromkeys(map(self._tree.shown, self._tree.walk(())))
            self._walks[parts] = tuple(sorted(found))
        return self._walks[parts]

    def own(self) -> Sequence[str]:
        """Of the files below the project those that are not its workspace's."""
        return tuple(path for path in self.under() if not path.startswith("../"))

    def names(self, folder: str = "") -> tuple[frozenset[str], frozenset[str]]:
        """Names of the files and of the folders directly in a folder; two empty sets where there is none."""
        parts = self._tree.parts(folder)
        if parts is None:
            return frozenset(), frozenset()
        found = self._tree.listed(parts)
        return found.files, found.folders

    def start_of(self, path: str, limit: int) -> str:
        """The start of a document, to tell what it is; costs nothing of the run's budget."""
        folder, _, name = path.rpartition("/")
        for _, data in self.raw(folder, (name,), self._documents.each):
            try:
                return decode(data[:limit], lenient=True).text
            except Refused:
                break
        return ""

    def raw(self, folder: str, found: Sequence[str], limit: int) -> Iterator[tuple[str, bytes]]:
        """(name, bytes) of listed files in one folder, without those that are refused or above the limit.

        For the text scan, which counts what it reads itself.
        """
        parts = self._tree.parts(folder)
        known = self._tree.listed(parts).files if parts is not None else frozenset()
        try:
            with opened(self._tree.top, parts or ()) as held:
                for name in found:
                    if name in known and names.is_readable(name):
                        yield from _bytes(held, name, limit)
        except OSError as error:
            self.warn(folder, why(error))

    def marks(self, folder: str, found: Sequence[str]) -> dict[str, Mark]:
        """What tells one state of a file in a folder from the next, by name; None where it cannot be told."""
        parts = self._tree.parts(folder)
        marks: dict[str, Mark] = dict.fromkeys(found)
        try:
            with opened(self._tree.top, parts or ()) as held:
                for name in found:
                    marks[name] = mark_of(held.status(name))
        except OSError:
            return dict.fromkeys(found)
        return marks

    def _get(self, parts: Parts) -> Source | None:
        shown = self._tree.shown(parts)
        if not self._tree.is_file(parts):
            self._tree.explain(parts)
            return None
        if not names.is_readable(parts[-1]):
            self.warn(shown, "was not read: it is neither a document nor source")
            return None
        try:
            return self._load(parts, shown)
        except OSError as error:
            self.warn(shown, why(error))
        except Refused as error:
            self.warn(shown, str(error))
        return None

    def _budget(self, name: str) -> Budget:
        if names.is_document(name):
            return self._documents
        return self._settings if names.is_setting(name) else self._sources

    def _load(self, parts: Parts, shown: str) -> Source:
        prose, budget = names.is_document(parts[-1]), self._budget(parts[-1])
        with opened(self._tree.top, parts[:-1]) as folder:
            mark = mark_of(folder.status(parts[-1]))
            read = self._memory.recall(parts, mark)
            if read is None:
                raw = read_bytes(folder, parts[-1], budget.each)
                decoded = decode(raw.data, lenient=prose)
                odd = tuple(filter(None, (raw.odd, decoded.odd)))
                source = Source(shown, *self._hide(decoded.text))
                read = Kept(mark, len(raw.data), source, odd)
        budget.take(read.size)
        self._memory.keep(parts, read)
        for one in read.odd:
            self.warn(shown, one)
        return read.source


def _bytes(folder: Folder, name: str, limit: int) -> Iterator[tuple[str, bytes]]:
    try:
        yield name, read_bytes(folder, name, limit).data
    except Refused:
        return
