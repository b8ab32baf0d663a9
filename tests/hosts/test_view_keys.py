"""The picture from the keyboard alone: Tab, arrows, Enter, Escape, the search, the help."""

from __future__ import annotations

from pathlib import Path

import pytest
from hosts.browser import Browser
from hosts.pictures import (
    CARDS,
    FOCUSED,
    LONG,
    PANEL,
    SCALE,
    card,
    drawing_of,
    opened,
    outside,
    place_of,
)

pytestmark = [pytest.mark.hosts, pytest.mark.xdist_group("browser")]


def test_everything_can_be_done_from_the_keyboard(browser: Browser, tmp_path: Path) -> None:
    page = opened(browser, tmp_path, "fourteen")
    names = []
    for _ in range(6):
        page.press("Tab")
        names.append(
            page.see(f"{FOCUSED} || document.activeElement.id || document.activeElement.textContent")
        )
    drawn = [one["name"] for one in drawing_of("fourteen")["tables"]]

    assert names == ["search", "Zoom out", "Zoom in", "fit", "Help", drawn[0]]
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
