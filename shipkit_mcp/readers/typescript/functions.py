"""A function of the project and its arguments to what it returns."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from tree_sitter import Node

from shipkit_mcp.readers.typescript.values import (
    UNDEFINED,
    Closure,
    Host,
    Items,
    Record,
    Scope,
    Site,
    Unknown,
    Value,
    truthy,
)

if TYPE_CHECKING:
    from shipkit_mcp.readers.typescript.evaluate import Evaluator

_GOES_ON = object()
"""What a statement gives that does not return."""
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
    value = _block(evaluator, body, scope)
    return UNDEFINED if value is _GOES_ON else value


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


def bind(evaluator: Evaluator, pattern: Node, value: Value, names: dict[str, Value], scope: Scope) -> None:
    """Binds a name or the names of a destructuring pattern."""
    kind = pattern.type
    if kind in ("identifier", "shorthand_property_identifier_pattern"):
        names[scope.module.text(pattern)] = value
    elif kind in ("assignment_pattern", "object_assignment_pattern"):
        if value is UNDEFINED:
            value = evaluator.evaluate(pattern.children[-1], scope)
        bind(evaluator, pattern.children[0], value, names, scope)
    elif kind == "object_pattern":
        _bind_object(evaluator, pattern, value, names, scope)
    elif kind == "array_pattern":
        _bind_array(evaluator, pattern, value, names, scope)


def _bind_object(
    evaluator: Evaluator, pattern: Node, value: Value, names: dict[str, Value], scope: Scope
) -> None:
    taken: set[str] = set()
    site = Site(evaluator, scope.module, pattern)
    for part in pattern.named_children:
        if part.type == "rest_pattern":
            bind(evaluator, part.children[-1], _without(value, taken, site), names, scope)
        elif part.type != "comment":
            target = part.children[-1] if part.type == "pair_pattern" else part
            named = part.children[0] if part.children else part
            key = scope.module.text(named).strip("\"'")
            taken.add(key)
            bind(evaluator, target, evaluator.get(value, key, site), names, scope)


def _without(value: Value, taken: set[str], site: Site) -> Value:
    if not isinstance(value, Record):
        return value if isinstance(value, Unknown) else site.unknown("the rest of a pattern is not known")
    rest = Record(value.module)
    for key, one in value.items():
        if key not in taken:
            rest[key] = one
    rest.lines, rest.comments, rest.rest = value.lines, value.comments, value.rest
    return rest


def _bind_array(
    evaluator: Evaluator, pattern: Node, value: Value, names: dict[str, Value], scope: Scope
) -> None:
    site = Site(evaluator, scope.module, pattern)
    position = 0
    for part in pattern.children[1:-1]:
        if part.type == ",":
            position += 1
        elif part.type == "rest_pattern":
            rest = Items(value[position:]) if isinstance(value, Items) else value
            bind(evaluator, part.children[-1], rest, names, scope)
        elif part.type != "comment":
            bind(evaluator, part, evaluator.get(value, str(position), site), names, scope)


# --- statements ----------------------------------------------------------------------------


def _block(evaluator: Evaluator, block: Node, scope: Scope) -> Value:
    """What a block returns; declared functions are known before it starts."""
    statements = block.named_children
    names = scope.names if scope.names is not None else {}
    for statement in statements:
        if statement.type == "function_declaration":
            name = statement.child_by_field_name("name")
            if name is not None:
                names[scope.module.text(name)] = Closure(statement, scope)
    for statement in statements:
        follow = _STATEMENTS.get(statement.type)
        if follow is None:
            site = Site(evaluator, scope.module, statement)
            return site.unknown(f"a {statement.type.replace('_', ' ')} in a function is not followed")
        value = follow(evaluator, statement, scope)
        if value is not _GOES_ON:
            return value
    return _GOES_ON


def _declaration(evaluator: Evaluator, node: Node, scope: Scope) -> Value:
    names = scope.names if scope.names is not None else {}
    for declarator in node.named_children:
        pattern, value = declarator.child_by_field_name("name"), declarator.child_by_field_name("value")
        if pattern is not None:
            found = evaluator.evaluate(value, scope) if value is not None else UNDEFINED
            bind(evaluator, pattern, found, names, scope)
    return _GOES_ON


def _return(evaluator: Evaluator, node: Node, scope: Scope) -> Value:
    values = [one for one in node.named_children if one.type != "comment"]
    return evaluator.evaluate(values[0], scope) if values else UNDEFINED


def _if(evaluator: Evaluator, node: Node, scope: Scope) -> Value:
    condition = node.child_by_field_name("condition")
    decided = evaluator.evaluate(condition, scope) if condition is not None else UNDEFINED
    if isinstance(decided, Unknown):
        return decided
    branch = node.child_by_field_name("consequence" if truthy(decided) else "alternative")
    if branch is not None and branch.type == "else_clause":
        branch = branch.named_child(0)
    if branch is None:
        return _GOES_ON
    if branch.type == "statement_block":
        return _block(evaluator, branch, Scope(scope.module, {}, scope))
    follow = _STATEMENTS.get(branch.type)
    if follow is None:
        return Site(evaluator, scope.module, branch).unknown("a branch of a function is not followed")
    return follow(evaluator, branch, scope)


def _expression(evaluator: Evaluator, node: Node, scope: Scope) -> Value:
    """Evaluated for what it changes: an assignment to a local name or to a member."""
    inner = node.named_child(0) if node.named_child_count else node
    if inner.type != "assignment_expression":
        if inner.type != "string":
            evaluator.evaluate(inner, scope)
        return _GOES_ON
    left, right = inner.child_by_field_name("left"), inner.child_by_field_name("right")
    if left is not None and right is not None:
        _assign(evaluator, left, evaluator.evaluate(right, scope), scope)
    return _GOES_ON


def _assign(evaluator: Evaluator, left: Node, value: Value, scope: Scope) -> None:
    module = scope.module
    if left.type == "identifier":
        name, where = module.text(left), scope
        while where.outer is not None and where.names is not None and name not in where.names:
            where = where.outer
        if where.names is not None:
            where.names[name] = value
        return
    if left.type in ("member_expression", "subscript_expression"):
        owner = evaluator.evaluate(left.children[0], scope)
        key = module.text(left.children[-1]) if left.type == "member_expression" else None
        if isinstance(owner, Record) and key is not None:
            owner[key] = value
        elif isinstance(owner, Host) and key is not None:
            owner.assign(key, value)
        elif isinstance(owner, (Record, Items)):
            owner.lose(Site(evaluator, module, left).unknown("a member is assigned by a computed key"))


def _nested(evaluator: Evaluator, node: Node, scope: Scope) -> Value:
    return _block(evaluator, node, Scope(scope.module, {}, scope))


def _ignored(_evaluator: Evaluator, _node: Node, _scope: Scope) -> Value:
    return _GOES_ON


_STATEMENTS: dict[str, Callable[[Evaluator, Node, Scope], Value]] = {
    "lexical_declaration": _declaration,
    "variable_declaration": _declaration,
    "return_statement": _return,
    "if_statement": _if,
    "expression_statement": _expression,
    "statement_block": _nested,
    "function_declaration": _ignored,
    "type_alias_declaration": _ignored,
    "interface_declaration": _ignored,
    "empty_statement": _ignored,
    "comment": _ignored,
}

__all__ = ["Host", "bind", "run_function"]
