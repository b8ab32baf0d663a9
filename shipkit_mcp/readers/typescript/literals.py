"""Each kind of expression to its value: the table that the evaluator looks up."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from tree_sitter import Node

from shipkit_mcp.readers.typescript import limits
from shipkit_mcp.readers.typescript.modules import read_namespace
from shipkit_mcp.readers.typescript.objects import arguments_of, array_value, object_value, string_of
from shipkit_mcp.readers.typescript.operators import BINARY, UNARY, new_value
from shipkit_mcp.readers.typescript.regexps import regexp_value
from shipkit_mcp.readers.typescript.text import unescape
from shipkit_mcp.readers.typescript.values import (
    UNDEFINED,
    BigInt,
    Closure,
    Host,
    Namespace,
    Record,
    Scope,
    Site,
    Unknown,
    Value,
    text_of,
    truthy,
)

if TYPE_CHECKING:
    from shipkit_mcp.readers.typescript.evaluate import Evaluator

Expression = Callable[["Evaluator", Node, Scope], Value]


def _string(_evaluator: Evaluator, node: Node, scope: Scope) -> Value:
    return string_of(node, scope)


def _number(evaluator: Evaluator, node: Node, scope: Scope) -> Value:
    text = scope.module.text(node).replace("_", "")
    try:
        if text.endswith("n"):
            return BigInt(text[:-1], 0)
        if text.isdigit():
            return int(text)
        return int(text, 0) if text[:2].lower() in ("0x", "0o", "0b") else float(text)
    except ValueError:
        return Site(evaluator, scope.module, node).unknown("a number cannot be read")


def _template(evaluator: Evaluator, node: Node, scope: Scope) -> Value:
    strings, values = template_parts(evaluator, node, scope)
    text = strings[0]
    for value, after in zip(values, strings[1:], strict=True):
        if isinstance(value, Unknown):
            known = text_of(value.fallback) if value.fallback is not UNDEFINED else None
            rest = _with_fallbacks(strings, values)
            return Unknown(value.why, value.path, value.line, rest if known is not None else UNDEFINED)
        piece = text_of(value)
        if piece is None:
            return Site(evaluator, scope.module, node).unknown("a template holds something other than text")
        text += piece + after
        if len(text) > limits.MAX_TEXT:
            return Site(evaluator, scope.module, node).unknown("a text grows too long")
    return text


def _with_fallbacks(strings: list[str], values: list[Value]) -> Value:
    pieces = [strings[0]]
    for value, after in zip(values, strings[1:], strict=True):
        piece = text_of(value.fallback if isinstance(value, Unknown) else value)
        if piece is None or value is UNDEFINED:
            return UNDEFINED
        pieces += [piece, after]
    return "".join(pieces)[: limits.MAX_TEXT]


def template_parts(evaluator: Evaluator, node: Node, scope: Scope) -> tuple[list[str], list[Value]]:
    """The strings of a template, one more than its values."""
    strings, values = [], []
    source, start = scope.module.source, node.start_byte + 1
    for child in node.children:
        if child.type == "template_substitution":
            strings.append(unescape(source[start : child.start_byte].decode("utf-8", "replace")))
            inner = [one for one in child.named_children if one.type != "comment"]
            values.append(evaluator.evaluate(inner[0], scope) if inner else UNDEFINED)
            start = child.end_byte
    strings.append(unescape(source[start : node.end_byte - 1].decode("utf-8", "replace")))
    return strings, values


def _call(evaluator: Evaluator, node: Node, scope: Scope) -> Value:
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


def _member(evaluator: Evaluator, node: Node, scope: Scope) -> Value:
    owner = evaluator.evaluate(node.child(0), scope)
    if isinstance(owner, Unknown):
        return owner
    if (owner is None or owner is UNDEFINED) and _is_optional(node, scope):
        return UNDEFINED
    return evaluator.get(
        owner, scope.module.text(node.child(node.child_count - 1)), Site(evaluator, scope.module, node)
    )


def _is_optional(node: Node, scope: Scope) -> bool:
    """``?.`` anywhere to the left ends the chain with undefined."""
    return b"?." in scope.module.source[node.start_byte : node.end_byte]


def _subscript(evaluator: Evaluator, node: Node, scope: Scope) -> Value:
    owner, index = node.child_by_field_name("object"), node.child_by_field_name("index")
    site = Site(evaluator, scope.module, node)
    if owner is None or index is None:
        return site.unknown("an index is missing")
    value, key = evaluator.evaluate(owner, scope), evaluator.evaluate(index, scope)
    if isinstance(key, Unknown):
        return key
    text = text_of(key)
    return evaluator.get(value, text, site) if text is not None else site.unknown("an index is not text")


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
    for one in body.named_children if body is not None else ():
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
    return object_of({**numbers, **from_names}, scope)


def object_of(members: Mapping[str, Value], scope: Scope) -> Value:
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
    "call_expression": _call,
    "string": _string,
    "identifier": lambda evaluator, node, scope: evaluator.lookup(node, scope),
    "shorthand_property_identifier": lambda evaluator, node, scope: evaluator.lookup(node, scope),
    "this": lambda evaluator, node, scope: evaluator.lookup(node, scope),
    "member_expression": _member,
    "arrow_function": _closure,
    "object": object_value,
    "number": _number,
    "template_string": _template,
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
    "subscript_expression": _subscript,
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
}

__all__ = ["EXPRESSIONS", "Host", "template_parts"]
