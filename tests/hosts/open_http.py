"""The HTTP face on a port without its token: the conformance suite cannot send one. For tests alone."""

from __future__ import annotations

import asyncio
import socket
import sys

import uvicorn

from shipkit_mcp.server.app import build_server
from shipkit_mcp.server.desk import Launch
from shipkit_mcp.server.http import LOOPBACK, guarded_app

with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as listener:
    listener.bind((LOOPBACK, 0))
    port = listener.getsockname()[1]
    app = guarded_app(build_server(Launch(project=sys.argv[1])), "unused", port)
    print(f"http://{LOOPBACK}:{port}/mcp", flush=True)
    asyncio.run(uvicorn.Server(uvicorn.Config(app._app, log_level="warning")).serve(sockets=[listener]))
