"""An audit hook that notes what our code does and never may: it connects, starts, runs, opens or writes nothing else.

An event is ours where the innermost frame that is neither Python's nor a library's stands in `shipkit_mcp`. Light, since
every process that a test starts loads it (see `sitecustomize.py`).
"""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable, Sequence
from types import FrameType
from typing import Any

NOTES, ROOTS = "SHIPKIT_WATCH_NOTES", "SHIPKIT_WATCH_ROOTS"
"""Where notes go, and below which folders files may be opened, beside the installation."""
WORKER = f"analysis{os.sep}parse_worker.py"
HERE = os.path.dirname(os.path.abspath(__file__))
TESTS = os.path.dirname(HERE)
OURS = f"{os.sep}shipkit_mcp{os.sep}"
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
DOCUMENT = "initial_data_schema.md"
MADE = ("ai_docs", "prep", "docs")
"""Folders that the document may need."""
TOLD = (f"cli{os.sep}", f"hosts{os.sep}", f"project{os.sep}secret.py")
"""Commands, which write what they are told to, by the same writer; and the file of a token."""
FACES = (f"server{os.sep}", f"analysis{os.sep}")
FOLDERS = {
    "os.rename": (2, 3), "os.remove": (1,), "os.mkdir": (2,), "os.rmdir": (1,), "os.link": (2, 3), "os.symlink": (2,),
    "os.chmod": (2,),
}  # fmt: skip
"""Which arguments of an event are descriptors of the folders in which its names stand."""
SYSTEM = ("/dev/urandom", "/etc/mime.types", "/etc/localtime", "/usr/share/zoneinfo", "/etc/apache2/mime.types",
          "/etc/httpd/", "/usr/local/etc/", "/usr/local/lib/netscape/", "/etc/nsswitch.conf", "/etc/hosts", "/etc/gai.conf")  # fmt: skip
"""What Python's own modules look up."""
STARTS = (
    "subprocess.Popen",
    "os.system",
    "os.exec",
    "os.posix_spawn",
    "os.spawn",
    "os.fork",
    "os.forkpty",
    "pty.spawn",
)
CONNECTS = (
    "socket.connect",
    "socket.sendto",
    "urllib.Request",
    "ftplib.connect",
    "smtplib.connect",
    "http.client.connect",
)
READS = ("os.listdir", "os.scandir")
CHANGES = (
    "os.rename",
    "os.remove",
    "os.mkdir",
    "os.rmdir",
    "os.link",
    "os.symlink",
    "os.chmod",
    "os.truncate",
)

_inside = threading.local()


def start() -> None:
    """Watch from now on, if the environment says where to note things."""
    if os.environ.get(NOTES):
        sys.addaudithook(_hook)


def _hook(event: str, arguments: tuple[Any, ...]) -> None:
    judge = JUDGES.get(event)
    if judge is None or getattr(_inside, "now", False):
        return
    _inside.now = True
    try:
        frames = _own_frames(sys._getframe().f_back)
        if frames and (why := judge(event, arguments, frames)):
            _note(f"{why}: {event} {arguments!r:.300} in {' < '.join(frames[:4])}\n")
    finally:
        _inside.now = False


def _own_frames(frame: FrameType | None) -> list[str]:
    """Our frames, innermost first; none where a test stands within them, or while a module is imported."""
    found: list[str] = []
    while frame is not None:
        file = frame.f_code.co_filename
        if file.startswith("<frozen importlib") or (not found and file.startswith(TESTS)):
            return []
        if OURS in file:
            found.append(f"{file.rpartition(OURS)[2]}:{frame.f_lineno}")
        frame = frame.f_back
    return found


def _note(text: str) -> None:
    if notes := os.environ.get(NOTES):
        descriptor = os.open(notes, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        os.write(descriptor, text.encode("utf-8", "replace"))
        os.close(descriptor)


def _connects(_event: str, _arguments: tuple[Any, ...], _frames: Sequence[str]) -> str | None:
    return "a connection"


def _starts(_event: str, _arguments: tuple[Any, ...], frames: Sequence[str]) -> str | None:
    return None if frames[0].startswith(WORKER) else "a process that is not the parse worker"


def _compiles(_event: str, arguments: tuple[Any, ...], _frames: Sequence[str]) -> str | None:
    """Annotations of models are short names of types; a project's text has lines."""
    text = arguments[0]
    if isinstance(text, (str, bytes)) and len(text) > 200:
        return "text was compiled"
    return None


def _opens(_event: str, arguments: tuple[Any, ...], frames: Sequence[str]) -> str | None:
    path, mode, flags = (*arguments, None, 0)[:3]
    if (isinstance(mode, str) and set(mode) & set("wax+")) or (isinstance(flags, int) and flags & WRITING):
        return _changes("open", (path,), frames)
    return None if _is_within(path, also=SYSTEM, above=True) else "a file outside of the project"


def _changes(event: str, arguments: tuple[Any, ...], frames: Sequence[str]) -> str | None:
    """Everything within the folders, by descriptor too; and where a tool did it, the document and its copies alone."""
    named = [one for one in arguments[:2] if isinstance(one, (str, bytes))]
    folders = [_folder(arguments[at]) for at in FOLDERS.get(event, ()) if at < len(arguments)]
    told = any(one.startswith(TOLD) for one in frames) or not any(one.startswith(FACES) for one in frames)
    fine = all(
        _is_within(one) and (told or os.path.isabs(_text(one)) or _is_made(_text(one))) for one in named
    )
    return None if fine and all(map(_is_within, folders)) else "a change to what is not ours"


def _folder(descriptor: object) -> str | None:
    """The path of an open folder (Linux)."""
    try:
        return os.readlink(f"/proc/self/fd/{descriptor}") if descriptor not in (None, -1) else None
    except OSError:
        return None


def _is_made(name: str) -> bool:
    """Whether a name relative to an open folder is the document's, of a copy of it, or of a folder for it."""
    return DOCUMENT in name or name in MADE


def _is_within(path: object, also: Sequence[str] = (), *, above: bool = False) -> bool:
    """Relative names are opened below a folder that is open: no event tells which, the folders themselves were told."""
    if not isinstance(path, (str, bytes)):
        return True
    text = _text(path)
    if not os.path.isabs(text):
        return True
    roots = [*os.environ.get(ROOTS, "").split(os.pathsep), *INSTALLED]
    if any(text == one or text.startswith(one.rstrip(os.sep) + os.sep) for one in roots if one):
        return True
    if above and any(one.startswith(text.rstrip(os.sep) + os.sep) for one in roots if one):
        return True
    return bool(also) and text.startswith(tuple(also))


def _text(path: str | bytes) -> str:
    return path if isinstance(path, str) else os.fsdecode(path)


def _installed() -> tuple[str, ...]:
    prefixes = {
        sys.prefix,
        sys.base_prefix,
        sys.exec_prefix,
        os.path.dirname(os.__file__),
        os.path.dirname(TESTS),
        os.devnull,
    }
    return tuple({*prefixes, *map(os.path.realpath, prefixes)})


INSTALLED = _installed()
JUDGES: dict[str, Callable[[str, tuple[Any, ...], Sequence[str]], str | None]] = {
    **dict.fromkeys(CONNECTS, _connects),
    **dict.fromkeys(STARTS, _starts),
    **dict.fromkeys(CHANGES, _changes),
    **dict.fromkeys((*READS, "open"), _opens),
    "compile": _compiles,
}
