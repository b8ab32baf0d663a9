"""The hosts: their settings with our server put in or taken out, and what they would see."""

from shipkit_mcp.hosts.change import find_host, snippet
from shipkit_mcp.hosts.install import Done, install, uninstall
from shipkit_mcp.hosts.known import HOSTS, Host, Start, settings_path

__all__ = ["HOSTS", "Done", "Host", "Start", "find_host", "install", "settings_path", "snippet", "uninstall"]
