"""Names, values and types as SQL of one dialect; nothing of a name or a type gets out of its quotes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from shipkit_mcp.code.builders import dimensions, element_type, is_safe_type
from shipkit_mcp.code.columns import ACTIONS
from shipkit_mcp.facts import Column, DbEnum, ForeignKey, Index, Schema, Table
from shipkit_mcp.mapping.literals import quoted, read_default

_NUL = re.compile("\0")


@dataclass(frozen=True)
class Words:
    """One dialect's way to write things."""

    dialect: str
    enums: dict[str, DbEnum] = field(default_factory=dict)
    known: frozenset[str] = frozenset()
    """Defaults that the schema has already: they are repeated as they are."""
    not_yet: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """Table to new and old names of columns that are renamed later: until then keys name the old ones."""

    @classmethod
    def of(cls, dialect: str, schema: Schema, target: Schema) -> Words:
        columns = [column for table in schema.tables for column in table.columns]
        known = frozenset(one.default for one in columns if isinstance(one.default, str))
        return cls(dialect, {one.name: one for each in (schema, target) for one in each.enums}, known)

    def name(self, name: str) -> str:
        """A quoted identifier."""
        mark = "`" if self.dialect == "mysql" else '"'
        return mark + _NUL.sub("", name).replace(mark, mark * 2) + mark

    def names(self, names: Iterable[str]) -> str:
        return ", ".join(self.name(one) for one in names)

    def table(self, table: Table) -> str:
        return self.qualified(table.name, table.namespace)

    def qualified(self, name: str, namespace: str | None) -> str:
        return f"{self.name(namespace)}.{self.name(name)}" if namespace else self.name(name)

    def text(self, text: str) -> str:
        """A string literal."""
        text = _NUL.sub("", text)
        return quoted(text.replace("\\", "\\\\") if self.dialect == "mysql" else text)

    def type(self, column: Column) -> str:
        """A column's type; ``text`` where what is written is none that can be repeated."""
        if column.enum and column.enum in self.enums and self.dialect == "postgresql":
            enum = self.enums[column.enum]
            return self.qualified(enum.name, enum.namespace) + "[]" * dimensions(column.type, column.array)
        if self.dialect == "mysql" and column.type.startswith("enum(") and column.enum_values:
            return f"enum({', '.join(self.text(one) for one in column.enum_values)})"
        bare = element_type(column.type)
        bare = bare if is_safe_type(bare) else "text"
        return bare + "[]" * dimensions(column.type, column.array)

    def default(self, column: Column) -> str | None:
        """What stands behind DEFAULT; None where there is nothing that can be repeated."""
        if not isinstance(column.default, str):
            return None
        read = read_default(column.default)
        if read is None:
            return column.default if column.default in self.known else None
        if self.dialect == "mysql" and read.kind == "text":
            made = self.text(read.value)
            return f"({made})" if column.type in ("text", "json", "blob") else made
        if self.dialect == "sqlite" and read.kind == "expression" and not _is_bare(read.sql):
            return read.sql if read.sql.startswith("(") else f"({read.sql})"
        return read.sql

    def column(self, column: Column, *, null: bool | None = None) -> str:
        """``"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL``; ``null`` leaves NOT NULL out."""
        words = [self.name(column.name), self.type(column)]
        if column.primary_key:
            counts = column.auto_increment and self.dialect == "sqlite"
            words.append("PRIMARY KEY AUTOINCREMENT" if counts else "PRIMARY KEY")
        default = self.default(column)
        words += [f"DEFAULT {default}"] if default is not None else []
        if column.generated:
            kind = (column.generated.mode or "stored").upper()
            words.append(f"GENERATED ALWAYS AS ({column.generated.expression}) {kind}")
        if column.identity:
            kind = "ALWAYS" if column.identity.type == "always" else "BY DEFAULT"
            words.append(f"GENERATED {kind} AS IDENTITY")
        words += ["NOT NULL"] if column.not_null and not null else []
        words += ["AUTO_INCREMENT"] if column.auto_increment and self.dialect == "mysql" else []
        return " ".join(words)

    def foreign_key(self, key: ForeignKey, *, named: bool = True) -> str:
        """``CONSTRAINT "…" FOREIGN KEY ("…") REFERENCES "…" ("…") ON DELETE cascade``."""
        name = f"CONSTRAINT {self.name(key.name)} " if named else ""
        target = self.qualified(key.table, key.namespace)
        rules = "".join(
            f" {word} {action.upper()}"
            for word, action in (("ON DELETE", key.on_delete), ("ON UPDATE", key.on_update))
            if action in ACTIONS and action != "no action"
        )
        old = self.not_yet.get(key.table, {})
        foreign = self.names(old.get(column, column) for column in key.foreign_columns)
        return f"{name}FOREIGN KEY ({self.names(key.columns)}) REFERENCES {target} ({foreign}){rules}"

    def index(self, index: Index, table: Table) -> str:
        """``CREATE INDEX …``; what is no column of the table is an expression."""
        columns = ", ".join(self.name(one) if table.column(one) else self._part(one) for one in index.columns)
        unique = "UNIQUE " if index.unique else ""
        using = f" USING {index.method}" if index.method and self.dialect != "sqlite" else ""
        where = f" WHERE {index.where}" if index.where else ""
        return f"CREATE {unique}INDEX {self.name(index.name or '')} ON {self.table(table)}{using} ({columns}){where};"

    def _part(self, expression: str) -> str:
        return expression if expression.startswith("(") else f"({expression})"

    def index_name(self, index: Index, table: Table) -> str:
        return self.qualified(index.name or "", table.namespace)


def _is_bare(sql: str) -> bool:
    """What SQLite takes as a default without brackets."""
    return sql.lower() in ("null", "true", "false", "current_timestamp", "current_date", "current_time")
