"""The drafts of both examples, as they are and amended: they compile, they are the plan, they migrate."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from drafted.cases import AMENDED, NOTHING, analysed
from drafted.proof import prove_migrates, prove_reads_back
from drafted.toolbox import Database, Kit

from shipkit_mcp.analysis import Analysis
from shipkit_mcp.code import draft_code

pytestmark = [pytest.mark.node, pytest.mark.postgres, pytest.mark.xdist_group("postgres")]
CASES = [(name, amended) for name in AMENDED for amended in (False, True)]


@pytest.fixture(params=CASES, ids=[f"{name}{'-amended' if amended else ''}" for name, amended in CASES])
def case(request: pytest.FixtureRequest, example: Callable[[str], Path]) -> Analysis:
    name, amended = request.param
    return analysed(example(name), AMENDED[name] if amended else NOTHING)


def test_drafted_files_compile_and_are_the_plan(case: Analysis, tmp_path: Path, kit: Kit) -> None:
    draft = draft_code(case.survey, case.plan)

    prove_reads_back(tmp_path / "after", case.survey, case.plan, draft)
    assert kit.type_errors(tmp_path / "after") == []


def test_drafted_sql_does_what_drizzle_kit_does_and_can_be_taken_back(
    case: Analysis, tmp_path: Path, kit: Kit, databases: tuple[Database, Database]
) -> None:
    draft = draft_code(case.survey, case.plan)

    prove_reads_back(tmp_path / "after", case.survey, case.plan, draft)
    prove_migrates(tmp_path / "before", tmp_path / "after", case.survey, draft, kit, databases)
