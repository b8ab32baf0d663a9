"""What a planning document that we did not write says wrongly of the schema."""

from __future__ import annotations

import pytest
from unit.rules.by_hand import document, survey, table

from shipkit_mcp.facts import Column, ForeignKey, Index, Table
from shipkit_mcp.rules import check_foreign_document

DOCUMENT = """## Strategic Database Planning Document

## Current Database State

### Existing Tables (Worker-Simple Template)

- **`users`** - User profiles, Stripe customer IDs
- **`imports`** - Imported files
- **`usage_events`** - Usage tracking

### Template Assessment

**✅ 100% Fit:** everything is there

## Mapping

- **Uses:** `users.stripe_customer_id` field only
- **Job Tracking**: Uses `imports` with fields:
  - `file_name`, `trigger_job_id` - Input
- Uses `nowhere` with fields:
  - `ghost`

**1. `users` table** (Already exists)
```typescript
id (uuid, PK)
email (text, unique)
nickname (text, nullable)

Indexes:
- email (for log-in)
- nickname (for search)
```

## Overview

**Total Tables:** 3
"""


def users() -> Table:
    return table("users", "id", "email", "nickname").model_copy(
        update={
            "columns": (
                Column(name="id", key="id", type="uuid", primary_key=True, not_null=True, line=11),
                Column(name="email", key="email", type="text", unique=True, not_null=True, line=12),
                Column(name="nickname", key="nickname", type="text", not_null=True, line=13),
            )
        }
    )


def wrong(text: str, *tables: Table) -> dict[tuple[str, str], str]:
    found = check_foreign_document(survey(*tables), document(text))
    return {(one.rule, one.subject): one.message for one in found}


def test_tables_columns_totals_and_the_fit_are_checked_against_the_schema() -> None:
    found = wrong(DOCUMENT, users(), table("imports", "id", "file_name"))

    assert set(found) == {
        ("foreign-table", "usage_events"),
        ("foreign-column", "users.stripe_customer_id"),
        ("foreign-column", "imports.trigger_job_id"),
        ("foreign-definition", "users.nickname"),
        ("foreign-index", "users(nickname)"),
        ("foreign-total", "ai_docs/prep/initial_data_schema.md#Total Tables"),
        ("foreign-fit", "ai_docs/prep/initial_data_schema.md#fit"),
    }


def test_each_finding_cites_the_line_of_the_document() -> None:
    made = document(DOCUMENT)
    found = check_foreign_document(survey(users(), table("imports", "id", "file_name")), made)

    for one in found:
        assert one.evidence[0].path == made.path
        assert one.evidence[0].quote == made.source.lines[one.evidence[0].line - 1].strip()
    [total] = [one for one in found if one.rule == "foreign-total"]
    assert total.evidence[0].quote == "**Total Tables:** 3"


def test_what_is_planned_is_no_fault() -> None:
    text = """### Existing Tables

- **`users`** - profiles
- **`sites`** - to be created in phase 2

### New Tables

- **`pages`** - new

**Total Tables:** 3
"""

    assert wrong(text, users()) == {}


def test_a_file_is_no_column_of_the_table_it_is_named_after() -> None:
    assert wrong("### Next\n\n- Create `users.ts` and `users.test`\n", users()).keys() == {
        ("foreign-column", "users.test")
    }


def test_a_list_of_tables_to_be_removed_does_not_say_that_they_exist() -> None:
    assert wrong("### Existing Tables - TO BE REMOVED\n\n- `transcripts` - (REMOVE)\n", users()) == {}


def test_without_a_schema_nothing_is_wrong() -> None:
    assert wrong(DOCUMENT) == {}


def test_a_table_that_could_not_be_read_to_the_end_is_not_said_to_lack_columns() -> None:
    hidden = table("imports", "id", "file_name", unread=True)

    assert ("foreign-column", "imports.trigger_job_id") not in wrong(DOCUMENT, users(), hidden)


def posts(*, on_delete: str | None = "cascade", type_: str = "uuid") -> Table:
    key = ForeignKey(
        name="k", columns=("user_id",), table="users", foreign_columns=("id",), on_delete=on_delete
    )
    return Table(
        name="posts",
        dialect="postgresql",
        key="posts",
        path="lib/posts.ts",
        line=3,
        columns=(
            Column(name="user_id", key="user_id", type=type_, not_null=True, line=4),
            Column(name="body", key="body", type="text", line=5),
        ),
        foreign_keys=(key,),
        indexes=(Index(name="i", columns=("user_id", "body")),),
    )


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("user_id: uuid (FK → users.id, set null)", "has `on delete cascade`, not `set null`"),
        ("user_id: uuid (FK → accounts.id)", "refers to `users`, not `accounts`"),
        ("user_id: text", "is `uuid`, not `text`"),
        ("user_id: uuid (nullable)", "is not null, not nullable"),
        ("user_id: uuid (UNIQUE)", "is not unique"),
        ("body: text (required)", "is nullable, not required"),
        ("body: text (FK → users.id)", "has no foreign key"),
    ],
)
def test_a_wrong_definition_is_told_in_words(line: str, said: str) -> None:
    found = wrong(f"### `posts` table\n\n`posts`:\n\n```typescript\n{{\n  {line}\n}}\n```\n", posts())

    assert [message for (rule, _), message in found.items() if said in message]


def test_a_right_definition_is_left_alone() -> None:
    text = """`posts`:

```typescript
{
  user_id: uuid (FK → users.id, cascade delete) // UNIQUE one day
  body: text (nullable) {
    nested: text
  }
  /*
  commented: text
  */
}

// Indexes
- user_id (for lists)
- (user_id, body)
```
"""

    assert wrong(text, posts()) == {}


def test_a_list_below_a_heading_that_names_a_table_defines_its_columns() -> None:
    text = """#### `posts`
**Purpose:** what people write

- `user_id` - uuid, FK → users(id), ON DELETE SET NULL, nullable
- `body` -- text, NOT NULL
- `title` - text
- `tags` - text[]

**Indexes:**
- `body` (for search)
- UNIQUE (`user_id`, `body`)

**Note:** none
- `user_id` - said again
"""

    assert set(wrong(text, posts())) == {
        ("foreign-definition", "posts.user_id"),
        ("foreign-definition", "posts.body"),
        ("foreign-column", "posts.title"),
        ("foreign-index", "posts(body)"),
    }
