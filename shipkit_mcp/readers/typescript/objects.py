"""Object and array literals and argument lists to their members, with the comments beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tree_sitter import Node

from shipkit_mcp.readers.typescript import limits
from shipkit_mcp.readers.typescript.text import comment_text, string_value, unescape
from shipkit_mcp.readers.typescript.values import (
    UNDEFINED,
    Closure,
    Items,
    Namespace,
    Record,
    Repeatable,
    Scope,
    Site,
    Unknown,
    Value,
    text_of,
)

if TYPE_CHECKING:
    from shipkit_mcp.readers.typescript.evaluate import Evaluator


def object_value(evaluator: Evaluator, node: Node, scope: Scope) -> Value:
    """An object literal, member by member."""
    record = Record(scope.module)
    above: list[Node] = []
    last: tuple[str, Node] | None = None
    for child in node.named_children:
        if child.type == "comment":
            if last is not None and last[1].end_point[0] == child.start_point[0]:
                record.note(last[0], comment_text(scope.module.text(child)))
            else:
                above.append(child)
            continue
        key = _add(evaluator, record, child, scope)
        if key is not None:
            last = (key, child)
            if above:
                _comment_above(record, key, child, above, scope)
        above = []
        if len(record) > limits.MAX_MEMBERS:
            return Site(evaluator, scope.module, node).unknown("an object has too many members")
    return record


def _comment_above(record: Record, key: str, node: Node, above: list[Node], scope: Scope) -> None:
    row, kept = node.start_point[0], []
    for comment in reversed(above):
        if comment.end_point[0] != row - 1:
            break
        kept.append(comment_text(scope.module.text(comment)))
        row = comment.start_point[0]
    if kept:
        record.note(key, "\n".join(reversed(kept)))


def _add(evaluator: Evaluator, record: Record, child: Node, scope: Scope) -> str | None:
    """Adds one member; gives its key, None for what has none."""
    kind = child.type
    if kind == "pair":
        named = child.child(0)
        key: str | Unknown
        if named.type == "property_identifier":
            key = scope.module.source[named.start_byte : named.end_byte].decode("utf-8", "replace")
        else:
            key = _key(evaluator, named, scope)
        if isinstance(key, Unknown):
            record.lose(key)
            return None
        written = child.child(child.child_count - 1)
        if scope.names is None and written.type == "call_expression":
            value = _made(evaluator, written, scope)
        else:
            value = evaluator.evaluate(written, scope)
    elif kind == "shorthand_property_identifier":
        key, value = scope.module.text(child), evaluator.lookup(child, scope)
    elif kind == "spread_element":
        _spread(evaluator, record, child, scope)
        return None
    elif kind == "method_definition":
        name = child.child_by_field_name("name")
        key = _key(evaluator, name, scope) if name is not None else ""
        first = child.child(0).type
        if isinstance(key, Unknown) or first == "set":
            return None
        value = Closure(child, scope)
        if first == "get":
            value = evaluator.run(value, (), Site(evaluator, scope.module, child), record)
    else:
        return None
    record[key] = value
    record.lines[key] = child.start_point[0] + 1
    return key


def _made(evaluator: Evaluator, node: Node, scope: Scope) -> Value:
    """The value of a call: the same text at the top of a module makes the same thing again."""
    module = scope.module
    text = module.source[node.start_byte : node.end_byte]
    kept = module.made.get(text)
    if kept is not None and kept[0].changes == kept[1]:
        evaluator.spend(1)
        return kept[0].again(Site(evaluator, module, node))
    value = evaluator.evaluate(node, scope)
    if isinstance(value, Repeatable):
        where = value.site
        if where.module is module and where.node.start_byte == node.start_byte:
            module.made[text] = (value, value.changes)
    return value


def _key(evaluator: Evaluator, node: Node, scope: Scope) -> str | Unknown:
    kind = node.type
    if kind == "string":
        return string_value(scope.module.text(node))
    if kind == "computed_property_name":
        value = evaluator.evaluate(node.children[1], scope)
        text = text_of(value)
        if text is None:
            return (
                value
                if isinstance(value, Unknown)
                else Site(evaluator, scope.module, node).unknown("a key is no text")
            )
        return text
    return scope.module.text(node)


def _spread(evaluator: Evaluator, record: Record, child: Node, scope: Scope) -> None:
    value = evaluator.evaluate(child.children[-1], scope)
    if isinstance(value, Namespace):
        record.lose(Site(evaluator, scope.module, child).unknown("a whole module is spread"))
    elif isinstance(value, Record):
        local, line = value.module is scope.module, child.start_point[0] + 1
        evaluator.spend(len(value))
        for key, one in value.items():
            record[key] = one
            record.lines[key] = value.lines.get(key, line) if local else line
            comment = value.comments.get(key)
            if comment is not None:
                record.note(key, comment)
        record.lose(*value.rest)
    elif isinstance(value, Unknown):
        record.lose(value)
    elif (members := getattr(value, "members", None)) is not None:
        record.update(members)


def array_value(evaluator: Evaluator, node: Node, scope: Scope) -> Value:
    """An array literal."""
    items = Items()
    for child in node.named_children:
        _append(evaluator, items, child, scope)
        if len(items) > limits.MAX_MEMBERS:
            return Site(evaluator, scope.module, node).unknown("an array has too many members")
    return items


def _append(evaluator: Evaluator, items: Items, child: Node, scope: Scope) -> None:
    if child.type == "comment":
        return
    if child.type != "spread_element":
        items.append(evaluator.evaluate(child, scope))
        return
    value = evaluator.evaluate(child.children[-1], scope)
    if isinstance(value, Items):
        evaluator.spend(len(value))
        items.extend(value)
        items.lose(*value.rest)
    elif isinstance(value, Unknown):
        items.lose(value)
    elif value is not UNDEFINED and value is not None:
        items.lose(Site(evaluator, scope.module, child).unknown("what is spread is no array"))


def arguments_of(evaluator: Evaluator, node: Node, scope: Scope) -> list[Value]:
    """The arguments of a call."""
    if node.child_count == 2:
        return []
    items = Items()
    for child in node.named_children:
        kind = child.type
        if kind == "string":
            items.append(string_of(child, scope))
        elif kind in ("spread_element", "comment"):
            _append(evaluator, items, child, scope)
        else:
            items.append(evaluator.evaluate(child, scope))
    return items


def string_of(node: Node, scope: Scope) -> str:
    """The value of a quoted literal."""
    text = scope.module.source[node.start_byte + 1 : node.end_byte - 1].decode("utf-8", "replace")
    return unescape(text) if "\\" in text else text
