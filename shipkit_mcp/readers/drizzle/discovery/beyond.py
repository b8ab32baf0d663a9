"""Expressions whose parts come from other files of the project, to their text."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from tree_sitter import Node

from shipkit_mcp.facts import Files
from shipkit_mcp.readers.typescript.evaluate import Evaluator
from shipkit_mcp.readers.typescript.load import Modules
from shipkit_mcp.readers.typescript.modules import Module
from shipkit_mcp.readers.typescript.values import Scope, Site, Unknown, Value

Beyond = Callable[[str, Node], str | None]
"""The text of an expression in the file at a path."""


def beyond(files: Files) -> Beyond:
    """Follows imports inside the project; made once a run, reads nothing before it is asked."""
    modules = Modules(files)
    evaluator = Evaluator(modules, _nothing_is_imitated)

    def text(path: str, node: Node) -> str | None:
        module = modules.load(path)
        if not isinstance(module, Module):
            return None
        found = evaluator.bounded(Site(evaluator, module, node), evaluator.evaluate, node, Scope(module))
        value = found.fallback if isinstance(found, Unknown) else found
        return value if isinstance(value, str) else None

    return text


def _nothing_is_imitated(_specifier: str) -> Mapping[str, Value] | None:
    return None
