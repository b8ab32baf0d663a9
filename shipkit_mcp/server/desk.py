"""One call from arrival to reply: find the project, analyse it in a thread, make the answer safe."""

from __future__ import annotations

import json
import logging
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from itertools import count
from typing import TYPE_CHECKING, Any, Self, TypeVar

import anyio
import anyio.to_thread
from mcp.server.mcpserver import Context
from mcp.types import CallToolResult, TextContent

from shipkit_mcp.errors import Cancelled, ShipkitError, beat, watched
from shipkit_mcp.server.logs import place
from shipkit_mcp.server.outgoing import as_data, as_reason, clean, clean_all
from shipkit_mcp.server.parts import import_parts
from shipkit_mcp.server.replies import Reply

if TYPE_CHECKING:
    from shipkit_mcp.analysis import Analysis
    from shipkit_mcp.analysis.memory import Memory
    from shipkit_mcp.analysis.request import Request
    from shipkit_mcp.project import Project

log = logging.getLogger("shipkit_mcp")

CRASHED = "Something went wrong inside shipkit-mcp; its log has the details. This is a bug, please report it."

BUSY_FOR = 30.0
"""Seconds a call waits for another one on the same project."""
TELL_EVERY = 1.0
"""Seconds between two progress notifications."""

HUNG_UP = "shipkit.hung_up"
"""Key of the event in the scope of a request over HTTP."""

GONE = "The caller went away; nothing was written."

T = TypeVar("T")


@dataclass(frozen=True)
class Launch:
    """How the server was started."""

    project: str | None = None
    """``--project`` or ``SHIPKIT_PROJECT_DIR``."""
    environ: Mapping[str, str] = field(default_factory=dict)
    cwd: str = "/"
    read_only: bool = False

    def open(self, argument: str | None) -> Project:
        """The project a call means. Raises ProjectError or OutsideProject, saying what to pass."""
        from shipkit_mcp.project import open_project

        return open_project(argument, launch=self.project, environ=self.environ, cwd=self.cwd)


class Desk:
    """What the tools share: how the server was started, and what it remembers."""

    def __init__(self, launch: Launch) -> None:
        self.launch = launch
        self._memory: Memory | None = None
        self._one_at_a_time = threading.Lock()

    @property
    def memory(self) -> Memory:
        """What was worked out in earlier calls."""
        from shipkit_mcp.analysis.memory import Memory

        if self._memory is None:
            self._memory = Memory()
        return self._memory

    def analyse(self, project: str | None, request: Request) -> Analysis:
        """Analyse the project a call means; one analysis at a time."""
        import_parts()
        from shipkit_mcp.analysis import analyse

        if not self._one_at_a_time.acquire(timeout=BUSY_FOR):
            raise ShipkitError("Another call is still being worked on. Try again in a moment.")
        try:
            beat()
            return analyse(self.launch.open(project), request, self.memory)
        finally:
            self._one_at_a_time.release()

    async def answer(self, ctx: Context[Any, Any], tool: str, **arguments: Any) -> CallToolResult:
        """Answer one call."""
        return await self.in_thread(ctx, lambda call: _answered(self, call, tool, arguments))

    async def in_thread(self, ctx: Context[Any, Any], work: Callable[[Call], T]) -> T:
        """Run one call's work in a thread that stops when the caller goes away, telling how far it is."""
        call = Call(_hung_up(ctx))
        async with anyio.create_task_group() as telling:
            telling.start_soon(call.keep_telling, ctx)
            try:
                done = await anyio.to_thread.run_sync(call.do, work, abandon_on_cancel=True)
            finally:
                call.gone.set()
                telling.cancel_scope.cancel()
        return done


class Call:
    """One call under way: whether the caller is still there, and how far we are."""

    def __init__(self, hung_up: threading.Event | None = None) -> None:
        """``hung_up``: set where the caller's connection is closed; all work for one request shares it."""
        self.gone = threading.Event()
        self._hung_up = hung_up or self.gone
        self._stage = "starting"

    def do(self, work: Callable[[Call], T]) -> T:
        """The work for this call, which ends where it asks next once the caller went away."""
        with watched(self._check):
            return work(self)

    def request(self, **asked: Any) -> Request:
        """The analysis this call asks for, tied to its cancellation and progress."""
        from shipkit_mcp.analysis.request import Request

        return Request(cancelled=self._is_gone, progress=self._reach, **asked)

    def _is_gone(self) -> bool:
        return self.gone.is_set() or self._hung_up.is_set()

    def _check(self) -> None:
        if self._is_gone():
            raise Cancelled(GONE)

    def _reach(self, stage: str) -> None:
        self._stage = stage

    async def keep_telling(self, ctx: Context[Any, Any]) -> None:
        """Tell the stage once a second, to a client that asked for it; a short call ends before the first time."""
        for step in count(1):
            await anyio.sleep(TELL_EVERY)
            await ctx.report_progress(step, None, self._stage)


def _hung_up(ctx: Context[Any, Any]) -> threading.Event | None:
    """What tells that the connection of a call over HTTP was closed."""
    request = ctx.request_context.request
    return request.scope.get(HUNG_UP) if request is not None else None


class Attempt:
    """Work whose errors are kept, SystemExit too: the server outlives any one call."""

    error: BaseException | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> bool:
        self.error = error
        return True


def _answered(desk: Desk, call: Call, tool: str, arguments: dict[str, Any]) -> CallToolResult:
    attempt = Attempt()
    with attempt:
        import_parts()
        from shipkit_mcp.server.answers import ANSWERS

        return told(ANSWERS[tool](desk, call, **arguments), _start(arguments.get("cursor")))
    if isinstance(attempt.error, ShipkitError):
        return refused(str(attempt.error))
    if attempt.error is not None:
        log.error("%s failed: %s", tool, place(attempt.error))
    return refused(CRASHED)


def _start(cursor: str | None) -> int:
    return int(cursor) if cursor and cursor.isascii() and cursor.isdigit() else 0


def told(reply: Reply, start: int = 0) -> CallToolResult:
    """A reply that fits, with its text twin: some hosts show the model only one of the two."""
    from shipkit_mcp.server.fitting import fit

    structured = fit(clean_all(reply.said()), start)
    return CallToolResult(content=[_text(as_data(_json(structured)))], structured_content=structured)


def refused(message: str) -> CallToolResult:
    """An error the model can act on; it fits the output schema as well."""
    message = clean(message)[:4_000]
    return CallToolResult(
        content=[_text(as_reason(message))], structured_content={"error": message}, is_error=True
    )


def _text(text: str) -> TextContent:
    return TextContent(type="text", text=text)


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
