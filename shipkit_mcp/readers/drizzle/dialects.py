"""The databases that drizzle-orm speaks to, as data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Dialect:
    """A database, in one generation of drizzle-orm."""

    name: str
    prefix: str
    """Of its functions: ``pgTable``."""
    quotes: tuple[str, str] = ('"', '"')
    """Around a name."""
    first_generation: bool = True
    """0.x; False for 1.0."""
    generated_mode: str = "virtual"
    """Of a generated column that says none."""
    names_references: bool = False
    """1.0 lets ``.references()`` name its key."""
    names_sequences: bool = True
    """An identity column's options may name its sequence."""
    enum_types: bool = False
    enum_columns: bool = False

    def quote(self, name: str) -> str:
        opening, closing = self.quotes
        return f"{opening}{name.replace(closing, closing * 2)}{closing}"


DIALECTS: Mapping[str, Dialect] = {
    "drizzle-orm/pg-core": Dialect("postgresql", "pg", generated_mode="stored", enum_types=True),
    "drizzle-orm/mysql-core": Dialect("mysql", "mysql", ("`", "`"), enum_columns=True),
    "drizzle-orm/sqlite-core": Dialect("sqlite", "sqlite"),
    "drizzle-orm/singlestore-core": Dialect("singlestore", "singlestore", ("`", "`"), enum_columns=True),
    "drizzle-orm/mssql-core": Dialect("mssql", "mssql", ("[", "]")),
    "drizzle-orm/cockroach-core": Dialect(
        "cockroach", "cockroach", generated_mode="stored", names_sequences=False, enum_types=True
    ),
    "drizzle-orm/gel-core": Dialect("gel", "gel", generated_mode="stored"),
}
"""By import specifier."""

NEWER = frozenset({"mssql", "cockroach"})
"""Only 1.0 has them."""
