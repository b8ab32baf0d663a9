"""The prompt ``mentor``: the whole brief, or one step of it."""

from __future__ import annotations

from typing import Annotated, Any

from mcp.server.mcpserver import MCPServer, UserMessage
from mcp.shared.exceptions import MCPError
from mcp.types import INVALID_PARAMS
from pydantic import Field

from shipkit_mcp.server import brief


def add_prompts(server: MCPServer[Any]) -> None:
    """Register the prompt. Text messages only, no required argument (hosts split arguments on spaces)."""

    @server.prompt(
        name="mentor",
        title="ShipKit database mentor",
        description="Lead the developer in five steps from planning documents and workflows to a database strategy.",
    )
    def mentor(
        step: Annotated[
            str | None, Field(description="0, 1, 2, 3 or 4 for one step; leave out for the whole mentor.")
        ] = None,
    ) -> list[UserMessage]:
        try:
            return [UserMessage(brief.mentor(step or None))]
        except ValueError as error:
            raise MCPError(code=INVALID_PARAMS, message=str(error)) from None
