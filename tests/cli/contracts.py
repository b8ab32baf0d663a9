"""The keys of the ``--json`` contracts (design section 5), written out by hand: more keys may be there, none may miss."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

FINDING = {"rule": 0, "severity": 0, "subject": 0, "message": 0, "fix": 0, "evidence": 0, "accepted_by": 0}
OPTION = {"id": 0, "title": 0, "pros": 0, "cons": 0}
DECISION = {"id": 0, "question": 0, "options": [OPTION], "recommended": 0, "why": 0, "affects": 0}
WANTED_COLUMN = {
    "name": 0, "type": 0, "not_null": 0, "references": 0, "values": 0, "group": 0, "origin": 0, "also": 0,
    "state": 0, "evidence": 0,
}  # fmt: skip
WANTED_TABLE = {
    "table": 0, "role": 0, "state": 0, "columns": [WANTED_COLUMN], "indexes": 0, "unique": 0, "doc_name": 0,
}  # fmt: skip
WORKFLOW = {
    "name": 0, "title": 0, "source": 0, "path": 0, "confidence": 0, "kinds": 0, "purpose": 0, "trigger": 0, "tasks": 0,
    "jobs": WANTED_TABLE, "results": [WANTED_TABLE], "enhancements": [WANTED_TABLE], "others": [WANTED_TABLE],
    "alters": [WANTED_TABLE], "touches": 0, "inline_results": 0, "notes": 0,
}  # fmt: skip
NOTE = {"table": 0, "why": 0, "evidence": 0}

COLUMN = {
    "name": 0, "key": 0, "type": 0, "not_null": 0, "primary_key": 0, "unique": 0, "has_default": 0, "default": 0,
    "array": 0, "enum": 0, "enum_values": 0, "generated": 0, "identity": 0, "references": 0, "comment": 0, "line": 0,
}  # fmt: skip
FOREIGN_KEY = {
    "name": 0, "explicit_name": 0, "columns": 0, "table": 0, "schema": 0, "foreign_columns": 0, "on_delete": 0,
    "on_update": 0,
}  # fmt: skip
TABLE = {
    "name": 0, "schema": 0, "dialect": 0, "key": 0, "exported": 0, "path": 0, "line": 0, "columns": [COLUMN],
    "primary_key": 0, "unique": [{"name": 0, "columns": 0}],
    "indexes": [{"name": 0, "columns": 0, "unique": 0, "where": 0, "method": 0}], "foreign_keys": [FOREIGN_KEY],
    "checks": [{"name": 0, "expression": 0}], "policies": 0, "rls": 0, "unread": [{"path": 0, "line": 0, "why": 0}],
}  # fmt: skip

SCHEMA: Mapping[str, Any] = {
    "project_root": 0, "dialect": 0, "files": 0, "tables": [TABLE],
    "enums": [{"name": 0, "schema": 0, "values": 0, "path": 0, "line": 0}],
    "views": [{"name": 0, "materialized": 0}], "sequences": 0, "relations": 0, "unread": 0,
}  # fmt: skip
MAP: Mapping[str, Any] = {
    "project_root": 0, "template": 0, "workflows": [WORKFLOW], "findings": [FINDING], "decisions": [DECISION],
}  # fmt: skip
PLAN: Mapping[str, Any] = {
    **MAP, "readiness": {"percent": 0, "points": 0}, "existing": [NOTE], "create": [NOTE], "modify": [NOTE],
    "remove": [NOTE], "unmentioned": [NOTE], "undeclared": [NOTE], "changes": 0, "options": [DECISION],
    "missing_documents": 0, "warnings": 0,
}  # fmt: skip
CHECK: Mapping[str, Any] = {
    "findings": [FINDING],
    "counts": {"reject": 0, "require": 0, "recommend": 0, "note": 0},
}
DOCS: Mapping[str, Any] = {
    "project_root": 0,
    "documents": [{"path": 0, "kind": 0}],
    "missing": 0,
    "vision": 0,
}
CODE: Mapping[str, Any] = {
    "project_root": 0, "files": [{"name": 0, "table": 0, "text": 0}], "diffs": [{"path": 0, "diff": 0}],
    "phases": [{"up": 0, "down": 0}], "notes": 0,
}  # fmt: skip

CONTRACTS = {"schema": SCHEMA, "map": MAP, "plan": PLAN, "check": CHECK, "docs": DOCS, "code": CODE}
"""Command to what its JSON holds."""


def missing(said: Any, wanted: Any, where: str = "") -> list[str]:
    """The places where a promised key is not there."""
    if isinstance(wanted, Mapping):
        if said is None:
            return []
        gone = [f"{where}.{name}" for name in wanted if name not in said]
        inner = [missing(said[name], one, f"{where}.{name}") for name, one in wanted.items() if name in said]
        return [*gone, *(place for places in inner for place in places)]
    if isinstance(wanted, list):
        return [place for i, one in enumerate(said) for place in missing(one, wanted[0], f"{where}[{i}]")]
    return []
