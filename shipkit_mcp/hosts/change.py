"""A host's settings text to the text with our server in it, or without it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from shipkit_mcp.errors import ProjectError
from shipkit_mcp.hosts import splice, toml
from shipkit_mcp.hosts.known import HOSTS, SERVER, Host, Start, host

Put = Callable[[str, tuple[str, ...], Mapping[str, Any]], str]
Take = Callable[[str, tuple[str, ...]], str]

FORMS: Mapping[str, tuple[Put, Take]] = {"json": (splice.put, splice.take), "toml": (toml.put, toml.take)}


def find_host(name: str) -> Host:
    """The host of an id. Raises ProjectError with the known ones."""
    found = host(name)
    if found is None:
        raise ProjectError(f"There is no host {name!r}. Known: {', '.join(one.id for one in HOSTS)}.")
    return found


def installed(of: Host, text: str, start: Start, where: str) -> str:
    """The settings with our server. Raises ProjectError where the file is not what the host writes."""
    return _changed(of, where, lambda: FORMS[of.form][0](text, (of.key, SERVER), of.entry(start)))


def uninstalled(of: Host, text: str, where: str) -> str:
    """The settings without our server; unchanged where it is not in them."""
    return _changed(of, where, lambda: FORMS[of.form][1](text, (of.key, SERVER)))


def snippet(of: Host, start: Start) -> str:
    """What `install --print` shows: an empty settings file with our server."""
    return FORMS[of.form][0]("", (of.key, SERVER), of.entry(start))


def _changed(of: Host, where: str, work: Callable[[], str]) -> str:
    try:
        return work()
    except ValueError as error:
        raise ProjectError(
            f"`{where}` is not {of.form.upper()} that can be edited safely: {error}. Nothing was changed; "
            f"run `shipkit-mcp install {of.id} --print` and put it in by hand."
        ) from None
