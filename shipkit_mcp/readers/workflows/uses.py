"""Tells what a workflow does with each table it names: defines, alters or only touches it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from shipkit_mcp.facts import DeclaredColumn, DeclaredTable, Statement, TableUse
from shipkit_mcp.readers.markdown_text import codes, snake
from shipkit_mcp.readers.workflows.roles import JOB_NAME, with_roles
from shipkit_mcp.readers.workflows.tables_found import FoundTable, TablesRead
from shipkit_mcp.readers.workflows.units import Unit, title_words
from shipkit_mcp.readers.workflows.words_tables import (
    ADDS_COLUMNS,
    CREATE,
    FIELD_WORD,
    INPUT_ONLY,
    NEW,
    OTHER_WORKFLOW,
    TABLE_WORD,
    TOUCHED,
)

_WORKFLOW_FILE = re.compile(r"(?:\S*/)?trigger_workflow_(\w+)\.md")
_NAME = re.compile(r"[a-z]\w*")
_TO_TABLE = re.compile(
    r"(?i)\b(?:to|a|alla|al|à|en|in|su|sur)\s+(?:the |la |il |el |le )?`(?P<table>[a-z]\w*)`"
)
_NAMED_TABLE = re.compile(
    rf"(?i)`(?P<before>[a-z]\w*)`\s+{TABLE_WORD.pattern.removeprefix('(?i)')}"
    rf"|(?:tables?|tablas?|tabell[ae])\s+`(?P<after>[a-z]\w*)`"
)
_CHECKS = re.compile(
    r"(?i)^(?:verify|test|check|update|verifica\w*|prueba|probar|controlla\w*|v[eé]rifier|tester)\b"
)


def settle_tables(unit: Unit, read: TablesRead, checklist: Sequence[Statement]) -> tuple[DeclaredTable, ...]:
    """The unit's tables with use, ``declared_new`` and role; columns that a checklist adds come with them."""
    created = frozenset(_created(checklist))
    others = _other_workflows(unit)
    built = [_settle(unit, found, table, created, others) for found, table in read.built()]
    built.extend(_added_columns(checklist, built))
    return with_roles(unit, tuple(built), read)


def _created(checklist: Sequence[Statement]) -> Iterator[str]:
    """Tables that a checklist says to create: "Create `x` table", "`x` table with ..."."""
    for item in checklist:
        adds_columns = FIELD_WORD.search(item.text) and _TO_TABLE.search(item.text)
        if _CHECKS.match(item.text) or adds_columns:
            continue
        for found in _NAMED_TABLE.finditer(item.text):
            leads = item.text.startswith("`") or CREATE.search(item.text[: found.start()])
            if leads:
                yield snake(found["before"] or found["after"])


def _other_workflows(unit: Unit) -> tuple[frozenset[str], ...]:
    """The names of other workflows that the document calls separate, as words."""
    found: dict[str, frozenset[str]] = {}
    for section in unit.sections:
        for block in section.blocks:
            files = [one for code in codes(block.text) if (one := _WORKFLOW_FILE.fullmatch(code))]
            for named in files if files and OTHER_WORKFLOW.search(block.text) else ():
                if named[1] != unit.name:
                    found[named[1]] = title_words(named[1].replace("_", " "))
    return tuple(found.values())


def _is_own_job(unit: Unit, table: DeclaredTable) -> bool:
    """The jobs table named after the workflow: tasks update it, and still it is theirs."""
    subject = title_words(re.sub(r"_?jobs?$", "", table.name).replace("_", " "))
    return JOB_NAME.fullmatch(table.name) is not None and subject <= title_words(unit.name) | title_words(
        unit.title
    )


def _settle(
    unit: Unit,
    found: FoundTable,
    table: DeclaredTable,
    created: frozenset[str],
    others: Sequence[frozenset[str]],
) -> DeclaredTable:
    new = table.declared_new or table.name in created or bool(NEW.search(" \n ".join(found.named)))
    use = TableUse.DEFINED if _is_own_job(unit, table) else _use(found, table, others, new=new)
    if table.name in created and use is not TableUse.ALTERED:
        use = TableUse.DEFINED
    return table.model_copy(update={"use": use, "declared_new": new and use is TableUse.DEFINED})


def _use(found: FoundTable, table: DeclaredTable, others: Sequence[frozenset[str]], *, new: bool) -> TableUse:
    words = found.words
    touched = TOUCHED.search(words) or any(INPUT_ONLY.search(note) for note in found.noted)
    if found.altered or (touched and table.columns and ADDS_COLUMNS.search(words)):
        return TableUse.ALTERED
    if OTHER_WORKFLOW.search(words) or _owned_elsewhere(table.name, others):
        return TableUse.OTHER_WORKFLOW
    bare = not table.columns and not JOB_NAME.fullmatch(table.name)
    return TableUse.TOUCHED if not new and (touched or bare) else TableUse.DEFINED


def _owned_elsewhere(name: str, others: Sequence[frozenset[str]]) -> bool:
    words = title_words(name.replace("_", " "))
    return any(words == other for other in others)


def _added_columns(
    checklist: Sequence[Statement], tables: Sequence[DeclaredTable]
) -> Iterator[DeclaredTable]:
    """``Add `a` and `b` columns to `x```, where no table of the document says so."""
    known = {table.name for table in tables}
    for item in checklist:
        found = _TO_TABLE.search(item.text)
        if not found or found["table"] in known or not CREATE.search(item.text):
            continue
        names = [code for code in codes(item.text[: found.start()]) if _NAME.fullmatch(code)]
        columns = tuple(
            DeclaredColumn(name=snake(one), doc_name=one, evidence=item.evidence) for one in names
        )
        if columns:
            yield DeclaredTable(
                name=found["table"],
                doc_name=found["table"],
                use=TableUse.ALTERED,
                partial=True,
                columns=columns,
                evidence=item.evidence,
            )
