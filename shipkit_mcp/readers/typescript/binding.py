"""A pattern and a value to the names that the pattern binds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tree_sitter import Node

from shipkit_mcp.readers.typescript.values import UNDEFINED, Items, Record, Scope, Site, Unknown, Value

if TYPE_CHECKING:
    from shipkit_mcp.readers.typescript.evaluate import Evaluator


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
