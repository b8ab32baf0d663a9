"""A real headless Chromium, asked over its own pipe (DevTools protocol): no driver, no other package."""

from __future__ import annotations

import base64
import fcntl
import json
import os
import shutil
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
FLAGS = (
    *("--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-extensions"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-quic"),
    *("--remote-debugging-pipe", "--force-prefers-reduced-motion"),
)
KEYS = {
    "Tab": 9,
    "Enter": 13,
    "Escape": 27,
    " ": 32,
    "End": 35,
    "Home": 36,
    "ArrowLeft": 37,
    "ArrowUp": 38,
    "ArrowRight": 39,
    "ArrowDown": 40,
    "/": 191,
    "+": 187,
    "-": 189,
    "0": 48,
}
CONTROL, SHIFT = 2, 8
"""Keys that are held, as the protocol numbers them."""


def find() -> str:
    """The browser. Raises LookupError saying what to install or set."""
    given = os.environ.get("SHIPKIT_TEST_BROWSER")
    found = given or next((path for name in NAMES if (path := shutil.which(name))), None)
    if found is None:
        raise LookupError(
            "Install Chromium (Debian: apt install chromium) or set SHIPKIT_TEST_BROWSER to one."
        )
    return found


class Browser:
    """A running browser; messages are JSON ended by a zero byte, on its descriptors 3 and 4."""

    def __init__(self, profile: Path) -> None:
        (theirs_in, ours_out), (ours_in, theirs_out) = os.pipe(), os.pipe()
        high = [fcntl.fcntl(one, fcntl.F_DUPFD, 60) for one in (theirs_in, theirs_out)]
        start = ["/bin/bash", "-c", f'exec "$@" 3<&{high[0]} 4>&{high[1]}', "bash", find(), *FLAGS]
        with (profile / "log").open("wb") as log:
            self._process = subprocess.Popen(
                [*start, f"--user-data-dir={profile}", "about:blank"], pass_fds=high, stdout=log, stderr=log
            )
        for one in (theirs_in, theirs_out, *high):
            os.close(one)
        self._in, self._out = os.fdopen(ours_in, "rb"), os.fdopen(ours_out, "wb")
        self._number = 0
        self.faults: list[str] = []

    def ask(self, method: str, session: str | None = None, **params: Any) -> dict[str, Any]:
        """Send a command and wait for its answer."""
        self._number += 1
        said: dict[str, Any] = {"id": self._number, "method": method, "params": params}
        if session:
            said["sessionId"] = session
        self._out.write(json.dumps(said).encode() + b"\0")
        self._out.flush()
        while (heard := self._read()).get("id") != self._number:
            self._note(heard)
        assert "error" not in heard, heard
        result: dict[str, Any] = heard["result"]
        return result

    def _note(self, heard: dict[str, Any]) -> None:
        if heard.get("method") == "Runtime.exceptionThrown":
            self.faults.append(json.dumps(heard["params"]["exceptionDetails"])[:500])
        elif heard.get("method") == "Log.entryAdded" and heard["params"]["entry"]["level"] == "error":
            self.faults.append(heard["params"]["entry"]["text"])
        elif heard.get("method") == "Network.requestWillBeSent":
            address = heard["params"]["request"]["url"]
            if not address.startswith(("file:", "about:", "data:")):
                self.faults.append(f"asked for {address}")

    def _read(self) -> dict[str, Any]:
        data = bytearray()
        while (byte := self._in.read(1)) != b"\0":
            assert byte, "the browser ended"
            data += byte
        heard: dict[str, Any] = json.loads(data)
        return heard

    def close(self) -> None:
        self._out.close()
        self._in.close()
        self._process.terminate()
        self._process.wait(timeout=30)


class Page:
    """One page of a size, light or dark."""

    def __init__(self, browser: Browser, path: Path, width: int, height: int, *, dark: bool = False) -> None:
        self._browser = browser
        target = browser.ask("Target.createTarget", url="about:blank")["targetId"]
        self._session = browser.ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Runtime", "Log", "Network", "Page"):
            self._ask(f"{domain}.enable")
        self.like(prefers_color_scheme="dark" if dark else "light")
        self.resize(width, height)
        self._ask("Page.navigate", url=path.as_uri())
        self.until("document.readyState === 'complete'")

    def _ask(self, method: str, **params: Any) -> dict[str, Any]:
        return self._browser.ask(method, self._session, **params)

    def see(self, expression: str) -> Any:
        """The value of an expression in the page."""
        said = self._ask("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        assert "exceptionDetails" not in said, said
        return said["result"].get("value")

    def until(self, expression: str, seconds: float = 10.0) -> None:
        """Wait for an expression to be true."""
        deadline = time.monotonic() + seconds
        while not self.see(expression):
            assert time.monotonic() < deadline, f"never true: {expression}"
            time.sleep(0.05)

    def press(self, key: str, *, shift: bool = False) -> None:
        """A key, down and up."""
        code = {
            "key": key,
            "windowsVirtualKeyCode": KEYS.get(key, ord(key[0].upper())),
            "modifiers": SHIFT * shift,
        }
        text = {"text": "\r" if key == "Enter" else key} if len(key) == 1 or key == "Enter" else {}
        self._ask("Input.dispatchKeyEvent", type="keyDown", **code, **text)
        self._ask("Input.dispatchKeyEvent", type="keyUp", **code)

    def write(self, text: str) -> None:
        """Text into what has the focus."""
        for letter in text:
            self.press(letter)

    def click(self, x: float, y: float) -> None:
        """The mouse, at a place."""
        for kind in ("mousePressed", "mouseReleased"):
            self._ask("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", clickCount=1)

    def drag(self, x: float, y: float, to_x: float, to_y: float) -> None:
        """The mouse, from a place to another."""
        held = {"button": "left", "buttons": 1}
        self._ask("Input.dispatchMouseEvent", type="mousePressed", x=x, y=y, clickCount=1, **held)
        self._ask("Input.dispatchMouseEvent", type="mouseMoved", x=(x + to_x) / 2, y=(y + to_y) / 2, **held)
        self._ask("Input.dispatchMouseEvent", type="mouseMoved", x=to_x, y=to_y, **held)
        self._ask("Input.dispatchMouseEvent", type="mouseReleased", x=to_x, y=to_y, clickCount=1, **held)

    def wheel(self, x: float, y: float, down: float, *, control: bool = False) -> None:
        """The wheel, turned at a place; with Ctrl it is what a pinch sends. The page may hear of it later."""
        turned = {"deltaX": 0, "deltaY": down, "modifiers": CONTROL * control}
        self._ask("Input.dispatchMouseEvent", type="mouseWheel", x=x, y=y, **turned)

    def touch(self, *steps: Sequence[tuple[float, float]]) -> None:
        """Fingers: where they are put down, then where they move; then they are lifted."""
        self._ask("Emulation.setTouchEmulationEnabled", enabled=True, maxTouchPoints=2)
        for number, step in enumerate(steps):
            points = [{"x": x, "y": y, "id": finger} for finger, (x, y) in enumerate(step)]
            kind = "touchMove" if number else "touchStart"
            self._ask("Input.dispatchTouchEvent", type=kind, touchPoints=points)
        self._ask("Input.dispatchTouchEvent", type="touchEnd", touchPoints=[])

    def like(self, **features: str) -> None:
        """What the person's system prefers, such as ``prefers_color_scheme="dark"``."""
        told = [{"name": name.replace("_", "-"), "value": value} for name, value in features.items()]
        self._ask("Emulation.setEmulatedMedia", features=told)

    def resize(self, width: int, height: int) -> None:
        """Another size for the window."""
        self._ask(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=height,
            deviceScaleFactor=1,
            mobile=False,
        )

    def picture(self, path: Path) -> None:
        """What it looks like, as a PNG."""
        path.write_bytes(base64.b64decode(self._ask("Page.captureScreenshot", format="png")["data"]))


@contextmanager
def started(profile: Path) -> Iterator[Browser]:
    """A browser that ends with the block."""
    browser = Browser(profile)
    try:
        yield browser
    finally:
        browser.close()
