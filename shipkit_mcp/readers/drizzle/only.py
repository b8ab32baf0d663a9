"""A choice and the tables of its files to the dialect that its configuration means among them."""

from __future__ import annotations

from collections.abc import Sequence

from shipkit_mcp import facts


def only_dialect(choice: facts.SchemaChoice, tables: Sequence[facts.Table]) -> str | None:
    """The configuration's dialect where its files hold tables of it and of others; drizzle-kit reads only
    the former. None where all tables are meant."""
    dialects = {one.dialect for one in tables}
    return choice.only_dialect if len(dialects) > 1 and choice.only_dialect in dialects else None


def saying_what_is_left(
    choice: facts.SchemaChoice, only: str, tables: Sequence[facts.Table]
) -> facts.SchemaChoice:
    """The choice, whose sentence says how many tables of other dialects are left out."""
    others = [one.dialect for one in tables if one.dialect != only]
    names = " and ".join(sorted(set(others)))
    left = f"{len(others)} {'table' if len(others) == 1 else 'tables'} of {names} left out, its dialect is {only}"
    return choice.model_copy(update={"found_by": f"{choice.found_by}; {left}"})
