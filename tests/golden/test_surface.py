"""The whole published surface is the one that was looked at: a change shows in the difference of one file."""

from __future__ import annotations

import json

from tests.golden import surface


def test_the_surface_is_the_one_that_was_looked_at() -> None:
    assert surface.surface() == surface.GOLDEN.read_text(encoding="utf-8"), (
        "run `make golden` and read the difference"
    )


def test_every_tool_says_how_large_its_replies_may_get() -> None:
    tools = json.loads(surface.GOLDEN.read_text(encoding="utf-8"))["tools"]

    assert all(one["_meta"]["anthropic/maxResultSizeChars"] == 100_000 for one in tools)


def test_no_input_schema_has_an_alternative_at_its_root() -> None:
    for one in json.loads(surface.GOLDEN.read_text(encoding="utf-8"))["tools"]:
        assert one["inputSchema"]["type"] == "object"
        assert not {"anyOf", "oneOf", "allOf"} & set(one["inputSchema"])
