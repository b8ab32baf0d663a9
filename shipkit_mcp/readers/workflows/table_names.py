"""Tells the names of tables in headings, labels, comments and bullets from other words."""

from __future__ import annotations

import re
from dataclasses import dataclass

import inflection

from shipkit_mcp.readers.markdown_text import codes, fold, plain, snake, unadorned

_NAME = re.compile(r"[a-z][a-z0-9]*(?:_[a-z0-9]+)*")
_CAMEL = re.compile(r"[a-z][a-z0-9]*(?:[A-Z][a-z0-9]*)+")
_AROUND = re.compile(
    r"(?i)^(?:(?:new|modified|existing|updated|main|create|alter)\s+)?"
    r"(?:tables?|tablas?|tabell[ae]|nueva tabla|nuova tabella|nouvelle table)\s*(?:\d+)?\s*[:–—-]?\s*"
    r"|\s+(?:tables?|tablas?|tabell[ae])$"
)
_LEAD = re.compile(
    r"(?i)(?:(?:new |existing )?(?:table|tabla"
    r"|tabella)\s*:?\s*)?[`*\"']*(?P<name>[a-z][a-z0-9_]*[a-z0-9])[`*\"']*"
    r"(?:\s+(?:table|tabla|tabella))?(?:\s*\((?P<note>[^()]{1,200})\))?(?:\s*(?:—|–|-{1,2}"
    r"|:)\s*(?P<purpose>.{0,300}))?"
)
_NOT_NAMES = frozenset(
    [
        *("note", "notes", "important", "example", "examples", "purpose", "relationship", "relationships"),
        *(
            "index",
            "indexes",
            "constraint",
            "constraints",
            "unique",
            "key",
            "keys",
            "fields",
            "columns",
            "schema",
        ),
        *(
            "status",
            "statuses",
            "migration",
            "migrations",
            "nota",
            "notas",
            "indices",
            "vincoli",
            "contraintes",
        ),
    ]
)


@dataclass(frozen=True, slots=True)
class Named:
    """A table's name and what is said beside it."""

    doc_name: str
    note: str = ""
    purpose: str = ""

    @property
    def name(self) -> str:
        return snake(self.doc_name) or self.doc_name


def table_in_label(label: str) -> str | None:
    """The table a label or heading names: ``x_jobs``, "`x_jobs` table", "Table 1: x_jobs"."""
    quoted = [code for code in codes(label) if is_table_name(code)]
    if quoted:
        return quoted[0]
    bare = _AROUND.sub("", unadorned(plain(label))).strip(" `\"'")
    return bare if is_table_name(bare) and fold(bare) not in _NOT_NAMES else None


def is_table_name(text: str) -> bool:
    """A lower-case or camelCase identifier, with a schema before it or not."""
    bare = text.removeprefix("public.")
    return bool(_NAME.fullmatch(bare) or _CAMEL.fullmatch(bare))


def table_in_comment(lead: str) -> Named | None:
    """The table that a comment above an object names: ``name — purpose``."""
    found = _LEAD.fullmatch(" ".join(lead.split()))
    if not found or found["name"] != found["name"].lower() or found["name"] in _NOT_NAMES:
        return None
    told = "_" in found["name"] or found["purpose"] is not None or found["note"] is not None
    if not told and " " in lead.strip():
        return None
    return Named(found["name"], found["note"] or "", found["purpose"] or "")


def table_of_interface(name: str) -> str:
    """The table an interface stands for: ``ThemeGenerationJob`` is ``theme_generation_jobs``."""
    for ending in ("Table", "Row", "Record", "Entity", "Schema"):
        if name.endswith(ending) and len(name) > len(ending):
            name = name.removesuffix(ending)
    return inflection.pluralize(snake(name))
