"""``shipkit-mcp`` and ``shipkit-mcp serve``: the server on stdio or loopback HTTP."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from shipkit_mcp.errors import ProjectError

if TYPE_CHECKING:
    from mcp.server.mcpserver import MCPServer

UNNAMED = (
    "HTTP wants a token. Name a file with --token-file: the token in it is used, and where there is no such file one "
    "is made that you alone can read. Or set SHIPKIT_HTTP_TOKEN."
)
"""It is never shown: stderr ends up in logs."""


def serve(*, project: str | None = None, read_only: bool = False) -> int:
    """Serve on stdio until the client closes its end."""
    _built(project, read_only=read_only).run("stdio")
    return 0


def serve_http(
    *, project: str | None, read_only: bool, port: int, token_file: str | None, origins: Sequence[str] = ()
) -> int:
    """Serve on loopback until interrupted. The token is that of SHIPKIT_HTTP_TOKEN or of the file.

    Raises ProjectError where neither is given, the port is taken, or an origin is none.
    """
    if token_file is None and not os.environ.get("SHIPKIT_HTTP_TOKEN"):
        raise ProjectError(UNNAMED)
    server = _built(project, read_only=read_only)
    from shipkit_mcp.server.http import ORIGIN, new_token, run_http

    if wrong := next((one for one in origins if not ORIGIN.fullmatch(one)), None):
        raise ProjectError(f"`{wrong}` is not one exact origin, such as http://localhost:3000.")
    token, shown = _token(token_file, new_token)

    def tell(address: str) -> None:
        sys.stderr.write(f"shipkit-mcp serves {address}\nAuthorization: {shown}\n")
        sys.stderr.flush()

    try:
        run_http(server, port=port, token=token, tell=tell, origins=origins)
    except OSError as error:
        raise ProjectError(
            f"Port {port} cannot be used: {error.strerror}. Name another with --port."
        ) from None
    return 0


def _token(token_file: str | None, new: Any) -> tuple[str, str]:
    """The token, and what to show of it: never the token itself, since stderr ends up in logs."""
    given = os.environ.get("SHIPKIT_HTTP_TOKEN")
    if given or token_file is None:
        return str(given), "Bearer (the one in SHIPKIT_HTTP_TOKEN)"
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
