"""The picture in a real browser: sizes, colour schemes, many tables, the panel."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hosts.browser import Browser, Page
from hosts.pictures import (
    CARDS,
    DRAWN,
    FOCUSED,
    PANEL,
    SCALE,
    card,
    drawing_of,
    opened,
    outside,
    place_of,
)

pytestmark = [pytest.mark.hosts, pytest.mark.xdist_group("browser")]

SIZES = [(1920, 1080), (1280, 800), (768, 1024), (360, 640)]
SMALLEST_LETTERS = 8
"""Pixels, as seen. Of names: whatever is smaller is not shown as letters."""


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize(("width", "height"), SIZES, ids=str)
@pytest.mark.parametrize("name", DRAWN)
def test_every_table_is_in_sight_at_every_size(
    browser: Browser, tmp_path: Path, name: str, width: int, height: int, dark: bool
) -> None:
    page = opened(browser, tmp_path, name, width=width, height=height, dark=dark)

    assert page.see(f"{CARDS}.length") == len(drawing_of(name)["tables"])
    assert outside(page, CARDS) == []
    assert page.see("document.documentElement.scrollWidth <= innerWidth")
    assert (
        outside(page, "[...document.querySelectorAll('header button, header input, header li, summary')]")
        == []
    )
    page.picture(tmp_path / "seen.png")
    assert (tmp_path / "seen.png").stat().st_size > 5_000


@pytest.mark.parametrize(("width", "height"), SIZES, ids=str)
@pytest.mark.parametrize("name", DRAWN)
def test_what_is_seen_at_first_can_be_read(
    browser: Browser, tmp_path: Path, name: str, width: int, height: int
) -> None:
    page = opened(browser, tmp_path, name, width=width, height=height)
    shown = "[...document.querySelectorAll('.card b, .name span')].filter((one) => one.offsetParent)"
    sizes = page.see(f"{shown}.map((one) => parseFloat(getComputedStyle(one).fontSize) * {SCALE})")

    assert len(sizes) >= min(len(drawing_of(name)["tables"]), 5), "tables, or groups where tables are many"
    assert min(sizes) >= SMALLEST_LETTERS


def test_few_tables_show_their_names_whole_on_a_phone(browser: Browser, tmp_path: Path) -> None:
    page = opened(browser, tmp_path, "seven", width=360, height=640)

    assert (
        page.see(
            "[...document.querySelectorAll('.card b')].filter((one) => one.scrollWidth > one.clientWidth + 1"
            " || one.parentElement.scrollHeight > one.parentElement.clientHeight + 1).length"
        )
        == 0
    )


def test_the_colours_follow_the_persons_scheme(browser: Browser, tmp_path: Path) -> None:
    def ground(*, dark: bool) -> str:
        page = opened(browser, tmp_path, "seven", dark=dark)
        return str(page.see("getComputedStyle(document.body).backgroundColor"))

    light, dark = (sum(map(int, re.findall(r"\d+", ground(dark=one)))) for one in (False, True))
    assert light > 600
    assert dark < 150


def test_a_click_shows_why_with_evidence_and_escape_closes(browser: Browser, tmp_path: Path) -> None:
    page = opened(browser, tmp_path, "fourteen")
    spot = place_of(page, card("brand_kit_jobs"))
    page.click(spot["x"] + spot["w"] / 2, spot["y"] + 10)

    assert page.see(f"!{PANEL}.hidden && {PANEL}.querySelector('h2').textContent") == "brand_kit_jobs"
    assert "trigger_workflow" in page.see(f"{PANEL}.querySelector('ul code').textContent")
    assert "planned" in page.see(f"{PANEL}.textContent")
    assert page.see("document.querySelectorAll('#chosen path').length") == 2, "its keys, both ways"
    page.press("Escape")
    assert page.see(f"{PANEL}.hidden")
    assert page.see(FOCUSED) == "brand_kit_jobs"
    assert page.see("document.querySelectorAll('#chosen path').length") == 0


@pytest.mark.parametrize(("width", "height"), SIZES, ids=str)
def test_the_panel_leaves_its_table_in_sight(
    browser: Browser, tmp_path: Path, width: int, height: int
) -> None:
    page = opened(browser, tmp_path, "seven", width=width, height=height)
    for name in ("users", "transcript_messages", "monthly_usage"):
        page.see(f"{card(name)}.click()")
        seen, panel = place_of(page, card(name)), place_of(page, PANEL)
        right = panel["x"] if panel["w"] < width else width
        bottom = panel["y"] if panel["w"] == width else height

        assert seen["x"] >= 0
        assert seen["x"] + seen["w"] <= right + 1
        assert seen["y"] + min(seen["h"], 40) <= bottom


def test_the_panel_leads_to_the_tables_it_names(browser: Browser, tmp_path: Path) -> None:
    page = opened(browser, tmp_path, "seven")
    page.see(f"{card('transcripts')}.click()")
    page.see(
        f"[...{PANEL}.querySelectorAll('.go')].find((one) => one.textContent === 'transcription_jobs').click()"
    )

    assert page.see(f"{PANEL}.querySelector('h2').textContent") == "transcription_jobs"
    assert page.see(f"{card('transcription_jobs')}.getAttribute('aria-selected')") == "true"
    assert page.see(f"{card('transcripts')}.getAttribute('aria-selected')") == "false"


def test_near_a_card_shows_columns_and_from_far_its_name_alone(browser: Browser, tmp_path: Path) -> None:
    page = opened(browser, tmp_path, "hundred")
    rows = "getComputedStyle(document.querySelector('.rows')).display"
    assert page.see(rows) == "none"
    for _ in range(8):
        page.press("+")
    assert page.see(rows) == "block"


def test_another_window_gets_another_shape(browser: Browser, tmp_path: Path) -> None:
    page = opened(browser, tmp_path, "fourteen")
    wide = page.see("layout.width / layout.height")
    page.resize(400, 800)
    page.until("layout.width / layout.height < 1")

    assert wide > 1.2
    assert outside(page, CARDS) == []


def test_keys_of_a_table_that_all_refer_to_show_when_it_is_opened(browser: Browser, tmp_path: Path) -> None:
    page = opened(browser, tmp_path, "hundred")
    hubs = sum(one["hub"] for one in drawing_of("hundred")["links"])
    all_links = len(drawing_of("hundred")["links"])

    assert hubs > 12
    assert page.see("document.querySelectorAll('#links path').length") == all_links - hubs
    page.see(f"{card('users')}.click()")
    assert page.see("document.querySelectorAll('#chosen path').length") >= hubs


def test_motion_is_left_out_where_the_system_says_so(browser: Browser, tmp_path: Path) -> None:
    page = opened(browser, tmp_path, "seven")
    glides = "document.getElementById('fit').click(), getComputedStyle(document.getElementById('world')).transitionDuration"

    assert page.see(glides) == "0s"
    page.like(prefers_reduced_motion="no-preference")
    assert page.see(glides) == "0.18s"


def test_without_a_host_the_apps_page_says_what_it_is_for(browser: Browser, tmp_path: Path) -> None:
    page: Page = opened(browser, tmp_path, "none", width=360, height=640)

    assert "shipkit-mcp diagram --out picture.html" in page.see("document.getElementById('note').textContent")
    for key in ("+", "0", "ArrowRight", "Escape"):
        page.press(key)
