"""Whatever a tool does or gives back, the server lives on and what it writes is the protocol alone."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
from hostile import evil
from hostile.stdio import said_in, serving

DYING = ("exit", "interrupt", "recursion", "memory", "error", "generator exit")
ODD = ("surrogate", "nul", "separator", "long line", "file name", "not a number", "infinite", "deep")


@pytest.mark.parametrize("way", DYING)
def test_a_tool_that_raises_anything_at_all_is_an_error_and_the_server_lives(
    tmp_path: Path, way: str
) -> None:
    with serving(tmp_path, code=evil.code(way)) as server:
        results = [server.call("mentor_guide") for _ in range(3)]
        server.ping()
        logged = b"".join(server.errors)

    assert all(one["isError"] for one in results)
    assert "sk_live" not in said_in(results[0])
    assert "/root" not in said_in(results[0])
    assert b"sk_live" not in logged
    assert b"Traceback" not in logged


@pytest.mark.parametrize("way", ODD)
def test_an_odd_reply_is_valid_json_in_valid_utf_8_and_the_server_lives(tmp_path: Path, way: str) -> None:
    with serving(tmp_path, code=evil.code(way)) as server:
        for _ in range(3):
            server.call("mentor_guide")
        server.ping()
        lines = list(server.lines)

    for line in lines:
        text = line.decode("utf-8")
        json.loads(text, parse_constant=_no_constant)
        assert "\\ud800" not in text


def test_nothing_but_the_protocol_is_on_stdout_whatever_a_tool_prints(tmp_path: Path) -> None:
    with serving(tmp_path, code=evil.code("print")) as server:
        for _ in range(5):
            assert not server.call("mentor_guide").get("isError")
        lines, errors = list(server.lines), b"".join(server.errors)

    for line in lines:
        said = json.loads(line)
        assert said["jsonrpc"] == "2.0"
        assert "method" not in said or "id" not in said
    assert b"from a child" in errors


@pytest.mark.skipif(sys.platform == "win32", reason="the C library of the process itself")
def test_what_a_c_library_prints_does_not_reach_stdout(tmp_path: Path) -> None:
    with serving(tmp_path, code=evil.code("print in C")) as server:
        for _ in range(5):
            assert not server.call("mentor_guide").get("isError")
        server.end()
        lines, errors = list(server.lines), b"".join(server.errors)

    assert all(json.loads(line)["jsonrpc"] == "2.0" for line in lines)
    assert b"from printf" in errors


@pytest.mark.parametrize("calls", [100, pytest.param(1_000, marks=pytest.mark.full)])
def test_many_calls_write_a_line_each_and_ask_nothing_of_the_client(tmp_path: Path, calls: int) -> None:
    with serving(tmp_path) as server:
        for _ in range(calls):
            server.call("mentor_guide")
        lines = list(server.lines)

    said = [json.loads(line) for line in lines]
    assert sum("id" in one for one in said) == calls + 1
    assert not [one for one in said if "method" in one and "id" in one]


def _no_constant(name: str) -> None:
    raise AssertionError(name)
