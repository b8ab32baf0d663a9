"""TypeScript text to the interfaces, type aliases, enums and lists of constants it declares."""

from __future__ import annotations

import re
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from tree_sitter import Node

from shipkit_mcp.facts import Source, Unread
from shipkit_mcp.readers.typescript.declarations import Member, TypeDeclaration
from shipkit_mcp.readers.typescript.limits import PARSE_SECONDS
from shipkit_mcp.readers.typescript.parse import Parsed, parse
from shipkit_mcp.readers.typescript.text import comment_text, string_value

_MAX_NESTING = 12
_MAX_DECLARATIONS = 200
_LONG = 200
_DECLARES = re.compile(r"[ \t]*(?:export[ \t]+)?(?:declare[ \t]+)?(?:interface|type|enum|const)[ \t]+\w")
_NULLISH = frozenset({"null", "undefined"})
_WRAPPERS = frozenset({"Array", "ReadonlyArray", "Promise", "Partial", "Required", "Readonly"})
_LISTS = frozenset({"Array", "ReadonlyArray"})


@dataclass(slots=True)
class _Shape:
    """What a type says."""

    values: tuple[str, ...] = ()
    members: tuple[Member, ...] = ()
    nullable: bool = False
    many: bool = False
    kept: list[str] = field(default_factory=list)


def read_interfaces(
    text: str, path: str, line: int = 1
) -> tuple[tuple[TypeDeclaration, ...], tuple[Unread, ...]]:
    """Reads what a text declares.

    ``line`` is where the text starts in ``path`` (a fence's first line inside), so that all lines count
    in the document. What the grammar cannot read is ``Unread``; what stands around it is still given.
    """
    parsed = parse(Source(path="fence.ts", text=text))
    if isinstance(parsed, Unread):
        return (), (Unread(path=path, line=line, why=parsed.why),)
    unread = tuple(Unread(path=path, line=line - 1 + row, why="not TypeScript") for row in parsed.broken)
    if parsed.broken:
        return tuple(_one_by_one(text, line)), unread
    return tuple(_Reader(parsed, line - 1).declarations()), unread


def _one_by_one(text: str, line: int) -> Iterator[TypeDeclaration]:
    """The declarations of a text that does not parse as a whole, each parsed alone."""
    lines = text.split("\n")
    starts = [row for row, one in enumerate(lines) if _DECLARES.match(one[:_LONG])][:_MAX_DECLARATIONS]
    deadline = time.monotonic() + PARSE_SECONDS
    for start, end in zip(starts, [*starts, len(lines)][1:], strict=True):
        above = start
        while above > 0 and lines[above - 1].lstrip().startswith(("//", "/*", "*")):
            above -= 1
        parsed = parse(Source(path="fence.ts", text="\n".join(lines[above:end])))
        if isinstance(parsed, Parsed):
            yield from _Reader(parsed, line - 1 + above).declarations()
        if time.monotonic() > deadline:
            return


@dataclass(frozen=True, slots=True)
class _Reader:
    parsed: Parsed
    before: int
    """Lines of the document before the text."""

    def declarations(self) -> Iterator[TypeDeclaration]:
        for node, comment in self._statements():
            made = self._declaration(node)
            if made is not None:
                yield replace(made, comment=comment)

    def _statements(self) -> Iterator[tuple[Node, str | None]]:
        """Statements with the comment above them; those inside an error are read too."""
        pending = list(reversed(self.parsed.root.children))
        comments: list[Node] = []
        while pending:
            node = pending.pop()
            if node.type == "comment":
                comments.append(node)
                continue
            yield _inner(node), self._above(comments, node)
            comments = []
            if node.is_error:
                pending.extend(reversed(node.children))

    def _declaration(self, node: Node) -> TypeDeclaration | None:
        if node.type in ("lexical_declaration", "variable_declaration"):
            return self._constant(node)
        name, line = node.child_by_field_name("name"), self._line(node)
        if name is None:
            return None
        if node.type == "interface_declaration":
            body = node.child_by_field_name("body")
            return TypeDeclaration(
                "interface", self._text(name), line, self._members(body, 0), extends=self._extends(node)
            )
        if node.type == "enum_declaration":
            return TypeDeclaration("enum", self._text(name), line, values=self._enum_values(node))
        value = node.child_by_field_name("value")
        if node.type == "type_alias_declaration" and value is not None:
            shape = self._shape(value, 0)
            return TypeDeclaration(
                "type", self._text(name), line, shape.members, shape.values, self._folded(value)
            )
        return None

    def _constant(self, node: Node) -> TypeDeclaration | None:
        for declarator in node.named_children:
            name, value = declarator.child_by_field_name("name"), declarator.child_by_field_name("value")
            while value is not None and value.type in ("as_expression", "satisfies_expression"):
                value = value.named_child(0)
            if name is not None and value is not None and value.type == "array":
                strings = [one for one in value.named_children if one.type != "comment"]
                if strings and all(one.type == "string" for one in strings):
                    values = tuple(string_value(self._text(one)) for one in strings)
                    return TypeDeclaration("const", self._text(name), self._line(node), values=values)
        return None

    def _extends(self, node: Node) -> tuple[str, ...]:
        clauses = [one for one in node.named_children if one.type == "extends_type_clause"]
        return tuple(self._folded(one) for clause in clauses for one in clause.named_children)

    def _enum_values(self, node: Node) -> tuple[str, ...]:
        body = node.child_by_field_name("body")
        return tuple(self._enum_value(one) for one in _without_comments(body))

    def _enum_value(self, node: Node) -> str:
        value = node.child_by_field_name("value") if node.type == "enum_assignment" else None
        if value is not None and value.type == "string":
            return string_value(self._text(value))
        name = node.child_by_field_name("name") if node.type == "enum_assignment" else node
        return self._text(name).strip("\"'") if name is not None else ""

    def _members(self, body: Node | None, depth: int) -> tuple[Member, ...]:
        """Members of an interface body or object type, each with the comments around it."""
        members: list[Member] = []
        comments: list[Node] = []
        last_row = -1
        for node in body.named_children if body is not None and depth < _MAX_NESTING else ():
            if node.type == "comment":
                if members and node.start_point.row == last_row:
                    members[-1] = replace(members[-1], comment=comment_text(self._text(node)))
                else:
                    comments.append(node)
                continue
            member = self._member(node, depth)
            if member is not None:
                members.append(replace(member, above=self._above(comments, node)))
                last_row = node.end_point.row
            comments = []
        return tuple(members)

    def _member(self, node: Node, depth: int) -> Member | None:
        name = node.child_by_field_name("name")
        if node.type != "property_signature" or name is None:
            return None
        annotation = node.child_by_field_name("type")
        kind = annotation.named_child(0) if annotation is not None and annotation.named_child_count else None
        shape = self._shape(kind, depth) if kind is not None else _Shape()
        written = " | ".join(shape.kept) if shape.kept else self._folded(kind) if kind is not None else ""
        return Member(
            name=self._text(name).strip("\"'"),
            type=written,
            line=self._line(node),
            optional=any(child.type == "?" for child in node.children),
            nullable=shape.nullable,
            many=shape.many,
            values=shape.values,
            members=shape.members,
        )

    def _shape(self, node: Node, depth: int) -> _Shape:
        """What a type says: its alternatives are looked through one level of list and wrapper."""
        shape = _Shape()
        for part in _alternatives(node):
            written = self._folded(part)
            if written in _NULLISH:
                shape.nullable = True
                continue
            shape.kept.append(written)
            self._add_part(part, shape, depth)
        return shape

    def _add_part(self, part: Node, shape: _Shape, depth: int) -> None:
        inner, many = self._unwrapped(part)
        shape.many = shape.many or many
        for one in _alternatives(inner):
            if one.type == "literal_type" and one.named_child_count:
                literal = one.named_child(0)
                if literal.type == "string":
                    shape.values += (string_value(self._text(literal)),)
            elif one.type == "object_type":
                shape.members += self._members(one, depth + 1)

    def _unwrapped(self, node: Node) -> tuple[Node, bool]:
        many = False
        for _ in range(_MAX_NESTING):
            if node.type == "array_type" and node.named_child_count:
                node, many = node.named_child(0), True
            elif node.type in ("parenthesized_type", "readonly_type") and node.named_child_count:
                node = node.named_child(0)
            elif node.type == "generic_type" and (found := self._argument(node)) is not None:
                many = many or self._text(node.child(0)) in _LISTS
                node = found
            else:
                break
        return node, many

    def _argument(self, node: Node) -> Node | None:
        name, arguments = node.child_by_field_name("name"), node.child_by_field_name("type_arguments")
        if name is None or arguments is None or self._text(name) not in _WRAPPERS:
            return None
        return arguments.named_child(0) if arguments.named_child_count else None

    def _above(self, comments: Iterable[Node], node: Node) -> str | None:
        """The comments that end on the lines directly above a node, as one text."""
        row, kept = node.start_point.row, []
        for comment in reversed(list(comments)):
            if comment.end_point.row != row - 1:
                break
            kept.append(comment_text(self._text(comment)))
            row = comment.start_point.row
        return "\n".join(reversed(kept)) or None

    def _text(self, node: Node) -> str:
        return self.parsed.text(node)

    def _folded(self, node: Node) -> str:
        return re.sub(r"\s+", " ", self.parsed.text(node)).strip()

    def _line(self, node: Node) -> int:
        return self.before + node.start_point.row + 1


def _inner(node: Node) -> Node:
    if node.type in ("export_statement", "ambient_declaration"):
        return node.child_by_field_name("declaration") or (
            node.named_child(0) if node.named_child_count else node
        )
    return node


def _alternatives(node: Node) -> list[Node]:
    """The members of a union, which nests to the left."""
    found: list[Node] = []
    pending = [node]
    while pending:
        one = pending.pop()
        if one.type == "union_type":
            pending.extend(reversed(_without_comments(one)))
        else:
            found.append(one)
    return found


def _without_comments(node: Node | None) -> list[Node]:
    return [one for one in node.named_children if one.type != "comment"] if node is not None else []
