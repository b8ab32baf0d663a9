"""The request that is being answered, for fixed resources and completions: the SDK gives them no context."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from contextvars import ContextVar
from typing import Any

from mcp.server.context import ServerRequestContext
from mcp.server.mcpserver import Context

_ASKING: ContextVar[ServerRequestContext[Any, Any]] = ContextVar("asking")
"""Of the task that answers; nothing outlives it."""


async def remembered(ctx: ServerRequestContext[Any, Any], call_next: Callable[[Any], Awaitable[Any]]) -> Any:
    """Middleware: answer with the request at hand."""
    token = _ASKING.set(ctx)
    try:
        return await call_next(ctx)
    finally:
        _ASKING.reset(token)


def caller() -> Context[Any, Any]:
    """The context of the request that is being answered, as a tool is given it. Raises LookupError outside of one."""
    return Context(request_context=_ASKING.get())
