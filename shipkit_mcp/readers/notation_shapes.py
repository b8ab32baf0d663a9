"""What notation and TypeScript declare, line by line: shapes, their members, unions of strings."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Literal

MAX_MEMBER = 2_000
"""Characters of one member that are read together."""
Keyword = Literal["interface", "type", "table", "object", "code"]

_MEMBER = re.compile(
    r"(?:[-*•+]\s+)?(?:readonly\s+)?(?:\*\*)?(?P<quote>[`\"']?)(?P<name>[^\W\d]\w*)(?P=quote)(?:\*\*)?(?P<optional>\?)?"
    r"(?:\*\*)?\s*:(?P<rest>.*)",
)


@dataclass(slots=True)
class Member:
    """One line of a shape, as written."""

    text: str
    """Without comment, bullet and trailing comma; a nested object on one line."""
    line: int
    comment: str | None = None
    sections: tuple[str, ...] = ()
    """Comments above it that still hold: a blank line ends them."""


@dataclass(slots=True)
class Shape:
    """A braced list of members, named or not."""

    keyword: Keyword
    name: str
    line: int
    lead: tuple[str, ...] = ()
    """Comment lines right above it."""
    purpose: str | None = None
    members: list[Member] = field(default_factory=list)
    partial: bool = False
    remarks: list[str] = field(default_factory=list)
    """Comments inside and behind the braces that belong to no member."""
    trailer: list[Member] = field(default_factory=list)
    """Bullets behind the closing brace, such as lists of indexes."""


@dataclass(slots=True)
class Union:
    """``type Status = "a" | "b"`` or an enum."""

    name: str
    values: tuple[str, ...]
    line: int


@dataclass(slots=True)
class Shapes:
    """Everything found in one text."""

    shapes: list[Shape] = field(default_factory=list)
    unions: list[Union] = field(default_factory=list)
    strays: list[Member] = field(default_factory=list)
    """Lines outside any braces."""
    skipped: list[Member] = field(default_factory=list)
    """Lines whose braces hold something else: code, or a table under a name that is none."""


def member_parts(text: str) -> tuple[str, bool, str] | None:
    """(name, optional, what stands behind the colon) of a member, or None."""
    found = _MEMBER.fullmatch(text)
    return (found["name"], bool(found["optional"]), found["rest"].strip()) if found else None
