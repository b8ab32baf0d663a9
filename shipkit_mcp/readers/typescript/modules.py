"""A parsed file to the names it imports, declares and exports."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from tree_sitter import Node

from shipkit_mcp.readers.typescript.commonjs import exported, is_name, required
from shipkit_mcp.readers.typescript.names import FOLLOWED, bound_names, changed_names
from shipkit_mcp.readers.typescript.parse import Parsed
from shipkit_mcp.readers.typescript.text import comment_text, string_value

_SIMPLE_IMPORT = re.compile(rb"""import\s*\{([\w\s,$]*)\}\s*from\s*["']([^"'\\\n]*)["']\s*;?""")
"""``import { a, b as c } from "x"`` without comments: told faster from its text than from its tree."""
_MARK = b"shipkit:"

ALL = "*"
"""The imported name of ``import * as x`` and ``export * as x``."""


@dataclass(slots=True)
class Imported:
    """A name from another module."""

    specifier: str
    name: str
    node: Node


@dataclass(slots=True)
class Declared:
    """A name of this module: ``node`` is its value, or the declaration of a function, class or enum."""

    node: Node
    statement: Node
    pattern: Node | None = None
    """The pattern of ``const { a } = …``."""


@dataclass(slots=True)
class Module:
    """What the top level of a file says. Values are filled in by the evaluator."""

    path: str
    source: bytes
    root: Node
    bindings: dict[str, Imported | Declared] = field(default_factory=dict)
    exports: dict[str, str | Imported | Node] = field(default_factory=dict)
    """Exported name to local name, to a name of another module, or to the default expression."""
    stars: list[Imported] = field(default_factory=list)
    comments: dict[int, list[Node]] = field(default_factory=dict)
    """Comments directly above a statement, by its first byte."""
    statements: list[Node] = field(default_factory=list)
    """Calls that stand alone: they may change what was declared."""
    changes: dict[str, list[Node]] = field(default_factory=dict)
    """A name to the statements of the top level that may change its value."""
    ran: set[int] = field(default_factory=set)
    """Where the statements begin that were followed."""
    is_running_statements: bool = False
    """While one of them is followed: only then may it give a name of the module another value."""
    speaks_to_us: bool = False
    """Somewhere it says ``shipkit:``."""
    broken: tuple[int, ...] = ()
    values: dict[str, Any] = field(default_factory=dict)
    made: dict[bytes, tuple[Any, int]] = field(default_factory=dict)
    """What a call made, by its text, with how often it had been changed then."""
    outer: Module | None = None
    """Of a namespace: the module around it."""

    def text(self, node: Node) -> str:
        return self.source[node.start_byte : node.end_byte].decode("utf-8", "replace")

    def comment_above(self, statement: Node) -> str | None:
        found = self.comments.get(statement.start_byte)
        return "\n".join(comment_text(self.text(one)) for one in found) if found else None


def read_module(parsed: Parsed) -> Module:
    """Reads imports, declarations and exports of a file's top level."""
    module = Module(
        parsed.path, parsed.source, parsed.root, speaks_to_us=_MARK in parsed.source, broken=parsed.broken
    )
    _read_statements(module, parsed.root.children)
    return module


def read_namespace(outer: Module, body: Node) -> Module:
    """Reads the body of a ``namespace`` as a module inside its module."""
    module = Module(outer.path, outer.source, body, outer=outer)
    _read_statements(module, body.children)
    return module


def _read_statements(module: Module, statements: Sequence[Node]) -> None:
    above: list[Node] = []
    for node in statements:
        kind = node.type
        if kind == "comment":
            above.append(node)
            continue
        if above:
            _keep_comments(module, node, above)
            above = []
        reader = _STATEMENTS.get(kind)
        if reader is not None:
            reader(module, node)


def _keep_comments(module: Module, node: Node, above: list[Node]) -> None:
    """Keeps the comments that touch the statement, line by line upwards."""
    row, kept = node.start_point[0], []
    for comment in reversed(above):
        if comment.end_point[0] != row - 1:
            break
        kept.append(comment)
        row = comment.start_point[0]
    if kept:
        module.comments[node.start_byte] = kept[::-1]


def _import(module: Module, node: Node) -> None:
    found = _SIMPLE_IMPORT.fullmatch(module.source, node.start_byte, node.end_byte)
    if found is None:
        _import_any(module, node)
        return
    specifier = found[2].decode("utf-8", "replace")
    for part in found[1].decode("utf-8", "replace").split(","):
        words = part.split()
        if words and (words[0] != "type" or (len(words) in (1, 3) and words[1:2] == ["as"])):
            module.bindings[words[-1]] = Imported(specifier, words[0], node)


def _import_any(module: Module, node: Node) -> None:
    children = node.children
    if any(child.type in ("type", "typeof") for child in children[:2]):
        return
    source = node.child_by_field_name("source")
    clause = next((child for child in children if child.type == "import_clause"), None)
    if source is None or clause is None:
        return
    specifier = string_value(module.text(source))
    for part in clause.named_children:
        if part.type == "identifier":
            module.bindings[module.text(part)] = Imported(specifier, "default", node)
        elif part.type == "namespace_import":
            module.bindings[module.text(part.children[-1])] = Imported(specifier, ALL, node)
        elif part.type == "named_imports":
            for name, local in _specifiers(module, part, "import_specifier"):
                module.bindings[local] = Imported(specifier, name, node)


def _specifiers(module: Module, clause: Node, kind: str) -> list[tuple[str, str]]:
    """(name, alias) of ``{ a, b as c }``, types left out."""
    found = []
    for one in clause.named_children:
        if one.type == kind:
            children = one.children
            if children[0].type not in ("type", "typeof"):
                name, alias = module.text(children[0]), module.text(children[-1])
                found.append((name.strip("\"'"), alias.strip("\"'")))
    return found


def _export(module: Module, node: Node) -> None:
    children = node.children
    kinds = [child.type for child in children]
    if "type" in kinds[:2]:
        return
    source, declaration = node.child_by_field_name("source"), node.child_by_field_name("declaration")
    specifier = string_value(module.text(source)) if source is not None else None
    if "default" in kinds:
        _export_default(module, node, declaration)
    elif declaration is not None:
        module.exports.update({name: name for name in _declare(module, declaration, node)})
    elif "export_clause" in kinds:
        _export_clause(module, node, children[kinds.index("export_clause")], specifier)
    elif specifier is not None and "namespace_export" in kinds:
        name = module.text(children[kinds.index("namespace_export")].children[-1])
        module.exports[name] = Imported(specifier, ALL, node)
    elif specifier is not None:
        module.stars.append(Imported(specifier, ALL, node))


def _export_default(module: Module, node: Node, declaration: Node | None) -> None:
    value = declaration if declaration is not None else node.child_by_field_name("value")
    if value is not None:
        name = value.child_by_field_name("name") if declaration is not None else None
        if name is not None:
            _declare(module, value, node)
        module.exports["default"] = module.text(name) if name is not None else value


def _export_clause(module: Module, node: Node, clause: Node, specifier: str | None) -> None:
    for name, alias in _specifiers(module, clause, "export_specifier"):
        module.exports[alias] = Imported(specifier, name, node) if specifier is not None else name


def _declare(module: Module, node: Node, statement: Node | None = None) -> list[str]:
    """Binds the names of a declaration to what they stand for; gives the names."""
    outer = statement if statement is not None else node
    if node.type not in ("lexical_declaration", "variable_declaration"):
        name = node.child_by_field_name("name")
        if name is None or node.type not in _NAMED:
            return []
        module.bindings[module.text(name)] = Declared(node, outer)
        return [module.text(name)]
    names: list[str] = []
    for declarator in node.named_children:
        pattern, value = declarator.child_by_field_name("name"), declarator.child_by_field_name("value")
        if pattern is None:
            continue
        if value is None:
            found = [module.text(one) for one in (pattern,) if one.type == "identifier"]
            for local in found:
                module.bindings.setdefault(local, Declared(declarator, outer))
        elif pattern.type == "identifier":
            found = [module.text(pattern)]
            module.bindings[found[0]] = Declared(value, outer)
        else:
            found = [module.text(one) for one in bound_names(pattern)]
            module.bindings.update({name: Declared(value, outer, pattern) for name in found})
        names += found
    return names


def _ambient(module: Module, node: Node) -> None:
    """``declare const x: T`` says nothing of a value."""


def _statement(module: Module, node: Node) -> None:
    inner = node.children[0] if node.children else node
    if inner.type == "internal_module":
        _declare(module, inner, node)
    elif inner.type == "assignment_expression":
        _common_js(module, inner)
    elif inner.type == "call_expression":
        if module.text(inner.children[0]).endswith("__exportStar"):
            _export_all(module, inner)
        module.statements.append(inner)
    _changing(module, node)


def _changing(module: Module, node: Node) -> None:
    """Notes whose values a statement of the top level may change."""
    for name in {module.text(one.name) for one in changed_names(node)}:
        module.changes.setdefault(name, []).append(node)


def _export_all(module: Module, call: Node) -> None:
    specifier = required(call, module.text)
    if specifier is not None:
        module.stars.append(Imported(specifier, ALL, call))


def _common_js(module: Module, node: Node) -> None:
    def find(name: str) -> Node | None:
        bound = module.bindings.get(name)
        return bound.node if isinstance(bound, Declared) else None

    for name, value in exported(node, module.text, find):
        if name is None:
            _export_all(module, value)
        elif is_name(value):
            module.exports[name] = module.text(value)
        elif module.text(value) != "void 0" and value.type != "assignment_expression":
            place = node if node.start_point[0] == value.start_point[0] else value
            module.bindings.setdefault(name, Declared(value, place))
            module.exports[name] = name


_NAMED = frozenset(
    {
        "function_declaration",
        "generator_function_declaration",
        "class_declaration",
        "abstract_class_declaration",
        "enum_declaration",
        "internal_module",
    }
)

_STATEMENTS: dict[str, Callable[[Module, Node], object]] = {
    "import_statement": _import,
    "export_statement": _export,
    "expression_statement": _statement,
    "ambient_declaration": _ambient,
    **dict.fromkeys(FOLLOWED, _changing),
    "lexical_declaration": _declare,
    "variable_declaration": _declare,
    **dict.fromkeys(_NAMED, _declare),
}
