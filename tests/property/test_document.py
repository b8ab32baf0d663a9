"""Whatever documents and people write: the document keeps its shape, edits are kept, nothing raises."""

from __future__ import annotations

import re
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from unit.document.plans import COVER_MAPPING, IDEA, PLAN, SURVEY, VISION, said, table

from shipkit_mcp.document import (
    first_screen,
    is_untouched,
    merge,
    read_end_comment,
    render_document,
    render_step,
)
from shipkit_mcp.document.columns import width
from shipkit_mcp.document.end_comment import part
from shipkit_mcp.document.pieces import cut
from shipkit_mcp.document.words import code, prose, prose_block, quoted
from shipkit_mcp.facts import Amendments, Schema, Survey
from shipkit_mcp.findings import Plan

SPACES = [
    "\n",
    "\r\n",
    "\r",
    "\t",
    "\u2028",
    "\ufeff",
    "\u202e",
    "\ud800",
    " — ",
    "|",
    "{",
    "}",
    '"',
    "'",
    "$1",
]
BLOCKS = [
    "# x",
    "## y",
    "```",
    "~~~",
    "---",
    "===",
    "- ",
    "1. ",
    "> ",
    "| ",
    "<!-- shipkit-mcp: x",
    "-->",
    "<b>",
]
INLINE = ["`", "``", "**", "[a](b)", "\\", "users", "é", "長", "🎯"]
MARKUP = st.sampled_from([*SPACES, *BLOCKS, *INLINE])
TEXTS = st.lists(MARKUP | st.text(max_size=6), max_size=12).map("".join)
NAMES = st.text(min_size=1, max_size=12) | TEXTS.filter(bool)
PLACES = ("advantage", "next_steps", "end_goal")
TITLES = [one[3:] for one in render_document(SURVEY, PLAN).split("\n") if one.startswith("## ")]


def plan_with(words: str, narrative: str, name: str) -> Plan:
    workflow = COVER_MAPPING.model_copy(update={"title": words, "purpose": words, "notes": (words,)})
    new = table(name, ())
    return PLAN.model_copy(
        update={
            "workflows": (*PLAN.workflows, workflow),
            "gaps": (said(words),),
            "target": Schema(tables=(*PLAN.target.tables, new)),
            "changes": (PLAN.changes[0].model_copy(update={"problem": words, "title": words}),),
            "amendments": Amendments(
                narrative=dict.fromkeys(("advantage", "next_steps", "end_goal"), narrative)
            ),
        }
    )


def survey_with(words: str, name: str) -> Survey:
    vision = VISION.model_copy(update={"end_goal": said(words, IDEA, 3)})
    tables = (*SURVEY.schema.tables, table(name, (), comment=words))
    return replace(SURVEY, vision=vision, schema=Schema(tables=tables))


COMMENT = "<!-- shipkit-mcp"


def without_code(text: str) -> str:
    return re.sub(r"(?<!`)(`+)(?!`)[^\n]*?(?<!`)\1(?!`)", "", text)


def parsed(text: str) -> tuple[int, int, int, int]:
    """How many tables, blocks of HTML, pieces of HTML in a line, and headings Markdown sees."""
    tokens = MarkdownIt("commonmark").enable("table").parse(text)
    inside = [child for token in tokens for child in token.children or ()]
    kinds = [token.type for token in (*tokens, *inside)]
    return tuple(kinds.count(kind) for kind in ("table_open", "html_block", "html_inline", "heading_open"))


def headings(text: str) -> list[str]:
    return [one.key for one in cut(part(text).text)]


PARSED = parsed(render_document(survey_with("x", "x"), plan_with("x", "x", "x")))
assert PARSED[:3] == (0, 1, 0)


@given(TEXTS, TEXTS, NAMES)
@settings(max_examples=150, deadline=None)
def test_no_words_change_the_documents_shape(words: str, narrative: str, name: str) -> None:
    text = render_document(survey_with(words, name), plan_with(words, narrative, name))

    assert headings(text) == TITLES
    assert is_untouched(text)
    assert parsed(text) == PARSED
    assert [one[:16] for one in re.findall(r"^.*<!--.*$", without_code(text), re.MULTILINE)] == [COMMENT]
    assert without_code(text).count("-->") == 1
    assert "—" not in text.partition("<!--")[0]
    assert not re.search(r"^[ \t]*\|", text, re.MULTILINE)
    assert merge(text, text).text == text
    text.encode()


@given(TEXTS, TEXTS, NAMES, st.integers(0, 4))
@settings(max_examples=100, deadline=None)
def test_no_words_change_a_messages_shape(words: str, narrative: str, name: str, step: int) -> None:
    survey, plan = survey_with(words, name), plan_with(words, narrative, name)
    message = render_step(survey, plan, step)

    assert len(re.findall(r"^#+ ", message, re.MULTILINE)) == 1
    assert "—" not in message
    assert "<!--" not in without_code(message)
    assert all(width(one) <= 80 and "\n" not in one for one in first_screen(survey, plan))


@given(TEXTS)
def test_words_of_others_stay_on_their_line_and_start_no_block(words: str) -> None:
    for shown in (quoted(words), prose(words), code(words), *prose_block(words)):
        assert "\n" not in shown
        assert "\r" not in shown
        assert not re.match(r"\s*(?:#|>|\||~~~|```|---|===)", shown) or shown.startswith("`")


@given(TEXTS)
@settings(max_examples=300)
def test_a_text_cut_into_pieces_is_the_same_text(text: str) -> None:
    assert "".join(one.text for one in cut(text)) == text


@given(TEXTS)
@settings(max_examples=300)
def test_any_text_is_read_without_an_error(text: str) -> None:
    document = render_document(SURVEY, PLAN)
    read_end_comment(text + document + text)
    merged = merge(text + document + text, document)

    assert merge(merged.text, document).text == merged.text


EDITS = st.lists(
    st.sampled_from(
        ["a line", "- a bullet", "**bold**", "  indented", "`code`", "1. one", "> quote", "| a | b |"]
    ),
    min_size=1,
    max_size=4,
).map("\n".join)
PLANS = st.lists(st.tuples(TEXTS, st.integers(0, 3)), min_size=10, max_size=10)


@given(st.dictionaries(st.sampled_from(TITLES), EDITS, min_size=1), PLANS, st.booleans())
@settings(max_examples=25, deadline=None)
def test_edits_in_any_section_survive_ten_rewrites(
    edits: dict[str, str], plans: list[tuple[str, int]], crlf: bool
) -> None:
    text = render_document(SURVEY, PLAN)
    for title, words in edits.items():
        text = text.replace(f"## {title}\n", f"## {title}\n\n{words}\n", 1)
    text = text.replace("\n", "\r\n") if crlf else text
    before = {one.key: one.body for one in cut(part(text).text)}
    for words, fewer in plans:
        plan = PLAN.model_copy(
            update={
                "workflows": PLAN.workflows[fewer:],
                "changes": PLAN.changes[:fewer],
                "amendments": Amendments(narrative={"end_goal": words}),
            }
        )
        merged = merge(text, render_document(SURVEY, plan))
        after = {one.key: one.body for one in cut(part(merged.text).text)}
        assert {title: after[title] for title in edits} == {title: before[title] for title in edits}
        assert {one.title for one in merged.kept} == set(edits)
        assert merge(merged.text, render_document(SURVEY, plan)).text == merged.text
        text = merged.text
