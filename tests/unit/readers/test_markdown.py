"""Markdown becomes sections whose lines, keys and blocks are exact, whatever the text."""

from __future__ import annotations

import pytest
from calm import cpu_seconds

from shipkit_mcp.facts import Block, BlockKind, Section, Source
from shipkit_mcp.readers.markdown import MAX_BYTES, MAX_LINE, read_sections
from shipkit_mcp.readers.markdown_labels import labelled, pairs, read_label, subtree
from shipkit_mcp.readers.markdown_pipes import MAX_COLUMNS, CellBudget, cells, rows
from shipkit_mcp.readers.markdown_text import codes, fold, plain, snake, spoken, unadorned, without_comments


def sections(text: str) -> tuple[Section, ...]:
    found, unread = read_sections(Source("a.md", text))
    assert unread == ()
    return found


def blocks(text: str) -> tuple[Block, ...]:
    return tuple(block for section in sections(text) for block in section.blocks)


@pytest.mark.parametrize(
    ("title", "key"),
    [
        ("📊 Core Data Flow", "core data flow"),
        ("3. Core Data Flow", "core data flow"),
        ("**Core** Data-Flow:", "core data flow"),
        ("1.2) `users` & roles", "users roles"),
        ("Vue d'ensemble", "vue d ensemble"),
        ("Duración estimada", "duracion estimada"),
        ("Input → Process → Output Flow", "input process output flow"),
        ("System/Background", "system background"),
        ("404", "404"),
        ("2 tasks", "2 tasks"),
    ],
)
def test_a_heading_is_folded_to_words(title: str, key: str) -> None:
    assert fold(title) == key


def test_sections_know_their_line_level_and_parents() -> None:
    found = sections("intro\n\n# App\n\n## One\ntext\n### Deep\n## Two\n")
    assert [(one.key, one.level, one.line, one.parents) for one in found] == [
        ("", 0, 1, ()),
        ("app", 1, 3, ()),
        ("one", 2, 5, ("app",)),
        ("deep", 3, 7, ("app", "one")),
        ("two", 2, 8, ("app",)),
    ]
    assert [one.key for one in subtree(found, 2)] == ["one", "deep"]


def test_headings_inside_fences_are_text_of_the_fence() -> None:
    found = sections("# App\n\n```Markdown title=x\n# not a heading\n```\n\n~~~\n## nor this\n~~~\n")
    assert [one.key for one in found] == ["app"]
    assert [(one.text, one.line, one.info) for one in found[0].blocks] == [
        ("# not a heading", 4, "markdown"),
        ("## nor this", 8, ""),
    ]


def test_a_rule_right_below_prose_makes_no_heading() -> None:
    assert [one.title for one in sections("**Priority:** HIGH\n---\n\nReal\n====\n")] == ["", "Real"]


def test_soft_breaks_stay_and_lists_know_their_depth() -> None:
    found = blocks("**A**: 1\n**B**: 2\n\n- one\n  - two\n    more\n1. three\n")
    assert [(one.kind, one.text, one.line, one.depth) for one in found] == [
        (BlockKind.PARAGRAPH, "**A**: 1\n**B**: 2", 1, 0),
        (BlockKind.BULLET, "one", 4, 0),
        (BlockKind.BULLET, "two\nmore", 5, 1),
        (BlockKind.ORDERED, "three", 7, 0),
    ]


def test_quotes_are_told_apart_from_paragraphs() -> None:
    assert [one.kind for one in blocks("> said\n\nmeant\n")] == [BlockKind.QUOTE, BlockKind.PARAGRAPH]


def test_lines_stay_right_behind_line_separators_that_editors_do_not_count() -> None:
    found = sections("a\u2028b\u0085c\x0bd\n\n# App\n")
    assert [(one.key, one.line) for one in found] == [("", 1), ("app", 3)]


def test_comments_and_hidden_text_are_never_returned() -> None:
    text = (
        "# App\n\n<!-- secret\n# Fake\n-->\nseen <!-- not\nthis --> end\n\n"
        "<details>\n\nhidden\n\n</details>\n\nlast\n"
    )
    found, unread = read_sections(Source("a.md", text))
    assert [block.text for one in found for block in one.blocks] == ["seen \n end", "last"]
    assert [(one.line, one.why) for one in unread] == [
        (9, "text inside <details> is hidden and was not read")
    ]


def test_a_comment_that_is_never_closed_is_reported() -> None:
    _, unread = read_sections(Source("a.md", "text\n\n<!-- open\n\n# Lost\n"))
    assert [one.line for one in unread] == [3]


def test_pipe_tables_become_rows_of_cells() -> None:
    found = blocks("before\n| a | b |\n|---|:-:|\n| 1 | `x|y` |\n| 2 \\| 3 | |\n")
    assert [(one.kind, one.cells, one.line) for one in found] == [
        (BlockKind.PARAGRAPH, (), 1),
        (BlockKind.TABLE_ROW, ("a", "b"), 2),
        (BlockKind.TABLE_ROW, ("1", "`x|y`"), 4),
        (BlockKind.TABLE_ROW, ("2 | 3", ""), 5),
    ]


def test_a_table_wider_than_any_real_one_is_reported() -> None:
    wide = "|" + "a|" * (MAX_COLUMNS + 1)
    _, unread = read_sections(Source("a.md", f"{wide}\n|---|\n| 1 |\n"))
    assert [one.line for one in unread] == [1]


def test_cells_are_counted_over_the_whole_document() -> None:
    budget = CellBudget(left=5)
    assert rows(["|a|b|", "|-|-|", "|1|2|", "|3|4|"], budget)[1] is not None
    assert cells("a | b") == ("a", "b")


def test_many_small_padded_tables_cost_no_more_than_their_text() -> None:
    table = "|" + "a|" * 60 + "\n|" + "-|" * 60 + "\n" + "|x\n" * 20
    assert cpu_seconds(lambda: read_sections(Source("a.md", (table + "\n") * 150))) < 3


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("a" * (MAX_BYTES + 1), "larger than 256 KiB, not read"),
        ("- " * 8 + "a\n" + "- - - - a\n" * 25_000, "more than 200000 Markdown parts, not read"),
    ],
)
def test_a_document_beyond_the_limits_is_skipped_and_reported(text: str, why: str) -> None:
    found, unread = read_sections(Source("a.md", text))
    assert found == ()
    assert [one.why for one in unread] == [why]


def test_an_endless_line_is_left_out_and_the_rest_is_read() -> None:
    found, unread = read_sections(Source("a.md", f"# A\n{'x' * (MAX_LINE + 1)}\n# B\n"))
    assert [one.key for one in found] == ["a", "b"]
    assert [one.line for one in unread] == [2]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("**File:** `x.md`", ("File", "", ":", "`x.md`", "bold")),
        ("**File**: `x.md`", ("File", "", ":", "`x.md`", "bold")),
        ("**Layout** (Background Job)", ("Layout", "Background Job", "", "", "bold")),
        ("**jobs** - Main tracking", ("jobs", "", "-", "Main tracking", "bold")),
        ("**jobs** — Main", ("jobs", "", "-", "Main", "bold")),
        ("`task-id` - does it", ("task-id", "", "-", "does it", "code")),
        ("**Why two?** Because", ("Why two?", "", "", "Because", "bold")),
    ],
)
def test_labels_are_read_however_the_colon_stands(line: str, expected: tuple[str, ...]) -> None:
    label = read_label(line)
    assert label is not None
    assert (label.label, label.note, label.separator, label.value, label.mark) == expected


@pytest.mark.parametrize("line", ["**Bold** words go on", "plain words", "https://example.org", "**", "``"])
def test_prose_is_no_label(line: str) -> None:
    assert read_label(line, bare=True) is None


def test_a_bare_label_counts_only_where_it_is_asked_for() -> None:
    assert read_label("Key fields: `a`") is None
    assert read_label("Key fields: `a`", bare=True) is not None


def test_a_label_owns_what_stands_below_it() -> None:
    found = labelled(
        blocks("**Trigger**: click\n**Tasks**:\n- `a`\n- `b`\n\n```\nx\n```\n\n**Next**\n\n- c\n")
    )
    bold = [one for one in found if one.mark == "bold"]
    assert [(one.key, one.said, [block.text for block in one.blocks]) for one in bold] == [
        ("trigger", "click", []),
        ("tasks", "", ["`a`", "`b`", "x"]),
        ("next", "", ["c"]),
    ]


def test_a_listed_label_owns_only_what_is_deeper() -> None:
    found = labelled(blocks("- **Input**: a file\n  - big\n- **Output**: text\n"))
    assert [(one.key, one.line, [block.text for block in one.blocks]) for one in found] == [
        ("input", 1, ["big"]),
        ("output", 3, []),
    ]


def test_a_value_goes_on_over_soft_breaks() -> None:
    assert [one.said for one in pairs(sections("**Goal:** one\ntwo\n**Next:** three\n"))] == [
        "one two",
        "three",
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("_As a_ **user**, I want `a_b` and user_id_x", "As a user, I want `a_b` and user_id_x"),
        ('see [docs](https://x.org "title") ![alt](pic.png)', "see docs"),
        ("a <b>bold</b><br>word <!-- no -->", "a bold word"),
        ("2 * 3 * 4 and [workflow]_jobs", "2 * 3 * 4 and [workflow]_jobs"),
    ],
)
def test_marks_titles_and_pictures_go_from_what_is_said(text: str, said: str) -> None:
    assert spoken(text) == said


def test_code_spans_are_found_whatever_their_fence() -> None:
    assert codes("`a` and ``b`c`` and `open") == ["a", "b`c"]
    assert plain("`a` **b**") == "a b"
    assert without_comments("a<!--b") == "a"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("userId", "user_id"),
        ("lastURL", "last_url"),
        ("HTMLBody", "html_body"),
        ("Étape finale", "etape_finale"),
        ("a1b2", "a1b2"),
    ],
)
def test_names_become_snake_case(name: str, expected: str) -> None:
    assert snake(name) == expected


def test_titles_lose_pictures_and_numbers_only() -> None:
    assert unadorned("🎬 1. Clip — cut") == "Clip — cut"
