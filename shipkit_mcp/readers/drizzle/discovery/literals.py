"""Expressions of a configuration to the text they stand for: constants, templates, joined paths."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from tree_sitter import Node

from shipkit_mcp.readers.drizzle.discovery.beyond import Beyond
from shipkit_mcp.readers.typescript import Parsed
from shipkit_mcp.readers.typescript.text import string_value, unescape

HERE = "\0/"
"""Stands before a path that is relative to the file it was read from (``__dirname``)."""

_DEPTH = 24
_NODES = 20_000
_STEPS = 5_000
_WRAPPERS = frozenset(
    (
        "parenthesized_expression",
        "as_expression",
        "satisfies_expression",
        "non_null_expression",
        "type_assertion",
        "await_expression",
    )
)
_HERE_NAMES = frozenset(
    ("__dirname", "import.meta.dirname", "import.meta.url", "__filename", "import.meta.filename")
)
_LAST_ARGUMENT = frozenset(("relative",))
_JOINING = frozenset(("join", "resolve", "posix.join"))
_SAME = frozenset(("normalize", "fileURLToPath", "dirname", "String", "pathToFileURL", "toNamespacedPath"))
_SAME_METHODS = frozenset(("toString", "trim"))


class Literals:
    """The constants of one file and the few expressions that people build paths with."""

    def __init__(self, parsed: Parsed, beyond: Beyond | None = None) -> None:
        self._parsed = parsed
        self._beyond = beyond
        self._steps = _STEPS
        self._constants: dict[str, Node] = {}
        for node in self.nodes("variable_declarator"):
            name, value = node.child_by_field_name("name"), node.child_by_field_name("value")
            if name is not None and value is not None and name.type == "identifier":
                self._constants.setdefault(parsed.text(name), value)

    def nodes(self, kind: str) -> Iterator[Node]:
        """The nodes of one kind in the order of the text."""
        pending = [self._parsed.root]
        for _ in range(_NODES):
            if not pending:
                return
            node = pending.pop()
            if node.type == kind:
                yield node
            pending.extend(reversed(node.named_children))

    def exported(self) -> list[Node]:
        """What the file exports as its whole: ``export default``, ``export =``, ``module.exports =``."""
        found: list[Node] = []
        for statement in self._parsed.root.named_children:
            if statement.type == "export_statement":
                value = statement.child_by_field_name("value")
                marks = {child.type for child in statement.children}
                if value is None and "=" in marks and statement.named_children:
                    value = statement.named_children[-1]
                found += [value] if value is not None else []
            elif statement.type == "expression_statement" and statement.named_children:
                found += self._assigned(statement.named_children[0])
        return found

    def _assigned(self, node: Node) -> list[Node]:
        left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
        if node.type != "assignment_expression" or left is None or right is None:
            return []
        return [right] if self._parsed.text(left) in ("module.exports", "exports.default") else []

    def follow(self, node: Node | None) -> Node | None:
        """The expression behind wrappers, constants and members of constant objects."""
        for _ in range(_DEPTH):
            self._steps -= 1
            if node is None or self._steps < 0:
                return None
            if node.type in _WRAPPERS:
                node = node.named_children[0] if node.named_children else None
            elif node.type in ("identifier", "shorthand_property_identifier"):
                node = self._constants.get(self._parsed.text(node), None)
            elif node.type == "member_expression":
                inner = self._member(node)
                if inner is None:
                    return node
                node = inner
            else:
                return node
        return None

    def _member(self, node: Node) -> Node | None:
        owner = self.follow(node.child_by_field_name("object"))
        name = node.child_by_field_name("property")
        if owner is None or name is None or owner.type != "object":
            return None
        return self.properties(owner).get(self._parsed.text(name))

    def properties(self, node: Node, depth: int = 0) -> dict[str, Node]:
        """The properties of an object literal with the spreads of known objects; the last one wins."""
        found: dict[str, Node] = {}
        for child in node.named_children:
            if child.type == "pair":
                key, value = child.child_by_field_name("key"), child.child_by_field_name("value")
                if key is not None and value is not None:
                    found[self._key(key)] = value
            elif child.type == "shorthand_property_identifier":
                found[self._parsed.text(child)] = child
            elif child.type == "spread_element" and child.named_children and depth < _DEPTH:
                inner = self.follow(child.named_children[0])
                if inner is not None and inner.type == "object":
                    found.update(self.properties(inner, depth + 1))
        return found

    def _key(self, key: Node) -> str:
        text = self._parsed.text(key)
        return string_value(text) if key.type == "string" else text

    def results(self, node: Node) -> list[Node]:
        """What an expression that is no literal may give: arguments of a call, returns of a function, both
        sides of a condition."""
        match node.type:
            case "call_expression":
                arguments = node.child_by_field_name("arguments")
                return list(arguments.named_children[:1]) if arguments is not None else []
            case "arrow_function" | "function_expression":
                body = node.child_by_field_name("body")
                return _returned(body) if body is not None else []
            case "ternary_expression" | "binary_expression":
                return [
                    side
                    for field in ("consequence", "alternative", "left", "right")
                    if (side := node.child_by_field_name(field)) is not None
                ]
            case "array":
                return list(node.named_children)
        return []

    def alternatives(self, node: Node) -> list[Node]:
        """The values between which a condition chooses at run time; one where there is no condition."""
        found: list[Node] = []
        pending = [node]
        for _ in range(_DEPTH):
            if not pending:
                break
            one = pending.pop()
            inner = self.follow(one)
            if inner is not None and inner.type == "ternary_expression":
                pending += reversed(self.results(inner))
            else:
                found.append(one)
        return found

    def texts(self, node: Node, depth: int = 0) -> tuple[str | None, ...]:
        """One text, or those of an array; None for each that is not known."""
        inner = self.follow(node)
        if inner is None or inner.type != "array":
            return (self.text(node),)
        found: list[str | None] = []
        for child in inner.named_children:
            if child.type == "spread_element" and child.named_children:
                found += self.texts(child.named_children[0], depth + 1) if depth < _DEPTH else (None,)
            elif child.type != "comment":
                found.append(self.text(child))
        return tuple(found)

    def text(self, node: Node | None) -> str | None:
        """The text of an expression, or None where only running it would tell."""
        found = self._text(node)
        if found is None and node is not None and self._beyond is not None:
            return self._beyond(self._parsed.path, node)
        return found

    def _text(self, node: Node | None, depth: int = 0) -> str | None:
        if node is None or depth > _DEPTH:
            return None
        if self._parsed.text(node) in _HERE_NAMES:
            return HERE
        inner = self.follow(node)
        if inner is None:
            return None
        match inner.type:
            case "string":
                return string_value(self._parsed.text(inner))
            case "template_string":
                return self._template(inner, depth)
            case "binary_expression":
                return self._binary(inner, depth)
            case "call_expression" | "new_expression":
                return self._call(inner, depth)
            case "member_expression":
                return self._address(inner, depth)
        return None

    def _template(self, node: Node, depth: int) -> str | None:
        parts: list[str | None] = []
        for child in node.named_children:
            if child.type == "template_substitution":
                parts.append(self._text(child.named_children[0], depth + 1) if child.named_children else None)
            else:
                parts.append(unescape(self._parsed.text(child)))
        return None if None in parts else "".join(part for part in parts if part is not None)

    def _binary(self, node: Node, depth: int) -> str | None:
        left = self._text(node.child_by_field_name("left"), depth + 1)
        right = self._text(node.child_by_field_name("right"), depth + 1)
        operator = node.child_by_field_name("operator")
        match self._parsed.text(operator) if operator is not None else "":
            case "+":
                return left + right if left is not None and right is not None else None
            case "??" | "||":
                return left or right
        return None

    def _call(self, node: Node, depth: int) -> str | None:
        called = node.child_by_field_name("function") or node.child_by_field_name("constructor")
        arguments = node.child_by_field_name("arguments")
        if called is None or arguments is None:
            return None
        name = self._parsed.text(called)
        given = [self._text(one, depth + 1) for one in arguments.named_children if one.type != "comment"]
        last = name.rpartition(".")[2]
        if name == "process.cwd":
            return "."
        if last in _SAME_METHODS and called.type == "member_expression":
            return self._text(called.child_by_field_name("object"), depth + 1)
        if None in given or not given:
            return None
        return _called(last, [one for one in given if one is not None])

    def _address(self, node: Node, depth: int) -> str | None:
        """``new URL(...).pathname``."""
        name, owner = node.child_by_field_name("property"), node.child_by_field_name("object")
        if name is None or self._parsed.text(name) not in ("pathname", "href"):
            return None
        return self._text(owner, depth + 1)


def _called(name: str, given: list[str]) -> str | None:
    if name in _JOINING:
        return _joined(given)
    if name in _LAST_ARGUMENT:
        return given[-1]
    if name in _SAME:
        return given[0]
    if name == "URL" and len(given) == 2 and given[1].startswith(HERE):
        return HERE + given[0]
    return None


def _joined(parts: list[str]) -> str:
    """Node's ``path.join``; ``__dirname`` in it starts afresh, as ``path.resolve`` does."""
    for at in range(len(parts) - 1, 0, -1):
        if parts[at].startswith(HERE):
            return _joined(parts[at:])
    if parts[0].startswith(HERE):
        return HERE + posixpath.normpath("/".join((parts[0].removeprefix(HERE) or ".", *parts[1:])))
    return posixpath.normpath("/".join(parts))


def _returned(body: Node) -> list[Node]:
    if body.type != "statement_block":
        return [body]
    return [
        one.named_children[0]
        for one in body.named_children
        if one.type == "return_statement" and one.named_children
    ]
