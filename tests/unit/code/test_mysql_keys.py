"""What MySQL makes of foreign keys and indexes by itself, and what our SQL must say because of that."""

from __future__ import annotations

from typing import Any

from drafted.styles import MY
from unit.code.drafts import draft_of, with_tables

from shipkit_mcp.facts import ForeignKey, Index, Schema, Table


def changed(name: str, **more: Any) -> Schema:
    schema = MY.survey().schema
    found = schema.table(name)
    assert isinstance(found, Table)
    return with_tables(schema, found.model_copy(update=more))


def test_an_index_that_a_foreign_key_needs_is_dropped_while_the_key_is_off() -> None:
    index = Index(name="labels_clip_id_idx", columns=("clip_id",))
    key = "ALTER TABLE `clips` DROP FOREIGN KEY `clips_owner_id_users_id_fk`;"

    added = draft_of(changed("clips", indexes=(Index(name="owner_idx", columns=("owner_id",)),)), MY).phases[
        0
    ]
    served = draft_of(changed("labels", indexes=(index,)), MY).phases[0]

    steps = added.up.split("\n\n")[1:]
    assert [one.partition(" (")[0] for one in steps] == [
        key,
        "DROP INDEX `clips_owner_title_idx` ON `clips`;",
        "ALTER TABLE `clips` ADD CONSTRAINT `clips_owner_id_users_id_fk` FOREIGN KEY",
        "CREATE INDEX `owner_idx` ON `clips`",
    ]
    assert "DROP FOREIGN KEY" in added.down
    assert "FOREIGN KEY" not in served.down  # the table's primary key serves as well


def test_the_index_that_mysql_made_goes_with_its_foreign_key() -> None:
    name = "users_invited_by_users_id_fk"
    key = ForeignKey(name=name, columns=("invited_by",), table="users", foreign_columns=("id",))

    phase = draft_of(changed("users", foreign_keys=(key,)), MY).phases[0]

    assert phase.down.split("\n\n")[1:] == [
        f"ALTER TABLE `users` DROP FOREIGN KEY `{name}`;",
        f"DROP INDEX `{name}` ON `users`;\n",
    ]
