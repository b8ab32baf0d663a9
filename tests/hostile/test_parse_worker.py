"""A text that could hold the interpreter for ever is first tried in a process that is killed; others start none."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from calm import cpu_seconds, wall_seconds
from hostile.stdio import write_project
from hostile.test_never_hangs import CONFIG, FOREVER, TABLE

from shipkit_mcp.analysis import analyse, parse_worker
from shipkit_mcp.analysis.memory import Memory
from shipkit_mcp.analysis.parse_worker import ParseWorker
from shipkit_mcp.analysis.request import Request
from shipkit_mcp.facts import Source, Unread
from shipkit_mcp.project import open_project
from shipkit_mcp.readers.typescript.parse import Parsed, parse
from shipkit_mcp.readers.typescript.patience import one_run
from shipkit_mcp.readers.typescript.plain import is_plain

ODD = "export const a = ({;"
SLEEPS = (sys.executable, "-I", "-c", "import os, sys, time; os.write(1, b'x'); time.sleep(60)")


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[subprocess.Popen[bytes]]:
    """The processes that are started."""
    seen: list[subprocess.Popen[bytes]] = []
    usual = subprocess.Popen.__init__

    def noted(self: subprocess.Popen[bytes], *given: object, **named: object) -> None:
        seen.append(self)
        usual(self, *given, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(subprocess.Popen, "__init__", noted)
    return seen


def _survey(root: Path, memory: Memory | None = None) -> object:
    project = open_project(None, launch=str(root), environ={}, cwd="/")
    return analyse(project, Request(), memory or Memory()).survey.schema


def test_a_worker_that_never_answers_is_killed_and_leaves_no_orphan(
    started: list[subprocess.Popen[bytes]],
) -> None:
    def attempt() -> float:
        before = time.monotonic()
        with one_run(ParseWorker({}, SLEEPS)):
            read = parse(Source("db/a.ts", ODD))
        assert isinstance(read, Unread)
        assert read.why == "not parsed within 2 s"
        return time.monotonic() - before

    assert wall_seconds(attempt, 2.5) < 2.5
    for one in started:
        assert one.returncode is not None
        if os.name == "posix":
            with pytest.raises(ProcessLookupError):
                os.kill(one.pid, 0)


def test_the_text_that_never_ends_is_a_finding_and_is_tried_once(
    tmp_path: Path, started: list[subprocess.Popen[bytes]]
) -> None:
    root = write_project(tmp_path, {"drizzle.config.ts": CONFIG, "db/a.ts": TABLE, "db/slow.ts": FOREVER})
    memory = Memory()
    said = repr(_survey(root, memory))
    _survey(root, memory)

    assert "db/slow.ts" in said
    assert "not parsed within 2 s" in said
    assert len(started) == 1


def test_an_odd_text_that_does_parse_is_read_and_is_tried_once(
    started: list[subprocess.Popen[bytes]],
) -> None:
    worker = ParseWorker({})
    with one_run(worker):
        read = [parse(Source(path, ODD)) for path in ("a.ts", "b.ts")]

    assert all(isinstance(one, Parsed) for one in read)
    assert len(started) == 1
    assert started[0].returncode == 0


@pytest.mark.parametrize("grammar", ["typescript", "tsx"])
def test_a_worker_whose_server_is_gone_ends_itself_though_the_parser_never_does(grammar: str) -> None:
    """Nobody kills it here; only its own watchdog can end it, which needs no lock of the interpreter."""
    text = FOREVER.encode()
    command = [sys.executable, "-I", "-c", parse_worker.PROGRAM, "0.5", grammar, str(len(text))]
    done = subprocess.run(command, input=text, capture_output=True, timeout=60, check=False)

    assert done.returncode == 1
    assert b"Timeout" in done.stderr


def test_a_worker_that_is_given_nothing_ends_at_once() -> None:
    command = [sys.executable, "-I", "-c", parse_worker.PROGRAM, "30", "typescript", "1"]

    assert subprocess.run(command, input=b"", capture_output=True, timeout=20, check=False).returncode == 0


def test_a_worker_that_crashes_is_a_reason() -> None:
    crash = (sys.executable, "-I", "-c", "import os; os.abort()")

    assert ParseWorker({}, crash)((b"(",), "tsx") == "the parser crashed on it"


@pytest.mark.parametrize("command", [("/nowhere/python",), (sys.executable, "-c", "raise SystemExit(1)")])
def test_where_no_process_can_be_had_the_text_is_parsed_here(command: tuple[str, ...]) -> None:
    with one_run(ParseWorker({}, command)):
        assert isinstance(parse(Source("a.ts", ODD)), Parsed)


def test_the_worker_needs_no_path_and_no_folder(
    monkeypatch: pytest.MonkeyPatch, started: list[subprocess.Popen[bytes]]
) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.chdir("/")

    assert ParseWorker({})((ODD.encode(),), "tsx") is None
    assert started[0].returncode == 0


def test_beyond_its_time_no_further_worker_is_started(
    monkeypatch: pytest.MonkeyPatch, started: list[subprocess.Popen[bytes]]
) -> None:
    monkeypatch.setattr(parse_worker, "RUN_SECONDS", 0.0)

    assert ParseWorker({})((ODD.encode(),), "typescript") is None
    assert started == []


@pytest.mark.parametrize("name", ["audio-notes", "site-studio"])
def test_an_example_starts_no_process(
    example: Callable[[str], Path], started: list[subprocess.Popen[bytes]], name: str
) -> None:
    _survey(example(name))

    assert started == []


def test_a_hundred_and_twelve_tables_start_no_process(
    tmp_path: Path, started: list[subprocess.Popen[bytes]]
) -> None:
    lines = [
        f'export const t{n} = pgTable("t{n}", {{ id: uuid("id").primaryKey(), // it\'s one\n'
        f"  n: text(\"n\").default(sql`now('${{1}})`) }}, (t) => [index('i{n}').on(t.n)]);\n"
        for n in range(112)
    ]
    root = write_project(tmp_path, {"drizzle.config.ts": CONFIG, "db/a.ts": TABLE + "".join(lines)})
    schema = repr(_survey(root))

    assert "t111" in schema
    assert started == []


@pytest.mark.parametrize("text", ["a(", "a)", "(]", '"a', "`a", "/* a", "a\x01", FOREVER])
def test_a_text_that_does_not_tokenise_is_not_plain(text: str) -> None:
    assert not is_plain(text.encode())


@pytest.mark.parametrize("unit", ["/*", '"\\', "`\\", "([{", "'\n", "*/", "//"])
def test_whether_a_text_is_plain_is_seen_in_linear_time(unit: str) -> None:
    text = unit.encode() * 170_000

    assert cpu_seconds(lambda: is_plain(text)) < 1
