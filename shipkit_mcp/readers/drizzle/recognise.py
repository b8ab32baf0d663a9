"""A declaration whose value is unknown to what it was meant to make: a table, an enum, a view, a sequence."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tree_sitter import Node

from shipkit_mcp.readers.typescript.modules import Imported
from shipkit_mcp.readers.typescript.values import Site

_TABLE = re.compile(r"(?i)table(?!s)\w{0,20}$")
_NOT_TABLE = re.compile(r"(?i)(schema|columns|name|config|select|insert|update|type)$")
_LOOKED_THROUGH = frozenset(
    {
        "call_expression",
        "member_expression",
        "ternary_expression",
        "binary_expression",
        "parenthesized_expression",
        "as_expression",
        "satisfies_expression",
        "non_null_expression",
        "arguments",
        "assignment_expression",
        "expression_statement",
        "if_statement",
        "else_clause",
        "statement_block",
        "switch_statement",
        "switch_body",
        "switch_case",
        "switch_default",
        "try_statement",
    }
)
_COLUMNS = frozenset({"object", "arrow_function", "call_expression", "satisfies_expression", "identifier"})
_MAX_NODES = 60
_OTHERS = {"Enum": "enum", "View": "view", "Sequence": "sequence"}
"""How the functions of drizzle-orm end that make what is no table."""


def meant_to_make(site: Site) -> str | None:
    """What an unknown declaration would have made, in a word."""
    if looks_like_table(site):
        return "table"
    callees = (_callee(call, site) for value in _values(site) for call in _calls(value))
    names = (
        one.name for one in callees if isinstance(one, Imported) and one.specifier.startswith("drizzle-orm")
    )
    return next((word for name in names for end, word in _OTHERS.items() if name.endswith(end)), None)


def looks_like_table(site: Site) -> bool:
    """``createTable("users", { … })``: a function named after tables, given a name and columns."""
    return any(_makes_table(call, site) for value in _values(site) for call in _calls(value))


def _makes_table(call: Node, site: Site) -> bool:
    callee = _callee(call, site)
    named = callee.name if isinstance(callee, Imported) else site.module.text(call.child(0))[-80:]
    given = [one.type for one in call.child(call.child_count - 1).named_children if one.type != "comment"]
    is_named = _TABLE.search(named) is not None and _NOT_TABLE.search(named) is None
    return is_named and len(given) > 1 and given[1] in _COLUMNS


def _callee(call: Node, site: Site) -> object:
    """What the called name is bound to in its module."""
    return site.module.bindings.get(site.module.text(call.child(0))[-80:])


def _values(site: Site) -> Iterator[Node]:
    """What a declaration gives its names, or the statements that give them a value later."""
    declaration = site.node.child_by_field_name("declaration") or site.node
    for one in declaration.named_children:
        value, name = one.child_by_field_name("value"), one.child_by_field_name("name")
        if value is not None:
            yield value
        elif name is not None:
            yield from site.module.changes.get(site.module.text(name), ())


def _calls(value: Node) -> Iterator[Node]:
    """The calls that a value may come from: along chains, in arguments and in the branches of conditions."""
    pending, visited = [value], 0
    while pending and visited < _MAX_NODES:
        node = pending.pop()
        visited += 1
        if node.type == "call_expression":
            yield node
            pending += [node.child(0), node.child(node.child_count - 1)]
        elif node.type in _LOOKED_THROUGH:
            pending.extend(node.named_children)
