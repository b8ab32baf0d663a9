"""Where all of it stands: nothing overlaps, keys run beside tables, groups stay together, always the same."""

from __future__ import annotations

import re
from itertools import combinations, pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from unit.picture.plans import plan, table

from shipkit_mcp.facts import Schema, Table
from shipkit_mcp.picture import draw
from shipkit_mcp.picture.groups import MOST, find_groups, find_hubs
from shipkit_mcp.picture.layout import SHAPES
from shipkit_mcp.picture.routes import path

Box = tuple[int, int, int, int]

refers = st.lists(st.lists(st.integers(0, 23), max_size=3), min_size=1, max_size=24)


def tables_of(refers: list[list[int]], columns: int = 3) -> list[Table]:
    """Tables by what each refers to, circles and itself allowed."""
    known = range(len(refers))
    return [
        table(f"t{i}", *(f"t{one}" for one in to if one in known), columns=columns)
        for i, to in enumerate(refers)
    ]


def boxes(drawing: dict[str, Any], layout: dict[str, Any]) -> list[Box]:
    """Cards as left, top, right, bottom."""
    width = drawing["card"]["width"]
    return [
        (x, y, x + width, y + one["h"]) for (x, y), one in zip(layout["at"], drawing["tables"], strict=True)
    ]


def overlap(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def segments(way: str) -> list[Box]:
    """The stretches between a path's points, each as a box."""
    numbers = [int(one) for one in re.findall(r"-?\d+", way)]
    points = list(zip(numbers[::2], numbers[1::2], strict=True))
    return [(min(a[0], b[0]), min(a[1], b[1]), max(a[0], b[0]), max(a[1], b[1])) for a, b in pairwise(points)]


@settings(max_examples=60)
@given(refers, st.integers(0, 40))
def test_no_two_tables_overlap_whatever_refers_to_what(refers: list[list[int]], columns: int) -> None:
    drawing = draw(Schema(), plan(tables_of(refers, columns)))

    for layout in drawing["layouts"]:
        assert not [pair for pair in combinations(boxes(drawing, layout), 2) if overlap(*pair)]


@settings(max_examples=60)
@given(refers)
def test_a_key_inside_a_group_runs_over_no_table(refers: list[list[int]]) -> None:
    drawing = draw(Schema(), plan(tables_of(refers)))

    for layout in drawing["layouts"]:
        cards = boxes(drawing, layout)
        ways = [one for one in layout["paths"] if "C" not in one]
        crossed = [
            (way, card) for way in ways for part in segments(way) for card in cards if overlap(part, card)
        ]
        assert not crossed


@settings(max_examples=60)
@given(refers)
def test_a_key_starts_at_its_row_and_ends_at_the_head(refers: list[list[int]]) -> None:
    drawing = draw(Schema(), plan(tables_of(refers)))
    card = drawing["card"]

    for layout in drawing["layouts"]:
        for link, way in zip(drawing["links"], layout["paths"], strict=True):
            x, y, *_, to_x, to_y = [int(one) for one in re.findall(r"-?\d+", way)]
            left, top = layout["at"][link["from"]]
            to_left, to_top = layout["at"][link["to"]]
            assert x in (left, left + card["width"])
            assert to_x in (to_left, to_left + card["width"])
            assert top + card["head"] < y < top + drawing["tables"][link["from"]]["h"]
            assert to_top < to_y < to_top + card["head"]


@settings(max_examples=60)
@given(refers)
def test_a_group_is_in_its_frame_and_frames_do_not_overlap(refers: list[list[int]]) -> None:
    drawing = draw(Schema(), plan(tables_of(refers)))

    for layout in drawing["layouts"]:
        frames = [(x, y, x + wide, y + high) for x, y, wide, high in layout["frames"]]
        assert len(frames) == len(drawing["groups"])
        assert not [pair for pair in combinations(frames, 2) if overlap(*pair)]
        for one in boxes(drawing, layout) if frames else ():
            assert any(
                one[0] >= f[0] and one[1] >= f[1] and one[2] <= f[2] and one[3] <= f[3] for f in frames
            )
        for one in [*boxes(drawing, layout), *frames]:
            assert 0 <= one[0] <= one[2] <= layout["width"]
            assert 0 <= one[1] <= one[3] <= layout["height"]


def test_the_same_plan_gives_the_same_picture() -> None:
    tables = tables_of([[], [0], [0, 1], [1], [2, 3], [0], [4], [4, 0]])

    assert draw(Schema(), plan(tables)) == draw(Schema(), plan(list(tables)))


def test_what_refers_stands_right_of_what_it_refers_to_where_there_is_room() -> None:
    drawing = draw(Schema(), plan([table("c", "b"), table("b", "a"), table("a")]))
    widest = max(drawing["layouts"], key=lambda one: one["width"] / one["height"])

    x = {one["name"]: at[0] for one, at in zip(drawing["tables"], widest["at"], strict=True)}
    assert x["a"] < x["b"] < x["c"]


def test_each_shape_is_near_the_window_it_is_for() -> None:
    drawing = draw(Schema(), plan(tables_of([[], *([i // 2] for i in range(15))])))

    layouts = drawing["layouts"]
    assert 3 <= len(layouts) <= len(SHAPES)
    found = [one["width"] / one["height"] for one in layouts]
    assert found == sorted(found)
    assert found[0] < 1 < found[-1]


def test_two_chains_do_not_cross() -> None:
    tables = [
        table("a0"),
        table("b0"),
        table("a1", "a0"),
        table("b1", "b0"),
        table("a2", "a1"),
        table("b2", "b1"),
    ]
    drawing = draw(Schema(), plan(tables))

    layout = drawing["layouts"][-1]
    ways = [segments(one) for one in layout["paths"]]
    crossings = [
        (a, b)
        for one, other in combinations(ways, 2)
        for a in one
        for b in other
        if (a[0] < b[0] <= b[2] < a[2] and b[1] < a[1] <= a[3] < b[3])
        or (b[0] < a[0] <= a[2] < b[2] and a[1] < b[1] <= b[3] < a[3])
    ]
    assert not crossings


def test_tables_that_refer_to_one_another_are_a_group() -> None:
    blocks = [(block * 10 + i, block * 10) for block in range(4) for i in range(1, 10)]
    between = [(10, 0), (20, 10), (30, 20)]

    groups = find_groups(40, [*blocks, *between], frozenset())
    assert sorted(map(sorted, groups)) == [list(range(n, n + 10)) for n in (0, 10, 20, 30)]


@given(st.integers(0, 60), st.lists(st.tuples(st.integers(0, 59), st.integers(0, 59)), max_size=120))
def test_every_table_is_in_one_group(count: int, pairs: list[tuple[int, int]]) -> None:
    known = [one for one in pairs if max(one) < count]
    hubs = find_hubs(count, known)
    groups = find_groups(count, known, hubs)

    assert sorted(table for one in groups for table in one) == list(range(count))
    assert all(groups)


def test_no_group_of_linked_tables_is_larger_than_one_looks_over() -> None:
    ring = [(i, (i + 1) % 200) for i in range(200)]

    assert max(map(len, find_groups(200, ring, frozenset()))) <= MOST


@pytest.mark.parametrize(
    ("points", "drawn"),
    [
        ([(0, 0), (50, 0)], "M0 0L50 0"),
        ([(0, 0), (20, 0), (20, 0), (50, 0)], "M0 0L50 0"),
        ([(0, 0), (20, 0), (20, 30), (50, 30)], "M0 0L12 0Q20 0 20 8L20 22Q20 30 28 30L50 30"),
        ([(0, 0), (20, 0), (20, 4), (50, 4)], "M0 0L18 0Q20 0 20 2L20 2Q20 4 22 4L50 4"),
    ],
)
def test_a_way_bends_in_curves_that_fit(points: list[tuple[int, int]], drawn: str) -> None:
    assert path(points) == drawn
