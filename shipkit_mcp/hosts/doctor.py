"""What a host would see: the project and how it was found, what is in it, how large the replies are."""

from __future__ import annotations

import importlib.metadata
import json
import platform
import shutil
import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import anyio

from shipkit_mcp import __version__
from shipkit_mcp.errors import ShipkitError
from shipkit_mcp.hosts.install import holds_server
from shipkit_mcp.hosts.known import COMMAND, HOSTS
from shipkit_mcp.server.desk import Launch

PACKAGES = ("mcp", "pydantic", "tree-sitter", "tree-sitter-typescript", "markdown-it-py")
CALLS: tuple[tuple[str, Mapping[str, Any]], ...] = (
    ("read_prep_docs", {}),
    ("parse_drizzle_schema", {}),
    ("map_workflow_to_tables", {}),
    ("assess_schema", {}),
    ("check_schema", {}),
    ("mentor_guide", {}),
)


def examine(launch: Launch) -> Iterator[tuple[bool, str]]:
    """(well, sentence) for each thing looked at, as it is found out."""
    yield True, f"shipkit-mcp {__version__} on Python {platform.python_version()} ({sys.platform})"
    yield from _packages()
    yield from _project(launch)
    yield from _hosts(launch)
    started = time.perf_counter()
    from shipkit_mcp.server.app import build_server

    server = build_server(launch)
    yield True, f"the server is imported and built in {(time.perf_counter() - started) * 1000:.0f} ms"
    yield from anyio.run(_as_a_client, server)


def _packages() -> Iterator[tuple[bool, str]]:
    for name in PACKAGES:
        try:
            yield True, f"{name} {importlib.metadata.version(name)}"
        except importlib.metadata.PackageNotFoundError:
            yield False, f"{name} is not installed; reinstall shipkit-mcp"


def _project(launch: Launch) -> Iterator[tuple[bool, str]]:
    from shipkit_mcp.readers.drizzle import find_schema

    try:
        project = launch.open(None)
    except ShipkitError as error:
        yield False, str(error)
        return
    yield True, f"project {project.shown_root}: {project.found_by}"
    files = project.files()
    documents, schema = project.documents(files), find_schema(files)
    yield (
        bool(documents.paths),
        f"{len(documents.paths)} planning documents in {documents.folder or 'no folder'}",
    )
    yield bool(schema.files), f"{len(schema.files)} schema files: {schema.found_by or 'none found'}"
    for warning in files.warnings:
        yield False, warning
    files.close()


def _hosts(launch: Launch) -> Iterator[tuple[bool, str]]:
    """Which hosts' settings hold the server, and what starts it."""
    try:
        project = Path(launch.open(None).root)
    except ShipkitError:
        project = Path(launch.cwd)
    holding = []
    for host in HOSTS:
        try:
            if holds_server(host, home=Path.home(), project=project):
                holding.append(host.title)
        except ShipkitError as error:
            yield False, f"{host.title}: {error}"
    yield (
        True,
        f"settings of hosts that hold the server: {', '.join(holding) or 'none (shipkit-mcp install HOST)'}",
    )
    if holding and not shutil.which(COMMAND):
        yield False, f"`{COMMAND}`, which starts it, is not on this PATH"


async def _as_a_client(server: Any) -> list[tuple[bool, str]]:
    """What a client over memory sees."""
    from mcp import Client

    said = []
    async with Client(server) as client:
        tools, prompts = await client.list_tools(), await client.list_prompts()
        size = len(tools.model_dump_json(by_alias=True, exclude_none=True))
        names = ", ".join(one.name for one in prompts.prompts)
        said.append((size <= 24_000, f"{len(tools.tools)} tools in {size:,} characters; prompts: {names}"))
        for name, arguments in CALLS:
            started = time.perf_counter()
            result = await client.call_tool(name, dict(arguments))
            took = (time.perf_counter() - started) * 1000
            length = len(json.dumps(result.structured_content, ensure_ascii=False))
            said.append((not result.is_error, f"{name}: {length:,} characters in {took:.0f} ms"))
    return said
