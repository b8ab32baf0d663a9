"""A document that we did not write, to what it plans and what it says wrongly. It counts nowhere else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise, takewhile

from shipkit_mcp import document, plan
from shipkit_mcp.facts import Block, BlockKind, DeclaredTable, DocKind, PrepDoc, Survey
from shipkit_mcp.findings import ForeignDocument
from shipkit_mcp.readers.notation import read_tables
from shipkit_mcp.rules import check_foreign_document

_NAME = re.compile(r"[a-z_][a-z0-9_]*")
_LABEL = re.compile(r"\*\*[^*`]*`([a-z_][a-z0-9_]*)`")
_COLUMN = re.compile(r"\s*([a-z_][a-z0-9_]*) \((\w+)[,:]?\s*(.*)\)(?:\s+-.*)?$")
_APART = re.compile(r"\s*(indexes|constraints|event types)\b.*:\s*$", re.IGNORECASE)


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
        for before, block in pairwise((None, *section.blocks)):
            if block is None or block.kind is not BlockKind.FENCE:
                continue
            for table in read_tables(_as_notation(before, block), doc.path, block.line)[0]:
                if table.name not in seen and _is_table(table) and not survey.schema.table(table.name):
                    seen.add(table.name)
                    yield table


def _is_table(table: DeclaredTable) -> bool:
    """A name, columns with types and a key: no list of indexes, and no shape of what a jsonb column holds."""
    typed = [one for one in table.columns if one.type and _NAME.fullmatch(one.name)]
    keyed = bool(table.primary_key) or any(one.primary_key or one.references for one in table.columns)
    return bool(_NAME.fullmatch(table.name)) and len(typed) == len(table.columns) > 1 and keyed


def _as_notation(before: Block | None, block: Block) -> str:
    """A fence of ``name (type, notes)`` lines under the table's name, in the mission's notation."""
    label = _LABEL.search(before.text) if before else None
    lines = takewhile(lambda line: not _APART.match(line), block.text.splitlines())
    columns = [f"  {one[1]}: {one[2]} ({one[3]})" for line in lines if (one := _COLUMN.match(line))]
    return "\n".join((f"{label[1]} {{", *columns, "}")) if label and columns else block.text
