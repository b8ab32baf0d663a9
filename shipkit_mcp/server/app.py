"""The server, put together: tools, prompt, resources, completion."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

from mcp.server.caching import CacheHint
from mcp.server.mcpserver import MCPServer
from mcp.server.mcpserver.tools import Tool
from mcp.shared.exceptions import MCPError
from mcp.types import INVALID_PARAMS

from shipkit_mcp import __version__
from shipkit_mcp.server import brief
from shipkit_mcp.server.app_view import picture_view
from shipkit_mcp.server.caller import remembered
from shipkit_mcp.server.desk import Desk, Launch
from shipkit_mcp.server.prompts import add_prompts
from shipkit_mcp.server.resources import add_resources
from shipkit_mcp.server.strict import published
from shipkit_mcp.server.tools import reading_tools, writing_tools

INSTRUCTIONS = brief.part("instructions")

DAY = 86_400_000


def build_server(launch: Launch) -> MCPServer[Any]:
    """A server for one launch. It holds its own memory; nothing is global."""
    desk = Desk(launch)
    specs = reading_tools(desk) + ([] if launch.read_only else writing_tools(desk))
    tools: list[Tool] = [published(spec) for spec in specs]

    @asynccontextmanager
    async def at_desk(_server: MCPServer[Any]) -> AsyncIterator[Desk]:
        yield desk

    server: MCPServer[Any] = MCPServer(
        "shipkit",
        lifespan=at_desk,
        title="ShipKit Mentor",
        instructions=INSTRUCTIONS,
        version=__version__,
        tools=tools,
        log_level="WARNING",
        subscriptions=False,
        extensions=[picture_view()],
        middleware=[remembered, _told_why],
        cache_hints={
            "tools/list": CacheHint(ttl_ms=DAY, scope="public"),
            "prompts/list": CacheHint(ttl_ms=DAY, scope="public"),
        },
    )
    add_prompts(server)
    add_resources(server, desk)
    return server


async def _told_why(ctx: Any, call_next: Callable[[Any], Awaitable[Any]]) -> Any:
    """A bad prompt argument is the caller's to mend: a clear protocol error instead of an internal one."""
    try:
        return await call_next(ctx)
    except ValueError as error:
        if ctx.method != "prompts/get":
            raise
        raise MCPError(code=INVALID_PARAMS, message=str(error)) from None
