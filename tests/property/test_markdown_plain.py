"""The quick rule for plain lines reads every text as the parser's own rules do."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from shipkit_mcp.facts import Source
from shipkit_mcp.readers import markdown

MARKS = (
    *("", "- ", "* ", "+ ", "1. ", "2) ", "12. ", "> ", "-", "- [ ] ", "-\t", "1.\t", "-  ", "-     "),
    *(" ", "  ", "   ", "    ", "     ", "\t", "\N{NO-BREAK SPACE}", "\x0b"),
    *("# ", "## ", "```", "~~~", "---", "===", "--", "=", "***", "* * *", "- - -"),
    *("<div>", "<!--", "-->", "<details>", "</details>", "[a]: b", "[ ] ", "[x] ", "![", "\\", "&amp;"),
    *("**", "*", "__", "_", "`", "``", "|", "| a | b |", "|---|---|", "1", "10", "3.5 ", "é", "🚀 "),
)
WORDS = ("a", "b c", "**x:** y", "`t`", "1. z", "- q", "", "---", "  ", "\t", "# h", "[a]", "\\")
LINES = st.tuples(st.lists(st.sampled_from(MARKS), max_size=3).map("".join), st.sampled_from(WORDS)).map(
    "".join
)
TEXTS = st.lists(LINES, min_size=1, max_size=9).map("\n".join)


OURS = markdown._parser


def by_every_rule() -> MarkdownIt:
    return OURS().disable(["plain"])


@given(TEXTS)
@settings(max_examples=600, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_sections_and_what_is_unread_are_those_of_the_parsers_own_rules(text: str) -> None:
    source = Source("a.md", text)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(markdown, "_parser", by_every_rule)
        expected = markdown.read_sections(source)

    assert markdown.read_sections(source) == expected
