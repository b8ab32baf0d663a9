"""What of a document may be quoted: what its page shows, every line where it was."""

from __future__ import annotations

import pytest
from calm import cpu_seconds
from hypothesis import given, settings
from hypothesis import strategies as st

from shipkit_mcp.facts import DocKind, PrepDoc, Source
from shipkit_mcp.readers.markdown import read_sections
from shipkit_mcp.readers.markdown_shown import Shown, shown_text

UNSEEN = {
    "comment": "a <!-- HID --> b",
    "comment of many lines": "<!-- HID\n\nHID\n```ts\nHID\n```\n-->\nafter",
    "comment that never ends": "before\n\n<!-- HID\n\nHID",
    "comment in a list": "- a\n  <!-- HID -->\n- b",
    "comment in code on a line": "`<!-- HID -->`",
    "comment between ticks of two blocks": "# a `\n<!-- HID -->\n# b `",
    "folded part": "<details>\n<summary>HID</summary>\n\nHID\n\n</details>\nafter",
    "folded part in another": "<details>\n<details>HID</details>\nHID\n</details>\nafter",
    "folded part with a fence": "<details>\n\n```ts\nHID\n```\n\n</details>",
    "script": "<script>HID</script> <style>HID</style>",
    "alternative text": "![HID](a.png)",
    "alternative text with brackets": "![HID [HID [HID]]](a.png)",
    "alternative text by reference": "![HID][a] ![HID]",
    "title of an image": '![](a.png "HID")',
    "title of a link": "[a](b.md 'HID')",
    "title in brackets": "[a](b.md (HID))",
    "title on the next line": '[a](b.md\n"HID")',
    "title with a quote in it": '[a](b.md "x \\" HID")',
    "title behind an address in brackets": '[a](<b c.md> "HID")',
    "definition": '[a]: b.md "HID"',
    "definition on two lines": "[a]:\n  b.md\n  'HID'",
    "remark as a definition": "[//]: # (HID)",
    "attribute": '<a href="b" title="HID">link</a> <img src=a alt=HID>',
    "declaration": "<!DOCTYPE HID> <?HID?> <![CDATA[HID]]>",
    "words behind a fence": "```ts HID\nx\n```\n\n~~~HID\nx\n~~~",
    "words behind a fence in a list": "- a\n  ```HID\n  x\n  ```",
    "words behind a fence in a quote": "> ```HID\n> x\n> ```",
}
SEEN = {
    "code in a fence": '```ts\n<!-- shown --> ![shown](x "shown") <a title="shown">\n```',
    "indented code": "text\n\n    <!-- shown -->\n",
    "generic types": "Promise<string> and Record<string, Shown<number>> and a < b > c",
    "footnote": "[^1]: shown",
    "link": "[shown](b.md) and <https://example.org/shown>",
    "an opening mark in a sentence": "we write <!-- in front, shown",
    "a table": "| a | b |\n| --- | --- |\n| shown | 1 |",
}
HEAVY = (
    *("<!--", "x <!--", "<details>", "<details></details>", "<a b=", '<a b="', "![", "![[", "]("),
    *("](a ", '](a "', "](((", "[a]:", "[a]:\n", "<?", "<![CDATA[", "![\\", "`", "> ", "- ", "[a]: <"),
)


def shown(text: str) -> Shown:
    source = Source("a.md", text)
    sections, unread = read_sections(source)
    return shown_text(
        PrepDoc(kind=DocKind.MASTER_IDEA, source=source, title="", sections=sections, unread=unread)
    )


@pytest.mark.parametrize("text", UNSEEN.values(), ids=UNSEEN)
def test_what_the_page_does_not_show_is_not_in_the_text(text: str) -> None:
    said = shown(text).text

    assert "HID" not in said
    assert said.count("\n") == text.count("\n")
    assert ("after" in said) == ("after" in text)


@pytest.mark.parametrize("text", SEEN.values(), ids=SEEN)
def test_what_the_page_shows_stays(text: str) -> None:
    assert shown(text) == (text.replace("```ts", "```"), 0)


def test_it_says_how_much_is_left_out_and_words_behind_a_fence_do_not_count() -> None:
    assert shown("<!-- a --> ![b](c)\n\n```ts\nx\n```").left_out == 2


@pytest.mark.parametrize("piece", HEAVY)
def test_a_hundred_kilobytes_of_openings_take_no_time(piece: str) -> None:
    source = Source("a.md", piece * (100_000 // len(piece)))
    document = PrepDoc(kind=DocKind.MASTER_IDEA, source=source, title="", sections=())

    assert cpu_seconds(lambda: shown_text(document)) < 0.5


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from([*UNSEEN.values(), *SEEN.values(), *HEAVY, "\n", "a"]), max_size=8))
def test_any_mixture_keeps_its_lines_and_adds_nothing(parts: list[str]) -> None:
    text = "\n".join(parts)

    said = shown(text).text

    assert said.count("\n") == text.count("\n")
    assert len(said) <= len(text)
