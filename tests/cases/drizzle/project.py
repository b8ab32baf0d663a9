"""Small projects in memory for the tests of the TypeScript and Drizzle readers."""

from __future__ import annotations

from collections.abc import Mapping, MutableMapping, Sequence

from shipkit_mcp.facts import Schema, SchemaChoice, Source, Table
from shipkit_mcp.readers.drizzle import read_schema
from shipkit_mcp.readers.typescript.evaluate import Evaluator
from shipkit_mcp.readers.typescript.load import Modules
from shipkit_mcp.readers.typescript.modules import Declared
from shipkit_mcp.readers.typescript.values import Site, Value

PG = 'import * as p from "drizzle-orm/pg-core";\nimport { sql, eq, isNull, and } from "drizzle-orm";\n'
"""Two lines that most schemas of these tests begin with."""


class Memory:
    """Files in memory; counts what is asked for."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        self.texts = dict(texts)

    def get(self, path: str) -> Source | None:
        return Source(path, self.texts[path]) if path in self.texts else None

    def under(self, folder: str = "") -> Sequence[str]:
        start = f"{folder}/" if folder else ""
        return sorted(path for path in self.texts if path.startswith(start))


def schema_of(
    texts: Mapping[str, str] | str,
    *chosen: str,
    casing: str | None = None,
    version: str | None = None,
    memo: MutableMapping[str, object] | None = None,
) -> Schema:
    """Reads ``schema.ts`` (or the chosen files) of a project."""
    project = {"schema.ts": texts} if isinstance(texts, str) else texts
    choice = SchemaChoice(files=chosen or ("schema.ts",), casing=casing, drizzle_version=version)
    return read_schema(Memory(project), choice, memo)


def table_of(text: str, name: str = "t", casing: str | None = None, version: str | None = None) -> Table:
    """One table of a PostgreSQL schema."""
    table = schema_of(PG + text, casing=casing, version=version).table(name)
    assert table is not None
    return table


def value_of(texts: Mapping[str, str] | str, name: str = "x") -> Value:
    """What a name of ``main.ts`` evaluates to."""
    modules = Modules(Memory({"main.ts": texts} if isinstance(texts, str) else texts))
    evaluator = Evaluator(modules, lambda _specifier: None)
    module = modules.load("main.ts")
    assert hasattr(module, "bindings")
    bound = module.bindings[name]
    node = bound.statement if isinstance(bound, Declared) else bound.node
    site = Site(evaluator, module, node)
    return evaluator.bounded(site, evaluator.binding, module, name, node)
