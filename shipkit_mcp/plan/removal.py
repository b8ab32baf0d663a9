"""Survey and mappings -> the template's tables that nothing speaks of, in an order in which they can go."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence

from shipkit_mcp.facts import DeclaredTable, DocKind, Evidence, Survey, Table
from shipkit_mcp.findings import TableNote, WorkflowMapping
from shipkit_mcp.mapping.names import referred
from shipkit_mcp.patterns.templates import Template, TemplateTable, known_template
from shipkit_mcp.plan.links import in_order, references_of
from shipkit_mcp.plan.spoken import SILENT, Spoken, speaking

SHARE = 0.75
"""A table is the template's own if it has so many of its columns and no others."""


def find_removable(
    survey: Survey, mappings: Sequence[WorkflowMapping], declared: Sequence[DeclaredTable] = ()
) -> tuple[TableNote, ...]:
    """Tables proposed for removal, children first (design, "Removal").

    A table qualifies if it is the known template's, unchanged, no workflow and no document speaks of it or
    its feature, all that it refers to within the template is unused as well, and nothing that stays refers to
    it.
    """
    template = known_template(survey.template)
    spoken = speaking(survey.documents)
    if template is None or not spoken.documents:
        return ()
    used = _used(mappings, declared)
    shapes = {one.name: one for one in template.tables}
    unused = {
        table.name
        for table in survey.schema.tables
        if is_template_table(table, template)
        and table.name not in used
        and not any(spoken.names(word) for word in spoken_words(shapes[table.name]))
    }
    leaving = _closed(unused, survey.schema.tables, template)
    order = [name for name in reversed(in_order(survey.schema.tables)) if name in leaving]
    tables = [survey.schema.by_name[name] for name in order]
    importing = importers(survey, tables, order)
    return tuple(_note(survey, table, shapes[table.name], importing[table.name]) for table in tables)


def is_template_table(table: Table, template: Template) -> bool:
    """Whether a table still has the shape that the template ships (never the table of users)."""
    shape = template.table(table.name)
    columns = {one.name for one in table.columns}
    if shape is None or shape.owner or table.unread:
        return False
    return columns <= shape.columns and len(columns) >= SHARE * len(shape.columns)


def spoken_words(shape: TemplateTable) -> tuple[str, ...]:
    """What a document says when it speaks of a template's table or its feature."""
    return (shape.name, *shape.words)


def later_mentions(survey: Survey, removable: Sequence[TableNote]) -> tuple[str, ...]:
    """A warning for each proposed table that a roadmap or architecture document speaks of."""
    template = known_template(survey.template)
    if template is None:
        return ()
    later = Spoken(one for one in survey.documents if one.kind is DocKind.LATER)
    warnings = []
    for note in removable:
        shape = template.table(note.table)
        line = later.first(spoken_words(shape)) if shape else None
        if line:
            warnings.append(f"`{note.table}` is proposed for removal, but {line} speaks of it.")
    return tuple(warnings)


def _used(mappings: Sequence[WorkflowMapping], declared: Sequence[DeclaredTable]) -> set[str]:
    used = {name for one in mappings for name in one.touches}
    for table in (table for one in mappings for table in one.tables):
        used |= {table.table, table.existing or table.table}
        used |= {target[0] for one in table.columns if (target := referred(one.references))}
    for given in declared:
        used.add(given.name)
        used |= {target[0] for one in given.columns if (target := referred(one.references))}
    return used


def _closed(unused: set[str], tables: Sequence[Table], template: Template) -> set[str]:
    """What is left once nothing that goes hangs on something that stays, nor the other way round."""
    owners = {one.name for one in template.tables if one.owner}
    own = {one.name for one in template.tables} - owners
    refers = {table.name: references_of(table) for table in tables}
    leaving = set(unused)
    while True:
        held = {name for name in leaving if (refers[name] & own) - leaving - {name}}
        held |= {
            name for other, targets in refers.items() if other not in leaving for name in targets & leaving
        }
        if not held:
            return leaving
        leaving -= held


def _note(survey: Survey, table: Table, shape: TemplateTable, importing: tuple[str, ...]) -> TableNote:
    return TableNote(
        table=table.name,
        why=(
            f"It comes with the template for {shape.feature}; no workflow and none of the "
            f"{sum(one.kind not in SILENT for one in survey.documents)} planning documents speaks of it."
        ),
        evidence=(Evidence(path=table.path, line=table.line),),
        imported_by=importing,
    )


def importers(
    survey: Survey, tables: Iterable[Table], leaving: Collection[str]
) -> Mapping[str, tuple[str, ...]]:
    """Table to the files that import it: its own file, or its name through a barrel."""
    going = frozenset(leaving)
    own = {one.path for one in survey.schema.by_name.values() if one.name in going}
    shared = {one.path for one in survey.schema.tables if one.name not in going}
    return {one.name: tuple(sorted(_importing(survey, one, shared) - own)) for one in tables}


def _importing(survey: Survey, table: Table, shared: Collection[str]) -> set[str]:
    named = re.compile(rf"\b{re.escape(table.key)}\b")
    return {
        line.path
        for path, line in survey.code.imports
        if (path == table.path and path not in shared) or named.search(line.quote)
    }
