"""The few regular expressions that name helpers use: one kind of character, replaced wherever it stands.

Anything more is unknown, since no pattern of a project is run that could take long.
"""

from __future__ import annotations

import re

from shipkit_mcp.readers.typescript.values import Host, Site, Value

_ONE_KIND = re.compile(r"(\()?(\\[sSdDwW]|\[\^?[\w \\\-.:/@$]{1,60}\]|[\w \-:/@])(?(1)\))(\+)?")
_FLAGS = frozenset({"", "g", "i", "gi", "ig", "gu"})


class Pattern(Host):
    """A regular expression that stands for one kind of character."""

    __slots__ = ("everywhere", "pattern")

    def __init__(self, pattern: re.Pattern[str], *, everywhere: bool) -> None:
        self.pattern = pattern
        self.everywhere = everywhere

    def replace(self, text: str, new: str) -> str:
        """``text.replace(pattern, new)``, ``$1`` and ``$&`` included."""
        parts = re.split(r"\$[1&]", new)
        return self.pattern.sub(lambda found: found[0].join(parts), text, count=0 if self.everywhere else 1)


def regexp_value(pattern: str, flags: str, site: Site) -> Value:
    """The pattern of a literal, where it is simple enough."""
    if flags not in _FLAGS or _ONE_KIND.fullmatch(pattern) is None:
        return site.unknown("a regular expression is not evaluated")
    try:
        compiled = re.compile(pattern, re.ASCII | (re.IGNORECASE if "i" in flags else 0))
    except re.error:
        return site.unknown("a regular expression cannot be read")
    return Pattern(compiled, everywhere="g" in flags)
