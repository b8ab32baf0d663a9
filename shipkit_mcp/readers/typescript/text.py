"""Literals and comments of TypeScript as written, to the text they stand for."""

from __future__ import annotations

import re

_ESCAPE = re.compile(r"\\(u\{[0-9a-fA-F]{1,6}\}|u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|\r\n|[\s\S])")
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "v": "\v", "0": "\0", "\n": "", "\r\n": ""}
_STARS = re.compile(r"^[ \t]{0,200}\*{1,2}(?!/)[ \t]?", re.MULTILINE)


def string_value(literal: str) -> str:
    """The value of a quoted literal (with its quotes)."""
    return unescape(literal[1:-1])


def unescape(text: str) -> str:
    """Text between quotes with its escape sequences resolved."""
    return _ESCAPE.sub(_resolve, text) if "\\" in text else text


def _resolve(found: re.Match[str]) -> str:
    code = found[1]
    if code in _ESCAPES:
        return _ESCAPES[code]
    if code[0] in "ux" and len(code) > 1:
        point = int(code[1:].strip("{}"), 16)
        return chr(point) if point <= 0x10FFFF and not 0xD800 <= point <= 0xDFFF else "\ufffd"
    return code


def comment_text(comment: str) -> str:
    """A comment without its marks; lines of a block comment stay lines."""
    if comment.startswith("//"):
        return comment.lstrip("/").strip()
    body = comment.removeprefix("/*").removesuffix("*/")
    lines = (line.strip() for line in _STARS.sub("", body).split("\n"))
    return "\n".join(line for line in lines if line).strip("* ")
