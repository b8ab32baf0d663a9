"""Hostile projects and paths, for every test that must not be led out of a project."""

from __future__ import annotations

import errno
import importlib
import os
import socket
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

CANARY = "CANARY-7f3a-must-never-be-seen"
SCALE = float(os.environ.get("SHIPKIT_SCALE", "1"))
"""Of the figures of tests marked ``full``."""

TEXT_PATHS = (
    # out by dots
    *(
        "..",
        "../",
        "../secret.md",
        "../../secret.md",
        "../../../../../../etc/passwd",
        "./../secret.md",
        "..//secret.md",
    ),
    *(
        "ai_docs/../../secret.md",
        "ai_docs/prep/../../../secret.md",
        "ai_docs/prep/./../../../secret.md",
        "a/../../secret.md",
    ),
    *(
        ".../secret.md",
        "....//secret.md",
        "..../secret.md",
        "ai_docs/prep/..././secret.md",
        "../project-evil/secret.md",
    ),
    *("../project2/secret.md", "../projec/secret.md", "ai_docs/prep/../../../project-evil/secret.md"),
    # absolute
    *(
        "/",
        "//",
        "/etc/passwd",
        "//etc/passwd",
        "/etc/../etc/passwd",
        "/proc/self/environ",
        "/proc/self/cmdline",
    ),
    *(
        "/proc/self/fd/0",
        "/proc/1/environ",
        "/dev/zero",
        "/dev/stdin",
        "/dev/tty",
        "/root/.ssh/id_rsa",
        "/tmp",
        "/var/log",
    ),
    # empty steps and dots
    *(
        "ai_docs//prep/master_idea.md",
        "ai_docs/prep//master_idea.md",
        "ai_docs/prep/master_idea.md/",
        "/ai_docs/prep",
    ),
    *("ai_docs/prep/master_idea.md/.", "ai_docs/prep/master_idea.md/..", "ai_docs/prep/master_idea.md/x.md"),
    # expansion
    *(
        "~",
        "~/secret.md",
        "~root/secret.md",
        "$HOME/secret.md",
        "${HOME}/secret.md",
        "%USERPROFILE%\\secret.md",
        "`pwd`",
    ),
    *(
        "$(pwd)/secret.md",
        "file:///etc/passwd",
        "file:secret.md",
        "http://localhost/secret.md",
        "shipkit://prep/../secret",
    ),
    *(
        "%2e%2e/secret.md",
        "..%2fsecret.md",
        "%2e%2e%2fsecret.md",
        "..%5csecret.md",
        "%252e%252e%252fsecret.md",
        "..%c0%afsecret.md",
    ),
    *(
        "ai_docs%2fprep%2fmaster_idea.md",
        "..;/secret.md",
        "*.md",
        "ai_docs/prep/*.md",
        "ai_docs/prep/master_ide?.md",
    ),
    *(
        "{ai_docs,secret}/x.md",
        "ai_docs/prep/[m]aster_idea.md",
        "-rf",
        "--help",
        "|cat secret.md",
        "<secret.md",
        ">secret.md",
    ),
    # NUL and what cannot be seen
    *(
        "ai_docs/prep/master_idea.md\0",
        "\0",
        "ai_docs\0/prep/master_idea.md",
        "secret.md\0.md",
        "a\nb.md",
        "a\rb.md",
        "\x1b[2J.md",
    ),
    *(
        "\u202emd.aedi_retsam",
        "master\u200b_idea.md",
        "\ufeffmaster_idea.md",
        "master_idea.md\u2028",
        "a\u00adb.md",
        "\x7f.md",
    ),
    # Unicode that folds into dots, slashes and other letters
    *(
        "．．／secret.md",
        "‥/secret.md",
        "․․/secret.md",
        "..∕secret.md",
        "..⁄secret.md",
        "..＼secret.md",
        "ai_docs／prep／master_idea.md",
    ),
    *(
        "ai_docs/prep/master_idea．md",
        "ai_docs/prep/ｍaster_idea.md",
        "AI_DOCS/prep/master_idea.md",
        "ai_docs/prep/MASTER_IDEA.MD",
    ),
    *(
        "ai_docs/prep/cafe\u0301.md",
        "Ai_Docs/Prep/Master_Idea.md",
        "aı_docs/prep/master_idea.md",
        "ai_docs/prep/maſter_idea.md",
    ),
    *("\ud800.md", "ai_docs/\udcff/master_idea.md", "ai_docs/prep/\udc80\udc81.md"),
    # drives, shares, streams, devices
    *(
        "C:\\secret.md",
        "C:secret.md",
        "c:/secret.md",
        "\\\\server\\share\\x.md",
        "\\\\?\\C:\\secret.md",
        "\\\\.\\COM1",
        "//?/C:/x.md",
    ),
    *(
        "..\\secret.md",
        "..\\..\\secret.md",
        "ai_docs\\prep\\master_idea.md",
        "ai_docs\\..\\..\\secret.md",
        "\\secret.md",
    ),
    *(
        "ai_docs/prep/master_idea.md::$DATA",
        "ai_docs/prep/master_idea.md:hidden",
        "ai_docs::$INDEX_ALLOCATION/prep/x.md",
    ),
    *(
        "CON",
        "con.md",
        "NUL",
        "nul.md",
        "AUX.md",
        "PRN.md",
        "COM1.md",
        "com9.ts",
        "LPT1.md",
        "lpt9.ts",
        "COM¹.md",
        "CONIN$",
        "CLOCK$.md",
    ),
    *(
        "ai_docs/prep/con.md",
        "ai_docs/prep/master_idea.md.",
        "ai_docs/prep/master_idea.md ",
        "ai_docs./prep/master_idea.md",
    ),
    *(
        "ai_docs /prep/master_idea.md",
        "ai_docs/prep/master_idea.md...",
        "ai_docs/prep/MASTER~1.MD",
        "AI_DOC~1/prep/x.md",
    ),
    # secrets, history and packages
    *(
        ".env",
        ".env.local",
        ".env.production",
        ".env.md",
        ".ENV",
        "ai_docs/.env",
        ".git/config",
        ".git/HEAD.md",
        ".git/hooks/x.ts",
    ),
    *(
        "node_modules/evil",
        ".git",
        ".git/hooks",
        "node_modules/evil/index.ts",
        "node_modules/evil/README.md",
        ".ssh/id_rsa",
        ".ssh/notes.md",
        ".aws/credentials.md",
    ),
    *(
        "server.key",
        "cert.pem",
        "id_rsa",
        ".npmrc",
        ".netrc",
        "secrets.json",
        "service-account.json",
        "dump.sqlite",
        ".pgpass",
    ),
    # size
    *(
        "a" * 300 + ".md",
        "a/" * 2_000 + "x.md",
        "x" * 100_000,
        "../" * 5_000 + "secret.md",
        " ",
        "\t",
        "ai_docs/prep/ ",
    ),
)
"""What no reader may be given: 120 and more, whatever the file system holds."""

DISK_PATHS = (
    *(
        "link.md",
        "link_in.md",
        "link_chain.md",
        "link_loop.md",
        "link_broken.md",
        "link_proc.md",
        "link_zero.md",
        "link_abs.md",
    ),
    *("linked/secret.md", "linked_in/master_idea.md", "looped/looped/looped/x.md", "ai_docs/prep/link.md"),
    *("fifo.md", "socket.md", "folder.md", "sparse.md", "huge.ts", "nul.txt", "binary.ts", "utf16_half.ts"),
)
"""What stands in the project below and must not be read."""

BENIGN = (
    *(
        "..test.md",
        "te..st.md",
        "...md",
        "%41.md",
        "a b c.md",
        "café.md",
        "日本語.md",
        "(auth)/[id]/page.tsx",
        "[[...slug]]/p.tsx",
    ),
    *(
        "@scope/x.ts",
        "a+b=c.ts",
        "it's.md",
        "under_score-dash.md",
        "con2.md",
        "console.ts",
        "~tilde.md",
        "$var.ts",
        "emoji😀.md",
    ),
)
"""Look-alikes that must work."""


def build(folder: Path) -> Path:
    """A project full of traps beside secrets; returns its root."""
    root = folder / "project"
    inner = ("ai_docs/prep", ".git/hooks", "node_modules/evil")
    for name in (*(f"project/{one}" for one in inner), "project-evil", "project2"):
        (folder / name).mkdir(parents=True)
    for secret in ("secret.md", "project-evil/secret.md", "project2/secret.md"):
        (folder / secret).write_text(f"# Master Idea Document\n{CANARY}\n", encoding="utf-8")
    inside = (".env", ".env.local", ".env.md", ".git/config", ".git/hooks/x.ts", "node_modules/evil/index.ts")
    for name in (*inside, "node_modules/evil/README.md", "server.key", "id_rsa", "secrets.json"):
        (root / name).write_text(f"KEY={CANARY}\n", encoding="utf-8")
    (root / "ai_docs/prep/master_idea.md").write_text("# Master Idea Document\n", encoding="utf-8")
    (root / "package.json").write_text("{}", encoding="utf-8")
    _links(folder, root)
    _special(root)
    return root


def _links(folder: Path, root: Path) -> None:
    prep = root / "ai_docs/prep"
    for name, target in {
        "link.md": folder / "secret.md",
        "link_in.md": Path("ai_docs/prep/master_idea.md"),
        "link_chain.md": Path("link.md"),
        "link_loop.md": Path("link_loop.md"),
        "link_broken.md": Path("nowhere.md"),
        "link_proc.md": Path("/proc/self/environ"),
        "link_zero.md": Path("/dev/zero"),
        "link_abs.md": prep / "master_idea.md",
        "linked": folder,
        "linked_in": prep,
        "looped": Path(),
        "ai_docs/prep/link.md": folder / "secret.md",
    }.items():
        (root / name).symlink_to(target)


def _special(root: Path) -> None:
    os.mkfifo(root / "fifo.md")
    with socket.socket(socket.AF_UNIX) as one:
        here = Path.cwd()
        os.chdir(root)  # a socket's path has at most 107 bytes
        try:
            one.bind("socket.md")
        finally:
            os.chdir(here)
    (root / "folder.md").mkdir()
    for name, size in (("sparse.md", 16 << 30), ("huge.ts", 600 << 10)):
        with (root / name).open("wb") as file:
            file.truncate(size)
    (root / "binary.ts").write_bytes(b"export const a = 1\0\n")
    (root / "utf16_half.ts").write_bytes(b"\xff\xfea\x00\x00\xd8")


def tree(folder: Path) -> dict[str, tuple[str, bytes]]:
    """Everything below a folder, byte for byte, links as links."""
    found = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_symlink():
            found[name] = ("link", os.fsencode(path.readlink()))
        elif path.is_file() and path.stat().st_size < 1 << 24:
            found[name] = ("file", path.read_bytes())
        else:
            found[name] = ("other", b"")
    return found


def descriptors() -> int:
    """How many files this process has open."""
    return len(list(Path("/proc/self/fd").iterdir()))


def hide_posix(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make this system look as Windows does to the disk layer."""
    for name in ("O_DIRECTORY", "O_NOFOLLOW", "O_NONBLOCK", "O_NOCTTY", "O_CLOEXEC", "fchmod", "geteuid"):
        monkeypatch.delattr(os, name, raising=False)
    monkeypatch.setattr(os, "supports_dir_fd", set())
    monkeypatch.setattr(os, "supports_fd", set())
    real = importlib.import_module

    def without_fcntl(name: str, package: str | None = None) -> ModuleType:
        if name == "fcntl":
            raise ImportError(name)
        return real(name, package)

    monkeypatch.setattr(importlib, "import_module", without_fcntl)


class Fault:
    """Replaces functions of ``os``: counts their calls, and makes the n-th of one of them fail."""

    NAMES = (
        *("open", "read", "write", "close", "fsync", "fstat", "stat", "fchmod", "rename", "unlink", "mkdir"),
        *("scandir", "utime"),
    )

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.counts: dict[str, int] = {}
        self.order: list[str] = []
        self._at: tuple[str, int, int] | None = None
        for name in self.NAMES:
            monkeypatch.setattr(os, name, self._wrap(name, getattr(os, name)))
        faked = {"open", "stat", "unlink", "mkdir", "rename", "utime"}
        monkeypatch.setattr(os, "supports_dir_fd", {getattr(os, name) for name in faked})

    def arm(self, name: str, call: int, number: int) -> None:
        """From now on the ``call``-th call of ``name`` fails, once."""
        self.counts, self._at = {}, (name, call, number)

    def disarm(self) -> None:
        self.counts, self._at = {}, None

    def _wrap(self, name: str, real: Any) -> Any:
        def called(*args: Any, **kwargs: Any) -> Any:
            self.counts[name] = self.counts.get(name, 0) + 1
            self.order.append(name)
            if self._at and self._at[:2] == (name, self.counts[name]):
                if name == "close":
                    real(*args, **kwargs)
                raise OSError(self._at[2], errno.errorcode[self._at[2]])
            return real(*args, **kwargs)

        return called
