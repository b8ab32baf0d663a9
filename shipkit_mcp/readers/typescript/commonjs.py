"""Statements of CommonJS to the names that they export, with what stands behind each."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from tree_sitter import Node

from shipkit_mcp.readers.typescript.text import string_value

_REQUIRE = re.compile(r"""require\(\s*["']([^"'\n]{1,300})["']\s*\)""")
_EXPORT_STAR = re.compile(r"""(?:\w{1,20}\.)?__exportStar\(require\(["']([^"']{1,300})["']\)""")
_LONG = 500
_NAMES = frozenset({"identifier", "shorthand_property_identifier"})

Text = Callable[[Node], str]
Find = Callable[[str], Node | None]
"""The value that a module declares under a name."""


def exported(assignment: Node, text: Text, find: Find) -> Iterator[tuple[str | None, Node]]:
    """The exports of ``exports.name = value`` and ``module.exports = { … }``; without a name the call of
    ``require`` whose exports are all exported."""
    left, right = assignment.child_by_field_name("left"), assignment.child_by_field_name("right")
    if left is None or right is None or left.type != "member_expression":
        return
    if text(left) == "module.exports":
        yield from _members(right, text, find)
    elif text(left.children[0]) in ("exports", "module.exports"):
        yield text(left.children[-1]), right


def _members(value: Node, text: Text, find: Find) -> Iterator[tuple[str | None, Node]]:
    """The members of objects, of those that are spread too, each object once."""
    pending, seen = [value], set[int]()
    while pending:
        one = pending.pop()
        meant = (find(text(one)) or one) if is_name(one) else one
        if meant.start_byte in seen:
            continue
        seen.add(meant.start_byte)
        if meant.type == "call_expression":
            yield None, meant
        for child in meant.named_children if meant.type == "object" else ():
            if child.type == "spread_element":
                pending.append(child.named_children[-1])
            else:
                yield from _member(child, text)


def _member(child: Node, text: Text) -> Iterator[tuple[str, Node]]:
    if child.type == "shorthand_property_identifier":
        yield text(child), child
    elif child.type == "pair":
        key = text(child.children[0])
        yield string_value(key) if child.children[0].type == "string" else key, child.children[-1]


def is_name(value: Node) -> bool:
    """Whether a value is only a name of the module."""
    return value.type in _NAMES


def required(call: Node, text: Text) -> str | None:
    """What ``require("…")`` requires, also within ``__exportStar(require("…"), exports)``."""
    if call.end_byte - call.start_byte > _LONG:
        return None
    found = _REQUIRE.fullmatch(text(call)) or _EXPORT_STAR.match(text(call))
    return found[1] if found is not None else None
