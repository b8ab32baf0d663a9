"""Statements of a function, or of a module's top level, to what they return and change."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from tree_sitter import Node

from shipkit_mcp.readers.typescript.assignments import lose_changed
from shipkit_mcp.readers.typescript.binding import bind
from shipkit_mcp.readers.typescript.names import ASSIGNMENTS
from shipkit_mcp.readers.typescript.operators import BINARY
from shipkit_mcp.readers.typescript.values import (
    UNDEFINED,
    Closure,
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
_BREAKS = object()
_CONTINUES = object()


def returns(value: Value) -> bool:
    """Whether what a block gave is what its function returns."""
    return value is not _GOES_ON and value is not _BREAKS and value is not _CONTINUES


def follow_block(evaluator: Evaluator, statements: Sequence[Node], scope: Scope) -> Value:
    """What statements return; declared functions are known before they start."""
    names = scope.names if scope.names is not None else {}
    for statement in statements:
        if statement.type == "function_declaration":
            name = statement.child_by_field_name("name")
            if name is not None:
                names[scope.module.text(name)] = Closure(statement, scope)
    for statement in statements:
        value = follow(evaluator, statement, scope)
        if value is not _GOES_ON:
            return value
    return _GOES_ON


def follow(evaluator: Evaluator, statement: Node, scope: Scope) -> Value:
    """What one statement returns."""
    rule = _STATEMENTS.get(statement.type)
    if rule is None:
        site = Site(evaluator, scope.module, statement)
        return site.unknown(f"a {statement.type.replace('_', ' ')} is not followed")
    return rule(evaluator, statement, scope)


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
    decided = _condition(evaluator, node, scope)
    if isinstance(decided, Unknown):
        return decided
    branch = node.child_by_field_name("consequence" if decided else "alternative")
    if branch is not None and branch.type == "else_clause":
        branch = branch.named_child(0)
    return follow(evaluator, branch, scope) if branch is not None else _GOES_ON


def _condition(evaluator: Evaluator, node: Node, scope: Scope) -> bool | Unknown:
    condition = node.child_by_field_name("condition")
    if condition is None or condition.type == "empty_statement":
        return True
    decided = evaluator.evaluate(condition, scope)
    return decided if isinstance(decided, Unknown) else truthy(decided)


def _expression(evaluator: Evaluator, node: Node, scope: Scope) -> Value:
    """Evaluated for what it changes."""
    inner = node.named_child(0) if node.named_child_count else node
    if inner.type != "string":
        value = evaluator.evaluate(inner, scope)
        if isinstance(value, Unknown) and inner.type not in ASSIGNMENTS:
            lose_changed(evaluator, inner, value, scope)
    return _GOES_ON


def _nested(evaluator: Evaluator, node: Node, scope: Scope) -> Value:
    return follow_block(evaluator, node.named_children, Scope(scope.module, {}, scope))


def _ignored(_evaluator: Evaluator, _node: Node, _scope: Scope) -> Value:
    return _GOES_ON


# --- loops -----------------------------------------------------------------------------------


def _for_each(evaluator: Evaluator, node: Node, scope: Scope) -> Value:
    """``for (const one of list)`` and ``for (const key in object)``."""
    parts = [node.child_by_field_name(name) for name in ("left", "operator", "right", "body")]
    pattern, operator, given, body = (node if part is None else part for part in parts)
    site = Site(evaluator, scope.module, node)
    if None in parts or node.child_by_field_name("kind") is None:
        return site.unknown("a loop is not followed")
    members = _looped(evaluator.evaluate(given, scope), scope.module.text(operator), site)
    if isinstance(members, Unknown):
        return members
    for one in members:
        evaluator.spend(1)
        names: dict[str, Value] = {}
        inner = Scope(scope.module, names, scope)
        bind(evaluator, pattern, one, names, inner)
        value = follow(evaluator, body, inner)
        if value is _BREAKS:
            break
        if returns(value):
            return value
    return _GOES_ON


def _looped(given: Value, operator: str, site: Site) -> list[Value] | Unknown:
    """What a loop goes through; in order, as it was when the loop began."""
    if isinstance(given, Unknown):
        return given
    if isinstance(given, (Items, Record)) and given.rest:
        return given.rest[0]
    if operator == "of" and isinstance(given, (Items, str)):
        return list(given)
    if operator == "in" and isinstance(given, Record):
        return list(given)
    return site.unknown("what a loop goes through is not known")


def _for(evaluator: Evaluator, node: Node, scope: Scope) -> Value:
    """``for (let at = 0; at < length; at++)``; each round has names of its own, as in JavaScript."""
    initializer, increment = node.child_by_field_name("initializer"), node.child_by_field_name("increment")
    body = node.child_by_field_name("body") or node
    inner = Scope(scope.module, {}, scope)
    if initializer is not None and initializer.type in _STATEMENTS:
        follow(evaluator, initializer, inner)
    elif initializer is not None:
        evaluator.evaluate(initializer, inner)
    return _rounds(evaluator, node, body, increment, inner)


def _while(evaluator: Evaluator, node: Node, scope: Scope) -> Value:
    body = node.child_by_field_name("body") or node
    return _rounds(evaluator, node, body, None, Scope(scope.module, {}, scope))


def _rounds(evaluator: Evaluator, node: Node, body: Node, increment: Node | None, scope: Scope) -> Value:
    """A loop with a condition; an endless one ends with the steps that one table may take."""
    is_first = node.type == "do_statement"
    while True:
        evaluator.spend(1)
        decided = True if is_first else _condition(evaluator, node, scope)
        if decided is not True:
            return decided if isinstance(decided, Unknown) else _GOES_ON
        is_first = False
        value = follow(evaluator, body, scope)
        if value is _BREAKS:
            return _GOES_ON
        if returns(value):
            return value
        scope = Scope(scope.module, dict(scope.names or {}), scope.outer)
        if increment is not None:
            evaluator.evaluate(increment, scope)


def _jump(evaluator: Evaluator, node: Node, scope: Scope) -> Value:
    """``break`` and ``continue``."""
    if node.child_by_field_name("label") is not None:
        return Site(evaluator, scope.module, node).unknown("a jump to a label is not followed")
    return _BREAKS if node.type == "break_statement" else _CONTINUES


def _switch(evaluator: Evaluator, node: Node, scope: Scope) -> Value:
    """The cases from the one that fits, as far as the first ``break``."""
    value, body = node.child_by_field_name("value"), node.child_by_field_name("body")
    if value is None or body is None:
        return Site(evaluator, scope.module, node).unknown("a switch is not followed")
    inner = Scope(scope.module, {}, scope)
    cases = [one for one in body.named_children if one.type != "comment"]
    start = _fitting(evaluator, evaluator.evaluate(value, scope), cases, inner)
    if isinstance(start, Unknown):
        return start
    statements = [one for case in cases[start:] for one in case.children_by_field_name("body")]
    given = follow_block(evaluator, statements, inner)
    return _GOES_ON if given is _BREAKS else given


def _fitting(evaluator: Evaluator, value: Value, cases: Sequence[Node], scope: Scope) -> int | Unknown:
    """The place of the case that fits, else of ``default``, else the end."""
    for at, case in enumerate(cases):
        wanted = case.child_by_field_name("value")
        if wanted is not None:
            fits = _is_same(evaluator, value, wanted, scope)
            if fits is not False:
                return fits if isinstance(fits, Unknown) else at
    return next((at for at, case in enumerate(cases) if case.type == "switch_default"), len(cases))


def _is_same(evaluator: Evaluator, value: Value, wanted: Node, scope: Scope) -> bool | Unknown:
    site = Site(evaluator, scope.module, wanted)
    found = BINARY["==="](value, lambda: evaluator.evaluate(wanted, scope), site)
    return found if isinstance(found, Unknown) else truthy(found)


_STATEMENTS: dict[str, Callable[[Evaluator, Node, Scope], Value]] = {
    "lexical_declaration": _declaration,
    "variable_declaration": _declaration,
    "return_statement": _return,
    "if_statement": _if,
    "expression_statement": _expression,
    "statement_block": _nested,
    "for_in_statement": _for_each,
    "for_statement": _for,
    "while_statement": _while,
    "do_statement": _while,
    "switch_statement": _switch,
    "break_statement": _jump,
    "continue_statement": _jump,
    "function_declaration": _ignored,
    "type_alias_declaration": _ignored,
    "interface_declaration": _ignored,
    "empty_statement": _ignored,
    "comment": _ignored,
}
