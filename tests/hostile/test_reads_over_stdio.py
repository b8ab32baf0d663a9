"""Every hostile path at every door of a server: the project of a call, a document's name, a schema's path, an address."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from calm import wall_seconds
from hostile import disk
from hostile.stdio import Server, serving, write_project

PATHS = [*disk.TEXT_PATHS, *disk.DISK_PATHS]
SENT = [path for path in PATHS if path.isascii() or path.encode("utf-8", "replace").decode() == path]
"""JSON has no halves of surrogate pairs: the SDK drops such a line. An address spells them in its own way."""
TABLE = 'import { pgTable, uuid } from "drizzle-orm/pg-core";\nexport const a = pgTable("a", { id: uuid("id").primaryKey() });\n'
CONFIG = 'export default { schema: "./db/*.ts", dialect: "postgresql" };'
DOCUMENTS = sorted(name for name in disk.BENIGN if name.endswith(".md"))


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    root = disk.build(tmp_path_factory.mktemp("outside"))
    write_project(root, {"drizzle.config.ts": CONFIG, "db/a.ts": TABLE})
    with serving(root) as one:
        one.call("assess_schema")
        yield one


def asked(server: Server, method: str, params: dict[str, Any]) -> dict[str, Any]:
    """The answer, which comes at once and holds nothing from outside."""
    answers: list[dict[str, Any]] = []

    def attempt() -> float:
        started = time.perf_counter()
        answers.append(server.ask(method, params))
        return time.perf_counter() - started

    assert wall_seconds(attempt, 0.1, tries=5) < 0.1
    assert disk.CANARY not in json.dumps(answers)
    assert disk.CANARY.encode() not in b"".join(server.errors)
    return answers[0]


def test_there_are_at_least_120_paths_at_each_door() -> None:
    assert len(set(SENT)) >= 120


@pytest.mark.parametrize("kind", ["prep", "schema", "workflow", "guide"])
def test_no_hostile_path_in_an_address_is_answered(server: Server, kind: str) -> None:
    for path in PATHS:
        spelled = quote(path.encode("utf-8", "surrogatepass"), safe="")[:20_000]
        for address in {
            f"shipkit://{kind}/{spelled}",
            *([f"shipkit://{kind}/{path}"] if path in SENT else []),
        }:
            answer = asked(server, "resources/read", {"uri": address})
            assert answer["error"]["code"] == -32602, ascii(path)


@pytest.mark.parametrize(
    ("tool", "argument"),
    [("read_prep_docs", "doc"), ("assess_schema", "project"), ("map_workflow_to_tables", "workflow")],
)
def test_no_hostile_path_in_an_argument_is_answered(server: Server, tool: str, argument: str) -> None:
    for path in SENT:
        if not path.strip() or (argument == "project" and path == "folder.md"):
            continue  # blank means: not given; a folder of the project is no way out
        answer = asked(server, "tools/call", {"name": tool, "arguments": {argument: path}})
        assert answer["result"]["isError"], ascii(path)


def test_no_hostile_path_for_a_schema_leads_to_a_table(server: Server) -> None:
    for path in SENT:
        result = asked(
            server, "tools/call", {"name": "parse_drizzle_schema", "arguments": {"schema": [path]}}
        )["result"]
        assert result["isError"] or not result["structuredContent"]["tables"], ascii(path)


def test_documents_whose_names_only_look_hostile_are_read_by_name_and_by_address(tmp_path: Path) -> None:
    root = write_project(
        tmp_path, {f"ai_docs/prep/{name}": f"# Notes\n\nThis is {n}.\n" for n, name in enumerate(DOCUMENTS)}
    )
    with serving(root) as one:
        for n, name in enumerate(DOCUMENTS):
            assert f"This is {n}." in json.dumps(one.call("read_prep_docs", doc=name)), name
            answer = one.ask("resources/read", {"uri": f"shipkit://prep/{quote(name, safe='')}"})
            assert f"This is {n}." in json.dumps(answer), name
