"""Columns that an amendment changes are shown as they will be, beside what they are now."""

from __future__ import annotations

from drafted.plans import planned
from drafted.styles import ONE_FILE

from shipkit_mcp.document import render_document


def test_a_changed_column_is_shown_as_planned_and_as_it_is() -> None:
    said = "clips\nseconds: bigint (nullable)\ntitle: varchar(80)\n\nusers\nage: integer (NOT NULL)\nfull_name -> name"
    text = render_document(*planned(ONE_FILE, said, [], flows=False))
    lines = {
        line.partition("`)")[0].split("`")[1]: line for line in text.splitlines() if line.startswith("  - `")
    }

    assert " - bigint (now integer), nullable (now not null)" in lines["seconds"]
    assert " - varchar(80) (now text), not null" in lines["title"]
    assert " - integer, not null (now nullable)" in lines["age"]
