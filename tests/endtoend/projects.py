"""Both examples as fresh projects, a client of their server, and what a call of it says."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from mcp import Client

from shipkit_mcp.server.app import build_server
from shipkit_mcp.server.desk import Launch

DOCUMENT = "ai_docs/prep/initial_data_schema.md"
AUDIO, SITES = "audio-notes", "site-studio"
STALLS = """\
stalls {
  id: uuid (PK)
  user_id: uuid (FK → users.id, cascade delete)
  name: text (NOT NULL)
  created_at: timestamp (NOT NULL)
}
"""


def client_of(root: Path) -> Client:
    """A client in the same process; the server is launched for this project."""
    return Client(build_server(Launch(project=str(root), environ={}, cwd="/", read_only=False)))


async def call(client: Client, tool: str, **arguments: Any) -> dict[str, Any]:
    """What a call that must succeed returns."""
    result = await client.call_tool(tool, arguments)
    assert not result.is_error, result.content
    return dict(result.structured_content or {})


async def write(client: Client, **arguments: Any) -> dict[str, Any]:
    """A write that must succeed."""
    return await call(client, "write_initial_data_schema", **arguments)


async def refusal(client: Client, **arguments: Any) -> str:
    """Why a write is refused."""
    result = await client.call_tool("write_initial_data_schema", arguments)
    assert result.is_error
    return "\n".join(getattr(one, "text", "") for one in result.content)


def text_of(root: Path) -> str:
    return (root / DOCUMENT).read_bytes().decode("utf-8")


def titles_of(text: str) -> list[str]:
    """The headings that cut the document into sections."""
    outside = re.sub(r"^```.*?^```$", "", text, flags=re.MULTILINE | re.DOTALL)
    return re.findall(r"^## (.+?)\r?$", outside, re.MULTILINE)


def table_of(text: str, label: str) -> str:
    """The line that lists tables under a label, such as ``New Tables Needed``."""
    found = re.search(rf"^\*\*{re.escape(label)}:\*\* (.+?)\r?$", text, re.MULTILINE)
    assert found is not None, label
    return found[1]


def column_line(text: str, table: str, column: str) -> str | None:
    """The line of a table's column in the mapping, or None."""
    part = re.search(
        rf"^- \*\*[^*]+\*\*: (?:Needs|Uses) `{table}`.*?(?=^- \*\*|^### |\Z)", text, re.MULTILINE | re.DOTALL
    )
    assert part is not None, table
    found = re.search(rf"^  - `{column}` .+$", part[0], re.MULTILINE)
    return found[0] if found else None
