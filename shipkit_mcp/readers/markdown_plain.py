"""Lines of a document that can only be prose, or list items of one such line, to tokens without asking every rule.

CommonMark's rules all look at how a line starts. Most lines of a planning document start like a sentence, alone or
behind a list mark: asking each rule about them, in vain, is most of the work of reading.
"""

from __future__ import annotations

import re

from markdown_it.rules_block import StateBlock

from shipkit_mcp.facts import BlockKind

ITEMS = {"plain_bullet_item": BlockKind.BULLET, "plain_ordered_item": BlockKind.ORDERED}
"""Our tokens, each of which stands for a whole list item."""

_PROSE = r"(?:[^\s\d`~>#<*_+=\-\[]|`{1,2}[^`]|\*{1,2}[^*\s]|_{1,2}[^_\s]|\d+[^\d.)]|\[[ xX]\] )"
"""How a line starts that opens no fence, quote, list, heading, rule, HTML block or definition of a link."""
_PLAIN = re.compile(rf"((?:[-+*]|(\d{{1,9}})[.)]) {{1,4}})?{_PROSE}")
_PLAIN_TEXT = re.compile(_PROSE)
_MARK = re.compile(r"(?:[-+*]|\d{1,9}[.)])[ \t]")
_UNDERLINE = re.compile(r"(?:-+|=+)[ \t]*(?:\n|\Z)")
_SILENT = True
"""A rule is only asked whether it would match."""


def read_plain(state: StateBlock, start: int, end: int, *_silent: object) -> bool:
    """A rule of the parser: one token for a paragraph, or for an item, whose first line can be nothing else.

    False (the other rules decide) for every other line, for an item that more lines belong to, and where a line
    below makes the text a heading. An item is a list of its own here: how lists are parted is nobody's question.
    """
    at = state.bMarks[start] + state.tShift[start]
    found = _PLAIN.match(state.src, at)
    if found is None or state.is_code_block(start):
        return False
    if found[1] is None:
        return _read_prose(state, start, end)
    if not _is_whole_item(state, start + 1, end, state.sCount[start] + len(found[1])):
        return False
    token = state.push("plain_ordered_item" if found[2] else "plain_bullet_item", "", 0)
    token.content = state.src[at + len(found[1]) : state.eMarks[start]].strip()
    token.map = [start, start + 1]
    state.line = start + 1
    return True


def _is_whole_item(state: StateBlock, after: int, end: int, indent: int) -> bool:
    """Whether nothing from here on belongs to the item above, whose text stands ``indent`` wide."""
    if after < end and not state.isEmpty(after):
        beside = 0 <= state.sCount[after] < min(indent, state.blkIndent + 4)
        return beside and _starts(_MARK, state, after)
    following = state.skipEmptyLines(after)
    return following >= end or state.sCount[following] < indent


def _read_prose(state: StateBlock, start: int, end: int) -> bool:
    after = start + 1
    while after < end and not state.isEmpty(after):
        if _is_underline(state, after):
            return False
        if _interrupts(state, after, end):
            break
        after += 1
    token = state.push("inline", "", 0)
    token.content = state.getLines(start, after, state.blkIndent, keepLastLF=False).strip()
    token.map = [start, after]
    state.line = after
    return True


def _starts(pattern: re.Pattern[str], state: StateBlock, line: int) -> bool:
    return pattern.match(state.src, state.bMarks[line] + state.tShift[line]) is not None


def _is_underline(state: StateBlock, line: int) -> bool:
    return 0 <= state.sCount[line] - state.blkIndent <= 3 and _starts(_UNDERLINE, state, line)


def _interrupts(state: StateBlock, line: int, end: int) -> bool:
    """Whether a line ends the paragraph above it; as the parser has it, indented and lazy lines never do."""
    lazy = state.sCount[line] - state.blkIndent > 3 or state.sCount[line] < 0
    if lazy or _starts(_PLAIN_TEXT, state, line):
        return False
    outer, state.parentType = state.parentType, "paragraph"
    ended = any(rule(state, line, end, _SILENT) for rule in state.md.block.ruler.getRules("paragraph"))
    state.parentType = outer
    return ended
