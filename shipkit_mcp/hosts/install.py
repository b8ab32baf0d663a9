"""Our server into a host's settings file, and out of it: the rest of the file stays, the old one is copied first."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from shipkit_mcp.errors import ProjectError
from shipkit_mcp.hosts.change import installed, uninstalled
from shipkit_mcp.hosts.known import Host, Start, settings_path
from shipkit_mcp.project.writer import write_named

LIMIT = 4 << 20


@dataclass(frozen=True)
class Done:
    """What was done to which file."""

    path: str
    changed: bool
    backup: str | None


def install(host: Host, start: Start, *, home: Path, project: Path) -> Done:
    """Add our server. Raises ProjectError where the settings cannot be edited safely, CannotWrite."""
    path = Path(settings_path(host, home=home, project=project))
    return _write(path, installed(host, _read(path), start, str(path)))


def uninstall(host: Host, *, home: Path, project: Path) -> Done:
    """Take our server out. Raises ProjectError where the settings cannot be edited safely, CannotWrite."""
    path = Path(settings_path(host, home=home, project=project))
    text = _read(path)
    return (
        _write(path, uninstalled(host, text, str(path)))
        if text.strip()
        else Done(str(path), changed=False, backup=None)
    )


def holds_server(host: Host, *, home: Path, project: Path) -> bool:
    """Whether a host's settings hold our server. Raises ProjectError where they cannot be read."""
    path = Path(settings_path(host, home=home, project=project))
    text = _read(path)
    return bool(text.strip()) and uninstalled(host, text, str(path)) != text


def _read(path: Path) -> str:
    """The settings; empty where there are none. Raises ProjectError where they cannot be read."""
    try:
        with path.open("rb") as file:
            data = file.read(LIMIT + 1)
    except FileNotFoundError:
        return ""
    except OSError as error:
        raise ProjectError(f"`{path}` cannot be read: {error.strerror}. Nothing was changed.") from None
    try:
        if len(data) <= LIMIT:
            return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    raise ProjectError(f"`{path}` is not a settings file that can be edited safely. Nothing was changed.")


def _write(path: Path, text: str) -> Done:
    saved = write_named(str(path), text.encode(), replace=True)
    return Done(str(path), saved.changed, saved.backup)
