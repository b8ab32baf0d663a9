"""What changes in a kept table of SQLite -> ALTER where SQLite can, else the table made anew with its rows."""

from __future__ import annotations

from shipkit_mcp.code.difference import Difference
from shipkit_mcp.code.sql.alteration import fill
from shipkit_mcp.code.sql.creation import create_table, doubts, indexes, unique_index
from shipkit_mcp.code.sql.step import Step
from shipkit_mcp.code.sql.words import Words
from shipkit_mcp.facts import Column, Table


def alter_sqlite_table(one: Difference, words: Words) -> list[Step]:
    """Renames first; then plain statements, or a rebuilt table."""
    steps = _renames(one, words)
    if _is_plain(one, words):
        return steps + _plain(one, words)
    return steps + _rebuilt(one, words)


def _renames(one: Difference, words: Words) -> list[Step]:
    table = words.table(one.new)
    steps = []
    for rename in one.renamed:
        old, new = words.name(rename.old), words.name(rename.new)
        up, down = (f"ALTER TABLE {table} RENAME COLUMN {a} TO {b};" for a, b in ((old, new), (new, old)))
        steps.append(Step((up,), (down,)))
    return steps + _renamed_indexes(one, words)


def _renamed_indexes(one: Difference, words: Words) -> list[Step]:
    """SQLite cannot rename an index: it is dropped and made again."""
    steps = []
    for kind, before, after in one.renamed_constraints:
        made = _index_sql(one.before, after, words)
        if kind in ("index", "unique") and made:
            old = made.replace(words.name(after), words.name(before), 1)
            steps.append(
                Step((f"DROP INDEX {words.name(before)};", made), (f"DROP INDEX {words.name(after)};", old))
            )
    return steps


def _index_sql(table: Table, name: str, words: Words) -> str | None:
    found = [unique_index(one, table, words) for one in table.unique if one.name == name]
    found += [words.index(one, table) for one in table.indexes if one.name == name]
    return found[0] if found else None


def _is_plain(one: Difference, words: Words) -> bool:
    """Whether SQLite's own ALTER can do it: only new columns that may be empty or have a constant default."""
    moved = (one.dropped, one.changed, *one.keys, *one.checks)
    fits = all(_fits(column, words) for column in one.added)
    return fits and not any(moved) and one.before.primary_key == one.new.primary_key


def _fits(column: Column, words: Words) -> bool:
    default = words.default(column)
    constant = default is None or not default.startswith("(")
    return constant and not column.generated and (not column.not_null or default is not None)


def _plain(one: Difference, words: Words) -> list[Step]:
    table = words.table(one.new)
    steps = [
        Step(
            (f"ALTER TABLE {table} ADD COLUMN {words.column(column)};",),
            (f"ALTER TABLE {table} DROP COLUMN {words.name(column.name)};",),
        )
        for column in one.added
    ]
    return steps + _indexes(one, words)


def _indexes(one: Difference, words: Words) -> list[Step]:
    steps = []
    for unique in one.uniques[0]:
        steps.append(
            _index_step(unique.name or "", unique_index(unique, one.before, words), words, gone=True)
        )
    for index in one.indexes[0]:
        steps.append(_index_step(index.name or "", words.index(index, one.before), words, gone=True))
    for unique in one.uniques[1]:
        steps.append(_index_step(unique.name or "", unique_index(unique, one.new, words), words))
    for index in one.indexes[1]:
        steps.append(_index_step(index.name or "", words.index(index, one.new), words))
    return steps


def _index_step(name: str, made: str, words: Words, *, gone: bool = False) -> Step:
    dropped = f"DROP INDEX {words.name(name)};"
    return Step((dropped,), (made,)) if gone else Step((made,), (dropped,))


def _rebuilt(one: Difference, words: Words) -> list[Step]:
    """First the new columns, empty; then their values; then the table as it will be."""
    needy = [column for column in one.added if column.not_null and words.default(column) is None]
    tightened = [new for old, new in one.changed if new.not_null and not old.not_null and not new.generated]
    filled = [line for column in (*needy, *tightened) for line in fill(column, one, words)]
    table = words.table(one.new)
    first = [f"ALTER TABLE {table} ADD COLUMN {words.name(c.name)} {words.type(c)};" for c in needy]
    there = {column.name for column in one.before.columns}
    up_columns = [c.name for c in one.new.columns if c.name in there or c in needy]
    down_columns = [c.name for c in one.before.columns if one.new.column(c.name)]
    up_columns, down_columns = _written(up_columns, one), _written(down_columns, one)
    up = [*first, *filled, *doubts(one.new), *rebuild(one.new, up_columns, words)]
    lost = [
        f"-- The values of {words.name(c.name)} are not restored."
        for c in one.before.columns
        if not one.new.column(c.name) and not c.generated
    ]
    down = [*lost, *doubts(one.before), *rebuild(one.before, down_columns, words)]
    return [Step(tuple(up), tuple(down))]


def _written(names: list[str], one: Difference) -> list[str]:
    """Without the columns that the database fills by itself."""
    generated = {c.name for table in (one.before, one.new) for c in table.columns if c.generated}
    return [name for name in names if name not in generated]


def rebuild(table: Table, columns: list[str], words: Words) -> list[str]:
    """The twelve steps of sqlite.org/lang_altertable.html, foreign keys being off around the phase."""
    made, name = f"__new_{table.name}", words.table(table)
    names = words.names(columns)
    return [
        create_table(table, words, name=made),
        " ".join(("INSERT INTO", words.name(made), f"({names})", "SELECT", names, "FROM", f"{name};")),
        *_kept_count(table, made, words),
        f"DROP TABLE {name};",
        f"ALTER TABLE {words.name(made)} RENAME TO {name};",
        *indexes(table, words),
    ]


def _kept_count(table: Table, made: str, words: Words) -> list[str]:
    """AUTOINCREMENT promises never to give the number of a deleted row again."""
    if not any(one.auto_increment for one in table.columns):
        return []
    old, new = words.text(table.name), words.text(made)
    counted = " ".join(("SELECT", f"{new},", "seq", "FROM", "sqlite_sequence", "WHERE", f"name = {old};"))
    return [
        " ".join(("DELETE FROM", "sqlite_sequence", "WHERE", f"name = {new};")),
        " ".join(("INSERT INTO", "sqlite_sequence", "(name, seq)", counted)),
    ]
