"""Tokens, literals and diffs."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shipkit_mcp.code.edits import unified_diff
from shipkit_mcp.code.names import file_stem, identifier, literal, remark
from shipkit_mcp.code.removals import statements
from shipkit_mcp.code.tokens import Code

SOURCE = st.text(st.sampled_from(list("ab(){}[]`'\"$\\/*,;:=>.\n 1")), max_size=60)


@settings(max_examples=200, deadline=None)
@given(SOURCE)
def test_tokens_and_comments_cover_every_visible_character(text: str) -> None:
    code = Code(text)

    seen = "".join(one.text for one in sorted((*code.tokens, *code.comments), key=lambda one: one.start))
    assert "".join(seen.split()) == "".join(text.split())
    assert all(code.tokens[a].start < code.tokens[b].start for a, b in code.pairs.items())
    statements(code)


def test_brackets_in_strings_templates_comments_and_expressions_do_not_count() -> None:
    code = Code('f("(", `${g(")")}{`, /[(]/, 1) // (')

    assert len(code.items(1)) == 4


@settings(max_examples=60, deadline=None)
@given(
    old=st.lists(st.sampled_from(["a", "b", "", "c d"]), max_size=8),
    new=st.lists(st.sampled_from(["a", "x", ""]), max_size=8),
    ends=st.booleans(),
)
def test_diffs_apply(
    old: list[str], new: list[str], ends: bool, tmp_path_factory: pytest.TempPathFactory
) -> None:
    before = "\n".join(old) + ("\n" if ends and old else "")
    after = "\n".join(new) + ("\n" if new else "")
    folder = tmp_path_factory.mktemp("diff")
    file = folder / "a.ts"
    file.write_text(before, encoding="utf-8", newline="\n")
    diff = unified_diff("a.ts", before, after)
    if not diff or not before:
        return

    done = subprocess.run(
        ["git", "apply", "--whitespace=nowarn", "-"],
        cwd=folder,
        input=diff.encode(),
        capture_output=True,
        env={"GIT_DIR": str(folder / "none"), "PATH": __import__("os").environ["PATH"]},
    )

    assert done.returncode == 0, (done.stderr, diff)
    assert file.read_bytes().decode() == after


def test_a_deleted_file_is_deleted(tmp_path: Path) -> None:
    assert unified_diff("a.ts", "x\n", None) == (
        "diff --git a/a.ts b/a.ts\ndeleted file mode 100644\n--- a/a.ts\n+++ /dev/null\n@@ -1 +0,0 @@\n-x\n"
    )


def test_names_are_made_safe() -> None:
    kebab = ("", "kebab", "")
    assert identifier("delete") == "deleteTable"
    assert identifier("1st place") == "_1stPlace"
    assert identifier("users", {"users", "usersTable"}) == "usersTable2"
    assert file_stem("../../etc", kebab, ()) == "etc"
    assert file_stem("con", kebab, ()) == "table-con"
    assert literal('a"b\n\u202e') == '"a\\"b\\n\\u202e"'
    assert remark("a\n*/ b\u2028c") == "a * / b c"
