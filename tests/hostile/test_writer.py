"""What is written stays in the project, is whole or not at all, and loses nobody's work."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import random
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest
from calm import wall_seconds
from hostile import disk
from hostile.writing import DOCUMENT, NEW, OLD, none_kept, now, opened

from shipkit_mcp.errors import Cancelled, CannotWrite, OutsideProject, ShipkitError, WouldOverwrite
from shipkit_mcp.project import Project, open_project
from shipkit_mcp.project.writer import save, undo, write_named

HOME = {"HOME": "/nonexistent-home"}
ERRORS = ("EIO", "ENOSPC", "EACCES", "EROFS", "EINTR", "EDQUOT", "EFBIG", "EMFILE")


@pytest.fixture(params=["posix", "portable"])
def project(tmp_path: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Project:
    (tmp_path / "project").mkdir()
    if request.param == "portable":
        disk.hide_posix(monkeypatch)
    return opened(tmp_path / "project")


def start(verb: str, folder: Path, *rest: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "hostile.writing", verb, str(folder), *rest]
    environ = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])}
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environ)


def prepare(folder: Path, data: bytes = OLD) -> Path:
    path = folder / DOCUMENT
    path.parent.mkdir(parents=True)
    path.write_bytes(data)
    return path


def copies(folder: Path) -> list[Path]:
    return sorted((folder / DOCUMENT).parent.glob("*.bak"))


# --- confined --------------------------------------------------------------------------------


TARGETS = [
    *disk.TEXT_PATHS,
    "link.md",
    "linked/x.md",
    "fifo.md",
    "folder.md",
    "looped/x.md",
    "package.json/x",
]


@pytest.mark.parametrize("path", TARGETS, ids=[ascii(path)[:60] for path in TARGETS])
def test_a_hostile_target_changes_nothing_that_was_there(tmp_path: Path, path: str) -> None:
    root = disk.build(tmp_path)
    before = disk.tree(tmp_path)

    try:
        save(opened(root), path, b"x", seen=None, keep=none_kept)
    except ShipkitError:
        wrote = set()
    else:
        wrote = {f"project/{path}"}
    after = disk.tree(tmp_path)

    assert {name: after.get(name) for name in before} == before
    assert {name for name in after if name not in before and after[name][0] == "file"} == wrote
    assert not [name for name in wrote if "/../" in name or ".env" in name or ".git/" in name]


@pytest.mark.parametrize(
    "kind", ["link", "dangling", "folder", "fifo", "parent link", "parent file", "grandparent link"]
)
def test_a_target_or_parent_that_is_no_plain_thing_is_refused(
    tmp_path: Path, project: Project, kind: str
) -> None:
    root, outside = tmp_path / "project", tmp_path / "outside"
    (outside / "prep").mkdir(parents=True)
    (outside / "victim.md").write_bytes(b"precious")
    prep = root / "ai_docs/prep"
    if kind == "parent link":
        (root / "ai_docs").mkdir()
        prep.symlink_to(outside / "prep")
    elif kind == "parent file":
        (root / "ai_docs").mkdir()
        prep.write_bytes(b"a file")
    elif kind == "grandparent link":
        (root / "ai_docs").symlink_to(outside)
    else:
        prep.mkdir(parents=True)
        target = root / DOCUMENT
        makers = {
            "link": lambda: target.symlink_to(outside / "victim.md"),
            "dangling": lambda: target.symlink_to(outside / "new.md"),
            "folder": target.mkdir,
            "fifo": lambda: os.mkfifo(target),
        }
        makers[kind]()
    before = disk.tree(tmp_path)

    with pytest.raises(OutsideProject, match=r"link|file|folder|device"):
        save(project, DOCUMENT, b"x", seen=None, keep=none_kept)
    assert disk.tree(tmp_path) == before


def test_a_hard_linked_document_is_replaced_and_the_other_name_keeps_its_bytes(
    tmp_path: Path, project: Project
) -> None:
    path = prepare(tmp_path / "project", b"shared")
    os.link(path, tmp_path / "other.md")

    save(project, DOCUMENT, b"mine", seen=b"shared", keep=none_kept)

    assert path.read_bytes() == b"mine"
    assert (tmp_path / "other.md").read_bytes() == b"shared"


def test_a_write_touches_the_document_and_its_copies_alone(tmp_path: Path, project: Project) -> None:
    root = tmp_path / "project"
    for name in (
        ".bashrc",
        ".gitconfig",
        ".mcp.json",
        ".git/hooks/x",
        ".vscode/s.json",
        ".claude/s.json",
        "a.ts",
    ):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(name, encoding="utf-8")
    before = disk.tree(tmp_path)

    for old, new in ((None, b"one"), (b"one", b"two"), (b"two", b"three")):
        save(project, DOCUMENT, new, seen=old, keep=none_kept)
    undo(project, DOCUMENT, keep=none_kept)

    after = disk.tree(tmp_path)
    assert {name: after[name] for name in before} == before
    names = {
        name.rpartition("/")[2]
        for name in set(after) - set(before) - {"project/ai_docs", "project/ai_docs/prep"}
    }
    assert all(name == "initial_data_schema.md" or name.endswith(".bak") for name in names), names
    assert len(names) == 4


# --- nobody's work is lost --------------------------------------------------------------------


def test_every_change_of_bytes_copies_the_old_ones_first(tmp_path: Path, project: Project) -> None:
    prepare(tmp_path / "project", b"\xef\xbb\xbfa person's\r\n")

    saved = save(project, DOCUMENT, b"ours", seen=b"\xef\xbb\xbfa person's\r\n", keep=none_kept)

    assert saved.changed
    assert saved.backup is not None
    assert (tmp_path / "project" / saved.backup).read_bytes() == b"\xef\xbb\xbfa person's\r\n"
    assert saved.sha256 == hashlib.sha256(b"ours").hexdigest()


def test_the_same_bytes_again_make_no_copy(tmp_path: Path, project: Project) -> None:
    path = prepare(tmp_path / "project", b"same")
    before = path.stat().st_mtime_ns

    saved = save(project, DOCUMENT, b"same", seen=b"same", keep=none_kept)

    assert (saved.changed, saved.backup) == (False, None)
    assert path.stat().st_mtime_ns == before
    assert copies(tmp_path / "project") == []


def test_of_untouched_copies_the_last_five_stay_and_of_a_persons_all(
    tmp_path: Path, project: Project
) -> None:
    seen = None
    for number in range(20):
        data = b"person %d" % number if number % 4 == 0 else b"ours %d" % number
        save(project, DOCUMENT, data, seen=seen, keep=lambda old: old.startswith(b"person"))
        seen = data

    left = [path.read_bytes() for path in copies(tmp_path / "project")]

    assert sorted(one for one in left if one.startswith(b"person")) == sorted(
        b"person %d" % n for n in range(0, 20, 4)
    )
    assert sorted(one for one in left if one.startswith(b"ours")) == [
        b"ours %d" % n for n in (13, 14, 15, 17, 18)
    ]


def test_a_file_that_only_looks_like_a_copy_is_never_removed(tmp_path: Path, project: Project) -> None:
    prep = prepare(tmp_path / "project", b"0").parent
    strange = [prep / f"initial_data_schema.md.{one}.bak" for one in ("mine", "2024", "20240101T000000Z-x")]
    for path in strange:
        path.write_bytes(b"ours")
    for number in range(12):
        save(project, DOCUMENT, b"%d" % (number + 1), seen=b"%d" % number, keep=none_kept)

    assert all(path.exists() for path in strange)


def test_a_hundred_saves_between_read_and_write_are_all_refused(tmp_path: Path, project: Project) -> None:
    path = prepare(tmp_path / "project", b"v")
    refused = 0
    for number in range(100):
        seen = path.read_bytes()
        mine = b"a person saved %d" % number

        def save_meanwhile(mine: bytes = mine) -> bool:
            path.write_bytes(mine)
            return False

        before = b"other" if number % 2 else seen
        with pytest.raises(WouldOverwrite):
            save(project, DOCUMENT, b"ours", seen=before, keep=none_kept, cancelled=save_meanwhile)
        refused += path.read_bytes() == (seen if number % 2 else mine)
    assert refused == 100
    assert [one.name for one in path.parent.iterdir() if one.name.endswith(".new")] == []


@pytest.mark.parametrize("seen", [None, b"", b"older"])
def test_a_document_that_is_not_what_was_read_is_refused(
    tmp_path: Path, project: Project, seen: bytes | None
) -> None:
    path = prepare(tmp_path / "project", b"newer")

    with pytest.raises(WouldOverwrite, match="changed while we worked"):
        save(project, DOCUMENT, b"ours", seen=seen, keep=none_kept)
    assert path.read_bytes() == b"newer"


def test_an_expected_digest_is_of_the_bytes_or_of_the_folded_text(tmp_path: Path, project: Project) -> None:
    text = b"\xef\xbb\xbfa\r\nb"
    prepare(tmp_path / "project", text)
    wrong, raw, folded = (hashlib.sha256(one).hexdigest() for one in (b"no", text, b"a\nb"))

    with pytest.raises(WouldOverwrite, match="expected_sha256"):
        save(project, DOCUMENT, b"1", seen=text, expected_sha256=wrong, keep=none_kept)
    assert save(project, DOCUMENT, b"1", seen=text, expected_sha256=raw, keep=none_kept).changed
    (tmp_path / "project" / DOCUMENT).write_bytes(text)
    assert save(project, DOCUMENT, b"2", seen=text, expected_sha256=folded.upper(), keep=none_kept).changed


def test_an_expected_digest_of_a_document_that_is_gone_is_refused(project: Project) -> None:
    with pytest.raises(WouldOverwrite):
        save(project, DOCUMENT, b"x", seen=None, expected_sha256="0" * 64, keep=none_kept)


def test_a_cancelled_write_changes_nothing(tmp_path: Path, project: Project) -> None:
    prepare(tmp_path / "project", b"old")
    before = disk.tree(tmp_path)

    with pytest.raises(Cancelled):
        save(project, DOCUMENT, b"new", seen=b"old", keep=none_kept, cancelled=lambda: True)
    assert disk.tree(tmp_path) == before


def test_the_mode_of_the_document_is_kept(tmp_path: Path) -> None:
    (tmp_path / "project").mkdir()
    path = prepare(tmp_path / "project", b"old")
    path.chmod(0o664)

    save(opened(tmp_path / "project"), DOCUMENT, b"new", seen=b"old", keep=none_kept)

    assert path.stat().st_mode & 0o777 == 0o664


def test_a_copy_is_open_to_no_more_people_than_the_document(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = prepare(tmp_path, b"old")
    path.chmod(0o600)
    modes: list[int] = []
    real = os.open

    def noted(name: str, flags: int, mode: int = 0o777, **rest: int) -> int:
        if flags & os.O_CREAT:
            modes.append(mode)
        return real(name, flags, mode, **rest)

    monkeypatch.setattr(os, "open", noted)
    monkeypatch.setattr(os, "supports_dir_fd", {*os.supports_dir_fd, noted})
    save(opened(tmp_path), DOCUMENT, b"new", seen=b"old", keep=none_kept)

    assert modes == [0o600, 0o600]
    assert [one.stat().st_mode & 0o777 for one in path.parent.iterdir()] == [0o600, 0o600]


# --- undo -------------------------------------------------------------------------------------


def test_undo_puts_back_what_the_last_write_replaced_and_keeps_what_it_replaces(
    tmp_path: Path, project: Project
) -> None:
    path = prepare(tmp_path / "project", b"a person's")
    save(project, DOCUMENT, b"ours", seen=b"a person's", keep=none_kept)

    undone = undo(project, DOCUMENT, keep=none_kept)

    assert path.read_bytes() == b"a person's"
    assert (tmp_path / "project" / undone.restored).read_bytes() == b"a person's"
    assert (tmp_path / "project" / undone.backup).read_bytes() == b"ours"

    undo(project, DOCUMENT, keep=none_kept)

    assert path.read_bytes() == b"ours"


def test_undo_stops_where_the_document_was_changed_since(tmp_path: Path, project: Project) -> None:
    path = prepare(tmp_path / "project", b"one")
    save(project, DOCUMENT, b"two", seen=b"one", keep=none_kept)
    path.write_bytes(b"two, edited")
    before = disk.tree(tmp_path)

    with pytest.raises(WouldOverwrite, match=r"changed after the last write.*\.bak"):
        undo(project, DOCUMENT, keep=none_kept)
    assert disk.tree(tmp_path) == before


def test_undo_knows_the_document_again_after_its_times_changed(tmp_path: Path, project: Project) -> None:
    path = prepare(tmp_path / "project", b"one")
    save(project, DOCUMENT, b"two", seen=b"one", keep=none_kept)
    path.write_bytes(b"two")
    os.utime(path, (1, 1))

    undo(project, DOCUMENT, keep=none_kept)

    assert path.read_bytes() == b"one"


def test_undo_passes_by_the_copy_of_a_write_that_was_killed(tmp_path: Path, project: Project) -> None:
    path = prepare(tmp_path / "project", b"one")
    save(project, DOCUMENT, b"two", seen=b"one", keep=none_kept)
    (path.parent / "initial_data_schema.md.29990101T000000Z.bak").write_bytes(b"two")

    undo(project, DOCUMENT, keep=none_kept)

    assert path.read_bytes() == b"one"


@pytest.mark.parametrize("there", [False, True])
def test_undo_without_a_copy_says_so(tmp_path: Path, project: Project, there: bool) -> None:
    if there:
        prepare(tmp_path / "project", b"one")

    with pytest.raises(CannotWrite, match="nothing to undo"):
        undo(project, DOCUMENT, keep=none_kept)


# --- what a person named ----------------------------------------------------------------------


def test_a_named_file_is_written_with_its_folders_and_not_replaced_unasked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    assert write_named("out/deep/a.ts", b"1").changed
    assert not write_named("out/deep/a.ts", b"1").changed
    with pytest.raises(WouldOverwrite):
        write_named(str(tmp_path / "out/deep/a.ts"), b"2")
    saved = write_named("out/deep/a.ts", b"2", replace=True)

    assert (tmp_path / "out/deep/a.ts").read_bytes() == b"2"
    assert saved.backup is not None
    assert (tmp_path / saved.backup).read_bytes() == b"1"


def test_a_named_file_that_is_a_link_is_refused(tmp_path: Path) -> None:
    (tmp_path / "victim").write_bytes(b"precious")
    (tmp_path / "a.ts").symlink_to(tmp_path / "victim")

    with pytest.raises(OutsideProject):
        write_named(str(tmp_path / "a.ts"), b"2", replace=True)
    assert (tmp_path / "victim").read_bytes() == b"precious"


# --- faults -----------------------------------------------------------------------------------


def test_no_fault_of_any_call_loses_the_document_leaks_or_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every call into the system that a write makes fails once with every error that a disk knows."""
    path = prepare(tmp_path, b"0")
    fault = disk.Fault(monkeypatch)
    save(opened(tmp_path), DOCUMENT, b"1", seen=b"0", keep=none_kept)
    calls = [(name, n) for name, times in fault.counts.items() for n in range(1, times + 1)]
    assert len(calls) > 40
    opened_before, told = disk.descriptors(), []
    for name, n in calls:
        for code in ERRORS:
            seen = path.read_bytes()
            new = seen + b"."
            project = opened(tmp_path)
            fault.arm(name, n, getattr(errno, code))
            try:
                save(project, DOCUMENT, new, seen=seen, keep=none_kept)
                stands = new
            except ShipkitError as error:
                told.append(str(error))
                stands = seen
            finally:
                fault.disarm()
            assert path.read_bytes() == stands, (name, n, code)
            assert disk.descriptors() == opened_before, (name, n, code)
    seen = path.read_bytes()
    save(opened(tmp_path), DOCUMENT, b"end", seen=seen, keep=none_kept)

    assert len(told) > len(calls)
    assert all("`" in one and len(one) > 20 for one in told)
    assert path.read_bytes() == b"end"
    assert not [one for one in path.parent.iterdir() if one.name.endswith(".new")]


def test_no_fault_of_a_first_write_or_of_undo_loses_anything_leaks_or_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same where folders are made first, and where a copy is put back."""
    fault = disk.Fault(monkeypatch)
    for verb, act in (("first", _write_first), ("undo", _put_back)):
        root = tmp_path / verb
        root.mkdir()
        _as_before(root, verb)
        project = opened(root)
        fault.arm("none", 0, 0)
        act(project)
        calls = [(name, n) for name, times in fault.counts.items() for n in range(1, times + 1)]
        fault.disarm()
        assert len(calls) > 20
        before, refused = disk.descriptors(), 0
        for name, n in calls:
            for code in ERRORS[::2]:
                _as_before(root, verb)
                old = now(root)
                fault.arm(name, n, getattr(errno, code))
                try:
                    act(project)
                except ShipkitError as error:
                    refused += 1
                    assert "`" in str(error)
                    assert now(root) == old, (verb, name, n, code)
                else:
                    assert now(root) == b"new", (verb, name, n, code)
                finally:
                    fault.disarm()
                assert disk.descriptors() == before, (verb, name, n, code)
                assert not list(root.rglob("*.new")), (verb, name, n, code)
        assert refused > len(calls)


def _as_before(root: Path, verb: str) -> None:
    """Nothing at all, or a document that we wrote over another."""
    shutil.rmtree(root / "ai_docs", ignore_errors=True)
    if verb == "undo":
        prepare(root, b"new")
        save(opened(root), DOCUMENT, b"ours", seen=b"new", keep=none_kept)


def _write_first(project: Project) -> None:
    save(project, DOCUMENT, b"new", seen=None, keep=none_kept)


def _put_back(project: Project) -> None:
    undo(project, DOCUMENT, keep=none_kept)


def test_the_disk_is_waited_for_before_and_after_the_rename(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    prepare(tmp_path, b"old")
    fault = disk.Fault(monkeypatch)

    save(opened(tmp_path), DOCUMENT, b"new", seen=b"old", keep=none_kept)

    order = [name for name in fault.order if name in ("write", "fsync", "fchmod", "rename")]
    assert order == ["write", "fsync", "write", "fchmod", "fsync", "rename", "fsync"]


def test_short_writes_are_continued(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = prepare(tmp_path, b"old")
    real = os.write
    monkeypatch.setattr(os, "write", lambda descriptor, data: real(descriptor, data[:7]))

    save(opened(tmp_path), DOCUMENT, NEW[:5_000], seen=b"old", keep=none_kept)

    assert path.read_bytes() == NEW[:5_000]


def test_a_document_above_the_limit_is_refused(project: Project) -> None:
    with pytest.raises(CannotWrite, match="1,048,576"):
        save(project, DOCUMENT, b"x" * ((1 << 20) + 1), seen=None, keep=none_kept)


def test_a_huge_file_in_the_documents_place_is_left_alone(tmp_path: Path, project: Project) -> None:
    path = prepare(tmp_path / "project", b"x" * ((1 << 20) + 1))

    with pytest.raises(CannotWrite, match="Move it away"):
        save(project, DOCUMENT, b"new", seen=None, keep=none_kept)
    assert path.stat().st_size == (1 << 20) + 1


def test_a_read_only_folder_is_told_in_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    prepare(tmp_path, b"old")
    fault = disk.Fault(monkeypatch)
    project = opened(tmp_path)
    fault.arm("write", 1, errno.EROFS)

    with pytest.raises(CannotWrite, match="Read-only file system"):
        save(project, DOCUMENT, b"new", seen=b"old", keep=none_kept)


# --- killed -----------------------------------------------------------------------------------


def test_killed_at_any_call_the_document_is_old_or_new(tmp_path: Path) -> None:
    prepare(tmp_path)

    with start("kill", tmp_path) as process:
        out, _ = process.communicate(timeout=60)

    states = [json.loads(line) for line in out.splitlines()]
    assert len(states) > 20
    assert {one["state"] for one in states} == {"old", "new"}
    assert all(len(one["stray"]) <= 1 for one in states)
    assert any(one["stray"] for one in states)
    assert states[-1] == {"call": len(states), "state": "new", "stray": []}


def kill_at_random(folder: Path, verb: str, times: int, seed: int) -> dict[str, int]:
    """Kill a writer at random times; count what stood there each time."""
    rng, found = random.Random(seed), {"old": 0, "new": 0, "torn": 0}
    for _ in range(times):
        with start(verb, folder) as process:
            assert process.stdout is not None
            assert process.stdout.readline() == "ready\n"
            time.sleep(rng.random() * 0.03)
            process.kill()
        found[{OLD: "old", NEW: "new"}.get(now(folder) or b"", "torn")] += 1
        if found["torn"]:
            (folder / DOCUMENT).write_bytes(OLD)
        assert len(list((folder / DOCUMENT).parent.glob(".*.new"))) <= 1
    return found


def check_random_kills(folder: Path, times: int) -> None:
    path = prepare(folder)
    found = kill_at_random(folder, "ever", times, seed=7)

    assert found["torn"] == 0
    seen = path.read_bytes()
    save(opened(folder), DOCUMENT, b"end", seen=seen, keep=none_kept)
    assert not list(path.parent.glob(".*.new"))


def test_killed_at_random_the_document_is_old_or_new(tmp_path: Path) -> None:
    check_random_kills(tmp_path, 12)


@pytest.mark.full
def test_killed_500_times_at_random_the_document_is_old_or_new(tmp_path: Path) -> None:
    check_random_kills(tmp_path, round(500 * disk.SCALE))


def test_a_naive_writer_tears_under_the_same_kills(tmp_path: Path) -> None:
    prepare(tmp_path)
    torn = 0
    for seed in range(12):
        torn += kill_at_random(tmp_path, "naive", 3, seed)["torn"]
        if torn:
            return
    pytest.fail("the harness proves nothing: even the naive writer never tore")


# --- together ---------------------------------------------------------------------------------


def test_eight_writers_and_two_readers_lose_and_tear_nothing(tmp_path: Path) -> None:
    path = prepare(tmp_path, b"0 ".ljust(20_000, b"."))
    readers = [start("read", tmp_path) for _ in range(2)]
    writers = [start("count", tmp_path, "25") for _ in range(8)]

    landed = [json.loads(process.communicate(timeout=90)[0])["landed"] for process in writers]
    (tmp_path / "stop").touch()
    seen = [json.loads(process.communicate(timeout=30)[0]) for process in readers]

    assert sum(landed) == 200
    assert path.read_bytes().split()[0] == b"200"
    assert sum(one["torn"] for one in seen) == 0
    assert sum(one["read"] for one in seen) > 100


def test_the_lock_of_a_killed_process_is_free_at_once(tmp_path: Path) -> None:
    def attempt() -> float:
        prepare(tmp_path, b"old")
        with start("lock", tmp_path) as process:
            assert process.stdout is not None
            process.stdout.readline()
            process.kill()
        started = time.monotonic()
        save(opened(tmp_path), DOCUMENT, b"new", seen=b"old", keep=none_kept)
        return time.monotonic() - started

    assert wall_seconds(attempt, 1) < 1


def test_a_lock_that_is_held_ends_in_words_or_in_a_cancel(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    prepare(tmp_path, b"old")
    monkeypatch.setattr("shipkit_mcp.project.lock.DEADLINE", 0.2)
    with start("lock", tmp_path) as process:
        assert process.stdout is not None
        process.stdout.readline()
        try:
            with pytest.raises(CannotWrite, match="another process"):
                save(opened(tmp_path), DOCUMENT, b"new", seen=b"old", keep=none_kept)
            with pytest.raises(Cancelled):
                save(opened(tmp_path), DOCUMENT, b"x", seen=b"old", keep=none_kept, cancelled=lambda: True)
        finally:
            process.kill()
    assert now(tmp_path) == b"old"


def test_a_stale_lock_file_is_taken_away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = prepare(tmp_path, b"old")
    lock = path.parent / ".initial_data_schema.md.lock"
    lock.write_bytes(b"1")
    os.utime(lock, (1, 1))
    disk.hide_posix(monkeypatch)

    save(
        open_project(None, launch=str(tmp_path), environ=HOME, cwd="/"),
        DOCUMENT,
        b"new",
        seen=b"old",
        keep=none_kept,
    )

    assert path.read_bytes() == b"new"
    assert not lock.exists()
