"""The plan turned into ``initial_data_schema.md``, and merged with what a person edited."""

from __future__ import annotations

from collections.abc import Callable

from shipkit_mcp.document.details import details
from shipkit_mcp.document.end_comment import Recorded, is_ours, read_end_comment
from shipkit_mcp.document.material import Material
from shipkit_mcp.document.merge import KeptSection, Merged, assemble, is_untouched, merge
from shipkit_mcp.document.messages import closing_message, document_path, render_step
from shipkit_mcp.document.pieces import cut
from shipkit_mcp.document.sections import SECTIONS
from shipkit_mcp.document.sources import source_lines
from shipkit_mcp.document.summary import first_screen, preview_summary, write_summary
from shipkit_mcp.facts import Survey
from shipkit_mcp.findings import Plan

__all__ = [
    "KeptSection",
    "Merged",
    "Recorded",
    "closing_message",
    "details",
    "document_path",
    "first_screen",
    "is_ours",
    "is_untouched",
    "merge",
    "preview_summary",
    "read_end_comment",
    "render_document",
    "render_step",
    "source_lines",
    "write_summary",
]


def _as_it_is(text: str) -> str:
    return text


def render_document(survey: Survey, plan: Plan, clean: Callable[[str], str] = _as_it_is) -> str:
    """The whole document, end comment included; the same plan gives the same bytes.

    ``clean`` is given by the faces: it takes secrets and invisible characters out of what documents are quoted with.
    Raises `BadAmendment` where the amendments do not fit into the end comment.
    """
    material = Material(survey, plan)
    text = "\n\n".join("\n".join(render(material)).strip("\n") for _, render in SECTIONS)
    pieces = cut(clean(text))
    return assemble(pieces, Recorded(plan.amendments, {one.key: one.sha256 for one in pieces}))
