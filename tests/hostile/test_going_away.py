"""A caller who goes away stops the work, and nothing is written after that."""

from __future__ import annotations

import contextlib
import queue
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from bench.made_project import make_project
from calm import thread_seconds, wall_seconds, without_collections
from hostile.stdio import Server, serving

from shipkit_mcp.analysis import analyse
from shipkit_mcp.analysis.memory import Memory
from shipkit_mcp.analysis.request import Request
from shipkit_mcp.code import draft_code
from shipkit_mcp.errors import Cancelled, watched
from shipkit_mcp.project import open_project

DOCUMENT = "ai_docs/prep/initial_data_schema.md"
LATE = 0.25
EARLY = 0.3
"""Seconds of work after which a request is cancelled; the whole takes some."""
REQUESTS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("tools/call", {"name": "assess_schema", "arguments": {}}),
    ("tools/call", {"name": "write_initial_data_schema", "arguments": {}}),
    ("resources/read", {"uri": "shipkit://schema"}),
    ("resources/read", {"uri": "shipkit://plan"}),
    ("resources/read", {"uri": "shipkit://picture"}),
    ("resources/read", {"uri": "shipkit://prep/master_idea.md"}),
    ("resources/read", {"uri": "shipkit://schema/users"}),
    ("resources/read", {"uri": "shipkit://workflow/report_1"}),
    (
        "completion/complete",
        {
            "ref": {"type": "ref/resource", "uri": "shipkit://schema/{table}"},
            "argument": {"name": "table", "value": "us"},
        },
    ),
)
"""Of each kind of request that analyses the project."""


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project whose analysis takes long enough to be left in the middle."""
    return make_project(tmp_path_factory.mktemp("large"), tables=1_000, files=100, workflows=50)


def test_a_call_cancelled_at_any_point_gets_no_answer_and_leaves_the_document_old_or_new(
    example: Callable[[str], Path],
) -> None:
    root = example("site-studio")
    old = b"# A person's own plan\n"
    for server_number in range(4):
        with serving(root) as server:
            for point in range(5):
                (root / DOCUMENT).write_bytes(old)
                number = server.start("tools/call", {"name": "write_initial_data_schema", "arguments": {}})
                time.sleep(0.1 * server_number if point == 0 else 0.01 * (point + server_number / 4))
                server.send("notifications/cancelled", {"requestId": number, "reason": "gone"})
                server.ping()
                _rest(server)
                settled = (root / DOCUMENT).read_bytes()
                time.sleep(0.15)
                answered = _answer(server, number)

                assert (root / DOCUMENT).read_bytes() == settled
                assert settled == old or settled.startswith(b"## Strategic Database Planning Document")
                assert "result" not in answered or settled != old


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="reads times in /proc")
@pytest.mark.parametrize(("method", "params"), REQUESTS)
def test_the_server_does_no_more_for_a_request_that_was_cancelled(
    large: Path, method: str, params: dict[str, Any]
) -> None:
    """In processor time of the server; it answers the next one."""
    spent: list[float] = []

    def attempt() -> float:
        with serving(large) as server:
            start = server.busy()
            number = server.start(method, params)
            while server.busy() - start < EARLY:
                time.sleep(0.002)
            left = server.busy()
            server.send("notifications/cancelled", {"requestId": number, "reason": "gone"})
            _rest(server)
            spent.append(server.busy() - left)
            assert _answer(server, number) == {}
            server.ping()
            return spent[-1]

    assert wall_seconds(attempt, LATE) < LATE, spent
    assert not (large / DOCUMENT).exists()


def _rest(server: Server) -> None:
    """Wait until the server does nothing any more, however slow the machine is."""
    if not Path("/proc/self/stat").exists():
        time.sleep(0.5)
        return
    used = -1.0
    while used != server.busy():
        used = server.busy()
        time.sleep(0.25)


def _answer(server: Server, number: int) -> dict[str, Any]:
    try:
        return server.wait(number, 0.05)
    except queue.Empty:
        return {}


Stopping = Callable[[Callable[[], bool]], object]
"""Work that asks now and then whether its caller is gone."""


def test_the_work_stops_within_a_quarter_of_a_second_wherever_it_is(tmp_path: Path) -> None:
    root = make_project(tmp_path, tables=60, workflows=6)
    project = open_project(None, launch=str(root), environ={}, cwd="/")

    late = _lateness(lambda gone: analyse(project, Request(cancelled=gone), Memory()))

    assert len(late) >= 8
    assert max(late) < LATE


def test_the_drafting_of_code_stops_within_a_quarter_of_a_second_wherever_it_is(tmp_path: Path) -> None:
    root = make_project(tmp_path, tables=400, workflows=100)
    project = open_project(None, launch=str(root), environ={}, cwd="/")
    found = analyse(project, Request(), Memory())

    def draft(gone: Callable[[], bool]) -> object:
        with watched(Request(cancelled=gone).check):
            return draft_code(found.survey, found.plan)

    late = _lateness(draft)

    assert len(late) >= 8
    assert max(late) < LATE


def _lateness(work: Stopping) -> list[float]:
    """Seconds of this thread from a cancel until the work stopped, for cancels at twenty points of it."""
    whole = thread_seconds(lambda: work(lambda: False))
    points = (_late(work, whole * point / 20, enough=LATE) for point in range(20))
    return [one for one in points if one is not None]


def _late(work: Stopping, after: float, enough: float, tries: int = 3) -> float | None:
    """The least of a few tries; None where the work ended before."""
    least: float | None = None
    for _ in range(tries):
        with without_collections():
            gone = time.thread_time() + after
            try:
                work(lambda gone=gone: time.thread_time() >= gone)
            except Cancelled:
                past = time.thread_time() - gone
                least = past if least is None else min(least, past)
        if least is None or least < enough:
            break
    return least


def test_a_client_that_closes_its_end_ends_an_idle_server_within_a_second(tmp_path: Path) -> None:
    assert wall_seconds(lambda: _until_ended(tmp_path, busy=False), 1) < 1


def test_a_client_that_closes_its_end_ends_a_busy_server_within_three_seconds(tmp_path: Path) -> None:
    root = make_project(tmp_path, tables=400, workflows=20)

    assert wall_seconds(lambda: _until_ended(root, busy=True), 3) < 3


def _until_ended(root: Path, *, busy: bool) -> float:
    with serving(root) as server:
        if busy:
            server.start("tools/call", {"name": "assess_schema", "arguments": {}})
            time.sleep(0.4)
        started = time.monotonic()
        assert server.end() == 0
        return time.monotonic() - started


@pytest.mark.skipif(not hasattr(signal, "SIGTERM"), reason="POSIX")
@pytest.mark.parametrize("busy", [False, True])
def test_a_server_that_is_told_to_end_ends_within_a_second(tmp_path: Path, busy: bool) -> None:
    root = make_project(tmp_path, tables=200, workflows=10)

    def attempt() -> float:
        with serving(root) as server:
            if busy:
                server.start("tools/call", {"name": "assess_schema", "arguments": {}})
                time.sleep(0.2)
            started = time.monotonic()
            server.process.send_signal(signal.SIGTERM)
            server.process.wait(5)
            return time.monotonic() - started

    assert wall_seconds(attempt, 1) < 1


def test_a_client_that_closes_our_stdout_ends_us_without_a_loop_of_tracebacks(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "shipkit_mcp", "serve", "--project", str(tmp_path)]
    process = subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, bufsize=0
    )
    assert process.stdin
    assert process.stdout
    process.stdout.close()
    with contextlib.suppress(OSError):
        for number in range(20):
            process.stdin.write(b'{"jsonrpc":"2.0","id":%d,"method":"ping"}\n' % number)
        process.stdin.close()
    process.stdin = None
    _, errors = process.communicate(timeout=20)

    assert errors.count(b"Traceback") <= 2


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="counts processes in /proc")
@pytest.mark.parametrize("busy", [False, True])
def test_a_client_that_is_killed_leaves_no_process_behind(tmp_path: Path, busy: bool) -> None:
    root = make_project(tmp_path, tables=200 if busy else 2, workflows=10 if busy else 1)
    client = subprocess.Popen(
        [sys.executable, "-c", CLIENT, str(root), "busy" if busy else ""], stdout=subprocess.PIPE
    )
    assert client.stdout
    started = int(client.stdout.readline())
    family = {started, *_children(started)}
    client.kill()
    client.wait()
    client.stdout.close()
    deadline = time.monotonic() + 15
    while (left := {one for one in family if _is_running(one)}) and time.monotonic() < deadline:
        family |= {child for one in left for child in _children(one)}
        time.sleep(0.05)

    assert not left


CLIENT = """
import json, subprocess, sys, time
root, busy = sys.argv[1:]
command = [sys.executable, "-m", "shipkit_mcp", "serve", "--project", root]
server = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, bufsize=0)
def say(method, number=None, **params):
    said = {"jsonrpc": "2.0", "method": method, "params": params, **({"id": number} if number else {})}
    server.stdin.write(json.dumps(said).encode() + b"\\n")
say("initialize", 1, protocolVersion="2025-11-25", capabilities={}, clientInfo={"name": "killed", "version": "1"})
server.stdout.readline()
say("notifications/initialized")
if busy:
    say("tools/call", 2, name="assess_schema", arguments={})
    time.sleep(0.3)
print(server.pid, flush=True)
time.sleep(60)
"""
"""A client with a server of its own; it says the server's process id and waits to be killed."""


def _children(process: int) -> set[int]:
    with contextlib.suppress(OSError):
        tasks = Path(f"/proc/{process}/task").glob("*/children")
        return {int(one) for task in tasks for one in task.read_text(encoding="ascii").split()}
    return set()


def _is_running(process: int) -> bool:
    with contextlib.suppress(OSError):
        state = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[0]
        return state != "Z"
    return False
