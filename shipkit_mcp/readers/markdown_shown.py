"""A document's text to what a reader of its page sees of it, every line where it was."""

from __future__ import annotations

import re
from typing import NamedTuple

from shipkit_mcp.facts import BlockKind, PrepDoc

_LONG = 20_000
"""Longer is no line of a document that is read."""
_HELD = re.compile("\0(\\d+)\0")
"""Stands for a line inside a fence, which is shown as it is; no text that was read holds a NUL."""
_OPENS = re.compile(
    r"<!--|<!\[CDATA\[|<\?|<(?:details|script|style|template|noscript|title|iframe|object)(?=[\s/>])",
    re.IGNORECASE,
)
_CLOSES = {"<!--": "-->", "<![cdata[": "]]>", "<?": "?>"}
"""Any other ends with its own tag."""
_PREFIX = re.compile(r"[ \t>*+-]*")
_DECLARATION = re.compile(rf"<![A-Za-z][^<>]{{0,{_LONG}}}>")
_TAG = re.compile(
    r"<([A-Za-z][A-Za-z0-9-]{0,40})"
    rf"(?:\s+[^\s\"'<>/=]{{1,200}}(?:\s*=\s*(?:\"[^\"]{{0,{_LONG}}}\"|'[^']{{0,{_LONG}}}'|[^\s\"'=<>`]{{1,500}})))"
    rf"(?:\s+[^\s\"'<>/=]{{1,200}}(?:\s*=\s*(?:\"[^\"]{{0,{_LONG}}}\"|'[^']{{0,{_LONG}}}'|[^\s\"'=<>`]{{1,500}}))?)"
    r"{0,50}\s*/?>"
)
"""A tag with attributes: no reader sees those."""
_TITLE = (
    rf"(?:\"(?:\\.|[^\"\\]){{0,{_LONG}}}+\"|'(?:\\.|[^'\\]){{0,{_LONG}}}+'"
    rf"|\((?:\\.|[^()\\]){{0,{_LONG}}}+\))"
)
_ADDRESS = r"(?:<[^<>\n]{0,2000}>|(?:(?!\]\()[^\s<>]){1,2000}+)"
_LINK_TITLE = re.compile(rf"(\]\(\s{{0,9}}{_ADDRESS})\s{{1,9}}{_TITLE}\s{{0,9}}\)")
_DEFINITION = re.compile(
    rf"(?m)^[ \t>]{{0,9}}\[(?!\^)([^\[\]\n]{{1,999}})\]:[ \t]*\n?[ \t]*{_ADDRESS}?[ \t]*(?:\n?[ \t]*{_TITLE})?[ \t]*$"
)
_IMAGE = re.compile(
    rf"!\[(?:\\.|[^\[\]\\]|\[(?:\\.|[^\[\]\\]|\[[^\[\]]{{0,{_LONG}}}+\]){{0,{_LONG}}}+\]){{1,{_LONG}}}+\]"
)
_FENCE = re.compile(r"(?m)^([ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*(?:`{3,}|~{3,}))[^`\n]*$")


class Shown(NamedTuple):
    """A text as it may be quoted."""

    text: str
    left_out: int
    """How many comments, folded parts, alternative texts, titles and attributes."""


def shown_text(document: PrepDoc) -> Shown:
    """The document without what its page does not show; words behind a fence go too, and are not counted."""
    lines = list(document.source.lines)
    held = _rows_of_fences(document, len(lines))
    text = "\n".join(f"\0{row}\0" if row in held else line for row, line in enumerate(lines))
    text, left_out = _visible(text)
    text = _FENCE.sub(r"\1", text)
    return Shown(_HELD.sub(lambda found: lines[int(found[1])], text), left_out)


def _rows_of_fences(document: PrepDoc, many: int) -> set[int]:
    rows: set[int] = set()
    for section in document.sections:
        for block in section.blocks:
            if block.kind is BlockKind.FENCE and block.text:
                first = block.line - 1
                rows.update(range(first, min(first + block.text.count("\n") + 1, many)))
    return rows


def _visible(text: str) -> tuple[str, int]:
    total = 0
    if "<" in text:
        text, total = _without_folded(text)
        text, number = _DECLARATION.subn(_only_its_lines, text)
        total += number
        text, number = _TAG.subn(lambda found: f"<{found[1]}>" + _only_its_lines(found), text)
        total += number
    if "](" in text:
        text, number = _LINK_TITLE.subn(lambda found: f"{found[1]})" + "\n" * found[0].count("\n"), text)
        total += number
    if "]:" in text:
        text, number = _DEFINITION.subn(_only_its_lines, text)
        total += number
    if "![" in text:
        text, number = _IMAGE.subn(lambda found: "![]" + _only_its_lines(found), text)
        total += number
    return text, total


def _without_folded(text: str) -> tuple[str, int]:
    """Without comments, folded parts and the like; one that begins a line and never ends hides the rest."""
    low, kept, start, total = text.lower(), list[str](), 0, 0
    never = set[str]()
    at = 0
    while opened := _OPENS.search(text, at):
        begin, word = opened.start(), opened[0].lower()
        close = _CLOSES.get(word, f"</{word[1:]}")
        end = -1 if close in never else _end(low, word, close, opened.end())
        if end < 0:
            never.add(close)
            line = text.rfind("\n", 0, begin) + 1
            if not _PREFIX.fullmatch(text, line, begin):
                at = opened.end()
                continue
            end = len(text)
        else:
            end = end + len(close) if word in _CLOSES else (low.find(">", end) + 1 or len(text))
        kept += [text[start:begin], "\n" * text.count("\n", begin, end)]
        start = at = end
        total += 1
    return "".join([*kept, text[start:]]), total


def _end(low: str, word: str, close: str, at: int) -> int:
    """Where the closing mark stands; that of a folded part within is not it, if there is one more."""
    end = low.find(close, at)
    while word == "<details" and (inner := low.find(word, at, end)) >= 0:
        at, after = inner + len(word), low.find(close, end + 1)
        if after < 0:
            break
        end = after
    return end


def _only_its_lines(found: re.Match[str]) -> str:
    return "\n" * found[0].count("\n")
