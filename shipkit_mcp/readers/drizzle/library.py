"""What the packages of drizzle-orm export, by import specifier."""

from __future__ import annotations

from collections.abc import Mapping

from shipkit_mcp.readers.drizzle.columns import Builds
from shipkit_mcp.readers.drizzle.constraints import CONSTRAINTS
from shipkit_mcp.readers.drizzle.custom import MakesCustomType
from shipkit_mcp.readers.drizzle.enums import MakesEnum, MakesEnumColumn
from shipkit_mcp.readers.drizzle.kinds import KINDS, KINDS_V1
from shipkit_mcp.readers.drizzle.names import CASINGS
from shipkit_mcp.readers.drizzle.policies import POLICIES
from shipkit_mcp.readers.drizzle.prelude import PRELUDE
from shipkit_mcp.readers.drizzle.relations import DefinesRelations, MakesRelations
from shipkit_mcp.readers.drizzle.schemas import MakesSchema
from shipkit_mcp.readers.drizzle.sql import OPERATORS
from shipkit_mcp.readers.drizzle.tables import Casing, MakesCreator, MakesTable
from shipkit_mcp.readers.drizzle.utilities import UTILITIES
from shipkit_mcp.readers.drizzle.views import MakesSequence, MakesView
from shipkit_mcp.readers.drizzle.zod import zod_exports
from shipkit_mcp.readers.typescript.values import Host, Record, Value

DIALECTS: Mapping[str, tuple[str, str]] = {
    "drizzle-orm/pg-core": ("postgresql", "pg"),
    "drizzle-orm/mysql-core": ("mysql", "mysql"),
    "drizzle-orm/sqlite-core": ("sqlite", "sqlite"),
    "drizzle-orm/singlestore-core": ("singlestore", "singlestore"),
    "drizzle-orm/mssql-core": ("mssql", "mssql"),
    "drizzle-orm/cockroach-core": ("cockroach", "cockroach"),
    "drizzle-orm/gel-core": ("gel", "gel"),
}
"""Import specifier to dialect and the prefix of its functions."""

_WITH_ENUM_TYPES = frozenset({"postgresql", "cockroach"})
_WITH_ENUM_COLUMNS = frozenset({"mysql", "singlestore"})


class DrizzleLibrary:
    """The packages of one run, made when they are first imported."""

    def __init__(self, *, first_generation: bool = True) -> None:
        self._kinds = KINDS if first_generation else KINDS_V1
        self._made: dict[str, Mapping[str, Value]] = {}

    def __call__(self, specifier: str) -> Mapping[str, Value] | str | None:
        if not specifier.startswith("drizzle-orm"):
            return zod_exports(specifier)
        if specifier in PRELUDE:
            return PRELUDE[specifier]
        if specifier not in self._made:
            self._made[specifier] = self._package(specifier)
        return self._made[specifier]

    def _package(self, specifier: str) -> Mapping[str, Value]:
        if specifier in DIALECTS:
            return self._dialect(*DIALECTS[specifier])
        return _GENERAL

    def _dialect(self, dialect: str, prefix: str) -> Mapping[str, Value]:
        builders: dict[str, Value] = {
            word: Builds(dialect, word, kind) for word, kind in self._kinds[dialect].items()
        }
        builders["customType"] = MakesCustomType(dialect)
        if dialect in _WITH_ENUM_COLUMNS:
            builders[f"{prefix}Enum"] = MakesEnumColumn(dialect)
        given = Record()
        given.update(builders)
        exports: dict[str, Value] = {**OPERATORS, **builders, **CONSTRAINTS, **POLICIES}
        exports.update(_makers(dialect, prefix, given, None))
        exports[f"{prefix}TableCreator"] = MakesCreator(dialect, given)
        for name, casing in (("snakeCase", "snake_case"), ("camelCase", "camelCase")):
            exports[name] = _cased(dialect, given, CASINGS[casing])
        if dialect in _WITH_ENUM_TYPES:
            exports[f"{prefix}Enum"] = MakesEnum(dialect)
            exports[f"{prefix}Sequence"] = MakesSequence()
        return exports


def _makers(dialect: str, prefix: str, builders: Value, casing: Casing | None) -> Mapping[str, Value]:
    schema = MakesSchema(dialect, builders, casing)
    return {
        f"{prefix}Table": MakesTable(dialect, builders, casing=casing),
        f"{prefix}Schema": schema,
        f"{prefix}Database": schema,
        f"{prefix}View": MakesView(dialect, builders, casing=casing),
        f"{prefix}MaterializedView": MakesView(dialect, builders, casing=casing, materialized=True),
    }


def _cased(dialect: str, builders: Value, casing: Casing) -> Record:
    """``snakeCase.table`` and its relatives of 1.0."""
    made = Record()
    made.update(
        {
            "table": MakesTable(dialect, builders, casing=casing),
            "schema": MakesSchema(dialect, builders, casing),
            "view": MakesView(dialect, builders, casing=casing),
            "materializedView": MakesView(dialect, builders, casing=casing, materialized=True),
        }
    )
    return made


_RELATIONS: Mapping[str, Host] = {
    "relations": MakesRelations(),
    "defineRelations": DefinesRelations(),
    "defineRelationsPart": DefinesRelations(),
}
_GENERAL: Mapping[str, Value] = {**OPERATORS, **_RELATIONS, **UTILITIES}
