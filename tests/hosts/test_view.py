"""The picture in a real browser: sizes, colour schemes, many tables, mouse, keyboard, and as the view of a host."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hosts.browser import Browser, Page, started

from shipkit_mcp.analysis import analyse
from shipkit_mcp.analysis.memory import Memory
from shipkit_mcp.analysis.request import Request
from shipkit_mcp.facts import Column, ForeignKey, Schema, Table
from shipkit_mcp.findings import Counts, Plan, Readiness
from shipkit_mcp.picture import draw, fill, render_page
from shipkit_mcp.project import open_project
from tests.docs import ROOT

pytestmark = [pytest.mark.hosts, pytest.mark.xdist_group("browser")]

SIZES = [(1600, 1000), (1024, 700), (700, 500), (360, 640)]
CARDS = "[...document.querySelectorAll('.card')]"
PANEL = "document.getElementById('panel')"


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with started(tmp_path_factory.mktemp("profile")) as running:
        yield running


@pytest.fixture(autouse=True)
def nothing_went_wrong(browser: Browser) -> Iterator[None]:
    """No exception, no refused resource, no request to anywhere."""
    browser.faults.clear()
    yield
    browser.ask("Browser.getVersion")
    assert browser.faults == []


def example_drawing() -> tuple[Schema, Plan]:
    root = ROOT / "examples" / "site-studio"
    analysis = analyse(open_project(None, launch=str(root), environ={}, cwd="/"), Request(), Memory())
    return analysis.survey.schema, analysis.plan


def hundred_tables() -> tuple[Schema, Plan]:
    """A hundred tables that refer to one another, one with a very long name."""
    names = [f"table_{i:03}" for i in range(99)] + ["a_table_" + "with_a_long_name_" * 6]
    tables = []
    for i, name in enumerate(names):
        columns = tuple(Column(name=f"column_{n}", key=f"c{n}", type="text") for n in range(3 + i % 20))
        to = names[i // 3] if i else None
        keys = (
            (ForeignKey(name=f"fk{i}", columns=("column_1",), table=to, foreign_columns=("column_0",)),)
            if to
            else ()
        )
        tables.append(
            Table(
                name=name,
                dialect="postgresql",
                key=name,
                path="s.ts",
                line=i,
                columns=columns,
                foreign_keys=keys,
            )
        )
    schema = Schema(tables=tuple(tables))
    counts = Counts(tables=100, columns=0, new=0, modified=0, removed=0, total=100)
    plan = Plan(
        project_root="~/many", readiness=Readiness(percent=0, met=0, total=0), counts=counts, target=schema
    )
    return schema, plan


DRAWINGS = {"example": example_drawing, "hundred": hundred_tables}


def opened(browser: Browser, tmp_path: Path, name: str = "example", **how: Any) -> Page:
    path = tmp_path / f"{name}.html"
    path.write_text(render_page(*DRAWINGS[name]()), encoding="utf-8")
    return Page(browser, path, how.get("width", 1200), how.get("height", 800), dark=how.get("dark", False))


def inside(page: Page, what: str) -> list[str]:
    """Which cards do not lie within the window."""
    found: list[str] = page.see(
        f"{what}.filter((one) => {{ const r = one.getBoundingClientRect(); return r.left < -1 || r.right > innerWidth + 1"
        " || r.bottom > innerHeight + 1; }).map((one) => one.textContent.slice(0, 40))"
    )
    return found


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize(("width", "height"), SIZES, ids=str)
@pytest.mark.parametrize("name", DRAWINGS)
def test_every_table_is_in_sight_at_every_size(
    browser: Browser, tmp_path: Path, name: str, width: int, height: int, dark: bool
) -> None:
    page = opened(browser, tmp_path, name, width=width, height=height, dark=dark)
    wanted = len(draw(*DRAWINGS[name]())["tables"])

    assert page.see(f"{CARDS}.length") == wanted
    assert inside(page, CARDS) == []
    assert page.see("document.documentElement.scrollWidth <= innerWidth")
    assert inside(page, "[...document.querySelectorAll('header button, header input')]") == []
    page.picture(tmp_path / "seen.png")
    assert (tmp_path / "seen.png").stat().st_size > 5_000


def test_the_colours_follow_the_persons_scheme(browser: Browser, tmp_path: Path) -> None:
    def ground(*, dark: bool) -> str:
        page = opened(browser, tmp_path, dark=dark)
        return str(page.see("getComputedStyle(document.body).backgroundColor"))

    light, dark = (sum(map(int, re.findall(r"\d+", ground(dark=one)))) for one in (False, True))
    assert light > 600
    assert dark < 150


def test_a_click_shows_why_with_evidence_and_escape_closes(browser: Browser, tmp_path: Path) -> None:
    page = opened(browser, tmp_path)
    x, y = page.see(
        f"(() => {{ const r = {CARDS}.find((one) => one.querySelector('h2').textContent === 'brand_kit_jobs')"
        ".getBoundingClientRect(); return [r.x + r.width / 2, r.y + 10]; })()"
    )
    page.click(x, y)

    assert page.see(f"!{PANEL}.hidden && {PANEL}.querySelector('h2').textContent") == "brand_kit_jobs"
    assert "trigger_workflow" in page.see(f"{PANEL}.querySelector('code').textContent")
    assert "planned" in page.see(f"{PANEL}.textContent")
    page.press("Escape")
    assert page.see(f"{PANEL}.hidden")
    assert page.see("document.activeElement.querySelector('h2').textContent") == "brand_kit_jobs"


def test_everything_can_be_done_from_the_keyboard(browser: Browser, tmp_path: Path) -> None:
    page = opened(browser, tmp_path)
    names = []
    for _ in range(page.see(f"{CARDS}.length") + 4):
        page.press("Tab")
        names.append(
            page.see("document.activeElement.querySelector?.('h2')?.textContent || document.activeElement.id")
        )
    drawn = [one["name"] for one in draw(*example_drawing())["tables"]]

    assert names[:4] == ["search", "out", "in", "fit"]
    assert names[4:] == drawn
    assert page.see("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    page.press("Enter")
    assert page.see(f"{PANEL}.querySelector('h2').textContent") == drawn[-1]
    assert page.see(f"document.activeElement === {PANEL}")
    page.press("Tab")
    assert page.see("document.activeElement.textContent") == "Close"
    page.press("Enter")
    assert page.see(f"{PANEL}.hidden")


def test_the_search_finds_names_and_columns_and_enter_opens_the_best(
    browser: Browser, tmp_path: Path
) -> None:
    page = opened(browser, tmp_path, "hundred")
    page.press("/")
    page.write("table_042")

    assert page.see("document.getElementById('search').value") == "table_042"
    assert page.see("document.getElementById('status').textContent") == "1 table found"
    assert page.see("document.querySelectorAll('.card.dim').length") == 99
    page.press("Enter")
    assert page.see(f"{PANEL}.querySelector('h2').textContent") == "table_042"
    page.press("Escape")
    page.press("Escape")
    assert page.see("document.querySelectorAll('.card.dim').length") == 0


def test_a_focused_table_out_of_sight_is_brought_into_it(browser: Browser, tmp_path: Path) -> None:
    page = opened(browser, tmp_path, "hundred", width=700, height=500)
    for _ in range(12):
        page.press("+")
    page.see(f"{CARDS}.at(-1).focus()")

    assert inside(page, f"[{CARDS}.at(-1)]") == [] or page.see(
        f"(() => {{ const r = {CARDS}.at(-1).getBoundingClientRect(); return r.left < innerWidth && r.right > 0"
        " && r.top < innerHeight && r.bottom > 0; })()"
    )


def test_dragging_moves_the_picture_and_opens_nothing(browser: Browser, tmp_path: Path) -> None:
    page = opened(browser, tmp_path)
    card = f"{CARDS}[0].getBoundingClientRect()"
    x, y = page.see(f"[{card}.x + 20, {card}.y + 10]")
    page.drag(x, y, x + 120, y + 60)

    moved_x, moved_y = page.see(f"[{card}.x + 20, {card}.y + 10]")
    assert (round(moved_x - x), round(moved_y - y)) == (120, 60)
    assert page.see(f"{PANEL}.hidden")


HOST = """<!doctype html><meta charset="utf-8"><body style="margin:0">
<iframe id="view" sandbox="allow-scripts" style="width:100%;height:600px;border:0"></iframe><script>
const said = [], picture = PICTURE, refuse = REFUSE, frame = document.getElementById("view");
addEventListener("message", ({ data, source }) => {
  if (source !== frame.contentWindow) return;
  said.push(data);
  const answer = (result) => source.postMessage({ jsonrpc: "2.0", id: data.id, result }, "*");
  if (data.method === "ui/initialize") answer({ protocolVersion: "2026-01-26", hostInfo: { name: "test", version: "1" },
    hostCapabilities: { serverResources: {} }, hostContext: { theme: "light" } });
  if (data.method === "ui/notifications/initialized") {
    source.postMessage({ jsonrpc: "2.0", method: "ui/notifications/tool-input", params: { arguments: {} } }, "*");
    source.postMessage({ jsonrpc: "2.0", method: "ui/notifications/tool-result", params: { content: [] } }, "*");
  }
  if (data.method === "resources/read" && refuse)
    source.postMessage({ jsonrpc: "2.0", id: data.id, error: { code: -32601, message: "not offered here" } }, "*");
  else if (data.method === "resources/read") answer({ contents: [{ uri: data.params.uri, text: picture }] });
});
frame.srcdoc = VIEW;
</script>"""


def hosted(browser: Browser, tmp_path: Path, *, refuse: bool = False) -> Page:
    """The view in a sandboxed frame of a host that speaks the ui/ protocol."""
    parts = {
        "PICTURE": json.dumps(json.dumps(draw(*example_drawing()))),
        "REFUSE": json.dumps(refuse),
        "VIEW": json.dumps(fill(None)),
    }
    text = re.sub("PICTURE|REFUSE|VIEW", lambda found: parts[found[0]].replace("</", "<\\/"), HOST)
    path = tmp_path / "host.html"
    path.write_text(text, encoding="utf-8")
    return Page(browser, path, 900, 640)


def test_in_a_host_the_view_asks_for_the_picture_when_the_tool_has_answered(
    browser: Browser, tmp_path: Path
) -> None:
    page = hosted(browser, tmp_path)
    page.until("said.some((one) => one.method === 'resources/read')")

    methods = page.see("said.map((one) => one.method)")
    assert methods[:2] == ["ui/initialize", "ui/notifications/initialized"]
    assert page.see("said[0].params.protocolVersion") == "2026-01-26"
    assert page.see("said.find((one) => one.method === 'resources/read').params.uri") == "shipkit://picture"
    assert page.see("said.find((one) => one.method === 'ui/notifications/size-changed').params.height") > 300
    page.picture(tmp_path / "hosted.png")
    assert (tmp_path / "hosted.png").stat().st_size > 8_000, "the tables are drawn in the frame"


def test_a_host_that_hands_nothing_over_leaves_a_sentence_and_no_fault(
    browser: Browser, tmp_path: Path
) -> None:
    page = hosted(browser, tmp_path, refuse=True)
    page.until("said.some((one) => one.method === 'resources/read')")
    page.see("new Promise((done) => setTimeout(done, 200))")

    page.picture(tmp_path / "refused.png")
    assert (tmp_path / "refused.png").stat().st_size > 2_000


def test_the_view_ends_when_its_host_asks_it_to(browser: Browser, tmp_path: Path) -> None:
    page = hosted(browser, tmp_path)
    page.until("said.some((one) => one.method === 'resources/read')")
    page.see(
        'frame.contentWindow.postMessage({ jsonrpc: "2.0", id: 99, method: "ui/resource-teardown", params: {} }, "*")'
    )

    page.until("said.some((one) => one.id === 99 && one.result)")
