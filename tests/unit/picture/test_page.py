"""The page is whole in itself, safe with any name, readable in both colour schemes."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from unit.picture.plans import plan, table

from shipkit_mcp.facts import Schema
from shipkit_mcp.picture import draw, fill, render_page

STATES = ("existing", "planned", "changed", "removed")


def data_of(page: str) -> str:
    """The drawing in a page, as it stands there."""
    found = re.search(r'<script type="application/json" id="data">(.*?)</script>', page, re.S)
    assert found
    return found[1]


def test_the_page_asks_for_nothing_from_the_network() -> None:
    page = render_page(Schema(), plan([table("a")]))

    assert "default-src 'none'" in page
    assert not re.search(r"(?:src|href)\s*=|@import|url\(|fetch\(", page)
    assert set(re.findall(r"https?://[^\"' ]+", page)) == {"http://www.w3.org/2000/svg"}


def test_the_page_builds_no_markup_from_text() -> None:
    page = fill(None)

    assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|Function\(", page)


@pytest.mark.parametrize(
    "name",
    [
        "</script><script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "\u2028",
        "@DATA@",
        "@TITLE@",
        "@SCRIPT@",
    ],
)
def test_a_hostile_name_stays_data(name: str) -> None:
    page = render_page(Schema(), plan([table(name)]))

    assert json.loads(data_of(page))["tables"][0]["name"] == name
    assert page.count("<script") == 2


@given(st.text(min_size=1))
def test_any_name_comes_back_as_it_was(name: str) -> None:
    page = render_page(Schema(), plan([table(name, name, namespace=None)]))

    assert json.loads(data_of(page)) == json.loads(json.dumps(draw(Schema(), plan([table(name, name)]))))
    assert page.count("<script") == 2


def test_the_folders_name_is_the_title_and_cannot_end_it() -> None:
    made = plan([table("a")]).model_copy(update={"project_root": "~/</title><b>"})

    assert "<title>title&gt;&lt;b&gt; - database plan</title>" in render_page(Schema(), made)


def test_without_a_project_the_page_waits_for_its_host() -> None:
    assert data_of(fill(None)) == "null"
    assert '"ui/initialize"' in fill(None)


def test_the_page_is_small() -> None:
    assert len(fill(None).encode()) < 48_000


def _colours(scheme: int) -> dict[str, str]:
    found = re.findall(r"--([a-z-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)", fill(None))
    return {name: pair[scheme] for name, *pair in found}


def _light(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [one / 12.92 if one <= 0.03928 else ((one + 0.055) / 1.055) ** 2.4 for one in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(one: str, other: str) -> float:
    high, low = sorted((_light(one), _light(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


TEXTS = [
    *((colour, ground) for colour in ("text", "soft", *STATES) for ground in ("card", "bg", "hit")),
    *((colour, f"{state}-head") for state in STATES for colour in ("text", state)),
]
"""Every colour of letters and what may lie behind it."""
LINES = [
    *((colour, ground) for colour in ("link", "focus", "edge", *STATES) for ground in ("card", "bg")),
    *(("focus", f"{state}-head") for state in STATES),
]


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("colour", "ground"), TEXTS)
def test_every_text_has_the_contrast_of_wcag_aa(scheme: int, colour: str, ground: str) -> None:
    colours = _colours(scheme)

    assert _contrast(colours[colour], colours[ground]) >= 4.5


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("colour", "ground"), LINES)
def test_lines_borders_and_focus_stand_out_by_three_to_one(scheme: int, colour: str, ground: str) -> None:
    colours = _colours(scheme)

    assert _contrast(colours[colour], colours[ground]) >= 3


def test_states_differ_by_border_and_mark_not_by_colour_alone() -> None:
    page = fill(None)
    borders = {
        state: re.search(rf"\.card\.{state} {{[^}}]*border-style: (\w+)", page) for state in STATES[1:]
    }
    marks = re.findall(r'mark: "(.?)"', page)

    assert {one[1] for one in borders.values() if one} == {"dashed", "double", "dotted"}
    assert len(set(marks)) == len(STATES)


def test_motion_is_left_out_for_those_who_ask_for_that() -> None:
    page = fill(None)

    assert page.count("transition") == 1
    assert re.search(r"prefers-reduced-motion: no-preference\) {[^}]*transition", page)
