"""Every table of the schema as it will be, by what it serves, with computed totals and the diagram."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from shipkit_mcp.document.material import Material, here
from shipkit_mcp.document.sections.usage_tracking import counts_use
from shipkit_mcp.document.words import at, code, fenced, listed, quoted
from shipkit_mcp.findings import TableMapping, TableNote
from shipkit_mcp.picture.mermaid import render_mermaid

TITLE = "🗺️ Complete Schema Overview"
MOST_IMPORTERS = 5
_AUTH = re.compile(
    r"^(?:users?|profiles?|accounts?|sessions?|verifications?|verification_tokens?|authenticators?)$"
)
_BILLING = re.compile(r"(?:^|_)(?:billing|subscriptions?|invoices?|payments?|stripe)(?:_|$)")


def render_schema_overview(material: Material) -> Iterator[str]:
    yield from (f"## {TITLE}", "")
    for title, names in _groups(material):
        lines = [_line(material, name) for name in names] or ["- none"]
        yield from (f"### {title}", "", *lines, "")
    yield from _notes("Proposed for Removal", material, _proposed(material))
    yield from _notes("Referred To, Not Declared", material, material.plan.undeclared)
    yield from (*_totals(material), "### Diagram", "", *_diagram(material))


def _groups(material: Material) -> list[tuple[str, list[str]]]:
    """Every table at least once; under each workflow that has it as its own."""
    names = _names(material)
    auth = [name for name in names if _AUTH.match(name) or name in material.owned]
    used = [(quoted(one.title, 120), _own(one.tables, names)) for one in material.plan.workflows]
    taken = {*auth, *(name for _, tables in used for name in tables)}
    usage = [name for name in names if name not in taken and _bills(material, name)]
    told = {*taken, *usage, *(one.table for one in _proposed(material))}
    rest = [name for name in names if name not in told]
    own = [name for name in rest if name in material.further or name in material.planned]
    left = [name for name in rest if name not in own]
    optional = [("Tables Beside the Workflows", own), ("Template Tables and Others", left)]
    return [("Users & Auth", auth), *used, ("Usage & Billing", usage), *(one for one in optional if one[1])]


def _names(material: Material) -> list[str]:
    """Existing tables that stay, then planned ones in the order in which they are made."""
    kept = [one.name for one in material.survey.schema.tables if one.exported]
    wanted = [one.table for one in material.plan.create] + [one.name for one in material.plan.target.tables]
    new = [name for name in wanted if name in material.planned]
    return [name for name in dict.fromkeys([*kept, *new]) if name not in material.removed]


def _own(tables: Sequence[TableMapping], names: Sequence[str]) -> list[str]:
    known = frozenset(names)
    return list(dict.fromkeys(here(one) for one in tables if here(one) in known))


def _bills(material: Material, name: str) -> bool:
    return counts_use(material, name) or _BILLING.search(name) is not None


def _line(material: Material, name: str) -> str:
    return f"- {material.table(name)} - {material.purpose(name)}{_standing(material, name)}"


def _standing(material: Material, name: str) -> str:
    modified = {one.table for one in material.plan.modify}
    if name in material.unmentioned:
        return "; no document speaks of it: keep unless you say so"
    return "; to be modified" if name in modified else ""


def _proposed(material: Material) -> tuple[TableNote, ...]:
    return tuple(one for one in material.plan.remove if not one.accepted)


def _notes(title: str, material: Material, notes: Sequence[TableNote]) -> Iterator[str]:
    if notes:
        yield from (f"### {title}", "", *(_note(material, one) for one in notes), "")


def _note(material: Material, note: TableNote) -> str:
    shown = [code(one) for one in note.imported_by[:MOST_IMPORTERS]]
    more = len(note.imported_by) - len(shown)
    importers = listed([*shown, *([f"{more} more files"] if more else [])], none="")
    imported = f"; imported by {importers}" if importers else ""
    table = material.existing.get(note.table)
    told = [one for one in note.evidence if table is None or one != material.place(table)]
    why = material.prose(note.why).rstrip("." if imported and not told else "")
    return f"- {material.table(note.table)} - {why}{at(told)}{imported}"


def _totals(material: Material) -> Iterator[str]:
    plan = material.plan
    yield from (f"**Total Tables:** {plan.counts.total}", "")
    yield from (f"**New Tables Needed:** {_all(material, plan.create)}", "")
    yield from (f"**Tables to Modify:** {_all(material, plan.modify)}", "")
    accepted = [one for one in plan.remove if one.accepted]
    yield from (f"**Tables to Remove:** {_all(material, accepted)}", "")
    if _proposed(material):
        yield from (f"**Proposed for Removal (not counted):** {_all(material, _proposed(material))}", "")
    if plan.undeclared:
        yield from (f"**Referred To, Not Declared (not counted):** {_all(material, plan.undeclared)}", "")


def _all(material: Material, notes: Sequence[TableNote]) -> str:
    return listed([material.table(one.table) for one in notes])


def _diagram(material: Material) -> list[str]:
    picture = render_mermaid(material.plan.target, material.plan)
    return fenced(picture.rstrip("\n").split("\n"), "mermaid")
