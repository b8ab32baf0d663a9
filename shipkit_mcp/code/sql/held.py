"""Foreign keys of MySQL and the indexes they need -> what must be said beside DROP INDEX and DROP FOREIGN KEY.

MySQL makes an index for a foreign key that finds none, names it after the key, drops it again when another one
serves, leaves it behind when the key goes, and refuses to drop the last index that a key needs.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from shipkit_mcp.code.difference import Difference
from shipkit_mcp.facts import ForeignKey, Table

Names = tuple[str, ...]


def has_own_index(key: ForeignKey, table: Table) -> bool:
    """Whether MySQL made an index for the key, because none of the table's begins with its columns."""
    return not _serves(key, _lists(table))


def held_by(columns: Names, one: Difference) -> tuple[ForeignKey, ...]:
    """Foreign keys that stay and would be left without an index while one over these columns is dropped."""
    staying = [key for key in one.before.foreign_keys if key in one.new.foreign_keys]
    lists = [names for names in _lists(one.before) if names in _lists(one.new)]
    return tuple(key for key in staying if _serves(key, [columns]) and not _serves(key, lists))


def _serves(key: ForeignKey, lists: Iterable[Sequence[str]]) -> bool:
    return any(tuple(names[: len(key.columns)]) == key.columns for names in lists)


def _lists(table: Table) -> list[Names]:
    listed = [*(one.columns for one in table.unique), *(one.columns for one in table.indexes)]
    return [table.primary_key, *listed]
