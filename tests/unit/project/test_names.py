"""Which names are opened, entered or refused, the same on every system."""

from __future__ import annotations

import pytest
from hostile import disk
from hypothesis import given
from hypothesis import strategies as st

from shipkit_mcp.project import names


@pytest.mark.parametrize(
    "name",
    [
        *(
            "",
            ".",
            "..",
            "a/b",
            "a\\b",
            "a:b",
            "a*b",
            "a?b",
            'a"b',
            "a<b",
            "a>b",
            "a|b",
            "a\0b",
            "a\nb",
            "a\x7f",
        ),
        *(
            "con",
            "CON",
            "Con.md",
            "nul.tar.gz",
            "aux",
            "prn.ts",
            "com1",
            "COM9.md",
            "lpt1.md",
            "com¹",
            "CONIN$",
        ),
        *(
            "a.",
            "a ",
            "a...",
            "a. .",
            "cafe\u0301.md",
            "．．",
            "a／b",
            "a＼b",
            "‥",
            "a：b",
            "x" * 256,
            "é" * 200,
        ),
        *("\u202egpj.md", "a\u200b", "\ufeffa", "a\u2028", "\ue000", "\ud800", "\udce9"),
    ],
    ids=ascii,
)
def test_a_name_that_some_system_takes_for_something_else_is_refused(name: str) -> None:
    assert names.refusal(name)


@pytest.mark.parametrize("name", [part for path in disk.BENIGN for part in path.split("/")])
def test_a_benign_name_is_not(name: str) -> None:
    assert names.refusal(name) is None


@pytest.mark.parametrize(
    "name", ["console.md", "com10.md", "auxiliary", "nullable.ts", "a.con", "lpt", "com"]
)
def test_a_name_that_only_resembles_a_device_is_not(name: str) -> None:
    assert names.refusal(name) is None


@given(st.text(max_size=40))
def test_any_name_gets_an_answer_and_a_printable_form(name: str) -> None:
    reason = names.refusal(name)
    text = names.shown(name)

    assert reason is None or reason
    text.encode("utf-8")
    assert not any(ord(one) < 32 for one in text)
    if reason is None:
        assert "/" not in name
        assert text == name


def test_a_long_name_is_cut_when_it_is_shown() -> None:
    assert len(names.shown("x" * 5_000)) == 121
