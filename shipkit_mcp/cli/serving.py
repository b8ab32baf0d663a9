"""``shipkit-mcp`` and ``shipkit-mcp serve``: the server on stdio or loopback HTTP."""

from __future__ import annotations

import gc
import os


def serve(*, project: str | None = None, read_only: bool = False) -> None:
    """Serve on stdio until the client closes its end."""
    gc.disable()  # the SDK builds some 640 model classes on import, and collecting among them is wasted
    from shipkit_mcp.server.app import build_server
    from shipkit_mcp.server.desk import Launch

    gc.enable()
    gc.freeze()
    launch = Launch(
        project=project or os.environ.get("SHIPKIT_PROJECT_DIR"),
        environ=dict(os.environ),
        cwd=_cwd(),
        read_only=read_only,
    )
    build_server(launch).run("stdio")


def _cwd() -> str:
    try:
        return os.getcwd()
    except OSError:  # the folder was removed; a server can still be told its project
        return "/"
