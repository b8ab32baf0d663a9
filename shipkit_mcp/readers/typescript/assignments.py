"""Assignments to what they change: names of functions, members of objects and arrays."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tree_sitter import Node

from shipkit_mcp.readers.typescript import limits
from shipkit_mcp.readers.typescript.names import MEMBERS, changed_names
from shipkit_mcp.readers.typescript.operators import BINARY
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
    text_of,
)

if TYPE_CHECKING:
    from shipkit_mcp.readers.typescript.evaluate import Evaluator

_STEPS = {"++": "+", "--": "-"}


def assignment_value(evaluator: Evaluator, node: Node, scope: Scope) -> Value:
    """``left = right``."""
    left, right = node.child(0), node.child(node.child_count - 1)
    return _assign(evaluator, left, evaluator.evaluate(right, scope), scope)


def augmented_value(evaluator: Evaluator, node: Node, scope: Scope) -> Value:
    """``left += right`` and its like."""
    left, right = node.child(0), node.child(node.child_count - 1)
    operator = scope.module.text(node.child(1))[:-1]
    return _assign(evaluator, left, _calculated(evaluator, operator, left, right, scope), scope)


def update_value(evaluator: Evaluator, node: Node, scope: Scope) -> Value:
    """``++name`` and ``name++``."""
    target = node.child_by_field_name("argument") or node
    sign = next(child.type for child in node.children if child.type in _STEPS)
    site = Site(evaluator, scope.module, node)
    before = evaluator.evaluate(target, scope)
    after = _assign(evaluator, target, BINARY[_STEPS[sign]](before, lambda: 1, site), scope)
    return after if isinstance(after, Unknown) or node.child(0).type in _STEPS else before


def delete_value(evaluator: Evaluator, target: Node, scope: Scope) -> Value:
    """``delete object.key``."""
    owner, key = _place(evaluator, target, scope) if target.type in MEMBERS else (UNDEFINED, None)
    if isinstance(owner, Record) and key is not None:
        owner.pop(key, None)
        return True
    unknown = Site(evaluator, scope.module, target).unknown("what is deleted cannot be known")
    if isinstance(owner, (Record, Items)):
        owner.lose(unknown)
    return unknown


def _calculated(evaluator: Evaluator, operator: str, left: Node, right: Node, scope: Scope) -> Value:
    site = Site(evaluator, scope.module, left)
    rule = BINARY.get(operator)
    if rule is None:
        return site.unknown(f"the operator `{operator}=` is not evaluated")
    return rule(evaluator.evaluate(left, scope), lambda: evaluator.evaluate(right, scope), site)


def _assign(evaluator: Evaluator, left: Node, value: Value, scope: Scope) -> Value:
    """Changes what stands on the left; gives the value, Unknown where that could not be done."""
    if left.type in ("parenthesized_expression", "non_null_expression", "as_expression"):
        return _assign(evaluator, left.named_children[0], value, scope)
    if left.type == "identifier":
        return _assign_name(evaluator, left, value, scope)
    site = Site(evaluator, scope.module, left)
    if left.type not in MEMBERS:
        return site.unknown("an assignment to a pattern is not followed")
    owner, key = _place(evaluator, left, scope)
    if isinstance(owner, Host) and key is not None:
        owner.assign(key, value)
        return value
    if key is not None and _set(owner, key, value, site):
        return value
    unknown = site.unknown("a member is assigned in a way that is not followed")
    if isinstance(owner, (Record, Items)):
        owner.lose(unknown)
    return unknown


def _place(evaluator: Evaluator, node: Node, scope: Scope) -> tuple[Value, str | None]:
    """The object and the key of ``object.key`` or ``object[key]``."""
    owner = evaluator.evaluate(node.child(0), scope)
    if node.type == "member_expression":
        return owner, scope.module.text(node.child(node.child_count - 1))
    index = node.child_by_field_name("index")
    return owner, text_of(evaluator.evaluate(index, scope)) if index is not None else None


def _set(owner: Value, key: str, value: Value, site: Site) -> bool:
    if isinstance(owner, Record) and (key in owner or len(owner) < limits.MAX_MEMBERS):
        owner[key] = value
        owner.lines[key] = site.line
        return True
    if isinstance(owner, Items) and key.isdigit() and int(key) <= len(owner) < limits.MAX_MEMBERS:
        owner[int(key) : int(key) + 1] = [value]
        return True
    return False


def _assign_name(evaluator: Evaluator, left: Node, value: Value, scope: Scope) -> Value:
    """A name of a function; one of the module only by a statement of the module itself, which runs once."""
    name, names = scope.module.text(left), _known_names(left, scope)
    module = scope.module
    if names is module.values and not module.is_running_statements:
        value = Site(evaluator, module, left).unknown(f"`{name}` changes while the program runs")
    names[name] = value
    return value


def lose_changed(evaluator: Evaluator, node: Node, unknown: Unknown, scope: Scope) -> None:
    """What a statement might have changed is not known any more, since it could not be followed. Functions
    of other packages are taken to change nothing that they are given."""
    for change in changed_names(node):
        value = evaluator.lookup(change.name, scope)
        if not isinstance(value, (Record, Items)):
            if change.is_assigned:
                _known_names(change.name, scope)[scope.module.text(change.name)] = unknown
        elif change.callee is None or _is_ours(evaluator, change.callee, scope):
            value.lose(unknown)


def _known_names(name: Node, scope: Scope) -> dict[str, Value]:
    """Where a name is kept: in the function that declares it, else in its module."""
    text = scope.module.text(name)
    while scope.names is not None and text not in scope.names and scope.outer is not None:
        scope = scope.outer
    return scope.names if scope.names is not None else scope.module.values


def _is_ours(evaluator: Evaluator, callee: Node, scope: Scope) -> bool:
    if callee.type == "identifier":
        return isinstance(evaluator.lookup(callee, scope), Closure)
    return callee.type != "member_expression" or scope.module.text(callee.child(0)) == "Object"
