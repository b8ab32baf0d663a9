"""The prompt is the mission, and each step fits into a small host."""

import hashlib

import pytest

from shipkit_mcp.server import brief

MISSION_SHA256 = "c928f61b40b741f02494382a33bccdef7a903647dddf0b9022078ec6c7b004ef"


def test_the_parts_joined_are_the_mission_byte_for_byte() -> None:
    assert hashlib.sha256(brief.mission().encode()).hexdigest() == MISSION_SHA256


def test_the_whole_prompt_ends_with_how_the_tools_serve_it() -> None:
    whole = brief.mentor()

    assert whole.startswith(brief.mission())
    assert "`write_initial_data_schema`" in whole[len(brief.mission()) :]


@pytest.mark.parametrize("step", sorted(brief.STEPS))
def test_one_step_gives_role_rules_and_that_step_in_under_8000_characters(step: str) -> None:
    text = brief.mentor(step)

    assert len(text) < 8_000
    assert f"### Step {step} –" in text
    assert "## 2 – Role & Voice" in text
    assert "`stripe_customer_id` and nothing else of Stripe" in text
    assert f"- **Step {step} (" in text


@pytest.mark.parametrize("step", ["5", "", "zero", "0 1"])
def test_an_unknown_step_is_refused_with_the_known_ones(step: str) -> None:
    with pytest.raises(ValueError, match="0, 1, 2, 3 and 4"):
        brief.mentor(step)
