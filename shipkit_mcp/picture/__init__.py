"""Schema and plan to a Mermaid diagram and a self-contained page."""

from shipkit_mcp.picture.drawing import draw
from shipkit_mcp.picture.mermaid import render_mermaid
from shipkit_mcp.picture.page import fill, render_page

__all__ = ["draw", "fill", "render_mermaid", "render_page"]
