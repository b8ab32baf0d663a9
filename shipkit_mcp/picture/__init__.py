"""Schema and plan to a Mermaid diagram and a self-contained page."""

from shipkit_mcp.picture.mermaid import render_mermaid

__all__ = ["render_mermaid"]
