"""Everything a client can see of the server before it calls anything: ``python -m tests.golden.update`` writes it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import anyio
from mcp import Client

from shipkit_mcp import __version__
from shipkit_mcp.server.app import build_server
from shipkit_mcp.server.desk import Launch

GOLDEN = Path(__file__).parent / "surface.json"


async def published(era: str) -> dict[str, Any]:
    """Tools, prompts, resources, templates and instructions, without the version."""
    async with Client(build_server(Launch()), mode=era) as client:
        lists = {
            "tools": (await client.list_tools()).tools,
            "prompts": (await client.list_prompts()).prompts,
            "resources": (await client.list_resources()).resources,
            "templates": (await client.list_resource_templates()).resource_templates,
        }
        seen: dict[str, Any] = {
            name: [one.model_dump(mode="json", by_alias=True, exclude_none=True) for one in found]
            for name, found in lists.items()
        }
        server = client.server_info.model_dump(mode="json", by_alias=True, exclude_none=True)
        assert server.pop("version") == __version__
        capabilities = client.server_capabilities.model_dump(mode="json", by_alias=True, exclude_none=True)
        return {"server": server, "capabilities": capabilities, "instructions": client.instructions, **seen}


def surface() -> str:
    """The surface as JSON; what differs between the protocol's eras is the capabilities alone."""
    modern, legacy = (anyio.run(published, era) for era in ("auto", "legacy"))
    both = {"2026-07-28": modern.pop("capabilities"), "2025-11-25": legacy.pop("capabilities")}
    assert modern == legacy
    return json.dumps({**modern, "capabilities": both}, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
