"""What each command does for a person: what it prints, what it writes, how it ends."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]
DOCUMENT = Path("ai_docs/prep/initial_data_schema.md")


@pytest.fixture
def root(example: Callable[[str], Path]) -> Path:
    return example("site-studio")


def amendments(tmp_path: Path, **given: Any) -> Path:
    path = tmp_path / "amend.json"
    path.write_text(json.dumps(given), encoding="utf-8")
    return path


# --- plan ----------------------------------------------------------------------------------


def test_plan_writes_nothing_until_it_is_told_to(run: Run, root: Path) -> None:
    ran = run("plan", root)

    assert ran.status == 0
    assert "To decide:" in ran.out
    assert not (root / DOCUMENT).exists()


def test_plan_write_writes_the_document_and_says_how_to_take_it_back(run: Run, root: Path) -> None:
    ran = run("plan", root, "--write")

    assert ran.status == 0
    assert (root / DOCUMENT).is_file()
    assert DOCUMENT.as_posix() in ran.out


def test_plan_diff_shows_the_change_and_writes_nothing(run: Run, root: Path) -> None:
    ran = run("plan", root, "--diff")

    assert ran.status == 0
    assert f"+++ b/{DOCUMENT.as_posix()}" in ran.out
    assert "+## Strategic Database Planning Document" in ran.out
    assert not (root / DOCUMENT).exists()


def test_plan_amend_takes_decisions_and_records_them(run: Run, root: Path, tmp_path: Path) -> None:
    given = amendments(tmp_path, decisions={"template-tables": "B"})
    run("plan", root, "--write", "--amend", given)
    later = run("plan", root, "--json").json

    assert {one["id"]: one["chosen"] for one in later["decisions"]}["template-tables"] == "B"
    assert later["remove"] == []


def test_plan_amend_refuses_a_wrong_amendment_and_writes_nothing(
    run: Run, root: Path, tmp_path: Path
) -> None:
    ran = run("plan", root, "--write", "--amend", amendments(tmp_path, decisions={"nope": "A"}))

    assert ran.status == 2
    assert "nope" in ran.err
    assert not (root / DOCUMENT).exists()


@pytest.mark.parametrize("text", ["[]", "{", '"x"', '{"unheard_of": 1}'])
def test_plan_amend_refuses_what_is_no_amendment(text: str, run: Run, root: Path, tmp_path: Path) -> None:
    given = tmp_path / "amend.json"
    given.write_text(text, encoding="utf-8")
    ran = run("plan", root, "--amend", given)

    assert ran.status == 2
    assert ran.err.startswith("shipkit-mcp: ")
    assert ran.out == ""


def test_plan_refuses_to_write_over_a_document_with_another_hash(run: Run, root: Path) -> None:
    run("plan", root, "--write")
    before = (root / DOCUMENT).read_bytes()
    ran = run("plan", root, "--write", "--expected-sha256", "0" * 64)

    assert ran.status == 2
    assert (root / DOCUMENT).read_bytes() == before


def test_plan_keeps_an_edited_section_and_shows_what_it_would_have_written(run: Run, root: Path) -> None:
    run("plan", root, "--write")
    text = (root / DOCUMENT).read_text(encoding="utf-8")
    heading = "## 🗺️ Complete Schema Overview"
    (root / DOCUMENT).write_text(text.replace(heading, f"{heading}\n\nMy own words.", 1), encoding="utf-8")

    kept = run("plan", root, "--write")
    assert kept.status == 0
    assert "kept as edited" in kept.out
    assert "My own words." in (root / DOCUMENT).read_text(encoding="utf-8")

    assert run("plan", root, "--write", "--overwrite-edits").status == 0
    assert "My own words." not in (root / DOCUMENT).read_text(encoding="utf-8")


# --- undo ----------------------------------------------------------------------------------


def test_undo_puts_the_last_copy_back_and_keeps_what_it_replaces(
    run: Run, root: Path, tmp_path: Path
) -> None:
    run("plan", root, "--write")
    first = (root / DOCUMENT).read_bytes()
    run("plan", root, "--write", "--amend", amendments(tmp_path, decisions={"template-tables": "B"}))
    second = (root / DOCUMENT).read_bytes()
    ran = run("undo", root)

    assert ran.status == 0
    assert (root / DOCUMENT).read_bytes() == first
    assert second in [one.read_bytes() for one in (root / DOCUMENT).parent.glob("*.bak")]


def test_undo_stops_where_a_person_edited_in_between(run: Run, root: Path, tmp_path: Path) -> None:
    run("plan", root, "--write")
    run("plan", root, "--write", "--amend", amendments(tmp_path, decisions={"template-tables": "B"}))
    with (root / DOCUMENT).open("a", encoding="utf-8") as file:
        file.write("\nmine\n")
    ran = run("undo", root)

    assert ran.status == 2
    assert (root / DOCUMENT).read_text(encoding="utf-8").endswith("\nmine\n")


def test_undo_without_a_copy_says_so(run: Run, root: Path) -> None:
    assert run("undo", root).status == 2


# --- check ---------------------------------------------------------------------------------


def test_check_ends_with_1_where_something_is_broken_and_counts_only_what_is_new(
    run: Run, root: Path, tmp_path: Path
) -> None:
    first = run("check", root, "--json")
    base = tmp_path / "base.json"
    base.write_text(first.out, encoding="utf-8")
    again = run("check", root, "--new-only", base)

    assert first.status == 1
    assert any(one["severity"] in ("reject", "require") for one in first.json["findings"])
    assert again.status == 0
    assert "Nothing found" in again.out
    assert "0 reject, 0 require, 0 recommend, 0 note" in again.out


def test_check_ends_with_0_where_nothing_is_broken(run: Run, tmp_path: Path) -> None:
    (tmp_path / "app" / "db").mkdir(parents=True)
    (tmp_path / "app" / "package.json").write_text(
        '{"dependencies": {"drizzle-orm": "0.45.0"}}', encoding="utf-8"
    )
    (tmp_path / "app" / "db" / "schema.ts").write_text(
        'import { pgTable, uuid } from "drizzle-orm/pg-core";\n'
        'export const notes = pgTable("notes", { id: uuid("id").primaryKey().defaultRandom() });\n',
        encoding="utf-8",
    )

    assert run("check", tmp_path / "app").status == 0


def test_check_reports_to_github_in_its_own_forms(run: Run, root: Path) -> None:
    sarif = run("check", root, "--format", "sarif").json
    annotations = run("check", root, "--format", "github").out.splitlines()

    assert sarif["version"] == "2.1.0"
    assert sarif["runs"][0]["results"]
    assert all(one.startswith(("::error", "::warning", "::notice")) for one in annotations if one)


# --- the reading commands ------------------------------------------------------------------


def test_schema_reads_only_what_it_is_told_to(run: Run, root: Path) -> None:
    whole = run("schema", root, "--json").json
    one = run("schema", root, "--schema", whole["files"][0], "--json").json

    assert len(whole["files"]) > len(one["files"]) >= 1


def test_schema_map_and_docs_are_for_people_too(run: Run, root: Path) -> None:
    schema, mapping, docs = run("schema", root), run("map", root), run("docs", root)

    assert schema.out.startswith("6 tables, 53 columns (postgresql)")
    assert "# users (lib/" in schema.out
    assert "jobs `brand_kit_jobs`: create" in mapping.out
    assert "ai_docs/prep/master_idea.md" in docs.out


def test_code_prints_the_drafts_or_writes_them_into_the_folder_that_was_named(
    run: Run, root: Path, tmp_path: Path
) -> None:
    shown, out = run("code", root), tmp_path / "drafts"
    written = run("code", root, "--out", out)

    assert "pgTable(" in shown.out
    assert "CREATE TABLE" in shown.out
    assert written.status == 0
    assert sorted(one.suffix for one in out.rglob("*") if one.is_file())
    assert {one.suffix for one in out.rglob("*") if one.is_file()} >= {".ts", ".sql"}
    assert not list((root / "lib").rglob("brand_kit*"))


def test_diagram_prints_mermaid_and_writes_the_page(run: Run, root: Path, tmp_path: Path) -> None:
    shown = run("diagram", root)
    page, fenced = tmp_path / "plan.html", tmp_path / "plan.md"

    assert shown.out.startswith("erDiagram")
    assert run("diagram", root, "--out", page).status == 0
    assert run("diagram", root, "--out", fenced).status == 0
    assert "brand_kit_jobs" in page.read_text(encoding="utf-8")
    assert fenced.read_text(encoding="utf-8").startswith("```mermaid\nerDiagram")


def test_doctor_looks_at_what_a_host_needs(run: Run, root: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    well, ill = run("doctor", root), run("doctor", tmp_path / "empty")

    assert well.status == 0, well.out
    assert "8 tools in" in well.out
    assert "planning documents in ai_docs/prep" in well.out
    assert ill.status == 1
    assert "❌" in ill.out


# --- errors --------------------------------------------------------------------------------


@pytest.mark.parametrize("command", ["plan", "check", "schema", "map", "docs", "code", "diagram", "undo"])
def test_a_folder_that_is_not_there_ends_with_2_and_one_line(command: str, run: Run, tmp_path: Path) -> None:
    ran = run(command, tmp_path / "gone")

    assert ran.status == 2
    assert ran.out == ""
    assert ran.err.startswith("shipkit-mcp: ")
    assert "Traceback" not in ran.err


@pytest.mark.parametrize("arguments", [["nope"], ["plan", "--nope"], ["install"], ["install", "emacs"]])
def test_a_wrong_command_line_ends_with_2(arguments: list[str], run: Run) -> None:
    ran = run(*arguments)

    assert ran.status == 2
    assert ran.err.startswith("shipkit-mcp: ")


def test_a_reader_that_goes_away_is_no_error(root: Path) -> None:
    start = [sys.executable, "-m", "shipkit_mcp", "schema", str(root), "--json"]
    with subprocess.Popen(start, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        said = process.stderr.read()
        process.wait(timeout=60)

    assert process.returncode == 0
    assert said == b""


# --- install -------------------------------------------------------------------------------


def of_a_user(
    home: Path, cwd: Path, *arguments: str, path: str | None = None
) -> subprocess.CompletedProcess[str]:
    environ = {**os.environ, "HOME": str(home), "USERPROFILE": str(home)}
    environ["PATH"] = environ["PATH"] if path is None else path
    return subprocess.run(
        [sys.executable, "-m", "shipkit_mcp", *arguments],
        cwd=cwd, env=environ, capture_output=True, text=True, encoding="utf-8", timeout=60,
    )  # fmt: skip


def test_install_and_uninstall_in_a_users_home_leave_the_settings_as_they_were(
    root: Path, tmp_path: Path
) -> None:
    home = tmp_path / "someone"
    settings = home / ".codeium" / "windsurf" / "mcp_config.json"
    settings.parent.mkdir(parents=True)
    settings.write_text('{\n  "mcpServers": {\n    "other": {"command": "x"}\n  }\n}\n', encoding="utf-8")
    before = json.loads(settings.read_text(encoding="utf-8"))

    done = of_a_user(home, root, "install", "windsurf")
    installed = json.loads(settings.read_text(encoding="utf-8"))
    gone = of_a_user(home, root, "uninstall", "windsurf")

    assert done.returncode == gone.returncode == 0, done.stderr + gone.stderr
    assert installed["mcpServers"]["shipkit"]["args"] == ["shipkit-mcp", "--project", str(root)]
    assert installed["mcpServers"]["other"] == {"command": "x"}
    assert json.loads(settings.read_text(encoding="utf-8")) == before
    assert list(settings.parent.glob("*.bak"))


def test_install_print_writes_nothing(root: Path, tmp_path: Path) -> None:
    home = tmp_path / "someone"
    home.mkdir()
    done = of_a_user(home, root, "install", "claude-desktop", "--print")

    assert done.returncode == 0
    assert "claude_desktop_config.json" in done.stdout
    assert not list(home.rglob("*.json"))


def test_doctor_runs_as_a_process_with_an_empty_home(root: Path, tmp_path: Path) -> None:
    done = of_a_user(tmp_path, root, "doctor")

    assert done.returncode == 0, done.stdout
    assert "assess_schema:" in done.stdout


def test_a_host_that_does_not_see_the_shells_path_is_given_the_whole_command(
    root: Path, tmp_path: Path
) -> None:
    programs = tmp_path / "programs"
    programs.mkdir()
    uvx = programs / "uvx"
    uvx.write_text("#!/bin/sh\n", encoding="utf-8")
    uvx.chmod(0o755)
    found = of_a_user(tmp_path, root, "install", "claude-desktop", "--print", path=str(programs))
    missing = of_a_user(tmp_path, root, "install", "claude-desktop", path="")

    assert f'"command": "{uvx}"' in found.stdout
    assert missing.returncode == 0
    assert "`uvx` is not on this PATH" in missing.stdout


def test_install_refuses_a_project_that_is_not_there(root: Path, tmp_path: Path) -> None:
    done = of_a_user(tmp_path, root, "install", "windsurf", "--project", "gone")

    assert done.returncode == 2
    assert "is not a folder" in done.stderr
    assert not (tmp_path / ".codeium").exists()


def test_doctor_says_which_hosts_hold_the_server(root: Path, tmp_path: Path) -> None:
    before = of_a_user(tmp_path, root, "doctor")
    of_a_user(tmp_path, root, "install", "vscode")
    after = of_a_user(tmp_path, root, "doctor")

    assert "hold the server: none" in before.stdout
    assert "hold the server: VS Code" in after.stdout


# --- where it is called --------------------------------------------------------------------


@pytest.mark.skipif(sys.platform == "win32", reason="Windows does not remove a folder that is in use")
@pytest.mark.parametrize("command", ["plan", "schema", "code", "install", "doctor"])
def test_a_folder_that_was_removed_is_one_sentence_and_status_2(
    command: str, root: Path, tmp_path: Path
) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    given = ["zed"] if command == "install" else [str(root)]
    code = f"import os; os.rmdir(os.getcwd()); from shipkit_mcp.cli import main; main({[command, *given]!r})"
    ran = subprocess.run(
        [sys.executable, "-c", code], cwd=gone, capture_output=True, text=True, encoding="utf-8"
    )

    assert ran.returncode == 2
    assert ran.stderr == "shipkit-mcp: The folder you are in was removed. Go to another one and call again.\n"
