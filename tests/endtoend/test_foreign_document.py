"""An ``initial_data_schema.md`` that somebody else wrote: what it plans is offered, and it counts nowhere."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.endtoend.conftest import Shell

DOCUMENT = "ai_docs/prep/initial_data_schema.md"
FOREIGN = """# Database plan

## Tables

**1. `sale_events` table** (what was sold)

```typescript
id (uuid, PK)
user_id (uuid, FK → users.id, cascade delete)
kind (enum: cash, card) - How it was paid
amount_cents (integer)
note (text, nullable)

Indexes:
- user_id (for a user's sales)
```

What `note` holds:

```typescript
interface NoteShape {
  heading: string;
  text: string;
}
```
"""


@pytest.fixture
def root(example: Callable[[str], Path]) -> Path:
    return example("site-studio")


def test_a_table_under_its_name_is_offered_in_the_notation_of_amendments(shell: Shell, root: Path) -> None:
    (root / DOCUMENT).write_text(FOREIGN, encoding="utf-8")
    [offered] = shell("plan", root, "--json").json["foreign_document"]["plans"]

    assert offered.splitlines()[:3] == [
        "sale_events",
        "id: uuid (PK)",
        "user_id: uuid (FK → users.id, on delete cascade, NOT NULL)",
    ]
    assert "note: text (nullable)" in offered
    assert "indexes" not in offered


def test_what_is_offered_is_taken_as_an_amendment(shell: Shell, root: Path) -> None:
    (root / DOCUMENT).write_text(FOREIGN, encoding="utf-8")
    [offered] = shell("plan", root, "--json").json["foreign_document"]["plans"]
    (root / "amend.json").write_text(json.dumps({"tables": offered}), encoding="utf-8")
    plan = shell("plan", root, "--json", "--amend", root / "amend.json").json

    assert "sale_events" in [one["table"] for one in plan["create"]]


@pytest.mark.parametrize("command", ["plan", "map", "schema"])
def test_replacing_or_removing_it_changes_nothing_else(shell: Shell, root: Path, command: str) -> None:
    told = []
    for text in (None, FOREIGN, FOREIGN.replace("sale", "order")):
        (root / DOCUMENT).unlink(missing_ok=True)
        if text:
            (root / DOCUMENT).write_text(text, encoding="utf-8")
        said = shell(command, root, "--json").json
        told.append({name: value for name, value in said.items() if name != "foreign_document"})

    assert told[0] == told[1] == told[2]
