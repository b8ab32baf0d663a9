"""Input that is no protocol is survived, and arguments that fit no tool are refused in words."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from calm import wall_seconds
from hostile.stdio import Server, serving
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

FRAMES = {
    "garbage": b"hello there\n",
    "empty": b"\n\n   \n",
    "binary": bytes(range(1, 10)) + b"\xfe\xff\n",
    "batch": b'[{"jsonrpc":"2.0","id":900,"method":"ping"},{"jsonrpc":"2.0","id":901,"method":"ping"}]\n',
    "deep": b"[" * 200_000 + b"]" * 200_000 + b"\n",
    "long number": b'{"jsonrpc":"2.0","id":' + b"9" * 5_000 + b',"method":"ping"}\n',
    "null id": b'{"jsonrpc":"2.0","id":null,"method":"ping"}\n',
    "no method": b'{"jsonrpc":"2.0","id":902}\n',
    "long line": b'{"jsonrpc":"2.0","id":903,"method":"' + b"x" * 5_000_000 + b'"}\n',
    "not utf-8": b'{"jsonrpc":"2.0","id":904,"method":"caf\xe9"}\n',
    "nul": b'{"jsonrpc":"2.0","id":905,"method":"a\x00"}\n',
    "half a line": b'{"jsonrpc":"2.0","id":906,\n',
}
ARGUMENTS: dict[str, tuple[str, Any]] = {
    "unknown": ("read_prep_docs", {"folder": "x"}),
    "wrong type": ("read_prep_docs", {"project": 7}),
    "wrong choice": ("read_prep_docs", {"detail": "everything"}),
    "wrong list": ("parse_drizzle_schema", {"tables": "users"}),
    "long text": ("write_initial_data_schema", {"tables": "x" * 70_000}),
    "long list": ("parse_drizzle_schema", {"tables": ["x"] * 5_000}),
    "wrong map": ("write_initial_data_schema", {"decisions": {"a": 7}}),
    "wrong cursor": ("parse_drizzle_schema", {"cursor": "-1"}),
    "long cursor": ("parse_drizzle_schema", {"cursor": "9" * 400}),
    "deep": ("write_initial_data_schema", {"narrative": {"a": [[[[[[]]]]]]}}),
    "no tool": ("no_such_tool", {}),
}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving(tmp_path_factory.mktemp("frames")) as one:
        yield one


@pytest.mark.parametrize("name", FRAMES)
def test_a_frame_that_is_none_is_survived(server: Server, name: str) -> None:
    server.send_raw(FRAMES[name])

    assert wall_seconds(server.ping, 1) < 1
    assert server.is_alive


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=200))
def test_any_bytes_are_survived(server: Server, data: bytes) -> None:
    server.send_raw(data.replace(b"\n", b"") + b"\n")

    assert server.is_alive


@pytest.mark.full
@settings(max_examples=5_000, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=400))
def test_very_many_bytes_are_survived(server: Server, data: bytes) -> None:
    server.send_raw(data.replace(b"\n", b"") + b"\n")

    assert server.is_alive


def test_after_all_of_that_a_ping_is_answered(server: Server) -> None:
    assert server.ping(30) < 20
    assert wall_seconds(server.ping, 1) < 1


@pytest.mark.parametrize("name", ARGUMENTS)
def test_arguments_that_do_not_fit_are_an_error_in_words(server: Server, name: str) -> None:
    tool, arguments = ARGUMENTS[name]

    answer = server.ask("tools/call", {"name": tool, "arguments": arguments})

    assert "error" in answer or answer["result"]["isError"]
    assert len(json.dumps(answer)) < 8_000
    assert "Traceback" not in json.dumps(answer)
    assert wall_seconds(server.ping, 1) < 1
