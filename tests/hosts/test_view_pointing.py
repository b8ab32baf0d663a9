"""The picture under mouse, wheel and fingers."""

from __future__ import annotations

import math
from pathlib import Path

import pytest
from hosts.browser import Browser
from hosts.pictures import (
    PANEL,
    SCALE,
    card,
    opened,
    outside,
    place_of,
)

pytestmark = [pytest.mark.hosts, pytest.mark.xdist_group("browser")]


def test_dragging_moves_the_picture_and_opens_nothing(browser: Browser, tmp_path: Path) -> None:
    page = opened(browser, tmp_path, "fourteen")
    before = place_of(page, card("users"))
    page.drag(before["x"] + 20, before["y"] + 10, before["x"] + 140, before["y"] + 70)

    after = place_of(page, card("users"))
    assert (after["x"] - before["x"], after["y"] - before["y"]) == pytest.approx((120, 60), abs=1)
    assert page.see(f"{PANEL}.hidden")


def test_the_picture_cannot_be_lost_by_moving_it(browser: Browser, tmp_path: Path) -> None:
    page = opened(browser, tmp_path, "seven")
    page.see("view.addEventListener('wheel', () => { window.turned = (window.turned || 0) + 1; })")
    page.wheel(600, 400, 90_000)
    page.until("window.turned")

    assert page.see("at.y + layout.height * at.k") == pytest.approx(60, abs=1)


def test_two_fingers_zoom_about_their_middle(browser: Browser, tmp_path: Path) -> None:
    page = opened(browser, tmp_path, "seven", width=360, height=640)
    before, seen = page.see(SCALE), place_of(page, card("users"))
    x, y = seen["x"] + 10, seen["y"] + 10
    page.touch([(x - 20, y), (x + 20, y)], [(x - 30, y), (x + 30, y)], [(x - 40, y), (x + 40, y)])
    page.until("dragged && fingers.size === 0")
    after = place_of(page, card("users"))

    assert page.see(SCALE) == pytest.approx(before * 2, rel=0.1)
    assert (after["x"], after["y"]) == pytest.approx((x - 20, y - 20), abs=4)
    assert page.see(f"{PANEL}.hidden"), "a pinch opens nothing"


def test_one_finger_moves_the_picture(browser: Browser, tmp_path: Path) -> None:
    page = opened(browser, tmp_path, "seven", width=360, height=640)
    before = place_of(page, card("users"))
    x, y = before["x"] + 20, before["y"] + 20
    page.touch([(x, y)], [(x + 15, y + 10)], [(x + 30, y + 20)])
    page.until("dragged && fingers.size === 0")
    after = place_of(page, card("users"))

    assert (after["x"] - before["x"], after["y"] - before["y"]) == pytest.approx((30, 20), abs=2)


def test_the_wheel_moves_and_with_control_it_zooms_where_it_points(browser: Browser, tmp_path: Path) -> None:
    page = opened(browser, tmp_path, "seven")
    before = place_of(page, card("users"))
    scale = page.see(SCALE)
    page.wheel(600, 400, 50)
    page.until(f"{card('users')}.getBoundingClientRect().y < {before['y'] - 49}")
    moved = place_of(page, card("users"))
    assert (moved["x"], moved["y"]) == pytest.approx((before["x"], before["y"] - 50), abs=1)

    page.wheel(moved["x"] + 100, moved["y"] + 100, -50, control=True)
    page.until(f"{SCALE} > {scale * 1.01}")
    zoomed = place_of(page, card("users"))
    grown = math.exp(0.3)
    still = 100 - 100 * grown
    assert zoomed["w"] / moved["w"] == pytest.approx(grown, rel=0.02)
    assert (zoomed["x"], zoomed["y"]) == pytest.approx((moved["x"] + still, moved["y"] + still), abs=2)


def test_a_tap_on_a_groups_name_brings_the_group_near(browser: Browser, tmp_path: Path) -> None:
    page = opened(browser, tmp_path, "hundred", width=360, height=640)
    before = page.see(SCALE)
    spot = place_of(
        page, "[...document.querySelectorAll('.name span')].find((one) => one.textContent === 'transcripts')"
    )
    page.click(spot["x"] + spot["w"] / 2, spot["y"] + spot["h"] / 2)

    assert page.see(SCALE) > 2 * before
    assert outside(page, f"[{card('transcripts')}]") == []
