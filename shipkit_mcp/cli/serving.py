"""``shipkit-mcp`` and ``shipkit-mcp serve``: the server on stdio or loopback HTTP."""

from __future__ import annotations

import gc
import os
import sys
from typing import TYPE_CHECKING, Any

from shipkit_mcp.errors import ProjectError

if TYPE_CHECKING:
    from mcp.server.mcpserver import MCPServer


def serve(*, project: str | None = None, read_only: bool = False) -> int:
    """Serve on stdio until the client closes its end."""
    _built(project, read_only=read_only).run("stdio")
    return 0


def serve_http(*, project: str | None, read_only: bool, port: int, token_file: str | None) -> int:
    """Serve on loopback until interrupted. The token comes from the file or SHIPKIT_HTTP_TOKEN, else it is new."""
    server = _built(project, read_only=read_only)
    from shipkit_mcp.server.http import new_token, run_http

    token, shown = _token(token_file, new_token)

    def tell(address: str) -> None:
        sys.stderr.write(f"shipkit-mcp serves {address}\nAuthorization: {shown}\n")
        sys.stderr.flush()

    try:
        run_http(server, port=port, token=token, tell=tell)
    except OSError as error:
        raise ProjectError(
            f"Port {port} cannot be used: {error.strerror}. Name another with --port."
        ) from None
    return 0


def _token(token_file: str | None, new: Any) -> tuple[str, str]:
    """The token, and what to show of it."""
    if given := os.environ.get("SHIPKIT_HTTP_TOKEN"):
        return given, "Bearer (the one in SHIPKIT_HTTP_TOKEN)"
    if token_file is None:
        made = new()
        return made, f"Bearer {made}"
    from shipkit_mcp.project.writer import keep_secret

    return keep_secret(token_file, new), f"Bearer (the one in {token_file})"


def _built(project: str | None, *, read_only: bool) -> MCPServer[Any]:
    gc.disable()  # the SDK builds some 640 model classes on import, and collecting among them is wasted
    from shipkit_mcp.server.app import build_server
    from shipkit_mcp.server.desk import Launch
    from shipkit_mcp.server.logs import log_to_stderr

    log_to_stderr()
    gc.enable()
    gc.freeze()
    return build_server(Launch(project=project, environ=dict(os.environ), cwd=_cwd(), read_only=read_only))


def _cwd() -> str:
    try:
        return os.getcwd()  # noqa: PTH109 - Path would be imported for this alone
    except OSError:  # the folder was removed; a server can still be told its project
        return "/"
