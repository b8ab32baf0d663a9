"""The same server over loopback HTTP with its token, in both eras: lists, calls, forms, progress."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from mcp import Client
from mcp.client.streamable_http import streamable_http_client
from mcp.shared._httpx_utils import create_mcp_http_client
from mcp.types import ElicitRequestFormParams, ElicitResult

pytestmark = pytest.mark.anyio

ERAS = ("auto", "legacy")


@pytest.fixture
def root(example: Callable[[str], Path]) -> Path:
    return example("site-studio")


@pytest.fixture
def served(root: Path, tmp_path: Path) -> Iterator[tuple[str, str]]:
    """Address and token of `serve --http`, the token kept in a file."""
    token = tmp_path / "token"
    command = [
        sys.executable,
        "-m",
        "shipkit_mcp",
        "serve",
        "--http",
        "--port",
        "0",
        "--token-file",
        str(token),
    ]
    environ = {**os.environ, "SHIPKIT_PROJECT_DIR": str(root)}
    environ.pop("SHIPKIT_HTTP_TOKEN", None)
    with subprocess.Popen(command, cwd="/", env=environ, stderr=subprocess.PIPE) as process:
        assert process.stderr is not None
        found = re.search(rb"http://\S+", process.stderr.readline())
        assert found
        assert token.name.encode() in process.stderr.readline()
        yield found[0].decode(), token.read_text(encoding="utf-8").strip()
        process.terminate()


@pytest.mark.parametrize("era", ERAS)
async def test_lists_calls_and_forms_work_over_http(era: str, served: tuple[str, str], root: Path) -> None:
    forms: list[Any] = []

    async def choose(_context: Any, form: ElicitRequestFormParams) -> ElicitResult:
        forms.append(form)
        fields = form.requested_schema["properties"]
        return ElicitResult(action="accept", content={name: one["default"] for name, one in fields.items()})

    address, token = served
    async with create_mcp_http_client({"Authorization": f"Bearer {token}"}) as http:
        way = streamable_http_client(address, http_client=http)
        async with Client(way, mode=era, elicitation_callback=choose) as client:
            tools = (await client.list_tools()).tools
            assessed = await client.call_tool("assess_schema", {})
            written = await client.call_tool("write_initial_data_schema", {"ask": True})
            version = client.protocol_version

    assert version == ("2026-07-28" if era == "auto" else "2025-11-25")
    assert len(tools) == 8
    assert not assessed.is_error
    assert not written.is_error, written.content
    assert len(forms) == 1
    assert (written.structured_content or {})["asked"].startswith("The person answered")
    assert (root / "ai_docs/prep/initial_data_schema.md").is_file()
