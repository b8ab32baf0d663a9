"""Patterns and statements to the names that they bind or may change."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tree_sitter import Node

ASSIGNMENTS = frozenset({"assignment_expression", "augmented_assignment_expression", "update_expression"})
MEMBERS = frozenset({"member_expression", "subscript_expression"})
FOLLOWED = (
    "if_statement",
    "for_statement",
    "for_in_statement",
    "while_statement",
    "do_statement",
    "switch_statement",
    "statement_block",
    "try_statement",
)
"""Statements of the top level that bind no name and may change what names stand for."""
_MOST_LOOKED_AT = 5_000


def bound_names(pattern: Node) -> Iterator[Node]:
    """The names that a destructuring pattern binds."""
    pending = [pattern]
    while pending:
        node = pending.pop()
        if node.type in ("identifier", "shorthand_property_identifier_pattern"):
            yield node
        elif node.type == "pair_pattern":
            pending.append(node.children[-1])
        elif node.type in ("assignment_pattern", "object_assignment_pattern"):
            pending.append(node.children[0])
        else:
            pending.extend(node.named_children)


@dataclass(frozen=True, slots=True)
class Change:
    """A name whose value a statement may change."""

    name: Node
    callee: Node | None = None
    """Of a value that is given to a function: the function."""
    is_assigned: bool = False
    """The name itself gets another value; else a part of its value may change."""


def changed_names(node: Node) -> Iterator[Change]:
    """What a statement assigns, calls upon or gives to functions, at any depth."""
    pending = [node]
    for _ in range(_MOST_LOOKED_AT):
        if not pending:
            return
        one = pending.pop()
        if one.type in ASSIGNMENTS or (one.type == "unary_expression" and one.child(0).type == "delete"):
            yield from _change(one.child_by_field_name("left") or one.child_by_field_name("argument"), None)
        elif one.type == "call_expression":
            callee = one.child(0)
            if callee.type in MEMBERS:
                yield from _change(callee, None)
            for given in one.child(one.child_count - 1).named_children:
                yield from _change(given, callee)
        pending.extend(one.named_children)


def _change(node: Node | None, callee: Node | None) -> Iterator[Change]:
    """Of ``a.b["c"]`` it is ``a``."""
    root = node
    while root is not None and root.type in MEMBERS:
        root = root.child(0)
    if root is not None and root.type == "identifier":
        yield Change(root, callee, callee is None and root is node)
