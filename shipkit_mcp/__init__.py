"""shipkit-mcp: a database mentor for apps with background jobs, as an MCP server."""

__version__ = "0.1.0"
