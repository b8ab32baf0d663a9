"""The HTTP face on a port without its token and open to its own origin: the conformance suite sends the one and not
the other. For tests alone.
"""

from __future__ import annotations

import asyncio
import socket
import sys

import uvicorn

from shipkit_mcp.server.app import build_server
from shipkit_mcp.server.desk import Launch
from shipkit_mcp.server.http import LOOPBACK, open_app

with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as listener:
    listener.bind((LOOPBACK, 0))
    port = listener.getsockname()[1]
    own = f"http://{LOOPBACK}:{port}"
    app = open_app(build_server(Launch(project=sys.argv[1])), port, (own, own.replace(LOOPBACK, "localhost")))
    print(f"{own}/mcp", flush=True)
    asyncio.run(uvicorn.Server(uvicorn.Config(app, log_level="warning")).serve(sockets=[listener]))
