"""The picture in a real browser: sizes, colour schemes, many tables, mouse, fingers, wheel, keyboard."""

from __future__ import annotations

import math
import re
from pathlib import Path

import pytest
from hosts.browser import Browser, Page
from hosts.pictures import CARDS, DRAWN, FOCUSED, LONG, PANEL, card, drawing_of, opened, outside, place_of

pytestmark = [pytest.mark.hosts, pytest.mark.xdist_group("browser")]

SIZES = [(1920, 1080), (1280, 800), (768, 1024), (360, 640)]
SCALE = "new DOMMatrix(getComputedStyle(document.getElementById('world')).transform).a"
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


def test_everything_can_be_done_from_the_keyboard(browser: Browser, tmp_path: Path) -> None:
    page = opened(browser, tmp_path, "fourteen")
    names = []
    for _ in range(6):
        page.press("Tab")
        names.append(
            page.see(f"{FOCUSED} || document.activeElement.id || document.activeElement.textContent")
        )
    drawn = [one["name"] for one in drawing_of("fourteen")["tables"]]

    assert names == [
        "Search tables and columns",
        "Zoom out",
        "Zoom in",
        "fit",
        "Help",
        drawn[0],
    ] or names == [
        "search",
        "Zoom out",
        "Zoom in",
        "fit",
        "Help",
        drawn[0],
    ]
    assert page.see("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    page.press("End")
    assert page.see(FOCUSED) == drawn[-1]
    page.press("Enter")
    assert page.see(f"{PANEL}.querySelector('h2').textContent") == drawn[-1]
    assert page.see(f"document.activeElement === {PANEL}")
    page.press("Tab")
    assert page.see("document.activeElement.textContent") == "Close"
    page.press("Enter")
    assert page.see(f"{PANEL}.hidden")
    assert page.see(FOCUSED) == drawn[-1]
    page.press("Home")
    assert page.see(FOCUSED) == drawn[0]


def test_the_arrows_reach_every_table(browser: Browser, tmp_path: Path) -> None:
    page = opened(browser, tmp_path, "fourteen")
    drawn = {one["name"] for one in drawing_of("fourteen")["tables"]}
    ways = ("ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown")
    reached, left = set(), [page.see(f"{CARDS}[0].focus(), {FOCUSED}")]
    while left:
        name = left.pop()
        if name in reached:
            continue
        reached.add(name)
        for way in ways:
            page.see(f"{card(name)}.focus()")
            page.press(way)
            left.append(page.see(FOCUSED))

    assert reached == drawn


def test_an_arrow_goes_where_it_points(browser: Browser, tmp_path: Path) -> None:
    page = opened(browser, tmp_path, "seven")
    page.see(f"{card('users')}.focus()")
    before = place_of(page, "document.activeElement")
    page.press("ArrowRight")
    right = place_of(page, "document.activeElement")
    page.press("ArrowDown")
    down = place_of(page, "document.activeElement")

    assert right["x"] > before["x"]
    assert down["y"] > right["y"]


def test_with_shift_the_arrows_move_the_picture(browser: Browser, tmp_path: Path) -> None:
    page = opened(browser, tmp_path, "seven")
    page.see(f"{card('users')}.focus()")
    before = place_of(page, card("users"))
    page.press("ArrowRight", shift=True)

    assert place_of(page, card("users"))["x"] == pytest.approx(before["x"] - 60, abs=1)
    assert page.see(FOCUSED) == "users"


def test_the_search_finds_names_and_columns_and_enter_opens_the_best(
    browser: Browser, tmp_path: Path
) -> None:
    page = opened(browser, tmp_path, "hundred")
    page.press("/")
    page.write("transcripts_tags")

    assert page.see("document.getElementById('search').value") == "transcripts_tags"
    assert page.see("document.getElementById('status').textContent") == "1 table found"
    assert page.see("document.querySelectorAll('.card.dim').length") == 99
    page.press("Enter")
    assert page.see(f"{PANEL}.querySelector('h2').textContent") == "transcripts_tags"
    assert page.see(FOCUSED) == "transcripts_tags"
    assert page.see(SCALE) > 0.5, "near enough to read its columns"
    assert page.see("document.querySelectorAll('.card.dim').length") == 0
    page.press("Escape")
    page.press("Escape")
    assert page.see("document.getElementById('search').value") == ""


def test_the_search_lists_what_it_finds_for_the_arrows(browser: Browser, tmp_path: Path) -> None:
    page = opened(browser, tmp_path, "seven")
    page.press("/")
    page.write("conversation")
    rows = page.see("[...document.querySelectorAll('#hits li')].map((one) => one.textContent)")

    assert rows == ["transcript_conversations existing", "transcript_messages has transcript_conversation_id"]
    assert page.see("document.getElementById('search').getAttribute('aria-expanded')") == "true"
    page.press("ArrowDown")
    active = page.see("document.getElementById('search').getAttribute('aria-activedescendant')")
    assert page.see(f"document.getElementById('{active}').getAttribute('aria-selected')") == "true"
    page.press("Enter")
    assert page.see(f"{PANEL}.querySelector('h2').textContent") == "transcript_messages"
    assert page.see("document.getElementById('hits').hidden")


def test_a_search_without_a_hit_says_so_and_dims_nothing(browser: Browser, tmp_path: Path) -> None:
    page = opened(browser, tmp_path, "seven")
    page.press("/")
    page.write("zzz")

    assert page.see("document.getElementById('status').textContent") == "No table found"
    assert page.see("document.getElementById('hits').textContent") == "No table or column is called so."
    assert page.see("document.querySelectorAll('.card.dim').length") == 0
    page.press("Enter")
    assert page.see(f"{PANEL}.hidden")


def test_a_focused_table_out_of_sight_is_brought_into_it(browser: Browser, tmp_path: Path) -> None:
    page = opened(browser, tmp_path, "hundred", width=768, height=600)
    for _ in range(12):
        page.press("+")
    page.see(f"{card(LONG)}.focus()")
    seen = place_of(page, card(LONG))

    assert 0 <= seen["x"] < 768
    assert 0 <= seen["y"] < 600


def test_dragging_moves_the_picture_and_opens_nothing(browser: Browser, tmp_path: Path) -> None:
    page = opened(browser, tmp_path, "fourteen")
    before = place_of(page, card("users"))
    page.drag(before["x"] + 20, before["y"] + 10, before["x"] + 140, before["y"] + 70)

    after = place_of(page, card("users"))
    assert (after["x"] - before["x"], after["y"] - before["y"]) == pytest.approx((120, 60), abs=1)
    assert page.see(f"{PANEL}.hidden")


def test_the_picture_cannot_be_lost_by_moving_it(browser: Browser, tmp_path: Path) -> None:
    page = opened(browser, tmp_path, "seven")
    for _ in range(20):
        page.wheel(600, 400, 900)

    world = page.see("(({ x, y, k }) => y + layout.height * k)(at)")
    assert world > 40


def test_two_fingers_zoom_about_their_middle(browser: Browser, tmp_path: Path) -> None:
    page = opened(browser, tmp_path, "seven", width=360, height=640)
    before, seen = page.see(SCALE), place_of(page, card("users"))
    x, y = seen["x"] + 10, seen["y"] + 10
    page.touch([(x - 20, y), (x + 20, y)], [(x - 30, y), (x + 30, y)], [(x - 40, y), (x + 40, y)])
    after = place_of(page, card("users"))

    assert page.see(SCALE) == pytest.approx(before * 2, rel=0.1)
    assert (after["x"], after["y"]) == pytest.approx((x - 20, y - 20), abs=4)
    assert page.see(f"{PANEL}.hidden"), "a pinch opens nothing"


def test_one_finger_moves_the_picture(browser: Browser, tmp_path: Path) -> None:
    page = opened(browser, tmp_path, "seven", width=360, height=640)
    before = place_of(page, card("users"))
    x, y = before["x"] + 20, before["y"] + 20
    page.touch([(x, y)], [(x + 15, y + 10)], [(x + 30, y + 20)])
    after = place_of(page, card("users"))

    assert (after["x"] - before["x"], after["y"] - before["y"]) == pytest.approx((30, 20), abs=2)


def test_the_wheel_moves_and_with_control_it_zooms_where_it_points(browser: Browser, tmp_path: Path) -> None:
    page = opened(browser, tmp_path, "seven")
    before = place_of(page, card("users"))
    page.wheel(600, 400, 50)
    moved = place_of(page, card("users"))
    assert (moved["x"], moved["y"]) == pytest.approx((before["x"], before["y"] - 50), abs=1)

    page.wheel(moved["x"], moved["y"], -50, control=True)
    zoomed = place_of(page, card("users"))
    assert zoomed["w"] / moved["w"] == pytest.approx(math.exp(0.3), rel=0.02)
    assert (zoomed["x"], zoomed["y"]) == pytest.approx((moved["x"], moved["y"]), abs=2)


def test_the_keys_zoom_and_nought_fits_again(browser: Browser, tmp_path: Path) -> None:
    page = opened(browser, tmp_path, "hundred")
    fitted = page.see(SCALE)
    for _ in range(3):
        page.press("+")
    assert page.see(SCALE) == pytest.approx(fitted * 1.25**3, rel=0.01)
    page.press("-")
    assert page.see(SCALE) == pytest.approx(fitted * 1.25**3 * 0.8, rel=0.01)
    page.press("0")
    assert page.see(SCALE) == pytest.approx(fitted, rel=0.01)


def test_near_a_card_shows_columns_and_from_far_its_name_alone(browser: Browser, tmp_path: Path) -> None:
    page = opened(browser, tmp_path, "hundred")
    rows = "getComputedStyle(document.querySelector('.rows')).display"
    assert page.see(rows) == "none"
    for _ in range(8):
        page.press("+")
    assert page.see(rows) == "block"


def test_a_tap_on_a_groups_name_brings_the_group_near(browser: Browser, tmp_path: Path) -> None:
    page = opened(browser, tmp_path, "hundred", width=360, height=640)
    before = page.see(SCALE)
    spot = place_of(
        page, "[...document.querySelectorAll('.name span')].find((one) => one.textContent === 'transcripts')"
    )
    page.click(spot["x"] + spot["w"] / 2, spot["y"] + spot["h"] / 2)

    assert page.see(SCALE) > 2 * before
    assert outside(page, f"[{card('transcripts')}]") == []


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


def test_the_help_opens_and_closes_from_the_keyboard(browser: Browser, tmp_path: Path) -> None:
    page = opened(browser, tmp_path, "seven", width=360, height=640)
    page.see("document.querySelector('summary').focus()")
    page.press("Enter")
    assert page.see("document.getElementById('help').open")
    assert outside(page, "[document.querySelector('.help dl')]") == []
    page.press("Escape")
    assert not page.see("document.getElementById('help').open")
    assert page.see("document.activeElement.tagName") == "SUMMARY"


def test_every_control_has_a_name_and_every_reference_an_end(browser: Browser, tmp_path: Path) -> None:
    page = opened(browser, tmp_path, "seven")
    page.see(f"{card('users')}.click()")
    controls = (
        "[...document.querySelectorAll('button, input, summary, [role=option], [role=listbox], aside')]"
    )
    named = "(one.getAttribute('aria-label') || one.labels?.[0]?.textContent || document.getElementById(one.getAttribute('aria-labelledby'))?.textContent || one.textContent)"

    assert page.see(f"{controls}.filter((one) => !{named}.trim()).map((one) => one.outerHTML)") == []
    assert page.see(
        "[...document.querySelectorAll('[aria-controls]')].every((one) => document.getElementById(one.getAttribute('aria-controls')))"
    )
    assert page.see(
        "new Set([...document.querySelectorAll('[id]')].map((one) => one.id)).size === document.querySelectorAll('[id]').length"
    )


def test_without_a_host_the_apps_page_says_what_it_is_for(browser: Browser, tmp_path: Path) -> None:
    page: Page = opened(browser, tmp_path, "none", width=360, height=640)

    assert "shipkit-mcp diagram --out picture.html" in page.see("document.getElementById('note').textContent")
    for key in ("+", "0", "ArrowRight", "Escape"):
        page.press(key)
