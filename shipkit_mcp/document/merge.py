"""A document rendered again, merged with the one a person may have edited."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from shipkit_mcp.document.end_comment import Recorded, is_ours, part, render_end_comment
from shipkit_mcp.document.pieces import Piece, cut, fold, newline_of

_BOM = "\ufeff"


@dataclass(frozen=True, slots=True)
class KeptSection:
    """A section that a person edited and we left alone."""

    title: str
    diff: str
    """From what stands there to what would have been written (unified)."""


@dataclass(frozen=True, slots=True)
class Merged:
    """The text to write and what happened to the old one."""

    text: str
    kept: tuple[KeptSection, ...] = ()
    foreign: bool = False
    """The old document is not ours: nothing of it was kept."""
    was_untouched: bool = False
    """The old document was ours and nobody had edited it."""


def merge(previous: str | None, rendered: str, *, overwrite_edits: bool = False) -> Merged:
    """What to write over ``previous`` (the file's text as it is, newlines and byte order mark included).

    Sections that a person edited, added, moved or took out stay as they are; the rest is refreshed. Where
    the end comment is damaged every section that differs counts as edited. A document that is not ours is
    replaced whole: its writer keeps a copy. ``rendered`` comes from `render_document`.
    """
    if previous is None or not previous.strip(_BOM + " \t\r\n"):
        return Merged(rendered)
    if not is_ours(previous):
        return Merged(_in_style(rendered, previous), foreign=True)
    if is_untouched(previous):
        return Merged(_in_style(rendered, previous), was_untouched=True)
    return _Merging.of(previous, rendered, overwrite=overwrite_edits).merged()


def is_untouched(text: str) -> bool:
    """Whether a document is ours and exactly as we last rendered it."""
    parted = part(text)
    if parted.recorded is None:
        return False
    pieces = cut(fold(parted.text))
    if [(one.key, one.sha256) for one in pieces] != list(parted.recorded.sections.items()):
        return False
    return fold(text) == assemble(pieces, parted.recorded)


def assemble(pieces: Sequence[Piece], recorded: Recorded) -> str:
    """Sections as we lay them out, with their end comment."""
    return "\n\n---\n\n".join(one.body for one in pieces) + f"\n\n{render_end_comment(recorded)}\n"


def _in_style(rendered: str, previous: str) -> str:
    """Rendered text with the newlines and the byte order mark of the file that it replaces."""
    bom = _BOM if previous.startswith(_BOM) else ""
    return bom + rendered.replace("\n", newline_of(previous))


@dataclass(frozen=True)
class _Merging:
    """One merge: the old pieces, the new ones, and what the old end comment says of the old."""

    bom: str
    newline: str
    old: tuple[Piece, ...]
    new: Mapping[str, Piece]
    recorded: Recorded
    hashes: Mapping[str, str]
    """Of the old document's sections as we last rendered them; empty where that is not known."""
    known: bool
    overwrite: bool

    @classmethod
    def of(cls, previous: str, rendered: str, *, overwrite: bool) -> _Merging:
        fresh, old = part(rendered), part(previous.removeprefix(_BOM))
        if fresh.recorded is None:
            raise ValueError("rendered text without its end comment: use render_document")
        return cls(
            bom=_BOM if previous.startswith(_BOM) else "",
            newline=newline_of(previous),
            old=cut(old.text),
            new={one.key: one for one in cut(fresh.text)},
            recorded=fresh.recorded,
            hashes=old.recorded.sections if old.recorded else {},
            known=old.recorded is not None,
            overwrite=overwrite,
        )

    def merged(self) -> Merged:
        pieces = list(self.pieces())
        comment = render_end_comment(Recorded(self.recorded.amendments, self.next_hashes()))
        text = _joined(pieces, self.newline) + comment.replace("\n", self.newline) + self.newline
        return Merged(self.bom + text, kept=tuple(self.kept()))

    def pieces(self) -> Iterator[Piece]:
        """Old pieces in their old order, refreshed where they may be; new ones after their predecessor."""
        arriving = self.arriving()
        yield from arriving.get(None, ())
        for piece in self.old:
            if self.stays(piece):
                yield piece
            elif piece.key in self.new:
                yield Piece(piece.key, self.styled(self.new[piece.key].body), piece.tail)
            yield from arriving.get(piece.key, ())

    def arriving(self) -> dict[str | None, list[Piece]]:
        """Rendered sections the old document lacks and nobody took out, by the section they follow."""
        present = {one.key for one in self.old}
        arriving: dict[str | None, list[Piece]] = {}
        before: str | None = None
        for key, piece in self.new.items():
            if key in present:
                before = key
            elif not self.taken_out(key):
                arriving.setdefault(before, []).append(Piece(key, self.styled(piece.body), ""))
        return arriving

    def taken_out(self, key: str) -> bool:
        """Whether a person removed a section that we had rendered."""
        return not self.overwrite and key in self.hashes and key not in {one.key for one in self.old}

    def stays(self, piece: Piece) -> bool:
        """Whether an old piece is left as it is: the person's own, or ours and edited."""
        if piece.key not in self.new and piece.key not in self.hashes:
            return True
        if self.overwrite and piece.key in self.new:
            return False
        return self.edited(piece)

    def edited(self, piece: Piece) -> bool:
        if piece.key in self.new and piece.sha256 == self.new[piece.key].sha256:
            return False
        return piece.sha256 != self.hashes.get(piece.key)

    def next_hashes(self) -> dict[str, str]:
        """New hashes, but a kept or removed section keeps its old one, so that it stays known as edited."""
        hashes = dict(self.recorded.sections)
        edited = [
            one.key for one in self.old if self.stays(one) and (one.key in self.new or one.key in self.hashes)
        ]
        gone = [key for key in self.hashes if self.taken_out(key)]
        for key in (*edited, *gone):
            hashes[key] = self.hashes.get(key, _UNKNOWN)
        return hashes

    def kept(self) -> Iterator[KeptSection]:
        for piece in self.old:
            if self.stays(piece) and (piece.key in self.new or piece.key in self.hashes):
                yield KeptSection(piece.key, self.diff(piece.key, piece.body))
        for key in self.new:
            if self.taken_out(key):
                yield KeptSection(key, self.diff(key, ""))

    def diff(self, key: str, body: str) -> str:
        would = self.new[key].body if key in self.new else ""
        lines = difflib.unified_diff(
            fold(body).split("\n") if body else [],
            would.split("\n") if would else [],
            "kept",
            "would be written",
            lineterm="",
        )
        return "\n".join(lines)

    def styled(self, body: str) -> str:
        return body.replace("\n", self.newline)


_UNKNOWN = "unknown"
"""Stands for the hash of a section whose end comment was damaged: no text has it."""


def _joined(pieces: Sequence[Piece], newline: str) -> str:
    """Pieces with their own tails; where none parts two sections, a blank line does."""
    text = ""
    for piece in pieces:
        text += piece.body + (piece.tail or newline * 2)
    return _ending_blank(text, newline)


def _ending_blank(text: str, newline: str) -> str:
    """A blank line before the comment, and no more added the next time."""
    if not text or text.endswith(newline * 2):
        return text
    return text + newline * (1 if text.endswith(newline) else 2)
