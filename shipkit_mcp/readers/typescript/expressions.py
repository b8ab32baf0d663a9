"""Each kind of expression to its value: the table that the evaluator looks up."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from tree_sitter import Node

from shipkit_mcp.readers.typescript import limits
from shipkit_mcp.readers.typescript.assignments import (
    assignment_value,
    augmented_value,
    delete_value,
    update_value,
)
from shipkit_mcp.readers.typescript.calls import call_value, member_value, subscript_value
from shipkit_mcp.readers.typescript.modules import read_namespace
from shipkit_mcp.readers.typescript.objects import arguments_of, array_value, object_value, string_of
from shipkit_mcp.readers.typescript.operators import BINARY, UNARY, new_value
from shipkit_mcp.readers.typescript.regexps import regexp_value
from shipkit_mcp.readers.typescript.templates import number_value, template_value
from shipkit_mcp.readers.typescript.values import (
    UNDEFINED,
    Closure,
    Namespace,
    Record,
    Scope,
    Site,
    Unknown,
    Value,
    truthy,
)

if TYPE_CHECKING:
    from shipkit_mcp.readers.typescript.evaluate import Evaluator


Expression = Callable[["Evaluator", Node, Scope], Value]


def _string(_evaluator: Evaluator, node: Node, scope: Scope) -> Value:
    return string_of(node, scope)


def _first(evaluator: Evaluator, node: Node, scope: Scope) -> Value:
    """``value as T``, ``value satisfies T``, ``value!``, ``(value)``."""
    for child in node.named_children:
        if child.type != "comment":
            return evaluator.evaluate(child, scope)
    return UNDEFINED


def _last(evaluator: Evaluator, node: Node, scope: Scope) -> Value:
    """``<T>value``, and ``(0, value)`` of compiled files."""
    return evaluator.evaluate(node.children[-1], scope)


def _closure(_evaluator: Evaluator, node: Node, scope: Scope) -> Value:
    return Closure(node, scope)


def _ternary(evaluator: Evaluator, node: Node, scope: Scope) -> Value:
    condition, chosen = node.child_by_field_name("condition"), None
    decided = evaluator.evaluate(condition, scope) if condition is not None else UNDEFINED
    if isinstance(decided, Unknown):
        return decided
    chosen = node.child_by_field_name("consequence" if truthy(decided) else "alternative")
    return evaluator.evaluate(chosen, scope) if chosen is not None else UNDEFINED


def _binary(evaluator: Evaluator, node: Node, scope: Scope) -> Value:
    left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
    operator = node.child_by_field_name("operator")
    site = Site(evaluator, scope.module, node)
    if left is None or right is None or operator is None:
        return site.unknown("an operand is missing")
    rule = BINARY.get(scope.module.text(operator))
    if rule is None:
        return site.unknown(f"the operator `{scope.module.text(operator)}` is not evaluated")
    return rule(evaluator.evaluate(left, scope), lambda: evaluator.evaluate(right, scope), site)


def _unary(evaluator: Evaluator, node: Node, scope: Scope) -> Value:
    argument = node.child_by_field_name("argument")
    site = Site(evaluator, scope.module, node)
    if argument is not None and node.children[0].type == "delete":
        return delete_value(evaluator, argument, scope)
    rule = UNARY.get(node.children[0].type)
    if argument is None or rule is None:
        return site.unknown(f"the operator `{node.children[0].type}` is not evaluated")
    value = evaluator.evaluate(argument, scope)
    return value if isinstance(value, Unknown) else rule(value, site)


def _new(evaluator: Evaluator, node: Node, scope: Scope) -> Value:
    constructor, arguments = node.child_by_field_name("constructor"), node.child_by_field_name("arguments")
    name = scope.module.text(constructor) if constructor is not None else ""
    given = arguments_of(evaluator, arguments, scope) if arguments is not None else []
    return new_value(name, given, Site(evaluator, scope.module, node))


def _enum(evaluator: Evaluator, node: Node, scope: Scope) -> Value:
    from_names: dict[str, Value] = {}
    numbers: dict[str, Value] = {}
    inner = Scope(scope.module, from_names, scope)
    body = node.child_by_field_name("body")
    following: Value = 0
    members = body.named_children if body is not None else []
    if len(members) > limits.MAX_MEMBERS:
        return Site(evaluator, scope.module, node).unknown("an enum has too many members")
    for one in members:
        if one.type == "comment":
            continue
        named, value = (one.children[0], one.child_by_field_name("value")) if one.children else (one, None)
        if one.type == "string":
            named, value = one, None
        name = scope.module.text(named).strip("\"'")
        found = evaluator.evaluate(value, inner) if value is not None else following
        following = found + 1 if isinstance(found, int) else UNDEFINED
        from_names[name] = found
        if isinstance(found, int):
            numbers[str(found)] = name
    return _object_of({**numbers, **from_names}, scope)


def _object_of(members: Mapping[str, Value], scope: Scope) -> Value:
    record = Record(scope.module)
    record.update(members)
    return record


def _namespace(evaluator: Evaluator, node: Node, scope: Scope) -> Value:
    body = node.child_by_field_name("body")
    if body is None:
        return Site(evaluator, scope.module, node).unknown("a namespace without body")
    return Namespace(read_namespace(scope.module, body))


def _regexp(evaluator: Evaluator, node: Node, scope: Scope) -> Value:
    pattern, flags = node.child_by_field_name("pattern"), node.child_by_field_name("flags")
    text = scope.module.text
    return regexp_value(
        text(pattern) if pattern is not None else "",
        text(flags) if flags is not None else "",
        Site(evaluator, scope.module, node),
    )


EXPRESSIONS: Mapping[str, Expression] = {
    "call_expression": call_value,
    "string": _string,
    "identifier": lambda evaluator, node, scope: evaluator.lookup(node, scope),
    "shorthand_property_identifier": lambda evaluator, node, scope: evaluator.lookup(node, scope),
    "this": lambda evaluator, node, scope: evaluator.lookup(node, scope),
    "member_expression": member_value,
    "arrow_function": _closure,
    "object": object_value,
    "number": number_value,
    "template_string": template_value,
    "array": array_value,
    "true": lambda _evaluator, _node, _scope: True,
    "false": lambda _evaluator, _node, _scope: False,
    "null": lambda _evaluator, _node, _scope: None,
    "undefined": lambda _evaluator, _node, _scope: UNDEFINED,
    "as_expression": _first,
    "satisfies_expression": _first,
    "non_null_expression": _first,
    "parenthesized_expression": _first,
    "instantiation_expression": _first,
    "type_assertion": _last,
    "sequence_expression": _last,
    "subscript_expression": subscript_value,
    "ternary_expression": _ternary,
    "binary_expression": _binary,
    "unary_expression": _unary,
    "new_expression": _new,
    "function_expression": _closure,
    "function_declaration": _closure,
    "generator_function_declaration": _closure,
    "method_definition": _closure,
    "enum_declaration": _enum,
    "internal_module": _namespace,
    "regex": _regexp,
    "assignment_expression": assignment_value,
    "augmented_assignment_expression": augmented_value,
    "update_expression": update_value,
    "variable_declarator": lambda _evaluator, _node, _scope: UNDEFINED,
}
