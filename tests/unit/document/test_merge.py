"""What a person edited stays; the rest is refreshed; nothing is ever lost without a word."""

from __future__ import annotations

import pytest
from unit.document.plans import PLAN, SURVEY, with_narrative

from shipkit_mcp.document import is_ours, is_untouched, merge, read_end_comment, render_document

OLD = render_document(SURVEY, PLAN)
NEW = render_document(
    SURVEY,
    with_narrative(
        end_goal="Another goal", workflow__cover_art="Another purpose", advantage="Another advantage"
    ),
)
TITLES = [one[3:] for one in OLD.split("\n") if one.startswith("## ")]


def edit(text: str, title: str, line: str = "- a person's line") -> str:
    """A line put under a section's heading."""
    assert f"## {title}\n" in text
    return text.replace(f"## {title}\n", f"## {title}\n\n{line}\n", 1)


def test_without_an_old_document_the_new_one_is_written() -> None:
    merged = merge(None, NEW)

    assert (merged.text, merged.kept, merged.foreign, merged.was_untouched) == (NEW, (), False, False)


def test_an_empty_file_is_no_document() -> None:
    assert merge("\ufeff \r\n", NEW).text == NEW


def test_an_untouched_document_is_refreshed() -> None:
    merged = merge(OLD, NEW)

    assert (merged.text, merged.kept, merged.was_untouched) == (NEW, (), True)


def test_writing_the_same_again_changes_no_byte() -> None:
    assert merge(OLD, OLD).text == OLD


@pytest.mark.parametrize("title", TITLES)
def test_an_edited_section_stays_byte_for_byte_and_the_others_are_refreshed(title: str) -> None:
    merged = merge(edit(OLD, title), NEW)

    assert f"## {title}\n\n- a person's line\n" in merged.text
    assert [one.title for one in merged.kept] == [title]
    assert not merged.was_untouched
    others = {"🎯 Strategic Advantage": "Another advantage", TITLES[0]: "Another goal"}
    for other, words in others.items():
        assert (words in merged.text.partition("<!--")[0]) is (other != title)


def test_a_kept_section_is_reported_with_what_would_have_been_written() -> None:
    (kept,) = merge(edit(OLD, TITLES[0]), NEW).kept

    assert "-- a person's line" in kept.diff
    assert "+**End Goal:** Another goal" in kept.diff


def test_an_edit_stays_known_as_an_edit_over_many_writes() -> None:
    text = edit(OLD, TITLES[0])
    for rendered in (NEW, OLD, NEW, NEW):
        merged = merge(text, rendered)
        assert [one.title for one in merged.kept] == [TITLES[0]]
        text = merged.text

    assert merge(text, NEW).text == text


def test_taking_an_edit_back_makes_the_section_ours_again() -> None:
    edited = merge(edit(OLD, TITLES[0]), NEW).text
    back = edited.replace("\n- a person's line\n", "", 1)

    assert merge(back, NEW).text == NEW
    assert is_untouched(merge(back, NEW).text)


def test_an_edit_that_says_what_we_would_say_is_no_edit() -> None:
    old_head, new_head = OLD.partition("\n## ")[0], NEW.partition("\n## ")[0]
    merged = merge(OLD.replace(old_head, new_head), NEW)

    assert (merged.text, merged.kept) == (NEW, ())


def test_overwriting_replaces_edited_sections_but_not_added_ones() -> None:
    edited = edit(OLD, TITLES[0]).replace("## 🎯", "## Our notes\n\nkeep me\n\n## 🎯", 1)
    merged = merge(edited, NEW, overwrite_edits=True)

    assert "a person's line" not in merged.text
    assert "## Our notes\n\nkeep me\n\n## 🎯" in merged.text
    assert merged.kept == ()


def test_a_section_that_a_person_added_stays_where_it_was() -> None:
    added = OLD.replace("## 🎯", "## Our notes\n\nkeep me\n\n## 🎯", 1)
    merged = merge(added, NEW)

    assert "## Our notes\n\nkeep me\n\n## 🎯 Strategic Advantage\n\nAnother advantage" in merged.text
    assert merged.kept == ()
    assert merge(merged.text, NEW).text == merged.text


def test_a_section_added_after_the_end_comment_moves_before_it() -> None:
    merged = merge(OLD + "\n## Our notes\n\nkeep me\n", NEW)

    assert merged.text.endswith("\n-->\n")
    assert "## Our notes\n\nkeep me\n" in merged.text
    assert merge(merged.text, NEW).text == merged.text


def test_text_before_the_first_heading_stays() -> None:
    merged = merge("# Acme\n\nOur schema.\n\n" + OLD, NEW)

    assert merged.text.startswith("# Acme\n\nOur schema.\n\n## Strategic Database Planning Document\n")
    assert "Another goal" in merged.text


def test_a_section_that_a_person_took_out_stays_out_and_is_reported() -> None:
    start, end = OLD.index("## 🎯"), OLD.index("## 🔧")
    without = OLD[:start] + OLD[end:]
    merged = merge(without, NEW)

    assert "## 🎯" not in merged.text
    assert [one.title for one in merged.kept] == ["🎯 Strategic Advantage"]
    assert merge(merged.text, OLD).kept[0].title == "🎯 Strategic Advantage"
    assert "## 🎯" in merge(without, NEW, overwrite_edits=True).text


def test_sections_in_another_order_keep_it() -> None:
    start, end = OLD.index("## 🎯"), OLD.index("## 🔧")
    moved = OLD[:start] + OLD[end:].replace("## 🗺️", OLD[start:end] + "## 🗺️", 1)
    merged = merge(moved, NEW)

    assert merged.text.index("## 🔧") < merged.text.index("Another advantage") < merged.text.index("## 🗺️")
    assert merged.kept == ()


def test_a_heading_that_a_person_renamed_keeps_its_section_and_brings_no_second_one() -> None:
    renamed = OLD.replace("## 🎯 Strategic Advantage", "## Why this is good", 1)
    merged = merge(renamed, NEW)

    assert "## Why this is good" in merged.text
    assert "## 🎯" not in merged.text


def test_a_foreign_document_is_replaced_and_said_to_be_foreign() -> None:
    merged = merge("## Strategic Database Planning Document\n\nmade by hand\n", NEW)

    assert (merged.text, merged.foreign, merged.kept) == (NEW, True, ())


def test_a_damaged_end_comment_keeps_every_section_that_differs() -> None:
    damaged = edit(OLD, TITLES[1]).replace('{"amendments"', '{"amend', 1)
    merged = merge(damaged, OLD)

    assert not merged.foreign
    assert "- a person's line" in merged.text
    assert [one.title for one in merged.kept] == [TITLES[1]]
    assert read_end_comment(merged.text) is not None
    assert merge(merged.text, NEW).kept[0].title == TITLES[1]


@pytest.mark.parametrize("tail", ["", "\n"])
def test_a_document_without_its_end_comment_is_still_known_by_our_line(tail: str) -> None:
    lost = edit(OLD, TITLES[2]).partition("\n<!--")[0] + tail
    merged = merge(lost, NEW)

    assert is_ours(lost)
    assert not is_untouched(lost)
    assert "- a person's line" in merged.text
    assert merged.text.endswith("\n-->\n")


def test_an_end_comment_cut_in_the_middle_is_damaged_not_fatal() -> None:
    for length in range(len(OLD) - 700, len(OLD), 37):
        merged = merge(OLD[:length], OLD)
        assert merged.text.endswith("\n-->\n")
        assert merged.text.count("<!-- shipkit-mcp:") == 1


@pytest.mark.parametrize("newline", ["\r\n", "\r"])
def test_the_files_newlines_and_byte_order_mark_are_kept(newline: str) -> None:
    old = "\ufeff" + OLD.replace("\n", newline)
    merged = merge(old, NEW)

    assert is_untouched(old)
    assert merged.was_untouched
    assert merged.text == "\ufeff" + NEW.replace("\n", newline)


def test_an_edited_file_with_other_newlines_is_kept_byte_for_byte() -> None:
    old = edit(OLD, TITLES[3]).replace("\n", "\r\n")
    merged = merge(old, NEW)

    assert f"## {TITLES[3]}\r\n\r\n- a person's line\r\n" in merged.text
    assert "\n" not in merged.text.replace("\r\n", "")
    assert [one.title for one in merged.kept] == [TITLES[3]]


def test_blank_lines_a_person_put_between_sections_are_no_edit_and_stay() -> None:
    merged = merge(OLD.replace("\n---\n\n## 🔧", "\n\n\n## 🔧", 1), NEW)

    assert merged.kept == ()
    assert "\n\n\n## 🔧" in merged.text


def test_a_heading_inside_a_fence_cuts_nothing() -> None:
    old = edit(OLD, TITLES[3], "```md\n## 🎯 Strategic Advantage\n```")
    merged = merge(old, NEW)

    assert [one.title for one in merged.kept] == [TITLES[3]]
    assert "Another advantage" in merged.text


@pytest.mark.parametrize(
    "text",
    [
        "",
        "<!--",
        "<!-- shipkit-mcp:",
        "<!-- shipkit-mcp: x\n{",
        "<!-- shipkit-mcp: x\n{}\n-->",
        "\ud800",
        "[" * 9000,
    ],
)
def test_any_text_has_an_end_comment_or_none(text: str) -> None:
    assert read_end_comment(text) is None
    assert not is_untouched(text)


def test_deeply_nested_json_in_the_comment_is_damage() -> None:
    assert read_end_comment("<!-- shipkit-mcp: x\n{" + '"a":{' * 20_000 + "\n-->") is None
