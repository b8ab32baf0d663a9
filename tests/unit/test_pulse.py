"""The pulse of a call: asked wherever work is done for it, and nowhere else."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from shipkit_mcp.analysis import Analysis, analyse
from shipkit_mcp.analysis.memory import Memory
from shipkit_mcp.analysis.request import Request
from shipkit_mcp.analysis.writing import draft_document, write_document
from shipkit_mcp.errors import Cancelled, beat, watched
from shipkit_mcp.facts import Source, Unread
from shipkit_mcp.project import open_project
from shipkit_mcp.readers.markdown import read_sections
from shipkit_mcp.readers.typescript.parse import parse
from shipkit_mcp.server.outgoing import clean, clean_all


def gone() -> None:
    raise Cancelled("gone")


def analysed(root: Path, request: Request | None = None) -> Analysis:
    project = open_project(None, launch=str(root), environ={}, cwd="/")
    return analyse(project, request or Request(), Memory())


def test_work_that_nobody_watches_goes_on() -> None:
    beat()


def test_watched_work_ends_where_it_asks_and_the_watch_ends_with_it() -> None:
    with pytest.raises(Cancelled), watched(gone):
        beat()
    beat()


def test_the_inner_watch_counts_and_then_the_outer_again() -> None:
    asked: list[str] = []
    with watched(lambda: asked.append("outer")):
        with watched(lambda: asked.append("inner")):
            beat()
        beat()

    assert asked == ["inner", "outer"]


def test_a_watch_is_of_one_thread() -> None:
    asked: list[int] = []
    with watched(lambda: asked.append(1)):
        other = threading.Thread(target=beat)
        other.start()
        other.join()

    assert asked == []


@pytest.mark.parametrize(
    "work",
    [
        lambda: read_sections(Source("a.md", "# A\n\n- b\n")),
        lambda: parse(Source("a.ts", "export const a = 1;\n" * 5_000)),
        lambda: clean_all([{"a": 1}]),
    ],
    ids=["Markdown", "TypeScript", "what is sent"],
)
def test_what_takes_long_asks(work: Callable[[], object]) -> None:
    with watched(gone), pytest.raises(Cancelled):
        work()


def test_a_parse_that_was_cancelled_leaves_nothing_behind() -> None:
    source = Source("a.ts", "export const a = 1;\n" * 5_000)
    with watched(gone), pytest.raises(Cancelled):
        parse(source)

    assert not isinstance(parse(source), Unread)


def test_an_analysis_is_watched_by_its_own_request(example: Callable[[str], Path]) -> None:
    asked: list[bool] = []

    def cancelled() -> bool:
        asked.append(True)
        return len(asked) > 50

    with pytest.raises(Cancelled):
        analysed(example("audio-notes"), Request(cancelled=cancelled))

    assert len(asked) == 51


def test_a_document_that_is_being_saved_is_saved_whole(example: Callable[[str], Path]) -> None:
    """The writer itself asks up to the rename; what it does behind that nobody ends."""
    analysis = analysed(example("audio-notes"))
    drafted = draft_document(analysis, clean=clean)
    with watched(gone):
        saved = write_document(analysis, drafted, Request(), expected_sha256=None)

    assert saved.sha256 == hashlib.sha256(drafted.data).hexdigest()
