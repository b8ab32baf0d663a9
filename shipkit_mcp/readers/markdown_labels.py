"""Turns ``**Label:** value`` lines into labelled values with the blocks that stand below each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from shipkit_mcp.errors import beat
from shipkit_mcp.facts import Block, BlockKind, Section
from shipkit_mcp.readers.markdown_text import fold, plain, spoken

_DASHES = ("-", "–", "—")
_MAX_BARE_LABEL = 40


@dataclass(frozen=True, slots=True)
class Labelled:
    """A label, what stands beside it, and the blocks that belong to it."""

    label: str
    """Without Markdown marks."""
    key: str
    """Folded."""
    note: str
    """What stands in parentheses behind the label."""
    value: str
    """Markdown as written, soft breaks kept."""
    line: int
    mark: str
    """How it is set apart: ``bold``, ``code`` or ``bare``."""
    separator: str
    """``:``, ``-`` or nothing."""
    kind: BlockKind
    depth: int
    blocks: tuple[Block, ...] = ()

    @property
    def said(self) -> str:
        """The value on one line, backticks kept."""
        return spoken(self.value)


@dataclass(frozen=True, slots=True)
class _Label:
    label: str
    note: str
    separator: str
    value: str
    mark: str


def read_label(line: str, *, bare: bool = False) -> _Label | None:
    """The label at the start of a line, or None. ``bare`` also takes ``Label: value`` without marks."""
    text = line.strip()
    for mark, sign in (("bold", "**"), ("bold", "__"), ("code", "`")):
        if text.startswith(sign) and (end := text.find(sign, len(sign))) > len(sign):
            return _after(text[len(sign) : end], text[end + len(sign) :], mark)
    return _bare_label(text) if bare else None


def _after(label: str, rest: str, mark: str) -> _Label | None:
    inner, _, inner_note = label.partition("(")
    label, note = (inner, inner_note.rstrip(": ").removesuffix(")")) if inner_note else (label, "")
    separator = ":" if label.rstrip().endswith(":") or inner_note.rstrip().endswith(":") else ""
    rest = rest.strip()
    if rest.startswith("(") and ")" in rest and not separator:
        note, rest = rest[1:].split(")", 1)
        rest = rest.strip()
    if rest.startswith(":") and not separator:
        separator, rest = ":", rest[1:].strip()
    elif rest.startswith(_DASHES) and not separator:
        separator, rest = "-", rest.lstrip("-–— ")
    if rest and not separator and not label.rstrip().endswith("?"):
        return None
    name = plain(label).strip().rstrip(":").strip()
    return _Label(name, note.strip(), separator, rest, mark) if name else None


def _bare_label(text: str) -> _Label | None:
    label, colon, rest = text.partition(":")
    if not colon or not label or len(label) > _MAX_BARE_LABEL or rest[:1] not in {"", " "}:
        return None
    inner, _, note = label.partition("(")
    words = inner.split()
    if not 1 <= len(words) <= 5 or not inner.strip()[0].isalnum() or "`" in label:
        return None
    return _Label(plain(inner), note.rstrip(") "), ":", rest.strip(), "bare")


@lru_cache(maxsize=2048)
def labelled(blocks: tuple[Block, ...]) -> tuple[Labelled, ...]:
    """Every labelled line of these blocks, outer ones first, each with the blocks below it."""
    found: list[Labelled] = []
    for at, block in enumerate(blocks):
        if block.kind in {BlockKind.FENCE, BlockKind.TABLE_ROW}:
            continue
        lines = list(_label_lines(block))
        for nth, one in enumerate(lines):
            below = _below(blocks, at) if nth == len(lines) - 1 else ()
            found.append(_with_blocks(one, below))
    return tuple(found)


def _label_lines(block: Block) -> Iterator[Labelled]:
    """The labels of one block; lines without one continue the value before them."""
    in_list = block.kind in {BlockKind.BULLET, BlockKind.ORDERED}
    current: tuple[_Label, int] | None = None
    value: list[str] = []
    for nth, line in enumerate(block.text.split("\n")):
        label = read_label(line, bare=in_list and nth == 0)
        if label is None:
            value.append(line.strip())
            continue
        if current:
            yield _labelled(block, *current, value)
        current, value = (label, block.line + nth), [label.value]
    if current:
        yield _labelled(block, *current, value)


def _labelled(block: Block, label: _Label, line: int, value: list[str]) -> Labelled:
    return Labelled(
        label=label.label,
        key=fold(label.label),
        note=label.note,
        value="\n".join(part for part in value if part),
        line=line,
        mark=label.mark,
        separator=label.separator,
        kind=block.kind,
        depth=block.depth,
    )


def _with_blocks(one: Labelled, blocks: tuple[Block, ...]) -> Labelled:
    return Labelled(
        one.label,
        one.key,
        one.note,
        one.value,
        one.line,
        one.mark,
        one.separator,
        one.kind,
        one.depth,
        blocks,
    )


def _below(blocks: Sequence[Block], at: int) -> tuple[Block, ...]:
    own = blocks[at]
    in_list = own.kind in {BlockKind.BULLET, BlockKind.ORDERED}
    below: list[Block] = []
    for block in blocks[at + 1 :]:
        listed = block.kind in {BlockKind.BULLET, BlockKind.ORDERED}
        if in_list and (not listed or block.depth <= own.depth) and not _inside(block, own):
            break
        if not in_list and block.kind is BlockKind.PARAGRAPH and _opens_group(block):
            break
        below.append(block)
    return tuple(below)


def _inside(block: Block, item: Block) -> bool:
    return block.kind is BlockKind.FENCE and block.depth > item.depth


def _opens_group(block: Block) -> bool:
    label = read_label(block.text.split("\n", 1)[0])
    return label is not None and label.mark == "bold"


def pairs(sections: Iterable[Section]) -> tuple[Labelled, ...]:
    """Every labelled line of these sections, in order."""
    beat()
    return tuple(one for section in sections for one in labelled(section.blocks))


def bullets(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """The list items among these blocks."""
    return tuple(block for block in blocks if block.kind in {BlockKind.BULLET, BlockKind.ORDERED})


def subtree(sections: Sequence[Section], at: int) -> tuple[Section, ...]:
    """A section and everything below it."""
    end = at + 1
    while end < len(sections) and sections[end].level > sections[at].level:
        end += 1
    return tuple(sections[at:end])
