"""Single sentences of the written document that a reader would stumble over, each in the case where it was wrong."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner
from endtoend.projects import AUDIO, SITES, STALLS, column_line, text_of

from shipkit_mcp.cli.commands import commands

Example = Callable[[str], Path]
RETYPED = """
transcripts {
  word_count: bigint
}
users {
  institution: text (default 'none')
}
transcript_messages {
  transcript_conversation_id: uuid (FK → transcript_conversations.id, restrict)
}
folders {
  id: uuid (PK)
  name: text
}
"""


def written(root: Path, **amendments: object) -> str:
    """The document of a project, amended and written."""
    path = root / "amend.json"
    path.write_text(json.dumps(amendments), encoding="utf-8")
    result = CliRunner().invoke(commands, ["plan", str(root), "--write", "--amend", str(path)])
    assert result.exit_code == 0, result.output
    return text_of(root)


def action(text: str, table: str) -> str:
    (found,) = re.findall(rf"^- \*\*Action:\*\* (?:ALTER|CREATE) TABLE `{table}`:? ?(.*)$", text, re.M)
    return str(found)


def test_an_action_says_what_each_changed_column_and_key_becomes(example: Example) -> None:
    text = written(example(AUDIO), tables=RETYPED)

    assert "ALTER COLUMN `word_count` TYPE bigint;" in action(text, "transcripts")
    assert "ALTER COLUMN `institution` SET DEFAULT 'none';" in action(text, "users")
    assert action(text, "transcript_messages") == (
        "DROP FOREIGN KEY on `transcript_conversation_id`, ADD it on `transcript_conversation_id` "
        "to `transcript_conversations` (on delete restrict)."
    )


def test_no_problem_and_no_action_is_empty(example: Example) -> None:
    text = written(example(AUDIO), tables=RETYPED)

    assert not re.search(r"` ;|TABLE `\w+`: \.|needed by The|for The app", text)


def test_what_no_workflow_asks_for_is_needed_by_the_app(example: Example) -> None:
    text = written(example(AUDIO))

    assert "`users` lacks `stripe_customer_id`; needed by the app as a whole." in text


def test_a_column_of_many_that_is_missing_is_not_called_all(example: Example) -> None:
    assert "Transcription lacks 1 of 11 documented columns of `transcripts`" in written(example(AUDIO))


def test_a_primary_key_is_called_one(example: Example) -> None:
    text = written(example(SITES))

    assert "uuid, primary key" in (column_line(text, "brand_kits", "id") or "")


def test_a_reference_to_an_undeclared_table_says_so_wherever_it_stands(example: Example) -> None:
    root = example(SITES)
    text = written(root)
    after = written(root, tables=STALLS)

    assert "references stalls.id (referred to, not declared)" in (
        column_line(text, "products", "stall_id") or ""
    )
    assert "no foreign key yet from `stall_id` to `stalls`, which no document declares" in action(
        text, "products"
    )
    assert "- declare `stalls` (referred to, not declared) in an amendment" in text
    assert "not declare" not in after
    assert "to `stalls` (on delete cascade)" in action(after, "products")


def test_a_workflow_that_waits_for_nothing_is_named_before_the_phases(example: Example) -> None:
    text = written(example(AUDIO))

    assert "Ready before any phase: AI Summaries" in text
    assert "No workflow waits for this phase; it adds to AI Summaries and Transcription" in text


def test_the_reminder_fits_the_app(example: Example) -> None:
    paying, free = written(example(AUDIO)), written(example(SITES))

    assert "In this app usage is tracked in `monthly_usage` (planned)." in paying
    assert "This app does not charge as far as its documents say" in free
    assert "This app does not charge" not in paying


def test_unconfirmed_answers_are_said_to_be_recommendations(example: Example) -> None:
    said = "what is not confirmed yet is my recommendation and yours to change"
    root = example(AUDIO)
    text = written(root)
    ids = re.findall(r"\(`decision:([\w-]+)`, not confirmed yet\)", text)
    decided = written(root, decisions=dict.fromkeys(ids, "A"))

    assert ids
    assert said in text
    assert said not in decided


@pytest.mark.parametrize("name", [AUDIO, SITES])
def test_no_sentence_ends_twice(name: str, example: Example) -> None:
    assert not re.search(r"[.!?];|\.\.(?!\.)(?<!\.\.\.)", written(example(name)))
