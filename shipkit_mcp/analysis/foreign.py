"""A document that we did not write, to what it plans and what it says wrongly. It counts nowhere else."""

from __future__ import annotations

from collections.abc import Iterator

from shipkit_mcp import document, plan
from shipkit_mcp.facts import BlockKind, DeclaredTable, DocKind, PrepDoc, Survey
from shipkit_mcp.findings import ForeignDocument
from shipkit_mcp.readers.notation import read_tables
from shipkit_mcp.rules import check_foreign_document


def look_at_foreign(survey: Survey) -> ForeignDocument | None:
    """What a foreign document offers; None where there is none, or it is ours."""
    found = next((one for one in survey.documents if one.kind is DocKind.DATA_SCHEMA), None)
    if found is None or document.is_ours(found.source.text):
        return None
    return ForeignDocument(
        path=found.path,
        plans=tuple(plan.write_tables((one,)) for one in _planned(survey, found)),
        wrong=check_foreign_document(survey, found),
    )


def _planned(survey: Survey, doc: PrepDoc) -> Iterator[DeclaredTable]:
    """Tables that it defines column by column and the schema lacks."""
    seen: set[str] = set()
    for section in doc.sections:
        for block in section.blocks:
            if block.kind is not BlockKind.FENCE:
                continue
            for table in read_tables(block.text, doc.path, block.line)[0]:
                if table.columns and table.name not in seen and not survey.schema.table(table.name):
                    seen.add(table.name)
                    yield table
