"""What a person wrote into the document stays, byte for byte, whatever the plan does."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from endtoend.projects import AUDIO, DOCUMENT, SITES, STALLS, client_of, refusal, text_of, titles_of, write

from shipkit_mcp.cli.commands import commands

pytestmark = pytest.mark.anyio
Example = Callable[[str], Path]
BOM = b"\xef\xbb\xbf"
NOTES = "notes {\n  id: uuid (PK)\n  user_id: uuid (FK → users.id, cascade delete)\n  body: text\n}\n"
PLANS: dict[str, list[dict[str, Any]]] = {
    AUDIO: [
        {"tables": NOTES},
        {"decisions": {"usage-record": "B"}},
        {"narrative": {"end_goal": "Another goal."}},
        {"decisions": {"own-jobs-table": "B"}},
        {"remove": ["-notes"]},
        {"tables": "users {\n  time_zone: text (nullable)\n}\n"},
        {"decisions": {"usage-record": None, "own-jobs-table": None}},
        {"narrative": {"table.users": "Who may sign in."}},
        {"narrative": {"end_goal": None}},
        {"decisions": {"result-versions": "A"}},
    ],
    SITES: [
        {"tables": STALLS},
        {"decisions": {"results-place": "B"}},
        {"remove": ["transcript_messages"]},
        {"decisions": {"template-tables": "A"}},
        {"narrative": {"next_steps": "- ask the market office"}},
        {"decisions": {"status-vocabulary": "A"}},
        {"tables": "stalls {\n  market: text (nullable)\n}\n"},
        {"remove": ["-stalls", "-transcript_messages"], "decisions": {"template-tables": None}},
        {"narrative": {"next_steps": None}},
        {"decisions": {"results-place": None}},
    ],
}


def section(data: bytes, title: str) -> bytes:
    """A section's bytes, from its heading to the next one, or to the end comment."""
    newline = b"\r\n" if b"\r\n" in data else b"\n"
    start = data.index(b"## " + title.encode() + newline)
    ends = [data.find(newline + mark, start) for mark in (b"## ", b"<!-- shipkit-mcp:")]
    return data[start : min(end for end in ends if end > 0)].rstrip()


def edited(data: bytes, titles: list[str], *, newline: str = "\n", bom: bool = False) -> bytes:
    """The document with a person's line, odd spaces included, in each of these sections."""
    text = data.decode()
    for at, title in enumerate(titles):
        mine = f"## {title}\n\nMy own words {at} \t about `{title[:4]}`,  kept as they are.\n"
        text = text.replace(f"## {title}\n", mine, 1)
    return (BOM if bom else b"") + text.replace("\n", newline).encode()


@pytest.mark.parametrize(
    ("name", "newline", "bom"),
    [(AUDIO, "\n", False), (SITES, "\r\n", True)],
    ids=["plain", "crlf with byte order mark"],
)
async def test_edits_in_every_section_survive_ten_rewrites_and_each_version_has_a_copy(
    example: Example, name: str, newline: str, bom: bool
) -> None:
    root = example(name)
    path = root / DOCUMENT
    async with client_of(root) as client:
        await write(client)
        titles = titles_of(text_of(root))
        path.write_bytes(edited(path.read_bytes(), titles, newline=newline, bom=bom))
        before = path.read_bytes()
        mine = {title: section(before, title) for title in titles}
        for amendments in PLANS[name]:
            old = path.read_bytes()
            reply = await write(client, **amendments)
            new = path.read_bytes()

            assert {title: section(new, title) for title in titles} == mine
            assert {one["section"] for one in reply["kept"]} == set(titles)
            assert reply["changed"]
            assert (root / reply["backup"]).read_bytes() == old
            assert new.startswith(BOM) is bom
            assert newline == "\r\n" or b"\r" not in new
            assert newline == "\n" or re.search(rb"(?<!\r)\n", new) is None

    assert len(titles) == 8
    assert len(list(path.parent.glob("*.bak"))) == 10


@pytest.mark.parametrize(("name", "at"), [(AUDIO if at % 2 else SITES, at) for at in range(8)])
async def test_an_edit_in_one_section_is_kept_and_all_the_others_are_refreshed(
    example: Example, name: str, at: int
) -> None:
    root = example(name)
    path = root / DOCUMENT
    async with client_of(root) as client:
        await write(client)
        title = titles_of(text_of(root))[at]
        path.write_bytes(edited(path.read_bytes(), [title]))
        reply: dict[str, Any] = {}
        mine = section(path.read_bytes(), title)
        for amendments in PLANS[name][:3]:
            reply = await write(client, **amendments)
        kept = path.read_bytes()
        await write(client, overwrite_edits=True)

    assert section(kept, title) == mine
    assert [one["section"] for one in reply["kept"]] == [title]
    assert "My own words" in reply["kept"][0]["diff"]
    refreshed = path.read_bytes()
    assert b"My own words" not in refreshed
    for other in titles_of(text_of(root)):
        if other != title:
            assert section(kept, other) == section(refreshed, other)


async def test_a_write_is_refused_where_the_document_is_not_the_expected_one(example: Example) -> None:
    root = example(AUDIO)
    path = root / DOCUMENT
    async with client_of(root) as client:
        first = await write(client)
        path.write_bytes(path.read_bytes() + b"\nA line of mine.\n")
        mine = path.read_bytes()
        said = await refusal(client, tables=NOTES, expected_sha256=first["sha256"])
        now = hashlib.sha256(mine).hexdigest()

        assert path.read_bytes() == mine
        assert "`expected_sha256`" in said
        assert (await write(client, tables=NOTES, expected_sha256=now))["changed"]

    assert first["sha256"] == hashlib.sha256(mine.removesuffix(b"\nA line of mine.\n")).hexdigest()
    assert b"A line of mine." in path.read_bytes()


async def test_undo_puts_back_the_bytes_of_before_and_stops_where_somebody_edited_since(
    example: Example,
) -> None:
    root = example(SITES)
    path = root / DOCUMENT
    async with client_of(root) as client:
        await write(client)
        before = path.read_bytes()
        await write(client, tables=STALLS)
    written = path.read_bytes()

    undone = CliRunner().invoke(commands, ["undo", str(root)], standalone_mode=False)
    assert undone.exception is None
    assert path.read_bytes() == before
    assert written in [one.read_bytes() for one in path.parent.glob("*.bak")]

    async with client_of(root) as client:
        await write(client, tables=STALLS)
    path.write_bytes(path.read_bytes() + b"\nMine.\n")
    mine = path.read_bytes()
    stopped = CliRunner().invoke(commands, ["undo", str(root)], standalone_mode=False)
    assert stopped.exception is not None
    assert path.read_bytes() == mine


async def test_a_dry_run_and_a_diff_show_what_a_write_would_change_and_change_nothing(
    example: Example,
) -> None:
    root = example(SITES)
    path = root / DOCUMENT
    async with client_of(root) as client:
        await write(client)
        before = path.read_bytes()
        shown = await write(client, tables=STALLS, dry_run=True)

    amendments = root / "amend.json"
    amendments.write_text(json.dumps({"tables": STALLS}), encoding="utf-8")
    arguments = ["plan", str(root), "--diff", "--amend", str(amendments)]
    printed = CliRunner().invoke(commands, arguments, standalone_mode=False)

    assert "-- **Reads or Updates**: `stalls` (referred to, not declared)" in shown["diff"]
    assert "+- **Reads or Updates**: `stalls` (planned)" in shown["diff"]
    assert "+**Total Tables:** 15" in printed.output
    assert "-**Total Tables:** 14" in printed.output
    assert path.read_bytes() == before
