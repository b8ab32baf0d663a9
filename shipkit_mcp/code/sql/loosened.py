"""Foreign keys of removed tables to columns that change before the tables go."""

from __future__ import annotations

from collections.abc import Mapping

from shipkit_mcp.code.difference import Difference
from shipkit_mcp.code.work import Work
from shipkit_mcp.facts import ForeignKey, Table


def loosened_keys(work: Work) -> Mapping[str, tuple[tuple[Table, ForeignKey], ...]]:
    """Changed table to the keys that are taken off before it changes, and stand again once it is as it was."""
    found: dict[str, tuple[tuple[Table, ForeignKey], ...]] = {}
    for difference in work.differences:
        moved = _moved(difference)
        keys = tuple(
            (table, key)
            for table in work.removed
            for key in table.foreign_keys
            if key.table == difference.old.name and moved.intersection(key.foreign_columns)
        )
        if keys:
            found[difference.old.name] = keys
    return found


def _moved(one: Difference) -> frozenset[str]:
    """Columns, as the schema calls them, that are renamed, dropped or defined otherwise."""
    changed = (column.name for pair in one.changed for column in pair[:1])
    return frozenset((*(rename.old for rename in one.renamed), *(c.name for c in one.dropped), *changed))
