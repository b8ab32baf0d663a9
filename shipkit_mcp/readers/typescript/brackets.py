"""Source bytes to how deep its brackets are nested, told before anything is parsed."""

from __future__ import annotations

import re
from itertools import accumulate
from operator import sub

from shipkit_mcp.readers.typescript import limits

_OPENING, _CLOSING = b"([{", b")]}"
_NO_BRACKETS = bytes(code for code in range(256) if code not in _OPENING + _CLOSING)
_STEPS = bytes(1 if code in _OPENING else 255 for code in range(256))
"""One level down for each bracket that opens, one up (as a signed byte, -1) for each that closes."""
_QUOTED = re.compile(
    rb"""//[^\n]*+|/\*(?:[^*]|\*(?!/))*+(?:\*/|())|"(?:[^"\\\n]|\\.)*+"?|'(?:[^'\\\n]|\\.)*+'?"""
    rb"""|`(?:[^`\\]|\\.)*+(?:`|())|(?<=[(,=:!&|?{};])[ \t]*+/(?![*/])(?:[^/\\\n]|\\[^\n]){1,200}+/""",
    re.DOTALL,
)
"""A comment, string, template, or regular expression where only one can stand; a group matched where it never ends."""


_NO_ANGLES = bytes(code for code in range(256) if code not in b"<>")
_ANGLE_STEPS = bytes(1 if code == ord("<") else 255 for code in range(256))


def angle_depth(source: bytes) -> int:
    """How many ``<`` are open at once at most; 0 where they are so few that it does not matter.

    Each may open a type or compare: the grammar keeps both in mind, half a gigabyte for 200,000 of them.
    """
    if source.count(b"<") <= limits.MAX_ANGLE_DEPTH:
        return 0
    return _deepest(_unquoted(source).replace(b"=>", b""), _NO_ANGLES, _ANGLE_STEPS)


def bracket_depth(source: bytes) -> int:
    """How many brackets are open at once at most; one that never closes counts to the end.

    Where they seem to be more than the limit, those in comments, strings, templates and regular expressions are left
    out. A text that hides brackets from this costs its time budget, no more: the grammar itself does not recurse.
    """
    depth = _deepest(source, _NO_BRACKETS, _STEPS)
    if depth > limits.MAX_BRACKET_DEPTH:
        depth = min(depth, _deepest(_unquoted(source), _NO_BRACKETS, _STEPS))
    return depth


def _unquoted(source: bytes) -> bytes:
    return _QUOTED.sub(lambda found: found[0] if found.lastindex else b"", source)


def _deepest(source: bytes, others: bytes, of_each: bytes) -> int:
    steps = memoryview(source.translate(None, others).translate(of_each)).cast("b")
    levels = list(accumulate(steps, initial=0))
    deepest: int = max(map(sub, levels, accumulate(levels, min)))
    return deepest
