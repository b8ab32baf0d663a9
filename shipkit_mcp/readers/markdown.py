"""Turns a Markdown document into its sections: paragraphs, bullets, fences and table rows, with lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.token import Token

from shipkit_mcp.errors import beat
from shipkit_mcp.facts import Block, BlockKind, Section, Source, Unread
from shipkit_mcp.readers.markdown_pipes import CellBudget, header_at, rows
from shipkit_mcp.readers.markdown_plain import ITEMS, read_plain
from shipkit_mcp.readers.markdown_text import fold, plain, without_comments

MAX_BYTES = 256 * 1024
MAX_LINE = 20_000
MAX_TOKENS = 200_000
MAX_NESTING = 100


class _TooManyTokens(Exception):
    """The document has more parts than are read."""


def read_sections(source: Source) -> tuple[tuple[Section, ...], tuple[Unread, ...]]:
    """Sections in the document's order, the text before the first heading at level 0.

    Never raises: what is too big or hidden is an ``Unread``. Headings inside fences are text of the fence.
    """
    if len(source.text.encode("utf-8", "replace")) > MAX_BYTES:
        return (), (Unread(path=source.path, line=1, why=f"larger than {MAX_BYTES // 1024} KiB, not read"),)
    reading = _Reading(source)
    text = "\n".join(reading.bounded_lines()).replace("\r", " ").replace("\0", "\N{REPLACEMENT CHARACTER}")
    try:
        tokens = _parser().parse(text)
    except _TooManyTokens:
        why = f"more than {MAX_TOKENS} Markdown parts, not read"
        return (), (Unread(path=source.path, line=1, why=why),)
    return _sections(reading.events(tokens)), tuple(reading.unread)


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"maxNesting": MAX_NESTING})
    parser.core.ruler.disable(["normalize", "inline", "text_join"])
    parser.block.ruler.before("code", "token_budget", _token_budget)
    parser.block.ruler.before("code", "plain", read_plain)
    return parser


def _token_budget(state: StateBlock, *_lines_and_silent: object) -> bool:
    """A rule that never matches: now and then a moment to stop at."""
    if not len(state.tokens) % 8:
        beat()
    if len(state.tokens) > MAX_TOKENS:
        raise _TooManyTokens
    return False


@dataclass(frozen=True, slots=True)
class _Heading:
    title: str
    level: int
    line: int


@dataclass(slots=True)
class _Reading:
    """One pass over the tokens of one document."""

    source: Source
    unread: list[Unread] = field(default_factory=list)
    cells: CellBudget = field(default_factory=CellBudget)

    def miss(self, row: int, why: str) -> None:
        self.unread.append(Unread(path=self.source.path, line=row + 1, why=why))

    def bounded_lines(self) -> Iterator[str]:
        if len(max(self.source.lines, key=len)) <= MAX_LINE:
            yield from self.source.lines
            return
        for row, line in enumerate(self.source.lines):
            if len(line) > MAX_LINE:
                self.miss(row, f"a line of {len(line)} characters, not read")
                yield ""
            else:
                yield line

    def events(self, tokens: Sequence[Token]) -> Iterator[_Heading | Block]:
        lists: list[BlockKind] = []
        quotes = 0
        fresh_item = False
        hidden = 0
        for at, token in enumerate(tokens):
            row = token.map[0] if token.map else 0
            match token.type:
                case "plain_bullet_item" | "plain_ordered_item":
                    if not hidden:
                        yield from self._text(token.content, row, ITEMS[token.type], len(lists))
                    fresh_item = bool(hidden)
                case "bullet_list_open":
                    lists.append(BlockKind.BULLET)
                case "ordered_list_open":
                    lists.append(BlockKind.ORDERED)
                case "bullet_list_close" | "ordered_list_close":
                    lists.pop()
                case "list_item_open":
                    fresh_item = True
                case "blockquote_open":
                    quotes += 1
                case "blockquote_close":
                    quotes -= 1
                case "html_block":
                    hidden = self._hidden(token, row, hidden)
                case "fence" | "code_block" if not hidden:
                    yield _fence(token, row, len(lists))
                    fresh_item = False
                case "inline" if not hidden:
                    opener = tokens[at - 1]
                    depth = max(len(lists) - 1, 0)
                    kind = BlockKind.QUOTE if quotes else BlockKind.PARAGRAPH
                    if lists and fresh_item:
                        kind = lists[-1]
                    fresh_item = False
                    if opener.type == "heading_open" and not _accidental(opener, token):
                        yield _Heading(token.content, int(opener.tag[1:]), row + 1)
                    else:
                        yield from self._text(token.content, row, kind, depth)

    def _hidden(self, token: Token, row: int, depth: int) -> int:
        """How many ``<details>`` are open after this HTML block."""
        text = without_comments(token.content).lower()
        if "<!--" in token.content and "-->" not in token.content:
            self.miss(row, "an HTML comment that is never closed hides the text after it")
        opened = text.count("<details")
        if opened and not depth:
            self.miss(row, "text inside <details> is hidden and was not read")
        return max(depth + opened - text.count("</details"), 0)

    def _text(self, content: str, row: int, kind: BlockKind, depth: int) -> Iterator[Block]:
        """A paragraph or list item, with the pipe tables in it as rows."""
        if "|" not in content and "<!--" not in content:
            if text := content.strip():
                above = content[: content.index(text[0])].count("\n")
                yield Block(kind=kind, text=text, line=row + above + 1, depth=depth)
            return
        lines = _blank_comments(content).split("\n")
        header = header_at(lines) if kind is not BlockKind.QUOTE and "|" in content else None
        before = lines if header is None else lines[:header]
        text = "\n".join(before).strip()
        if text:
            skipped = next(at for at, line in enumerate(before) if line.strip())
            yield Block(kind=kind, text=text, line=row + skipped + 1, depth=depth)
        if header is None:
            return
        read, why = rows(lines[header:], self.cells)
        if why:
            self.miss(row + header, why)
        for at, row_cells in read:
            line = row + header + at + 1
            text = lines[header + at].strip()
            yield Block(kind=BlockKind.TABLE_ROW, text=text, line=line, depth=depth, cells=row_cells)


def _blank_comments(content: str) -> str:
    """Without HTML comments, but with as many lines as before."""
    if "<!--" not in content:
        return content
    kept: list[str] = []
    start = 0
    while (opened := content.find("<!--", start)) >= 0:
        closed = content.find("-->", opened)
        closed = len(content) if closed < 0 else closed + 3
        kept.append(content[start:opened] + "\n" * content.count("\n", opened, closed))
        start = closed
    return "".join([*kept, content[start:]])


def _accidental(opener: Token, content: Token) -> bool:
    """A paragraph that ``---`` right below it turned into a heading: a rule was meant."""
    underlined = opener.markup in {"-", "="}
    text = content.content
    return underlined and (
        "\n" in text or text.startswith(("**", "|", "-", "_")) or text.endswith((".", ":"))
    )


def _fence(token: Token, row: int, depth: int) -> Block:
    info = token.info.split()
    return Block(
        kind=BlockKind.FENCE,
        text=token.content.removesuffix("\n"),
        line=row + 2 if token.type == "fence" else row + 1,
        depth=max(depth - 1, 0),
        info=info[0].lower().strip("{}.") if info else "",
    )


def _sections(events: Iterable[_Heading | Block]) -> tuple[Section, ...]:
    sections: list[Section] = []
    open_keys: list[tuple[int, str]] = []
    heading = _Heading("", 0, 1)
    blocks: list[Block] = []

    def close() -> None:
        if heading.level or blocks:
            sections.append(_section(heading, open_keys, blocks))

    for event in events:
        if isinstance(event, Block):
            blocks.append(event)
            continue
        beat()
        close()
        if heading.level:
            open_keys.append((heading.level, fold(heading.title)))
        open_keys[:] = [one for one in open_keys if one[0] < event.level]
        heading, blocks = event, []
    close()
    return tuple(sections)


def _section(heading: _Heading, open_keys: Sequence[tuple[int, str]], blocks: list[Block]) -> Section:
    return Section(
        title=plain(heading.title),
        key=fold(heading.title),
        level=heading.level,
        line=heading.line,
        parents=tuple(key for _, key in open_keys),
        blocks=tuple(blocks),
    )
