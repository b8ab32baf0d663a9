"""Statements of a module's top level to the values that they leave its names with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tree_sitter import Node

from shipkit_mcp.readers.typescript.assignments import lose_changed
from shipkit_mcp.readers.typescript.limits import TooMuch
from shipkit_mcp.readers.typescript.modules import Module
from shipkit_mcp.readers.typescript.statements import follow
from shipkit_mcp.readers.typescript.values import Host, Scope, Unknown, Value

if TYPE_CHECKING:
    from shipkit_mcp.readers.typescript.evaluate import Evaluator


def settled(evaluator: Evaluator, module: Module, name: str, value: Value) -> Value:
    """What a name stands for when the statements that may change its value are done."""
    if isinstance(value, (Host, Unknown)):
        return value
    module.values[name] = value
    for statement in module.changes[name]:
        follow_once(evaluator, module, statement)
    return module.values[name]


def follow_once(evaluator: Evaluator, module: Module, statement: Node) -> None:
    """Follows a statement of a module's top level, unless that was done."""
    if statement.start_byte in module.ran:
        return
    module.ran.add(statement.start_byte)
    was_running, module.is_running_statements = module.is_running_statements, True
    scope = Scope(module)
    try:
        value = follow(evaluator, statement, scope)
    except TooMuch:
        module.ran.discard(statement.start_byte)
        raise
    finally:
        module.is_running_statements = was_running
    if isinstance(value, Unknown):
        lose_changed(evaluator, statement, value, scope)
