"""The picture as the view of an MCP App: one page under ``ui://``, made when it is first asked for."""

from __future__ import annotations

from mcp.server.apps import APP_MIME_TYPE, Apps
from mcp.server.mcpserver.resources import FunctionResource

VIEW = "ui://shipkit/picture.html"
SHOWN_BY = "assess_schema"
"""The tool whose result hosts with apps show as the picture; others get its text."""


def picture_view() -> Apps:
    """The extension that advertises the view."""
    apps = Apps()
    page = FunctionResource(
        uri=VIEW,
        name="picture",
        title="Picture of the schema and the plan",
        mime_type=APP_MIME_TYPE,
        meta={"ui": {"prefersBorder": True}},
        fn=_page,
    )
    apps.add_resource(page)
    return apps


def _page() -> str:
    from shipkit_mcp.picture import fill

    return fill(None)
