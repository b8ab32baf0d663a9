"""The page is whole in itself, safe with any name, readable in both colour schemes."""

from __future__ import annotations

import json
import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shipkit_mcp.facts import Column, ForeignKey, Schema, Table
from shipkit_mcp.findings import Counts, Plan, Readiness, TableNote
from shipkit_mcp.picture import draw, fill, render_page


def table(name: str, *refers: str, columns: int = 3) -> Table:
    """A table whose first columns refer to others."""
    made = tuple(Column(name=f"c{i}", key=f"c{i}", type="text") for i in range(columns))
    keys = tuple(
        ForeignKey(name=f"{name}_{one}", columns=(f"c{i}",), table=one, foreign_columns=("c0",))
        for i, one in enumerate(refers)
    )
    return Table(
        name=name, dialect="postgresql", key=name, path="s.ts", line=1, columns=made, foreign_keys=keys
    )


def plan(target: list[Table], **lists: tuple[TableNote, ...]) -> Plan:
    counts = Counts(tables=0, columns=0, new=0, modified=0, removed=0, total=0)
    readiness = Readiness(percent=0, met=0, total=0)
    return Plan(
        project_root="~/app", readiness=readiness, counts=counts, target=Schema(tables=tuple(target)), **lists
    )


def note(name: str) -> tuple[TableNote, ...]:
    return (TableNote(table=name, why=f"because of {name}"),)


def test_every_table_is_drawn_once_in_its_state() -> None:
    kept, grown, gone, new = table("kept"), table("grown"), table("gone"), table("new", "kept")
    schema = Schema(tables=(kept, grown, gone))
    drawing = draw(
        schema, plan([kept, grown, gone, new], create=note("new"), modify=note("grown"), remove=note("gone"))
    )

    states = {one["name"]: one["state"] for one in drawing["tables"]}
    assert states == {"kept": "existing", "grown": "changed", "gone": "removed", "new": "planned"}
    assert drawing["counts"] == {"existing": 1, "planned": 1, "changed": 1, "removed": 1}
    assert drawing["links"] == [{"from": "new", "column": "c0", "to": "kept", "delete": ""}]


def test_what_is_referred_to_stands_left_of_what_refers_to_it() -> None:
    tables = [table("c", "b"), table("b", "a"), table("a")]
    drawing = draw(Schema(), plan(tables))

    x = {one["name"]: one["x"] for one in drawing["tables"]}
    assert x["a"] < x["b"] < x["c"]


@given(st.lists(st.lists(st.integers(0, 11), max_size=3), min_size=1, max_size=12), st.integers(0, 40))
def test_no_two_tables_overlap_whatever_refers_to_what(refers: list[list[int]], columns: int) -> None:
    names = [f"t{i}" for i in range(len(refers))]
    tables = [
        table(name, *(f"t{one}" for one in to if one < len(names)), columns=max(columns, 3))
        for name, to in zip(names, refers, strict=True)
    ]
    drawing = draw(Schema(), plan(tables))

    lanes: dict[int, list[tuple[int, int]]] = {}
    for one in drawing["tables"]:
        lanes.setdefault(one["x"], []).append((one["y"], one["y"] + one["h"]))
    xs = sorted(lanes)
    assert len(drawing["tables"]) == len(names)
    assert all(right - left >= drawing["card"]["width"] for left, right in pairwise(xs))
    assert all(low[1] < high[0] for lane in lanes.values() for low, high in pairwise(sorted(lane)))


def test_the_page_asks_for_nothing_from_the_network() -> None:
    page = render_page(Schema(), plan([table("a")]))

    assert "default-src 'none'" in page
    assert not re.search(r"(?:src|href)\s*=|@import|url\(|fetch\(", page)
    assert set(re.findall(r"https?://[^\"' ]+", page)) == {"http://www.w3.org/2000/svg"}


@pytest.mark.parametrize(
    "name", ["</script><script>alert(1)</script>", "<img src=x onerror=alert(1)>", "\u2028", "@DATA@"]
)
def test_a_hostile_name_stays_data(name: str) -> None:
    page = render_page(Schema(), plan([table(name)]))

    data = re.search(r'<script type="application/json" id="data">(.*?)</script>', page, re.S)
    assert data
    assert json.loads(data[1])["tables"][0]["name"] == name
    assert page.count("<script") == 2


def test_without_a_project_the_page_waits_for_its_host() -> None:
    assert '<script type="application/json" id="data">null</script>' in fill(None)
    assert '"ui/initialize"' in fill(None)


def _colours(page: str) -> list[dict[str, str]]:
    blocks = re.findall(r":root \{(.*?)\}", page, re.S)
    return [dict(re.findall(r"--([a-z]+): (#[0-9a-f]{6})", block)) for block in blocks]


def _light(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [one / 12.92 if one <= 0.03928 else ((one + 0.055) / 1.055) ** 2.4 for one in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(one: str, other: str) -> float:
    high, low = sorted((_light(one), _light(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize("colour", ["text", "soft", "existing", "planned", "changed", "removed"])
def test_every_text_has_the_contrast_of_wcag_aa(scheme: int, colour: str) -> None:
    colours = _colours(fill(None))[scheme]

    for ground in ("card", "bg"):
        assert _contrast(colours[colour], colours[ground]) >= 4.5
    if colour in ("text", "soft"):
        assert _contrast(colours[colour], colours["hit"]) >= 4.5


def test_links_and_focus_stand_out_by_three_to_one() -> None:
    for colours in _colours(fill(None)):
        assert _contrast(colours["link"], colours["bg"]) >= 3
        assert _contrast(colours["focus"], colours["bg"]) >= 3
