"""Turns one line of notation (``user_id: uuid (FK → users.id, cascade delete)``) into a declared column."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from shipkit_mcp.facts import DeclaredColumn, Evidence
from shipkit_mcp.readers.markdown_text import snake
from shipkit_mcp.readers.notation_shapes import Member, member_parts
from shipkit_mcp.readers.notation_text import closing, outer_split, unquoted
from shipkit_mcp.readers.notation_types import TypeText, read_type, read_values
from shipkit_mcp.readers.notation_words import CLAUSES, KNOWN_TYPES, LEGACY_SECTION, NEGATED, TYPE_PHRASES

_SQL_LIKE = re.compile(r"(?:[-*•+]\s+)?[`\"]?(?P<name>[^\W\d]\w*)[`\"]?\s+(?P<rest>(?P<type>[^\W\d]\w*).*)")
_BARE = re.compile(r"(?:[-*•+]\s+)?[`\"']?(?P<name>[^\W\d]\w*)[`\"']?(?P<rest>\s*\(.*\))?")
_ARROW = re.compile(
    r"(?:[-*•+]\s+)?[`\"]?(?P<name>[^\W\d]\w*)[`\"]?\s*(?P<rest>(?:→|->)\s*[^\W\d]\w*(?:\.\w+|\s*\(\w+\)).*)"
)
_TYPE_COMMENT = re.compile(
    rf"(?:{TYPE_PHRASES.pattern}|[^\W\d]\w*)(?:\s*\(\s*\d+\s*(?:,\s*\d+\s*)?\))?(?:\[\])*", re.IGNORECASE
)
_NOT_TARGETS = frozenset(
    ["cascade", "nullable", "null", "unique", "not", "on", "set", "required", "optional", "table", "the", "a"]
)
_SCHEMAS_DROPPED = frozenset({"public"})


@dataclass(slots=True)
class _Remarks:
    """What the remarks about one column add up to."""

    primary_key: bool = False
    references: str | None = None
    on_delete: str | None = None
    not_null: bool | None = None
    unique: bool = False
    default: str | None = None
    indexed: bool = False
    legacy: bool = False
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class ReadColumn:
    """A column and what it says about its table."""

    column: DeclaredColumn
    marks_null: bool
    indexed: bool


def read_column(member: Member, evidence: Evidence) -> ReadColumn | None:
    """The column a member declares, or None where it is no column."""
    cut = _cut(member.text)
    if cut is None:
        return None
    name, optional, right = cut
    typed = read_type(right)
    remarks = _Remarks()
    _read_remarks(typed.rest, remarks, whole=False)
    comment_type = None
    values = typed.values
    if member.comment:
        comment_type = _read_comment(member.comment, remarks)
        values = values or comment_values(member.comment, name, typed.type)
    if optional or typed.null:
        remarks.not_null = False
    if any(LEGACY_SECTION.search(text) and not NEGATED.search(text) for text in member.sections[-1:]):
        remarks.legacy = True
    column = _column(name, typed, values, remarks, comment_type, evidence)
    return ReadColumn(column, remarks.not_null is False, remarks.indexed)


def _cut(text: str) -> tuple[str, bool, str] | None:
    """(name, optional, right side) in any of the ways a column is written."""
    parts = member_parts(text)
    if parts:
        return parts
    if arrow := _ARROW.fullmatch(text):
        return arrow["name"], False, arrow["rest"]
    found = _SQL_LIKE.fullmatch(text)
    if found and (found["type"].lower() in KNOWN_TYPES or TYPE_PHRASES.match(found["rest"])):
        return found["name"], False, found["rest"]
    bare = _BARE.fullmatch(text)
    return (bare["name"], False, _typed_remark(bare["rest"] or "")) if bare else None


def _typed_remark(rest: str) -> str:
    """``(JSONB)`` behind a bare name is its type."""
    inner = rest.strip().removeprefix("(").removesuffix(")").strip()
    first = re.split(r"[^\w]", inner, maxsplit=1)[0].lower()
    return inner if first in KNOWN_TYPES and first not in {"id", "url"} else rest


def _column(
    name: str,
    typed: TypeText,
    values: tuple[str, ...] | None,
    remarks: _Remarks,
    comment_type: str | None,
    evidence: Evidence,
) -> DeclaredColumn:
    not_null = True if remarks.primary_key else remarks.not_null
    return DeclaredColumn(
        name=snake(name) or name.lower(),
        doc_name=name,
        type=typed.type,
        type_comment=comment_type,
        not_null=not_null,
        primary_key=remarks.primary_key,
        unique=remarks.unique,
        default=remarks.default,
        references=remarks.references,
        on_delete=remarks.on_delete,
        values=values,
        legacy=remarks.legacy,
        note="; ".join(remarks.notes) or None,
        evidence=evidence,
    )


# --- remarks -------------------------------------------------------------------------------


def _read_remarks(text: str, remarks: _Remarks, *, whole: bool, depth: int = 0) -> None:
    """Reads ``(PK, default x) NOT NULL ...``; ``whole`` keeps no notes of what is not understood."""
    if depth > _MAX_BRACKETS:
        _note(remarks, text)
        return
    for clause in outer_split(text, ",;"):
        rest = clause
        while rest.startswith("("):
            end = closing(rest, 0)
            _read_remarks(rest[1 : end - 1], remarks, whole=whole, depth=depth + 1)
            rest = rest[end:].strip()
        _read_clause(rest, remarks, whole=whole, depth=depth)


def _read_clause(text: str, remarks: _Remarks, *, whole: bool, depth: int = 0) -> None:
    """Reads one clause. A remark counts only if it ends its clause or may be followed by words."""
    said: list[tuple[str, re.Match[str]]] = []
    rest = text.strip(" .")
    while rest and (found := _first_remark(rest)):
        said.append(found)
        rest = rest[found[1].end() :].lstrip(" ,;.")
    if rest and said and said[-1][0] not in _MAY_TRAIL and not rest.startswith("("):
        rest = f"{said.pop()[1][0]} {rest}"
    for kind, found_at in said:
        _EFFECTS[kind](remarks, found_at)
    if rest.startswith("(") and said:
        _read_remarks(rest, remarks, whole=whole, depth=depth + 1)
    elif "(" in rest and not whole:
        _note(remarks, rest[: rest.find("(")])
        _read_remarks(rest[rest.find("(") :], remarks, whole=whole, depth=depth + 1)
    elif rest and not whole:
        _note(remarks, rest)


_MAX_BRACKETS = 8
_MAY_TRAIL = frozenset({"primary_key", "foreign_key", "nullable", "default", "on_delete", "legacy"})
"""Remarks that words may follow: ``nullable until complete``, but not ``unique per site``."""


def _note(remarks: _Remarks, text: str) -> None:
    if text.strip(" ()-–—,;:"):
        remarks.notes.append(text.strip(" -–—,;:"))


def _first_remark(text: str) -> tuple[str, re.Match[str]] | None:
    for kind, pattern in CLAUSES:
        found = pattern.match(text)
        if found and not (kind == "foreign_key" and found["target"].lower() in _NOT_TARGETS):
            return kind, found
    return None


def _read_comment(comment: str, remarks: _Remarks) -> str | None:
    """Reads the clauses of a comment; gives the type it states, if any. Prose changes nothing."""
    comment_type = None
    clauses = re.split(r"\s[-–—]\s|[,;()]|\.\s", comment)
    for clause in (part.strip() for part in clauses):
        if not clause:
            continue
        first = _TYPE_COMMENT.fullmatch(clause)
        if first and clause.split("(")[0].split("[")[0].split()[0].lower() in KNOWN_TYPES:
            comment_type = comment_type or clause
        else:
            _read_clause(clause, remarks, whole=True)
    _note(remarks, comment)
    return comment_type


def comment_values(comment: str, name: str, type_: str | None) -> tuple[str, ...] | None:
    """``// pending | processing``; for an enum or a column named like one also ``// pending, processing``."""
    if (type_ or "").lower().split("(")[0] not in {"enum", "text", "string", "varchar", ""}:
        return None
    text = comment.rpartition(":")[2] if ":" in comment else comment
    listed = re.split(r"\s[-–—]\s|\.\s", text)[0].strip().strip("()")
    plain_list = (type_ or "").lower() == "enum" or _CHOICE_NAME.search(name) is not None
    if not ("|" in listed or listed[:1] in {"'", '"', "`"} or plain_list):
        return None
    values = read_values(listed)
    return values if values and all(_CHOICE.fullmatch(value) for value in values) else None


_CHOICE_NAME = re.compile(
    r"(?:status|state|stage|mode|type|kind|tier|role|level|priority|estado|stato|statut)$", re.IGNORECASE
)
_CHOICE = re.compile(r"[A-Za-z][\w-]*")


def target_of(found: re.Match[str]) -> str:
    """``table.column`` of a reference; the column is ``id`` where only a table is named."""
    names = [snake(part) or part for part in found["target"].split(".")]
    if names[0] in _SCHEMAS_DROPPED and len(names) > 1:
        names = names[1:]
    if found["column"]:
        return f"{names[-1]}.{snake(found['column'])}"
    if len(names) == 1:
        return f"{names[0]}.id"
    if names[0] == "auth" and len(names) == 2:
        return f"{names[1]}.id"
    return ".".join(names[-2:])


def _set_references(remarks: _Remarks, found: re.Match[str]) -> None:
    remarks.references = remarks.references or target_of(found)


def _set_on_delete(remarks: _Remarks, found: re.Match[str]) -> None:
    named = found["action"] or found["action2"] or found["action3"]
    remarks.on_delete = named.lower() if named else "cascade"


def _set_default(remarks: _Remarks, found: re.Match[str]) -> None:
    remarks.default = unquoted(found["default"]) if found["default"][0] == '"' else found["default"]


def _flag(name: str, *, value: bool) -> Callable[[_Remarks, re.Match[str]], None]:
    def set_flag(remarks: _Remarks, _found: re.Match[str]) -> None:
        setattr(remarks, name, value)

    return set_flag


def _nothing(_remarks: _Remarks, _found: re.Match[str]) -> None:
    """A remark that says nothing we keep."""


_EFFECTS: dict[str, Callable[[_Remarks, re.Match[str]], None]] = {
    "primary_key": _flag("primary_key", value=True),
    "foreign_key": _set_references,
    "foreign_unnamed": _nothing,
    "on_delete": _set_on_delete,
    "on_update": _nothing,
    "not_null": _flag("not_null", value=True),
    "nullable": _flag("not_null", value=False),
    "unique": _flag("unique", value=True),
    "default": _set_default,
    "indexed": _flag("indexed", value=True),
    "legacy": _flag("legacy", value=True),
}
