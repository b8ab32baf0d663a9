"""Numbers and templates to their values."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tree_sitter import Node

from shipkit_mcp.readers.typescript import limits
from shipkit_mcp.readers.typescript.text import unescape
from shipkit_mcp.readers.typescript.values import (
    UNDEFINED,
    BigInt,
    Scope,
    Site,
    Unknown,
    Value,
    rounded,
    text_of,
)

if TYPE_CHECKING:
    from shipkit_mcp.readers.typescript.evaluate import Evaluator

_MAX_DIGITS = 1_000
"""Of a big integer: Python itself refuses to write out more than 4,300."""


def number_value(evaluator: Evaluator, node: Node, scope: Scope) -> Value:
    text = scope.module.text(node).replace("_", "")
    try:
        if text.endswith("n") and len(text) <= _MAX_DIGITS:
            return BigInt(text[:-1], 0)
        if text.isdigit() or text[:2].lower() in ("0x", "0o", "0b"):
            return rounded(int(text, 10 if text.isdigit() else 0))
        return float(text)
    except ValueError:
        return Site(evaluator, scope.module, node).unknown("a number cannot be read")


def template_value(evaluator: Evaluator, node: Node, scope: Scope) -> Value:
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
