"""Cuts a line of notation or TypeScript: its comment, its brackets, its parts at the outer level."""

from __future__ import annotations

import re

_OPEN = "([{<"
_CLOSE = ")]}>"
_QUOTES = "\"'`"
_COMMENT_MARKS = ("//", "/*", "←", "<--", "⟵")


_CANDIDATE = re.compile(r"[\"'`/←⟵<#-]")
_BRACES = re.compile(r"[\"'`{}]")


def split_comment(line: str) -> tuple[str, str | None]:
    """(the line without its comment, the comment's text or None); ``//`` in quotes or a URL is text."""
    at = 0
    while found := _CANDIDATE.search(line, at):
        at = found.start() + 1
        if found[0] in _QUOTES:
            closed = line.find(found[0], at)
            at = closed + 1 if closed > 0 else at
        elif _begins_comment(line, found.start()):
            return line[: found.start()].rstrip(), comment_text(line[found.start() :])
    return line.rstrip(), None


def _begins_comment(line: str, at: int) -> bool:
    if line.startswith(_COMMENT_MARKS, at):
        return not (line[at] == "/" and line[at - 1 : at] == ":")
    spaced = at == 0 or line[at - 1] == " "
    if line.startswith("--", at) and spaced:
        return line.startswith("-- ", at) or (at == 0 and not line.startswith("---"))
    return spaced and line.startswith("# ", at)


def comment_text(comment: str) -> str:
    """A comment without its marks."""
    text = comment.strip().lstrip("/*#").removesuffix("*/")
    return text.lstrip(" -<←⟵=").rstrip(" -=*").strip("─━═ \t")


def outer_split(text: str, separators: str) -> list[str]:
    """The parts between separators that stand outside quotes and brackets."""
    parts: list[str] = []
    depth = start = 0
    quote = ""
    for at, char in enumerate(text):
        if quote:
            quote = "" if char == quote else quote
        elif char in _QUOTES and text.find(char, at + 1) > 0:
            quote = char
        elif char in _OPEN and not _is_comparison(text, at):
            depth += 1
        elif char in _CLOSE and not _is_arrow(text, at):
            depth = max(depth - 1, 0)
        elif char in separators and not depth:
            parts.append(text[start:at].strip())
            start = at + 1
    parts.append(text[start:].strip())
    return [part for part in parts if part]


def _is_arrow(text: str, at: int) -> bool:
    return text[at] == ">" and (text[at - 1 : at] in {"-", "="} or text[at - 1 : at] in {"", " "})


def _is_comparison(text: str, at: int) -> bool:
    return text[at] == "<" and text[at + 1 : at + 2] in {" ", "=", "-", ""}


def brace_balance(line: str) -> int:
    """How many more braces a line opens than it closes, quotes apart."""
    balance = at = 0
    while found := _BRACES.search(line, at):
        at = found.end()
        if found[0] in _QUOTES:
            closed = line.find(found[0], at)
            at = closed + 1 if closed > 0 else at
        else:
            balance += 1 if found[0] == "{" else -1
    return balance


def closing(text: str, at: int) -> int:
    """The index behind the bracket that closes the one at ``at``; the text's length where none does."""
    pairs = dict(zip(_OPEN, _CLOSE, strict=True))
    opener, closer = text[at], pairs[text[at]]
    depth = 0
    quote = ""
    for index in range(at, len(text)):
        char = text[index]
        if quote:
            quote = "" if char == quote else quote
        elif char in _QUOTES and text.find(char, index + 1) > 0:
            quote = char
        elif char == opener:
            depth += 1
        elif char == closer and not (char == ">" and text[index - 1] in "-="):
            depth -= 1
            if not depth:
                return index + 1
    return len(text)


def unquoted(text: str) -> str:
    """Without the quotes or backticks around it."""
    text = text.strip()
    if len(text) > 1 and text[0] in _QUOTES and text[-1] == text[0]:
        return text[1:-1]
    return text
