"""Every row of the rules quotes the mission, is named once, and is proved by its examples."""

from __future__ import annotations

from pathlib import Path

import pytest
from unit.rules.projects import check

from shipkit_mcp.rules import RULES, Rule

PROMPTS = Path(__file__).parents[1] / "prompts"
each_rule = pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)


@pytest.fixture(scope="module")
def mission() -> str:
    return "".join(path.read_text(encoding="utf-8") for path in sorted(PROMPTS.glob("[0-9]*.md")))


@each_rule
def test_a_rule_quotes_a_sentence_that_stands_in_the_mission(rule: Rule, mission: str) -> None:
    assert rule.mission in mission
    assert len(rule.mission) >= 8


def test_no_two_rules_have_the_same_id() -> None:
    ids = [rule.id for rule in RULES]

    assert sorted(ids) == sorted(set(ids))


@each_rule
def test_a_rule_has_a_readable_id_and_says_what_to_do(rule: Rule) -> None:
    assert rule.id == rule.id.lower()
    assert rule.id.replace("-", "").isalpha()
    assert rule.message.endswith((".", "}"))
    assert rule.fix.endswith(".")
    assert "—" not in rule.message + rule.fix


@each_rule
def test_a_rule_reports_the_project_that_breaks_it(rule: Rule) -> None:
    found = [one for one in check(rule.breaks) if one.rule == rule.id]

    assert found
    assert all(one.mission == rule.mission for one in found)
    assert {one.severity for one in found} == {rule.severity}


@each_rule
def test_a_rule_does_not_report_the_nearest_project_that_keeps_it(rule: Rule) -> None:
    assert [one for one in check(rule.keeps) if one.rule == rule.id] == []
