"""Tells which planning document a file is, by its name and by its headings."""

from __future__ import annotations

import re
from collections.abc import Sequence

from shipkit_mcp.facts import BlockKind, DocKind, Section
from shipkit_mcp.readers.markdown_labels import labelled
from shipkit_mcp.readers.workflows.words import ENTRY_LABELS, FILE_LABELS
from shipkit_mcp.readers.workflows.words_sections import kind_of_section

_NAMES: tuple[tuple[re.Pattern[str], DocKind], ...] = tuple(
    (re.compile(pattern), kind)
    for pattern, kind in (
        (r"initial_data_(?:schema|models?)(?:\.md.*)?", DocKind.DATA_SCHEMA),
        (r"(?:roadmap|system_architecture|system_design|build_order\w*)", DocKind.LATER),
        (r"master_idea\w*", DocKind.MASTER_IDEA),
        (r"wireframes?(?:_\w+)?", DocKind.WIREFRAME),
        (r"(?:app_pages\w*|pages_and_functionality|app_blueprint)", DocKind.APP_PAGES),
        (r"\d{2,4}_\w+", DocKind.TASK),
    )
)
_TITLES: tuple[tuple[re.Pattern[str], DocKind], ...] = tuple(
    (re.compile(pattern), kind)
    for pattern, kind in (
        (r"strategic database planning document", DocKind.DATA_SCHEMA),
        (r"(?:.* )?(?:development )?roadmap|system architecture(?: blueprint)?", DocKind.LATER),
        (r"master idea(?: document)?(?: .*)?", DocKind.MASTER_IDEA),
        (r"wireframe(?: reference)?(?: doc(?:ument)?)?(?: .*)?", DocKind.WIREFRAME),
        (r"(?:app )?pages (?:and )?functionality(?: blueprint)?(?: .*)?", DocKind.APP_PAGES),
        (r"(?:ai )?task(?: template| document)?(?: \d+)?(?: .*)?", DocKind.TASK),
    )
)
_MASTER_KEYS = frozenset(
    {"end goal", "specific problem", "all user types", "core functionalities by role mvp"}
)
_PAGES_KEYS = frozenset({"app summary", "complete route mapping", "next js app router structure"})
_WORKFLOW_NAME = re.compile(r"trigger_workflow_\w+")
_INDEX_NAME = re.compile(r"trigger_workflows?(?:_(?:summary|index|overview|resumen|riepilogo|resume))?")


def kind_of(name: str, sections: Sequence[Section]) -> DocKind:
    """The kind of a document. An index is told by content, a workflow in full by its sections."""
    plain_name = name.lower().replace("-", "_").replace(" ", "_")
    named = next((kind for pattern, kind in _NAMES if pattern.fullmatch(plain_name)), None)
    if named:
        return named
    title = next((section.key for section in sections if section.level), "")
    titled = next((kind for pattern, kind in _TITLES if pattern.fullmatch(title)), None)
    if titled in {DocKind.DATA_SCHEMA, DocKind.LATER} or (titled and not _is_workflow_name(plain_name)):
        return titled
    return _kind_by_content(plain_name, sections)


def _is_workflow_name(name: str) -> bool:
    return bool(_WORKFLOW_NAME.fullmatch(name) or _INDEX_NAME.fullmatch(name))


def _kind_by_content(name: str, sections: Sequence[Section]) -> DocKind:
    full = describes_in_full(sections)
    enough = 1 if _is_workflow_name(name) else 2
    if full >= enough:
        return DocKind.WORKFLOW
    if _INDEX_NAME.fullmatch(name) or lists_entries(sections):
        return DocKind.WORKFLOW_INDEX
    if _WORKFLOW_NAME.fullmatch(name):
        return DocKind.WORKFLOW
    keys = {section.key for section in sections}
    if len(keys & _MASTER_KEYS) > 1:
        return DocKind.MASTER_IDEA
    if len(keys & _PAGES_KEYS) > 1:
        return DocKind.APP_PAGES
    return DocKind.OTHER


def describes_in_full(sections: Sequence[Section]) -> int:
    """How many of the sections there are that only a workflow told in full has: payloads, tables, ..."""
    found = {kind_of_section(section.key) for section in sections if _shows_something(section)}
    return len(found & {"payloads", "tables", "outputs", "chain"}) if found & {"payloads", "tables"} else 0


def _shows_something(section: Section) -> bool:
    """A fence of code, or names in backticks outside pipe tables."""
    return any(
        block.info not in _SHELLS if block.kind is BlockKind.FENCE else "`" in block.text
        for block in section.blocks
        if block.kind is not BlockKind.TABLE_ROW
    )


_SHELLS = frozenset({"env", "bash", "sh", "dotenv", "json"})


def lists_entries(sections: Sequence[Section]) -> bool:
    """True where sections point to workflow files with a purpose and a trigger."""
    for section in sections:
        keys = {one.key for one in labelled(section.blocks)}
        if keys & FILE_LABELS and len(keys & ENTRY_LABELS) > 1:
            return True
    return False
