"""However many names a plan asks for, documents speak of the same ones."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from shipkit_mcp.facts import DocKind, PrepDoc, Source
from shipkit_mcp.plan.spoken import FEW, Spoken

TEXTS = st.text(st.sampled_from("ab_ é1-.\n\tÀ²"), max_size=40)
NAMES = st.lists(st.text(st.sampled_from("ab_ é1-À"), min_size=1, max_size=5), min_size=1, max_size=8)


@given(TEXTS, NAMES)
@settings(max_examples=300, deadline=None)
def test_the_first_names_and_the_thousandth_have_the_same_answer(text: str, names: list[str]) -> None:
    document = PrepDoc(kind=DocKind.MASTER_IDEA, source=Source("a.md", text), title="", sections=())
    often = Spoken([document])
    for _ in range(FEW):
        often.names("x")

    assert [Spoken([document]).names(one) for one in names] == [often.names(one) for one in names]
