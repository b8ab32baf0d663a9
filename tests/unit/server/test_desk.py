"""One call at the desk: what it answers, how it refuses, and that a caller who goes away is known to the work."""

from __future__ import annotations

import json
import logging
import threading
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import anyio
import anyio.from_thread
import pytest
from mcp.server.mcpserver.exceptions import ResourceError, ResourceNotFoundError
from mcp.types import TextContent

from shipkit_mcp.analysis.request import Request
from shipkit_mcp.errors import Cancelled, ShipkitError
from shipkit_mcp.server import answers, desk, resources
from shipkit_mcp.server.desk import CRASHED, Call, Desk, Launch, refused, told
from shipkit_mcp.server.replies import GuideReply


def at(root: Path) -> Desk:
    return Desk(Launch(project=str(root), environ={}, cwd="/"))


def text_of(result: Any) -> str:
    content = result.content[0]
    assert isinstance(content, TextContent)
    return content.text


def test_a_refusal_is_an_error_in_both_forms_cut_and_without_secrets() -> None:
    result = refused("sk_live_51HabcdEFGH " + "x" * 10_000)

    assert result.is_error
    assert result.structured_content == {"error": text_of(result)}
    assert text_of(result).startswith("[secret] x")
    assert len(text_of(result)) == 4_000


def test_an_answer_says_the_same_in_its_text_and_its_structure() -> None:
    result = told(GuideReply.model_construct(text="hid\u200bden", warnings=[]))

    assert not result.is_error
    assert json.loads(text_of(result).split("\n")[2]) == result.structured_content
    assert result.structured_content
    assert result.structured_content["text"] == "hidden"


def test_a_call_on_a_folder_that_is_not_there_says_so(tmp_path: Path) -> None:
    with pytest.raises(ShipkitError):
        at(tmp_path / "nowhere").analyse(None, Request())


def test_a_call_while_another_one_works_waits_and_is_then_told_to_try_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(desk, "BUSY_FOR", 0.01)
    busy = at(tmp_path)
    with busy._one_at_a_time, pytest.raises(ShipkitError, match="Try again"):
        busy.analyse(None, Request())

    assert busy.analyse(None, Request()).survey.documents == ()


def test_a_call_that_fails_lets_the_next_one_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(desk, "BUSY_FOR", 0.01)
    one = at(tmp_path)
    for _ in range(2):
        with pytest.raises(Cancelled):
            one.analyse(None, Request(cancelled=lambda: True))

    assert one.analyse(None, Request()).survey.documents == ()


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("error", "said"),
    [
        (ShipkitError("Pass a project."), "Pass a project."),
        (SystemExit(3), CRASHED),
        (ValueError("sk"), CRASHED),
    ],
)
async def test_whatever_a_tool_raises_is_an_answer_and_the_log_quotes_nothing(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    error: BaseException,
    said: str,
) -> None:
    def mentor_guide(*_: Any, **__: Any) -> GuideReply:
        raise error

    monkeypatch.setattr(answers, "ANSWERS", {"mentor_guide": mentor_guide})
    with caplog.at_level(logging.ERROR, "shipkit_mcp"):
        result = await at(tmp_path).answer(_no_context(), "mentor_guide")

    assert result.is_error
    assert text_of(result) == said
    assert [one.getMessage().split(" in ")[0] for one in caplog.records] == (
        [] if said != CRASHED else [f"mentor_guide failed: {type(error).__name__}"]
    )


@pytest.mark.parametrize(
    ("error", "kind", "said"),
    [
        (ShipkitError("Pass a sk_live_51HabcdEFGH."), ResourceNotFoundError, "Pass a [secret]."),
        (ResourceNotFoundError("There is no such table."), ResourceNotFoundError, "There is no such table."),
        (SystemExit(3), ResourceError, CRASHED),
        (ValueError("sk"), ResourceError, CRASHED),
    ],
)
def test_whatever_a_resource_raises_is_an_error_of_the_protocol(
    tmp_path: Path, error: BaseException, kind: type[ResourceError], said: str
) -> None:
    def view(*_: Any) -> str:
        raise error

    made = resources._viewed(at(tmp_path), Call(), view)

    assert type(made) is kind
    assert str(made) == said


@pytest.mark.anyio
async def test_the_work_of_a_caller_who_went_away_is_told_and_not_waited_for(tmp_path: Path) -> None:
    calls: list[Call] = []
    begun = anyio.Event()

    def work(call: Call) -> None:
        calls.append(call)
        anyio.from_thread.run_sync(begun.set)
        call.gone.wait(20)

    async with anyio.create_task_group() as group:
        group.start_soon(at(tmp_path).in_thread, _no_context(), work)
        await begun.wait()
        assert not calls[0].request().cancelled()
        group.cancel_scope.cancel()

    assert calls[0].request().cancelled()
    with pytest.raises(Cancelled):
        calls[0].request().reach("mapping")


@pytest.mark.anyio
async def test_a_connection_that_was_closed_cancels_and_one_that_was_not_is_left_for_more_work(
    tmp_path: Path,
) -> None:
    request = SimpleNamespace(scope={desk.HUNG_UP: threading.Event()})
    context: Any = SimpleNamespace(
        request_context=SimpleNamespace(request=request), report_progress=_Silent.report_progress
    )
    at_desk = at(tmp_path)

    def is_gone(call: Call) -> bool:
        return call.request().cancelled()

    assert [await at_desk.in_thread(context, is_gone) for _ in range(2)] == [False, False]

    request.scope[desk.HUNG_UP].set()
    assert await at_desk.in_thread(context, is_gone)


@pytest.mark.anyio
async def test_a_long_call_tells_the_stage_it_has_reached(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(desk, "TELL_EVERY", 0.01)
    told_so: list[tuple[float, str | None]] = []
    enough = anyio.Event()

    class Listener:
        async def report_progress(self, step: float, _total: float | None, stage: str | None) -> None:
            told_so.append((step, stage))
            if len(told_so) == 2:
                enough.set()

    call = Call()
    call.request().reach("mapping")
    listener: Any = Listener()
    async with anyio.create_task_group() as group:
        group.start_soon(call.keep_telling, listener)
        await enough.wait()
        group.cancel_scope.cancel()

    assert told_so[:2] == [(1, "mapping"), (2, "mapping")]


class _Silent:
    """A call over stdio, where there is no request of HTTP."""

    request_context = SimpleNamespace(request=None)

    async def report_progress(self, *_: Any) -> None:
        """On a busy machine a call may last until the first notification."""


def _no_context() -> Any:
    return _Silent()
