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


def bracket_depth(source: bytes) -> int:
    """How many brackets are open at once at most; one that never closes counts to the end.

    Where they seem to be more than the limit, those in comments, strings, templates and regular expressions are left
    out. A text that hides brackets from this costs its time budget, no more: the grammar itself does not recurse.
    """
    depth = _depth_of(source)
    if depth > limits.MAX_BRACKET_DEPTH:
        depth = min(depth, _depth_of(_QUOTED.sub(lambda found: found[0] if found.lastindex else b"", source)))
    return depth


def _depth_of(source: bytes) -> int:
    steps = memoryview(source.translate(None, _NO_BRACKETS).translate(_STEPS)).cast("b")
    levels = list(accumulate(steps, initial=0))
    deepest: int = max(map(sub, levels, accumulate(levels, min)))
    return deepest
