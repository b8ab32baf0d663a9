"""What a table is for: the given prose, its role, the comment beside it, or a document; never guessed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from shipkit_mcp.document.words import listed, quoted
from shipkit_mcp.errors import beat
from shipkit_mcp.facts import Role, TableUse

if TYPE_CHECKING:
    from shipkit_mcp.document.material import Material

UNKNOWN_PURPOSE = "purpose not stated"
ROLE_WORDS: Mapping[Role, str] = {
    Role.JOBS: "job tracking of {}",
    Role.RESULTS: "results of {}",
    Role.ENHANCEMENT: "enhancements of {}",
    Role.DOMAIN: "data of {}",
    Role.USAGE: "usage counted for {}",
    Role.SETTINGS: "settings of {}",
}
"""The part a table plays for a workflow, in words."""
MOST_SOURCES = 2


def purpose(material: Material, table: str) -> str:
    """At most two things that are known of a table's purpose, or that it is not stated."""
    beat()
    given = material.narrative(f"table.{table}")
    if given:
        return material.prose(given)
    found = [
        *_from_roles(material, table),
        *_from_comment(material, table),
        *_from_documents(material, table),
    ]
    return "; ".join(found[:MOST_SOURCES]) or UNKNOWN_PURPOSE


def _from_roles(material: Material, table: str) -> Iterator[str]:
    roles: dict[Role, list[str]] = {}
    for workflow, mapping in material.uses(table):
        roles.setdefault(mapping.role, []).append(quoted(workflow.title, 80))
    owned = material.owned.get(table)
    if roles:
        yield ", ".join(ROLE_WORDS[role].format(listed(titles)) for role, titles in roles.items())
    elif owned:
        yield f"owns the jobs and results of {listed(owned)}"


def _from_comment(material: Material, table: str) -> Iterator[str]:
    existing = material.existing.get(table)
    if existing and existing.comment:
        yield quoted(existing.comment)


def _from_documents(material: Material, table: str) -> Iterator[str]:
    """What the first document to say so says of it."""
    said = [mapping.purpose for _, mapping in material.uses(table)]
    said += [material.further[table].purpose] if table in material.further else []
    said += [one.purpose for one in material.declared.get(table, ()) if one.use is TableUse.DEFINED]
    yield from (quoted(text) for text in [one for one in said if one][:1])
