"""A checked-out folder as ``Files``: plain reads for tests and benchmarks (the product's are confined)."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path

from shipkit_mcp.facts import Source

_SKIPPED = frozenset(("node_modules", "dist", "build", "out", "coverage"))


class Disk:
    """Every file below ``root``, without packages, builds and dot folders."""

    def __init__(self, root: Path, *, everything: bool = False) -> None:
        self._root = root
        self._skipped = frozenset[str]() if everything else _SKIPPED

    @cached_property
    def _paths(self) -> tuple[str, ...]:
        return tuple(sorted(self._walk()))

    def _walk(self) -> Iterator[str]:
        for folder, inner, names in os.walk(self._root):
            inner[:] = [one for one in inner if one not in self._skipped and not one.startswith(".")]
            for name in names:
                yield Path(folder, name).relative_to(self._root).as_posix()

    def get(self, path: str) -> Source | None:
        full = Path(os.path.normpath(self._root / path))
        if not full.is_relative_to(self._root) or not full.is_file():
            return None
        text = full.read_text(encoding="utf-8-sig", errors="replace")
        return Source(path, text)

    def under(self, folder: str = "") -> Sequence[str]:
        return [path for path in self._paths if not folder or path.startswith(folder + "/")]
