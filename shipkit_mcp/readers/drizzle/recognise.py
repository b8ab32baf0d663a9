"""A declaration whose value is unknown to whether it was meant to make a table."""

from __future__ import annotations

import re

from tree_sitter import Node

from shipkit_mcp.readers.typescript.values import Site

_TABLE = re.compile(r"(?i)table(?!s)\w{0,20}$")
_NOT_TABLE = re.compile(r"(?i)(schema|columns|name|config|select|insert|update|type)$")
_MAX_CHAIN = 40


def looks_like_table(site: Site) -> bool:
    """``createTable("users", { … })``: a function named after tables, given a name and columns."""
    for value in _values(site.node):
        call = _root_call(value)
        if call is None:
            continue
        callee = site.module.text(call.children[0])[-80:]
        given = [one.type for one in call.children[-1].named_children if one.type != "comment"]
        if _TABLE.search(callee) and not _NOT_TABLE.search(callee) and len(given) >= 2:
            return given[1] in (
                "object",
                "arrow_function",
                "call_expression",
                "satisfies_expression",
                "identifier",
            )
    return False


def _values(statement: Node) -> list[Node]:
    declaration = statement.child_by_field_name("declaration") or statement
    found = [one.child_by_field_name("value") for one in declaration.named_children]
    return [one for one in found if one is not None]


def _root_call(node: Node) -> Node | None:
    """The innermost call of a chain."""
    call = None
    for _ in range(_MAX_CHAIN):
        if node.type == "call_expression":
            call = node
        elif node.type != "member_expression":
            break
        node = node.children[0]
    return call
