"""How much a model has to read: concise replies beside the files that they stand for."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import anyio
from bench.made_project import make_project
from bench.rows import Row
from mcp import Client

from shipkit_mcp.server.app import build_server
from shipkit_mcp.server.desk import Launch

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
LISTS = 24_000
SCHEMA = 12_000


def reply_rows(scratch: Path) -> Iterator[Row]:
    """Sizes of the lists and of concise replies."""
    for name in ("audio-notes", "site-studio"):
        root = scratch / f"replies-{name}"
        shutil.copytree(EXAMPLES / name, root)
        yield from _example(root, name, anyio.run(_replies, root))
    large = make_project(scratch / "replies-large", tables=1_000, files=100, workflows=50)
    said = anyio.run(_replies, large)
    most = max(len(one.encode()) for one in said.values())
    yield Row(
        "largest reply of 1,000 tables and 50 workflows, with its frame",
        f"{most:,} bytes",
        "<= 65,536",
        most <= 65_536,
    )
    yield Row(
        "tools/list", f"{len(said['tools/list']):,} characters", "<= 24,000", len(said["tools/list"]) <= LISTS
    )


async def _replies(root: Path) -> dict[str, str]:
    """Each reply as it goes over the wire, and the lists."""
    async with Client(build_server(Launch(project=str(root), environ={}, cwd="/"))) as client:
        found = {"tools/list": (await client.list_tools()).model_dump_json(by_alias=True, exclude_none=True)}
        for tool in (
            "read_prep_docs",
            "parse_drizzle_schema",
            "map_workflow_to_tables",
            "assess_schema",
            "check_schema",
        ):
            result = await client.call_tool(tool, {})
            found[tool] = result.model_dump_json(by_alias=True, exclude_none=True)
            found[f"{tool} text"] = str(getattr(result.content[0], "text", ""))
    return found


def _example(root: Path, name: str, said: dict[str, Any]) -> Iterator[Row]:
    documents = _characters(root / "ai_docs/prep", "*.md")
    workflows = _characters(root / "ai_docs/prep", "trigger_workflow*.md")
    schema = _characters(root, "**/schema/*.ts")
    for tool, files, bar in (
        ("read_prep_docs", documents, 0.25),
        ("map_workflow_to_tables", workflows, 0.25),
        ("parse_drizzle_schema", schema, 0.5),
    ):
        size = len(said[f"{tool} text"])
        yield Row(
            f"{name}: {tool}, concise / its files",
            f"{size:,} / {files:,} = {size / files:.2f}",
            f"<= {bar:g}",
            size / files <= bar,
        )
    size = len(said["parse_drizzle_schema text"])
    yield Row(f"{name}: concise schema", f"{size:,} characters", "<= 12,000", size <= SCHEMA)
    json.dumps(said)


def _characters(root: Path, pattern: str) -> int:
    files = [one for one in root.glob(pattern) if one.name != "initial_data_schema.md"]
    return sum(len(one.read_text(encoding="utf-8")) for one in files)
