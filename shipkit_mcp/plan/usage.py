"""What the documents say of usage -> the wanted table that counts it."""

from __future__ import annotations

import re

from shipkit_mcp.facts import Evidence, Role, Statement
from shipkit_mcp.findings import ColumnMapping, ColumnState, Group, Origin, TableMapping, TableState
from shipkit_mcp.mapping.lookups import column_named
from shipkit_mcp.mapping.names import to_snake
from shipkit_mcp.mapping.types import type_by_name
from shipkit_mcp.patterns.columns import ID
from shipkit_mcp.patterns.owners import billing_owner
from shipkit_mcp.patterns.stripe import KEEP_COLUMN, TIER_COLUMNS
from shipkit_mcp.patterns.tables import TablePattern
from shipkit_mcp.patterns.types import INTEGER, TEXT
from shipkit_mcp.plan.choice import Case
from shipkit_mcp.plan.patterned import pattern_column, patterned_table
from shipkit_mcp.plan.posing_project import charges, keep_column

_SAID = re.compile(r"`?([a-z][a-z0-9_]*)`?\s+table[`*]*\s*[:\-]?\s*(.+)$", re.IGNORECASE | re.DOTALL)
_NAME = re.compile(r"^[a-z][a-zA-Z0-9_]*$")


def usage_table(pattern: TablePattern, said: Statement | None, case: Case) -> TableMapping:
    """The mission's usage table, with the name and columns that the documents plan for it."""
    found = _SAID.search(said.text) if said else None
    documented = _columns(found[2], said.evidence, case) if found and said else ()
    evidence = (said.evidence,) if said else tuple(one.evidence for one in case.survey.vision.tiers[:1])
    name = to_snake(found[1]) if found else pattern.name
    table = patterned_table(pattern, name, None, case)
    columns = _merged(table, documented) if documented else table.columns
    if not any(one.primary_key for one in columns):
        columns = (pattern_column(ID, None, case), *columns)
    owner = next((one.name for one in columns if one.group is Group.OWNER), None)
    index = ((owner, "created_at"),) if owner and any(one.name == "created_at" for one in columns) else ()
    return table.model_copy(
        update={"columns": columns, "evidence": evidence, "indexes": index, "purpose": pattern.why}
    )


def _columns(text: str, evidence: Evidence, case: Case) -> tuple[ColumnMapping, ...]:
    named = [part.strip(" `.*") for part in text.split("\n")[0].split(",")]
    return tuple(
        _column(to_snake(one), evidence, case)
        for one in named
        if _NAME.match(one) and to_snake(one) not in TIER_COLUMNS
    )


def _column(name: str, evidence: Evidence, case: Case) -> ColumnMapping:
    kind = type_by_name(name)
    counts = kind.family == "integer" or kind is TEXT
    return ColumnMapping(
        name=name,
        doc_name=name,
        type=(INTEGER if kind is TEXT else kind).named(case.style.dialect),
        not_null=True if counts else None,
        default="0" if counts else None,
        group=Group.OUTPUT,
        origin=Origin.DOCUMENTED,
        state=ColumnState.MISSING,
        evidence=(evidence,),
    )


def _merged(table: TableMapping, documented: tuple[ColumnMapping, ...]) -> tuple[ColumnMapping, ...]:
    """Keys and owner by the pattern, the counted things by the documents."""
    kept = [one for one in table.columns if one.group in (Group.KEY, Group.OWNER, Group.TIMESTAMPS)]
    taken = {one.name for one in kept}
    return (*kept, *(one for one in documented if one.name not in taken))


def customer_column(case: Case) -> TableMapping | None:
    """The one thing of Stripe to store, where the app charges and the table of users lacks it."""
    table = billing_owner(case.survey.schema.tables)
    has = any(column_named(one, KEEP_COLUMN) for one in case.survey.schema.tables)
    if table is None or has or table.unread or not charges(case):
        return None
    evidence = tuple(one.evidence for one in case.survey.vision.tiers[:1])
    column = ColumnMapping(
        name=keep_column(case),
        type=TEXT.named(case.style.dialect),
        not_null=False,
        unique=True,
        group=Group.KEY,
        origin=Origin.REQUIRED,
        state=ColumnState.MISSING,
        note="Links to the Stripe customer; nothing else of Stripe is stored",
        evidence=evidence,
    )
    return TableMapping(
        table=table.name,
        existing=table.name,
        role=Role.DOMAIN,
        state=TableState.MODIFY,
        purpose="Stripe customers are found again without copying anything else of Stripe.",
        columns=(column,),
        evidence=(Evidence(path=table.path, line=table.line), *evidence),
    )
