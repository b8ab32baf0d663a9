"""An open top folder and relative paths to listings: no path is entered that a listing does not hold."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from contextlib import contextmanager

from shipkit_mcp.project import listing, names
from shipkit_mcp.project.content import why
from shipkit_mcp.project.folder import Folder
from shipkit_mcp.project.listing import EMPTY, Listing, read_listing

Parts = tuple[str, ...]

WARNINGS = 40
"""Sentences kept of a run; the rest is counted."""


@contextmanager
def opened(top: Folder, parts: Parts) -> Iterator[Folder]:
    """The folder at the end of a way, every step without following a link. Raises OSError."""
    folder = top
    try:
        for name in parts:
            below = folder.folder(name)
            if folder is not top:
                folder.close()
            folder = below
        yield folder
    finally:
        if folder is not top:
            folder.close()


class Tree:
    """Listings of one run, made when they are asked for, and what was refused on the way.

    Paths are relative to the project; ``prefix`` leads to it from the top, which is itself or its workspace.
    """

    def __init__(self, top: Folder, prefix: Parts) -> None:
        """The caller closes ``top``."""
        self.top, self.prefix = top, prefix
        self._listings: dict[Parts, Listing] = {}
        self._room = listing.TOTAL
        self._said: dict[str, None] = {}

    # --- what was refused ------------------------------------------------------------------

    @property
    def warnings(self) -> tuple[str, ...]:
        said = tuple(self._said)
        more = len(said) - WARNINGS
        return said if more <= 0 else (*said[:WARNINGS], f"{more} more files or folders were left out.")

    def warn(self, path: str, reason: str) -> None:
        """Note what was refused; ``reason`` completes the sentence."""
        self._said[f"`{names.shown(path) or '.'}` {reason}."] = None

    def explain(self, parts: Parts) -> None:
        """Say why a name that exists is not in the listing; nothing where it does not exist."""
        above = self.listed(parts[:-1])
        if parts[-1] in above.links:
            self.warn(self.shown(parts), "is a link and was not followed; put the file itself there")
        for name, reason in above.refused:
            if name == parts[-1]:
                self.warn(self.shown(parts), f"was not read: it {reason}")

    # --- paths -----------------------------------------------------------------------------

    def parts(self, path: str) -> Parts | None:
        """From the top; None for what is not a plain relative path or leaves the top.

        ``..`` may only stand at the start, where it leads into the workspace.
        """
        if path in ("", "."):
            return self.prefix
        steps = path.split("/")
        up = next((number for number, step in enumerate(steps) if step != ".."), len(steps))
        start = self.prefix[: len(self.prefix) - up]
        bad = next((at for at in range(up, len(steps)) if names.refusal(steps[at])), None)
        if up <= len(self.prefix) and bad is None:
            return (*start, *steps[up:])
        if up <= len(self.prefix) and bad is not None and names.is_decomposed(steps[bad]):
            # Imports are tried with many endings: one warning, and only of what exists.
            self.explain((*start, *steps[up : bad + 1]))
        else:
            self.warn(path, "was not read: it is not a path inside the project")
        return None

    def shown(self, parts: Parts) -> str:
        """Relative to the project, with ``/``."""
        if parts[: len(self.prefix)] == self.prefix:
            return "/".join(parts[len(self.prefix) :])
        return posixpath.relpath("/" + "/".join(parts), "/" + "/".join(self.prefix))

    # --- listings --------------------------------------------------------------------------

    def is_file(self, parts: Parts) -> bool:
        return bool(parts) and parts[-1] in self.listed(parts[:-1]).files

    def is_folder(self, parts: Parts) -> bool:
        """Whether each step stands in the listing of the one before and may be entered."""
        if not parts:
            return True
        if names.is_never_entered(parts[-1]) or len(parts) > listing.DEPTH:
            return False
        if parts[-1] in self.listed(parts[:-1]).folders:
            return True
        self.explain(parts)
        return False

    def listed(self, parts: Parts) -> Listing:
        """The listing of a folder; empty where there is none that may be entered."""
        if parts in self._listings:
            return self._listings[parts]
        if not self.is_folder(parts):
            return EMPTY
        try:
            with opened(self.top, parts) as folder:
                return self._list(folder, parts)
        except OSError as error:
            self.warn(self.shown(parts), why(error))
            return EMPTY

    def _list(self, folder: Folder, parts: Parts) -> Listing:
        if parts in self._listings:
            return self._listings[parts]
        found = read_listing(folder, self._room)
        self._listings[parts] = found
        self._room -= found.size
        if found.cut:
            limits = f"{listing.ENTRIES:,} of one folder, {listing.TOTAL:,} in all"
            self.warn(self.shown(parts), f"has more entries than are listed ({limits})")
        return found

    def walk(self, parts: Parts) -> Iterator[Parts]:
        """Every readable file below a folder."""
        if not self.is_folder(parts):
            return
        if parts[: len(self.prefix)] != self.prefix or len(parts) > len(self.prefix):
            self._explain_all(parts)
        try:
            with opened(self.top, parts) as folder:
                yield from self._walk(folder, parts)
        except OSError as error:
            self.warn(self.shown(parts), why(error))

    def _explain_all(self, parts: Parts) -> None:
        """A folder that was asked for by name owes an account of what it holds and is not given."""
        found = self.listed(parts)
        for name in sorted((*found.links, *(name for name, _ in found.refused))):
            self.explain((*parts, name))

    def _walk(self, folder: Folder, parts: Parts) -> Iterator[Parts]:
        found = self._list(folder, parts)
        yield from ((*parts, name) for name in found.files if names.is_readable(name))
        if len(parts) >= listing.DEPTH:
            return
        for name in sorted(found.folders):
            if not names.is_passed_by(name):
                yield from self._step(folder, (*parts, name))

    def _step(self, folder: Folder, parts: Parts) -> Iterator[Parts]:
        try:
            below = folder.folder(parts[-1])
        except OSError as error:
            self.warn(self.shown(parts), why(error))
            return
        try:
            yield from self._walk(below, parts)
        except OSError as error:
            self.warn(self.shown(parts), why(error))
        finally:
            below.close()
