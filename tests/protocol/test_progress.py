"""How far a long call is, told to a client that asked; short calls stay quiet."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from mcp import Client
from mcp.types import ProgressNotification

from shipkit_mcp.server import desk
from shipkit_mcp.server.app import build_server

pytestmark = pytest.mark.anyio

ERAS = ("auto", "legacy")
Told = list[tuple[float, float | None, str | None]]


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> None:
    """Calls that take ten times as long as it takes until the first notification."""
    usual = desk.Desk.analyse

    def analyse(self: desk.Desk, *arguments: Any) -> Any:
        analysis = usual(self, *arguments)
        time.sleep(0.3)
        return analysis

    monkeypatch.setattr(desk.Desk, "analyse", analyse)
    monkeypatch.setattr(desk, "TELL_EVERY", 0.03)


@pytest.mark.parametrize("era", ERAS)
@pytest.mark.usefixtures("slow")
async def test_a_long_call_tells_its_stage_in_growing_steps(era: str, example: Callable[[str], Path]) -> None:
    told = Told()

    async def progress(step: float, total: float | None, message: str | None) -> None:
        told.append((step, total, message))

    async with Client(build_server(desk.Launch(project=str(example("audio-notes")))), mode=era) as client:
        result = await client.call_tool("check_schema", {}, progress_callback=progress)

    assert not result.is_error
    assert len(told) >= 2
    assert [one[0] for one in told] == sorted({one[0] for one in told})
    assert told[-1][2] == "drafting the plan"


@pytest.mark.parametrize("era", ERAS)
async def test_a_short_call_tells_nothing(
    era: str, example: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(desk, "TELL_EVERY", 30.0)  # whatever the machine's load, this call is a short one
    told = Told()

    async def progress(step: float, total: float | None, message: str | None) -> None:
        told.append((step, total, message))

    async with Client(build_server(desk.Launch(project=str(example("audio-notes")))), mode=era) as client:
        await client.call_tool("mentor_guide", {}, progress_callback=progress)
        await client.call_tool("check_schema", {}, progress_callback=progress)

    assert told == []


@pytest.mark.usefixtures("slow")
async def test_a_client_that_did_not_ask_is_told_nothing(example: Callable[[str], Path]) -> None:
    heard: list[Any] = []

    async def hear(message: Any) -> None:
        heard.append(message)

    async with Client(
        build_server(desk.Launch(project=str(example("audio-notes")))), mode="legacy", message_handler=hear
    ) as client:
        result = await client.call_tool("check_schema", {})

    assert not result.is_error
    assert not [one for one in heard if isinstance(one, ProgressNotification)]


def test_the_first_notification_comes_after_a_second() -> None:
    assert desk.TELL_EVERY == 1.0
