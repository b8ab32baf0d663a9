"""The hosts: their settings with our server put in or taken out, and what they would see."""

from shipkit_mcp.hosts.change import find_host, snippet
from shipkit_mcp.hosts.install import Done, holds_server, install, uninstall
from shipkit_mcp.hosts.known import COMMAND, HOSTS, Host, Start, settings_path

__all__ = [
    "COMMAND",
    "HOSTS",
    "Done",
    "Host",
    "Start",
    "find_host",
    "holds_server",
    "install",
    "settings_path",
    "snippet",
    "uninstall",
]
