"""Comments beside a table to the rules that it is allowed to break, and to its purpose."""

from __future__ import annotations

import re

from shipkit_mcp.readers.drizzle.tables import Table

_ALLOW = re.compile(
    r"(?://|\*)[ \t]{0,20}shipkit:[ \t]{0,20}allow[ \t]{1,20}([\w-]{1,100})(?:[ \t]{1,20}([^\n]{0,400}))?"
)


def allows_of(table: Table) -> tuple[tuple[str, str], ...]:
    """``// shipkit: allow RULE reason`` above, inside or behind the statement that makes the table."""
    statement = table.statement
    if statement is None or not statement.module.speaks_to_us:
        return ()
    module, node = statement.module, statement.node
    above = module.comments.get(node.start_byte)
    start = above[0].start_byte if above else node.start_byte
    end = module.source.find(b"\n", node.end_byte)
    text = module.source[start : end if end >= 0 else None].decode("utf-8", "replace")
    return tuple((found[1], _reason(found[2])) for found in _ALLOW.finditer(text))


def _reason(text: str | None) -> str:
    return (text or "").strip().removesuffix("*/").strip()


def comment_of(table: Table) -> str | None:
    """The comment above the statement that makes a table, without the marks that are for us."""
    statement = table.statement
    comment = statement.module.comment_above(statement.node) if statement is not None else None
    if comment is None or "shipkit:" not in comment:
        return comment
    kept = [line for line in comment.split("\n") if not line.lstrip().startswith("shipkit:")]
    return "\n".join(kept) or None
