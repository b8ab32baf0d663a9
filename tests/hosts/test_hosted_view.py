"""The picture as the view of an MCP App: what it says to its host and what it makes of what the host says."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from hosts.browser import Browser, Page
from hosts.pictures import drawing_of

from shipkit_mcp.picture import fill

pytestmark = [pytest.mark.hosts, pytest.mark.xdist_group("browser")]

HOST = """<!doctype html><meta charset="utf-8"><body style="margin:0">
<iframe id="view" sandbox="allow-scripts allow-same-origin" style="width:100%;height:600px;border:0"></iframe><script>
const said = [], picture = PICTURE, given = GIVEN, frame = document.getElementById("view");
const send = (method, params) => frame.contentWindow.postMessage({ jsonrpc: "2.0", method, params }, "*");
const inside = (what) => frame.contentDocument.querySelector(what);
addEventListener("message", ({ data, source }) => {
  if (source !== frame.contentWindow) return;
  said.push(data);
  const answer = (result) => source.postMessage({ jsonrpc: "2.0", id: data.id, result }, "*");
  if (data.method === "ui/initialize") answer({ protocolVersion: "2026-01-26", hostInfo: { name: "test", version: "1" },
    hostCapabilities: { serverResources: {} }, hostContext: given.context });
  if (data.method === "ui/notifications/initialized") {
    send("ui/notifications/tool-input", { arguments: {} });
    if (given.cancel) send("ui/notifications/tool-cancelled", { reason: "the person said so" });
    else send("ui/notifications/tool-result", { content: [] });
  }
  if (data.method === "ui/request-display-mode") answer({ mode: data.params.mode });
  if (data.method === "resources/read" && given.refuse)
    source.postMessage({ jsonrpc: "2.0", id: data.id, error: { code: -32601, message: "not offered here" } }, "*");
  else if (data.method === "resources/read") answer({ contents: [{ uri: data.params.uri, text: picture }] });
});
frame.srcdoc = VIEW;
</script>"""
GROUND = "getComputedStyle(inside('body')).backgroundColor"
LIGHT, DARK = "rgb(244, 245, 247)", "rgb(19, 22, 24)"


def hosted(browser: Browser, tmp_path: Path, *, dark: bool = False, **given: Any) -> Page:
    """The view in a frame of a host that speaks the ui/ protocol, once the host has answered."""
    parts = {
        "PICTURE": json.dumps(json.dumps(drawing_of("fourteen"))),
        "GIVEN": json.dumps({"context": {}, "refuse": False, "cancel": False, **given}),
        "VIEW": json.dumps(fill(None)),
    }
    text = re.sub("PICTURE|GIVEN|VIEW", lambda found: parts[found[0]].replace("</", "<\\/"), HOST)
    path = tmp_path / "host.html"
    path.write_text(text, encoding="utf-8")
    page = Page(browser, path, 900, 640, dark=dark)
    page.until("said.some((one) => one.method === 'ui/notifications/initialized')")
    return page


def drawn(page: Page) -> None:
    page.until("Boolean(inside('.card'))")


def told(page: Page) -> str:
    page.until(
        "inside('#note') && !inside('#note').hidden && !inside('#note').textContent.startsWith('Waiting')"
    )
    return str(page.see("inside('#note').textContent"))


def test_the_view_asks_for_the_picture_when_the_tool_has_answered(browser: Browser, tmp_path: Path) -> None:
    page = hosted(browser, tmp_path)
    drawn(page)

    methods = page.see("said.map((one) => one.method)")
    assert methods[:2] == ["ui/initialize", "ui/notifications/initialized"]
    first = page.see("said[0].params")
    assert first["protocolVersion"] == "2026-01-26"
    assert set(first) == {"protocolVersion", "appInfo", "appCapabilities"}
    assert page.see("said.find((one) => one.method === 'resources/read').params.uri") == "shipkit://picture"
    assert page.see("frame.contentDocument.querySelectorAll('.card').length") == 14


@pytest.mark.parametrize("system", [False, True], ids=["light-system", "dark-system"])
@pytest.mark.parametrize(("theme", "ground"), [("light", LIGHT), ("dark", DARK)])
def test_the_hosts_theme_goes_before_the_systems(
    browser: Browser, tmp_path: Path, theme: str, ground: str, system: bool
) -> None:
    page = hosted(browser, tmp_path, dark=system, context={"theme": theme})
    drawn(page)

    assert page.see(GROUND) == ground


def test_without_a_theme_of_the_host_the_systems_holds(browser: Browser, tmp_path: Path) -> None:
    page = hosted(browser, tmp_path, dark=True)
    drawn(page)

    assert page.see(GROUND) == DARK


def test_a_change_of_theme_is_followed_and_the_rest_of_the_context_kept(
    browser: Browser, tmp_path: Path
) -> None:
    page = hosted(
        browser, tmp_path, context={"theme": "light", "availableDisplayModes": ["inline", "fullscreen"]}
    )
    drawn(page)
    page.see('send("ui/notifications/host-context-changed", { theme: "dark" })')
    page.until(f"{GROUND} === '{DARK}'")

    assert not page.see("inside('#full').hidden"), "what the change did not name is still known"
    page.see('send("ui/notifications/host-context-changed", { theme: "light" })')
    page.until(f"{GROUND} === '{LIGHT}'")


def test_the_hosts_font_and_safe_area_are_taken(browser: Browser, tmp_path: Path) -> None:
    context = {
        "styles": {"variables": {"--font-sans": "Georgia, serif"}},
        "safeAreaInsets": {"top": 10, "right": 0, "bottom": 24, "left": 0},
    }
    page = hosted(browser, tmp_path, context=context)
    drawn(page)

    assert page.see("getComputedStyle(inside('body')).fontFamily") == "Georgia, serif"
    assert page.see("getComputedStyle(inside('body')).padding") == "10px 0px 24px"


@pytest.mark.parametrize(
    ("dimensions", "heights"),
    [({}, [560]), ({"maxHeight": 300}, [300]), ({"height": 480}, []), ({"maxHeight": 2000}, [560])],
)
def test_the_view_asks_for_the_height_it_may_have(
    browser: Browser, tmp_path: Path, dimensions: dict[str, int], heights: list[int]
) -> None:
    page = hosted(browser, tmp_path, context={"containerDimensions": {"width": 900, **dimensions}})
    drawn(page)

    asked = (
        "said.filter((one) => one.method === 'ui/notifications/size-changed').map((one) => one.params.height)"
    )
    assert page.see(asked) == heights


def test_full_screen_is_offered_where_the_host_has_it(browser: Browser, tmp_path: Path) -> None:
    page = hosted(browser, tmp_path)
    drawn(page)
    assert page.see("inside('#full').hidden")

    page = hosted(browser, tmp_path, context={"availableDisplayModes": ["inline", "fullscreen"]})
    drawn(page)
    page.see("inside('#full').click()")
    page.until("inside('#full').textContent === 'Leave full screen'")
    assert page.see("said.find((one) => one.method === 'ui/request-display-mode').params") == {
        "mode": "fullscreen"
    }


@pytest.mark.parametrize(("mode", "moves"), [("inline", False), ("fullscreen", True)])
def test_inline_the_wheel_is_left_to_the_conversation(
    browser: Browser, tmp_path: Path, mode: str, moves: bool
) -> None:
    page = hosted(browser, tmp_path, context={"displayMode": mode})
    drawn(page)
    where = "inside('.card').getBoundingClientRect().y"
    before = page.see(where)
    page.see(
        "frame.contentWindow.addEventListener('wheel', (event) => { window.taken = event.defaultPrevented; })"
    )
    page.wheel(450, 400, 40)
    page.until("window.taken !== undefined")

    assert page.see("window.taken") == moves
    assert (page.see(where) != before) == moves


def test_a_host_that_hands_nothing_over_leaves_a_sentence(browser: Browser, tmp_path: Path) -> None:
    said = told(hosted(browser, tmp_path, refuse=True))

    assert "not offered here" in said
    assert "draft_schema_code" in said


def test_a_call_that_was_cancelled_leaves_a_sentence(browser: Browser, tmp_path: Path) -> None:
    assert "cancelled" in told(hosted(browser, tmp_path, cancel=True))


@pytest.mark.parametrize(
    ("method", "key"), [("ui/resource-teardown", "result"), ("ping", "result"), ("odd", "error")]
)
def test_every_request_of_the_host_is_answered(
    browser: Browser, tmp_path: Path, method: str, key: str
) -> None:
    page = hosted(browser, tmp_path)
    drawn(page)
    page.see(
        f'frame.contentWindow.postMessage({{ jsonrpc: "2.0", id: 99, method: "{method}", params: {{}} }}, "*")'
    )

    page.until(f"said.some((one) => one.id === 99 && one.{key})")


def test_messages_that_are_not_the_hosts_are_not_heeded(browser: Browser, tmp_path: Path) -> None:
    page = hosted(browser, tmp_path, context={"theme": "light"})
    drawn(page)
    page.see(
        "(() => { const other = document.createElement('iframe'); other.srcdoc = `<script>parent.frames[0].postMessage("
        "{ jsonrpc: '2.0', method: 'ui/notifications/host-context-changed', params: { theme: 'dark' } }, '*');"
        "parent.done = true<\\/script>`; document.body.append(other); })()"
    )
    page.until("window.done === true")
    page.see("new Promise((done) => setTimeout(done, 100))")

    assert page.see(GROUND) == LIGHT
