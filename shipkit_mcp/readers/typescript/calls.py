"""Calls, chains of calls and members to their values."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tree_sitter import Node

from shipkit_mcp.readers.typescript.objects import arguments_of
from shipkit_mcp.readers.typescript.templates import template_parts
from shipkit_mcp.readers.typescript.values import UNDEFINED, Host, Scope, Site, Unknown, Value, text_of

if TYPE_CHECKING:
    from shipkit_mcp.readers.typescript.evaluate import Evaluator


def call_value(evaluator: Evaluator, node: Node, scope: Scope) -> Value:
    """A call, or a whole chain of calls: ``root(…).a(…).b(…)`` is followed without recursion."""
    chain: list[tuple[Node, Node]] = []
    site = Site(evaluator, scope.module, node)
    while True:
        function, arguments = node.child(0), node.child(node.child_count - 1)
        if function.type != "member_expression" or arguments.type != "arguments":
            value = _plain_call(evaluator, function, arguments, site, scope)
            break
        chain.append((function, arguments))
        node = function.child(0)
        if node.type != "call_expression":
            value = evaluator.evaluate(node, scope)
            break
    return _follow(evaluator, value, chain, site, scope) if chain else value


def _follow(
    evaluator: Evaluator, value: Value, chain: list[tuple[Node, Node]], site: Site, scope: Scope
) -> Value:
    """The calls of a chain, from the innermost outwards."""
    source = scope.module.source
    for function, arguments in reversed(chain):
        if isinstance(value, Unknown):
            return value
        if (value is None or value is UNDEFINED) and _is_optional(function, scope):
            return UNDEFINED
        name = function.child(function.child_count - 1)
        key = source[name.start_byte : name.end_byte].decode("utf-8", "replace")
        given = arguments_of(evaluator, arguments, scope)
        if isinstance(value, Host):
            value = value.invoke(key, given, site)
        else:
            value = evaluator.invoke(value, key, given, site)
    return value


def _plain_call(evaluator: Evaluator, function: Node, arguments: Node, site: Site, scope: Scope) -> Value:
    if function.type == "identifier":
        callee = evaluator.lookup(function, scope)
    else:
        callee = evaluator.evaluate(function, scope)
    if isinstance(callee, Unknown):
        return callee
    if arguments.type == "template_string":
        strings, values = template_parts(evaluator, arguments, scope)
        tag = getattr(callee, "tag", None)
        return (
            tag(strings, values, site) if tag is not None else site.unknown("a tagged template is not known")
        )
    if arguments.type != "arguments":
        return site.unknown("a call without arguments is not known")
    return evaluator.call(callee, arguments_of(evaluator, arguments, scope), site)


def member_value(evaluator: Evaluator, node: Node, scope: Scope) -> Value:
    left = node.child(0)
    owner = evaluator.lookup(left, scope) if left.type == "identifier" else evaluator.evaluate(left, scope)
    if isinstance(owner, Unknown):
        return owner
    if (owner is None or owner is UNDEFINED) and _is_optional(node, scope):
        return UNDEFINED
    key = scope.module.text(node.child(node.child_count - 1))
    members = getattr(owner, "members", None)
    if members is not None and key in members:
        return members[key]
    return evaluator.get(owner, key, Site(evaluator, scope.module, node))


def _is_optional(node: Node, scope: Scope) -> bool:
    """``?.`` anywhere to the left ends the chain with undefined."""
    return b"?." in scope.module.source[node.start_byte : node.end_byte]


def subscript_value(evaluator: Evaluator, node: Node, scope: Scope) -> Value:
    owner, index = node.child_by_field_name("object"), node.child_by_field_name("index")
    site = Site(evaluator, scope.module, node)
    if owner is None or index is None:
        return site.unknown("an index is missing")
    value, key = evaluator.evaluate(owner, scope), evaluator.evaluate(index, scope)
    if isinstance(key, Unknown):
        return key
    text = text_of(key)
    return evaluator.get(value, text, site) if text is not None else site.unknown("an index is not text")
