"""The rule on foreign keys of every table, as a row."""

from __future__ import annotations

from shipkit_mcp.findings import Severity
from shipkit_mcp.rules.examples import USERS, alone, table
from shipkit_mcp.rules.references import require_key_indexes
from shipkit_mcp.rules.rule import Rule

POST = {"id": 'uuid("id").primaryKey()', "user_id": 'uuid("user_id").references(() => users.id)'}

KEY_RULES: tuple[Rule, ...] = (
    Rule(
        id="foreign-key-index",
        severity=Severity.RECOMMEND,
        mission="user_id (for user's results queries)",
        message="Foreign key `{table}.{column}` has no index; deleting from `{target}` reads all of it.",
        fix="Add an index on `{table}` ({column}).",
        check=require_key_indexes(),
        breaks=alone(USERS + table("posts", "posts", POST)),
        keeps=alone(USERS + table("posts", "posts", POST, extra='index("posts_user_id_idx").on(t.user_id)')),
    ),
)
