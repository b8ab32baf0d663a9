"""The stdio and the HTTP server on one project: all that either is told is kept, and callers may go away."""

from __future__ import annotations

import http.client
import json
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hostile.stdio import said_in, serving
from hostile.test_http import BEARER, HELLO, JSON, listening, post

from shipkit_mcp.server import answers
from shipkit_mcp.server.replies import GuideReply

DOCUMENT = "ai_docs/prep/initial_data_schema.md"
TURNS = 3
Say = Callable[..., dict[str, Any]]


def hello(port: int) -> dict[str, str]:
    """Say hello to the server at that port: the headers of what follows."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    own = {**JSON, **BEARER}
    try:
        connection.request("POST", "/mcp", json.dumps(HELLO).encode(), own)
        answer = connection.getresponse()
        answer.read()
    finally:
        connection.close()
    session = answer.headers["mcp-session-id"]
    return {**own, "mcp-protocol-version": "2025-11-25", "mcp-session-id": session}


def over_http(port: int) -> Say:
    """Call a tool of the server at that port."""
    headers = hello(port)

    def call(tool: str, **arguments: Any) -> dict[str, Any]:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        try:
            connection.request("POST", "/mcp", asked(tool, arguments), headers)
            body = connection.getresponse().read().decode()
        finally:
            connection.close()
        said = (json.loads(line[5:]) for line in body.splitlines() if line.startswith("data: {"))
        result: dict[str, Any] = next(one["result"] for one in said if "id" in one)
        return result

    return call


def asked(tool: str, arguments: dict[str, Any]) -> bytes:
    params = {"name": tool, "arguments": arguments}
    return json.dumps({"jsonrpc": "2.0", "id": 7, "method": "tools/call", "params": params}).encode()


def add(say: Say, name: str, failures: list[str]) -> None:
    """Add a table, as a careful client does: against the hash it last saw, again where that was stale."""
    known = say("write_initial_data_schema", dry_run=True)["structuredContent"].get("sha256")
    for _ in range(40):
        given = {"tables": f"{name} {{\n  id: uuid (PK)\n  title: text\n}}", "expected_sha256": known}
        said = say("write_initial_data_schema", **given)
        if not said.get("isError"):
            return
        known = say("write_initial_data_schema", dry_run=True)["structuredContent"].get("sha256")
    failures.append(said_in(said))


def test_what_both_faces_write_at_once_is_all_in_the_document(example: Callable[[str], Path]) -> None:
    root = example("audio-notes")
    failures: list[str] = []
    with listening(root) as port, serving(root) as server:
        faces: dict[str, Say] = {"pipe": server.call, "web": over_http(port)}
        server.call("write_initial_data_schema")

        def write(face: str) -> None:
            for turn in range(TURNS):
                add(faces[face], f"{face}_notes_{turn}", failures)

        threads = [threading.Thread(target=write, args=(face,)) for face in faces]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        text = (root / DOCUMENT).read_text(encoding="utf-8")

    assert not failures
    assert [
        name
        for name in (f"{face}_notes_{turn}" for face in faces for turn in range(TURNS))
        if name not in text
    ] == []
    assert text.rstrip().endswith("-->")
    assert not list(root.glob("ai_docs/prep/*.tmp*"))


def test_a_client_that_hangs_up_in_a_call_can_cancel_it_and_leaves_the_server_whole(
    example: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A broken connection alone is no cancellation, says the protocol: the client may come back for its answer."""
    root = example("audio-notes")
    begun, stopped = threading.Event(), threading.Event()

    def mentor_guide(_desk: Any, call: Any, **_arguments: Any) -> GuideReply:
        begun.set()
        if call.gone.wait(20):
            stopped.set()
        return GuideReply.model_construct(text="late", warnings=[])

    monkeypatch.setattr(answers, "ANSWERS", {**answers.ANSWERS, "mentor_guide": mentor_guide})
    with listening(root) as port:
        headers = hello(port)
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        connection.request("POST", "/mcp", asked("mentor_guide", {}), headers)
        assert begun.wait(20)
        connection.close()
        said = over_http(port)("write_initial_data_schema")
        cancelled = {"jsonrpc": "2.0", "method": "notifications/cancelled", "params": {"requestId": 7}}
        assert post(port, headers, json.dumps(cancelled).encode()) == 202
        assert stopped.wait(15)

    assert not said.get("isError")
    assert (root / DOCUMENT).read_text(encoding="utf-8").startswith("## Strategic Database Planning Document")
