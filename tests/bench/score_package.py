"""Scores our reading of a large published package, too large to be installed with the rest, against drizzle-orm.

``python tests/bench/score_package.py``; packs it with npm, keeps its compiled code. Exit status 1 below the bar.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tarfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench.score_schema import misses, show
from oracle.compare import compare
from oracle.disk import Disk
from oracle.node import Drizzle, environment, install, node, npm

from shipkit_mcp.readers.drizzle import find_schema, read_schema

PACKAGE = "@paperclipai/db@2026.916.1"
INTEGRITY = "sha512-QCrMXXfUHjqkp6ploB2UTCTWrc2pR0o1jQdhSOkpo7ct4Vw3j+o9iaJU4zI+oC0rk3QT+IdO9rhuHibonJBmTw=="
INDEX = "dist/schema/index.js"


def unpack(folder: Path) -> Path:
    """The package with nothing but package.json and its code; packed once."""
    root = folder / PACKAGE.replace("/", "+")
    if not (root / INDEX).is_file():
        root.mkdir(parents=True, exist_ok=True)
        command = [str(node()), str(npm()), "pack", PACKAGE, "--json", "--ignore-scripts"]
        packed = subprocess.run(command, cwd=root, env=environment(), check=True, capture_output=True)
        told = json.loads(packed.stdout)[0]
        if told["integrity"] != INTEGRITY:
            raise SystemExit(f"{PACKAGE} is not what was pinned: {told['integrity']}")
        with tarfile.open(root / told["filename"]) as archive:
            for member in archive:
                if _wanted(member):
                    archive.extract(member, root, filter=_stripped)
    return root


def _wanted(member: tarfile.TarInfo) -> bool:
    name = member.name
    return name == "package/package.json" or (name.startswith("package/dist/") and name.endswith(".js"))


def _stripped(member: tarfile.TarInfo, path: str) -> tarfile.TarInfo | None:
    return tarfile.data_filter(member.replace(name=member.name.removeprefix("package/")), path)


def main() -> int:
    root = unpack(install() / ".oracle")
    files = Disk(root, everything=True)
    started = time.perf_counter()
    schema = read_schema(files, find_schema(files, [INDEX]))
    seconds = time.perf_counter() - started
    with Drizzle() as drizzle:
        score = compare(drizzle.dump({"root": str(root), "files": [INDEX]}), schema)
    columns = sum(len(table.columns) for table in schema.tables)
    print(f"{PACKAGE}: {len(schema.tables)} tables, {columns} columns in {seconds * 1000:.0f} ms")
    show(score)
    for line in score.differences[:20]:
        print("-", line)
    return 1 if misses(score) else 0


if __name__ == "__main__":
    sys.exit(main())
