"""What the packages of drizzle-orm export, by import specifier."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from shipkit_mcp.readers.drizzle.builders import Builds
from shipkit_mcp.readers.drizzle.constraints import CONSTRAINTS
from shipkit_mcp.readers.drizzle.custom import MakesCustomType
from shipkit_mcp.readers.drizzle.dialects import DIALECTS, NEWER, Dialect
from shipkit_mcp.readers.drizzle.enums import MakesEnum, MakesEnumColumn
from shipkit_mcp.readers.drizzle.kinds import KINDS, KINDS_V1
from shipkit_mcp.readers.drizzle.names import CASINGS
from shipkit_mcp.readers.drizzle.policies import POLICIES
from shipkit_mcp.readers.drizzle.prelude import PRELUDE
from shipkit_mcp.readers.drizzle.relations import DefinesRelations, MakesRelations
from shipkit_mcp.readers.drizzle.schemas import MakesSchema
from shipkit_mcp.readers.drizzle.sql_operators import OPERATORS
from shipkit_mcp.readers.drizzle.tables import Casing, MakesCreator, MakesTable
from shipkit_mcp.readers.drizzle.utilities import UTILITIES
from shipkit_mcp.readers.drizzle.views import MakesSequence, MakesView
from shipkit_mcp.readers.drizzle.zod import zod_exports
from shipkit_mcp.readers.typescript.values import Host, Record, Value


class DrizzleLibrary:
    """The packages of one run, made when they are first imported."""

    def __init__(self, *, first_generation: bool = True) -> None:
        self._first_generation = first_generation
        self._made: dict[str, Mapping[str, Value]] = {}

    def __call__(self, specifier: str) -> Mapping[str, Value] | str | None:
        if specifier in PRELUDE:
            return PRELUDE[specifier]
        if not specifier.startswith("drizzle-orm"):
            return zod_exports(specifier)
        if specifier not in self._made:
            self._made[specifier] = self._package(specifier)
        return self._made[specifier]

    def _package(self, specifier: str) -> Mapping[str, Value]:
        known = DIALECTS.get(specifier)
        if known is None:
            return _GENERAL
        first = self._first_generation and known.name not in NEWER
        named = not first and known.name in ("postgresql", "cockroach")
        return _exports(replace(known, first_generation=first, names_references=named))


def _makers(dialect: Dialect, builders: Value, casing: Casing | None) -> Mapping[str, Value]:
    schema, prefix = MakesSchema(dialect, builders, casing), dialect.prefix
    return {
        f"{prefix}Table": MakesTable(dialect, builders, casing=casing),
        f"{prefix}Schema": schema,
        f"{prefix}Database": schema,
        f"{prefix}View": MakesView(dialect, builders, casing=casing),
        f"{prefix}MaterializedView": MakesView(dialect, builders, casing=casing, materialized=True),
    }


def _cased(dialect: Dialect, builders: Value, casing: Casing) -> Record:
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


def _exports(dialect: Dialect) -> Mapping[str, Value]:
    """Everything that a dialect's package exports."""
    kinds = (KINDS if dialect.first_generation else KINDS_V1)[dialect.name]
    builders: dict[str, Value] = {word: Builds(dialect, word, kind) for word, kind in kinds.items()}
    builders["customType"] = MakesCustomType(dialect)
    if dialect.enum_columns:
        builders[f"{dialect.prefix}Enum"] = MakesEnumColumn(dialect)
    given = Record()
    given.update(builders)
    exports: dict[str, Value] = {**OPERATORS, **builders, **CONSTRAINTS, **POLICIES}
    exports.update(_makers(dialect, given, None))
    exports[f"{dialect.prefix}TableCreator"] = MakesCreator(dialect, given)
    for name, casing in (("snakeCase", "snake_case"), ("camelCase", "camelCase")):
        exports[name] = _cased(dialect, given, CASINGS[casing])
    if dialect.enum_types:
        exports[f"{dialect.prefix}Enum"] = MakesEnum(dialect)
        exports[f"{dialect.prefix}Sequence"] = MakesSequence()
    return exports
