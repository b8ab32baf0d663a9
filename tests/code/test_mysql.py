"""Drafts for MySQL. No engine of it comes in a wheel: what one refused when it was asked is held against the text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from drafted.cases import AMENDED, NOTHING, analysed
from drafted.plans import amendments, planned
from drafted.proof import prove_reads_back
from drafted.styles import MY
from drafted.toolbox import Kit
from drafted.turned import turned_to_mysql
from hypothesis import given, settings
from hypothesis import strategies as st

from shipkit_mcp.code import draft_code
from shipkit_mcp.facts import Table

UNINDEXED = ("text", "tinytext", "mediumtext", "longtext", "json", "blob")
LONGEST_NAME = 64
BARE_DEFAULT = re.compile(r" (?:text|json|blob) DEFAULT [^(]")


def refused(table: Table) -> Iterator[str]:
    """What MySQL does not take of a table."""
    types = {one.name: one.type for one in table.columns}
    keys = [table.primary_key, *(one.columns for one in (*table.unique, *table.indexes, *table.foreign_keys))]
    keys += [(one.name,) for one in table.columns if one.unique or one.primary_key]
    yield from (f"{name}: {types.get(name)}" for key in keys for name in key if types.get(name) in UNINDEXED)
    named = (*table.unique, *table.indexes, *table.foreign_keys)
    yield from (one.name for one in named if one.name and len(one.name) > LONGEST_NAME)
    counting = [one for one in table.columns if one.auto_increment]
    yield from (one.name for one in counting[1:])
    yield from (one.name for one in counting if not one.primary_key)


@pytest.mark.node
@pytest.mark.parametrize("name", AMENDED)
@pytest.mark.parametrize("amended", [False, True], ids=["as it is", "amended"])
def test_the_examples_turned_to_mysql_compile_and_ask_nothing_that_it_refuses(
    name: str, amended: bool, example: Callable[[str], Path], tmp_path: Path, kit: Kit
) -> None:
    case = analysed(turned_to_mysql(example(name)), AMENDED[name] if amended else NOTHING)
    assert case.survey.schema.dialect == "mysql"
    assert case.survey.schema.unread == ()

    draft = draft_code(case.survey, case.plan)

    prove_reads_back(tmp_path / "after", case.survey, case.plan, draft)
    assert kit.type_errors(tmp_path / "after") == []
    assert [one for table in case.plan.target.tables for one in refused(table)] == []
    assert not any(BARE_DEFAULT.search(phase.up) for phase in draft.phases)


@settings(max_examples=30, deadline=None)
@given(said=amendments(), flows=st.booleans())
def test_no_plan_asks_what_mysql_refuses(said: tuple[str, list[str]], flows: bool) -> None:
    survey, plan = planned(MY, *said, flows=flows)

    assert [one for table in plan.target.tables for one in refused(table)] == []
    assert not any(BARE_DEFAULT.search(phase.up) for phase in draft_code(survey, plan).phases)
