"""Words of others are shown and do nothing."""

from __future__ import annotations

import pytest

from shipkit_mcp.document.words import at, code, fenced, listed, prose, prose_block, quoted, shorten
from shipkit_mcp.facts import Evidence


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("a — b", "a - b"),
        ("a—b", "a - b"),
        ("two\nlines", "two lines"),
        ("`users` table", "\\`users\\` table"),
        ("<script>", "&lt;script>"),
        ("| a | b |", "\\| a | b |"),
        ("# Title", "\\# Title"),
        ("> quote", "\\> quote"),
        ("- bullet", "\\- bullet"),
        ("12. item", "12\\. item"),
        ("```ts", "\\`\\`\\`ts"),
        ("~~~", "\\~~~"),
        ("---", "\\---"),
        ("===", "\\==="),
        ("[link](javascript:x)", "\\[link\\](javascript:x)"),
        ("**Free** tier", "Free tier"),
        ("<!-- hidden -->", "&lt;!-- hidden --&gt;"),
        ("safe\u202egnirts", "safegnirts"),
        ("\ud800lone", "lone"),
        ("año y ‘niño’", "año y ‘niño’"),
    ],
)
def test_a_quote_keeps_its_words_and_loses_its_markup(written: str, shown: str) -> None:
    assert quoted(written) == shown


def test_a_long_quote_is_cut_at_a_word_and_says_so() -> None:
    cut = quoted("word " * 200)

    assert len(cut) <= 300
    assert cut.endswith("word...")


def test_prose_keeps_code_spans_but_no_html_and_no_loose_backtick() -> None:
    assert prose("Use `users.id` <b>now</b> — ok ` end") == "Use `users.id` &lt;b>now&lt;/b> - ok \\` end"


def test_a_bullet_without_words_underlines_nothing() -> None:
    assert prose_block("First\n- \n-  \n- item") == ["First", "", "", "- item"]


def test_prose_of_several_lines_keeps_bullets_and_opens_nothing_else() -> None:
    block = prose_block("First\n# not a heading\n- item\n```\n| a |\n---\n1. one\n\n")

    assert block == [
        "First",
        "\\# not a heading",
        "- item",
        "\\`\\`\\`",
        "\\| a |",
        "\\---",
        "1. one",
    ]


@pytest.mark.parametrize(
    ("name", "span"),
    [("users", "`users`"), ("a`b", "`` a`b ``"), ("``", "``` `` ```"), ("two\nlines", "`two lines`")],
)
def test_a_code_span_holds_any_name(name: str, span: str) -> None:
    assert code(name) == span


def test_a_fence_is_longer_than_any_run_inside() -> None:
    assert fenced(["a ```` b"], "text") == ["`````text", "a ```` b", "`````"]


def test_evidence_is_listed_once_and_counted_beyond_three() -> None:
    places = [Evidence(path="a.md", line=number) for number in (1, 1, 2, 3, 4, 5)]

    assert at(places) == " (`a.md:1`, `a.md:2`, `a.md:3` and 2 more)"
    assert at([]) == ""


def test_lists_read_as_english() -> None:
    assert (listed([]), listed(["a"]), listed(["a", "b"]), listed(["a", "b", "c"])) == (
        "none",
        "a",
        "a and b",
        "a, b and c",
    )


def test_a_short_text_is_not_cut() -> None:
    assert shorten("short", 5) == "short"
