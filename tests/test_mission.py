"""The mission, sentence by sentence: each is shown by a test, and each test that claims one names a real one."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from mission_requirements import REQUIREMENTS, Requirement

from shipkit_mcp.server import brief

TESTS = Path(__file__).parent


def _claims() -> Iterator[tuple[str, str]]:
    """(requirement, test) of every ``@pytest.mark.mission("...")`` in the tests."""
    for path in sorted(TESTS.rglob("test_*.py")):
        if "node_modules" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                for mark in node.decorator_list:
                    if isinstance(mark, ast.Call) and ast.unparse(mark.func) == "pytest.mark.mission":
                        yield from ((ast.literal_eval(one), f"{path.name}::{node.name}") for one in mark.args)


@pytest.mark.parametrize("requirement", REQUIREMENTS, ids=lambda one: one.id)
def test_the_sentence_stands_in_the_mission_word_for_word(requirement: Requirement) -> None:
    assert requirement.mission in brief.mission()


def test_every_sentence_has_one_id() -> None:
    twice = [name for name, count in Counter(one.id for one in REQUIREMENTS).items() if count > 1]

    assert not twice


def test_every_sentence_is_shown_by_a_test_or_says_why_not() -> None:
    shown = {requirement for requirement, _ in _claims()}
    open_ = [one.id for one in REQUIREMENTS if one.id not in shown and not one.not_ours]

    assert not open_


def test_every_claim_names_a_sentence_of_the_mission() -> None:
    known = {one.id for one in REQUIREMENTS}
    unknown = [(requirement, test) for requirement, test in _claims() if requirement not in known]

    assert not unknown


def test_no_sentence_is_both_shown_and_excused() -> None:
    shown = {requirement for requirement, _ in _claims()}

    assert not [one.id for one in REQUIREMENTS if one.not_ours and one.id in shown]
