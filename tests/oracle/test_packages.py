"""Published packages that ship schemas are read as drizzle-orm reads them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest
from oracle.compare import compare
from oracle.disk import Disk
from oracle.node import Drizzle

from shipkit_mcp.readers.drizzle import find_schema, read_schema

pytestmark = pytest.mark.node

_T3 = "template/extras/src/server/db/schema-drizzle"
_SHOPIFY = "@shopify/shopify-app-session-storage-drizzle"


@dataclass(frozen=True)
class Package:
    """A schema file of a package and how many tables it exports."""

    name: str
    path: str
    tables: int


PACKAGES = (
    Package("@agentuity/auth", "dist/schema.js", 9),
    Package("@aphexcms/postgresql-adapter", "dist/schema.js", 20),
    Package(_SHOPIFY, "src/schemas/postgres.schema.ts", 1),
    Package(_SHOPIFY, "src/schemas/mysql.schema.ts", 1),
    Package(_SHOPIFY, "src/schemas/sqlite.schema.ts", 1),
    *(
        Package("create-t3-app", f"{_T3}/{kind}-{database}.ts", tables)
        for kind, tables in (("base", 1), ("with-auth", 5), ("with-better-auth", 5))
        for database in ("postgres", "mysql", "planetscale", "sqlite")
    ),
)


@pytest.mark.parametrize("package", PACKAGES, ids=lambda one: f"{one.name}/{Path(one.path).name}")
def test_a_package_is_read_as_drizzle_reads_it(package: Package, packages: Path, drizzle: Drizzle) -> None:
    root = packages / package.name
    files = Disk(root, everything=True)

    schema = read_schema(files, find_schema(files, [package.path]))

    truth = drizzle.dump({"root": str(root), "files": [package.path]})
    assert len(truth["tables"]) == package.tables
    assert compare(truth, schema).differences == []
    assert schema.unread == ()


def test_what_comes_from_another_package_is_unread_and_everything_else_exact(
    packages: Path, drizzle: Drizzle
) -> None:
    root = packages / "@workflow" / "world-postgres"
    files = Disk(root, everything=True)

    schema = read_schema(files, find_schema(files, ["dist/drizzle/schema.js"]))

    truth = drizzle.dump({"root": str(root), "files": ["dist/drizzle/schema.js"]})
    score = compare(truth, schema)
    assert score.counts["tables", "found"] == len(truth["tables"]) == 6
    assert [one for one in score.differences if "values" not in one and not one.startswith("enums")] == []
    assert {one.why.split("`")[1] for one in schema.unread} == {"status", "step_status", "wait_status"}


@pytest.mark.parametrize("dialect", ["pg", "mysql", "sqlite"])
def test_tables_that_a_function_makes_when_it_is_called_are_no_tables_of_the_file(
    dialect: str, packages: Path, drizzle: Drizzle
) -> None:
    root = packages / "@auth" / "drizzle-adapter"
    path = f"src/lib/{dialect}.ts"
    files = Disk(root, everything=True)

    schema = read_schema(files, find_schema(files, [path]))

    assert drizzle.dump({"root": str(root), "files": [path]})["tables"] == []
    assert schema.tables == ()
