"""A reply of any size to one that a host takes, with nothing lost without a word."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from shipkit_mcp.server.fitting import LIMIT, cost, fit
from shipkit_mcp.server.paging import page, size

ITEM = {"name": "users", "text": ["id: uuid (PK)"] * 20}


def test_a_reply_that_fits_is_left_as_it_is() -> None:
    said = {"project_root": "~/x", "tables": [ITEM], "more": {"what": "tables"}}

    assert fit(said) is said


def test_what_is_paged_loses_whole_items_and_the_next_page_begins_there() -> None:
    tables = [{**ITEM, "name": f"t{n}"} for n in range(400)]

    made = fit({"project_root": "~/x", "tables": tables}, start=7)

    assert made["tables"] == tables[: len(made["tables"])]
    assert made["more"]["cursor"] == str(7 + len(made["tables"]))
    assert made["more"]["total"] == 407
    assert "cut" in made


def test_a_single_item_that_is_too_long_is_shortened_and_says_by_how_much() -> None:
    wide = {"name": "wide", "text": [f"column_{n}: text" for n in range(30_000)]}

    made = fit({"tables": [wide]})

    lines = made["tables"][0]["text"]
    assert lines[-1] == f"… {30_000 - len(lines) + 1} more"


def test_a_text_is_cut_at_a_line_and_goes_on_from_there() -> None:
    text = "".join(f'"line" number {n} ✅\n' for n in range(9_000))
    start = 0
    pages = []
    while start < len(text):
        said = {"text": text[start:], "more": {"what": "characters", "total": len(text), "cursor": "0"}}
        made = fit(said, start)
        pages.append(made["text"])
        start = int(made["more"]["cursor"]) if made is not said else len(text)

    assert "".join(pages) == text
    assert all(one.endswith("\n") for one in pages)


JSON: st.SearchStrategy[Any] = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.text(max_size=50)
    | st.just("x" * 3_000)
    | st.just('"\\' * 2_000),
    lambda inner: st.lists(inner, max_size=30) | st.dictionaries(st.text(max_size=8), inner, max_size=12),
    max_leaves=80,
)


@settings(max_examples=40, deadline=None)
@given(
    st.dictionaries(st.sampled_from(["tables", "warnings", "findings", "a", "b"]), JSON), st.integers(1, 60)
)
def test_whatever_is_said_fits_and_is_json(said: dict[str, Any], times: int) -> None:
    said = {name: [value] * times for name, value in said.items()}

    made = fit(said)

    assert cost(made) <= LIMIT
    json.dumps(made)


def test_pages_follow_each_other_without_a_gap() -> None:
    items = [{"n": n, "pad": "x" * (n % 700)} for n in range(500)]
    found: list[dict[str, Any]] = []
    cursor: str | None = None
    while True:
        one = page(items, what="items", cursor=cursor, room=5_000, how="again")
        found += one.items
        assert len(one.items) == 1 or size(one.items) <= 5_500
        if one.more is None:
            break
        cursor = one.more["cursor"]

    assert found == items
