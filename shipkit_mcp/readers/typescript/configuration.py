"""The JSON files that steer imports (package.json, tsconfig.json), read once each."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from typing import Any

from shipkit_mcp.facts import Files
from shipkit_mcp.readers.typescript.jsonc import read_jsonc


class Configuration:
    """A project's configuration files."""

    def __init__(self, files: Files) -> None:
        self._files = files
        self._workspace: str | None = getattr(files, "workspace", None)
        self._read: dict[str, Mapping[str, Any]] = {}

    def exists(self, path: str) -> bool:
        return self.may_be_read(path) and self._files.get(path) is not None

    def may_be_read(self, path: str) -> bool:
        """Whether a path stays in the project, or in the workspace around it; nothing else is asked for, nor
        what is no path (``virtual:db``)."""
        ups = path.count("../") if path.startswith("../") else 0
        return ups <= (self._workspace or "").count("..") and ":" not in path

    def read(self, path: str) -> Mapping[str, Any]:
        """What a file says; nothing where it is absent."""
        if path not in self._read:
            source = self._files.get(path)
            self._read[path] = read_jsonc(source.text) if source is not None else {}
        return self._read[path]

    def above(self, folder: str, *names: str) -> Iterator[str]:
        """Files of these names in a folder and in those that hold it, nearest first."""
        for one in self.folders_above(folder):
            for name in names:
                path = posixpath.join(one, name)
                if self.exists(path):
                    yield path

    def folders_above(self, folder: str) -> Iterator[str]:
        """A folder and those that hold it, up to the project and on to the workspace around it."""
        while folder and not folder.endswith(".."):
            yield folder
            folder = posixpath.dirname(folder)
        yield folder
        while folder != (self._workspace or folder):
            folder = posixpath.join("..", folder).rstrip("/")
            yield folder

    def manifests(self) -> Iterator[str]:
        """Every package.json below the project."""
        return (path for path in self._files.under("") if path.endswith("/package.json"))


def joined(folder: str, path: str) -> str:
    result = posixpath.normpath(posixpath.join(folder, path))
    return "" if result == "." else result


def star(pattern: str, text: str) -> str | None:
    """What the star of a pattern stands for; "" where it has none and is the text."""
    before, found, after = pattern.partition("*")
    if not found:
        return "" if pattern == text else None
    fits = len(text) >= len(before) + len(after) and text.startswith(before) and text.endswith(after)
    return text[len(before) : len(text) - len(after)] if fits else None


def package_name(specifier: str) -> tuple[str, str]:
    """``@acme/db/schema`` to (``@acme/db``, ``schema``)."""
    parts = specifier.split("/")
    size = 2 if specifier.startswith("@") else 1
    return "/".join(parts[:size]), "/".join(parts[size:])


def mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
