"""Source bytes to whether they tokenise plainly: what does not is tried in a process that can be killed."""

from __future__ import annotations

import re

from shipkit_mcp.readers.typescript import limits

_QUOTED = re.compile(
    rb"""//[^\n]*+|/\*(?:[^*]|\*(?!/))*+(?:\*/|())|"(?:[^"\\\n]|\\.)*+(?:"|())"""
    rb"""|'(?:[^'\\\n]|\\.)*+(?:'|())|`(?:[^`\\]|\\.)*+(?:`|())""",
    re.DOTALL,
)
"""A comment, string or template; a group matched where it never ends."""
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1f\x7f]")
_NO_BRACKETS = bytes(code for code in range(256) if code not in b"()[]{}")


def is_plain(source: bytes) -> bool:
    """No control characters, every comment, string and template ends, and outside of them brackets pair up.

    A regular expression that holds a quote or bracket may look odd here: that costs one process, no more.
    """
    if _CONTROL.search(source):
        return False
    code = _QUOTED.sub(lambda found: b"(" if found.lastindex else b"", source)
    brackets = code.translate(None, _NO_BRACKETS)
    for _ in range(limits.MAX_BRACKET_DEPTH):
        inner = brackets.replace(b"()", b"").replace(b"[]", b"").replace(b"{}", b"")
        if inner == brackets:
            break
        brackets = inner
    return not brackets
