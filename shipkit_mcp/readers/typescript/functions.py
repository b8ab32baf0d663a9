"""A function of the project and its arguments to what it returns."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from tree_sitter import Node

from shipkit_mcp.readers.typescript.binding import bind
from shipkit_mcp.readers.typescript.statements import follow_block, returns
from shipkit_mcp.readers.typescript.values import UNDEFINED, Closure, Items, Scope, Site, Value

if TYPE_CHECKING:
    from shipkit_mcp.readers.typescript.evaluate import Evaluator

_EMPTY = 2
"""Children of ``()``."""


def run_function(
    evaluator: Evaluator, closure: Closure, arguments: Sequence[Value], site: Site, this: Value = UNDEFINED
) -> Value:
    """Binds the parameters and follows the body to its ``return``."""
    node, module = closure.node, closure.scope.module
    names: dict[str, Value] = {} if node.type == "arrow_function" else {"this": this}
    scope = Scope(module, names, closure.scope)
    last = node.child_count - 1
    for at in range(last):
        child = node.child(at)
        kind = child.type
        if kind == "formal_parameters":
            if child.child_count > _EMPTY:
                _bind_parameters(evaluator, child, arguments, names, scope)
            break
        if kind == "=>":
            break
        if kind == "identifier" and node.type == "arrow_function":
            names[module.text(child)] = arguments[0] if arguments else UNDEFINED
            break
        if kind in ("async", "*"):
            return site.unknown("an asynchronous function is called")
    body = node.child(last)
    if body.type != "statement_block":
        return evaluator.evaluate(body, scope)
    value = follow_block(evaluator, body.named_children, scope)
    return value if returns(value) else UNDEFINED


def _bind_parameters(
    evaluator: Evaluator, parameters: Node, arguments: Sequence[Value], names: dict[str, Value], scope: Scope
) -> None:
    position = 0
    for parameter in parameters.named_children:
        pattern = parameter.child_by_field_name("pattern") or parameter
        if pattern.type in ("comment", "this"):
            continue
        if pattern.type == "rest_pattern":
            bind(evaluator, pattern.children[-1], Items(arguments[position:]), names, scope)
            return
        value = arguments[position] if position < len(arguments) else UNDEFINED
        default = parameter.child_by_field_name("value")
        if value is UNDEFINED and default is not None:
            value = evaluator.evaluate(default, scope)
        bind(evaluator, pattern, value, names, scope)
        position += 1
