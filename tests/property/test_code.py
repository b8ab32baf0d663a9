"""Whatever the plan, the drafted files are the plan when our own reader reads them."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from drafted.plans import Said, amendments, planned
from drafted.proof import prove_reads_back
from drafted.rich import CAMEL, RICH, RICH_LITE, SPACED
from drafted.styles import STYLES, Style
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shipkit_mcp.code import draft_code

BOUNDED = settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)


@pytest.mark.parametrize("style", [*STYLES, RICH, CAMEL, SPACED, RICH_LITE], ids=lambda style: style.name)
@BOUNDED
@given(said=amendments(), flows=st.booleans())
def test_drafted_files_read_back_are_the_plan(style: Style, said: Said, flows: bool) -> None:
    survey, plan = planned(style, *said, flows=flows)
    draft = draft_code(survey, plan)

    with tempfile.TemporaryDirectory() as folder:
        prove_reads_back(Path(folder), survey, plan, draft)
    assert not [note for note in draft.notes if "by hand" in note]
    assert draft_code(survey, plan) == draft
