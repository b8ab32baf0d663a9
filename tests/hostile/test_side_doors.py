"""Python itself is asked what our code opens, starts and connects to: nothing but the project's own files."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hostile.stdio import write_project

CANARY = "CANARY-51HabcdEFGH"
SECRETS = {
    ".env": f"DATABASE_URL=postgres://app:{CANARY}@db/x\n",
    ".env.local": f"STRIPE_SECRET_KEY=sk_live_{CANARY.replace('-', '')}\n",
    ".env.production": f"KEY={CANARY}\n",
    "ai_docs/prep/.env": f"KEY={CANARY}\n",
    ".git/config": f"url = https://me:{CANARY}@example.org\n",
    "node_modules/x/index.js": f"// {CANARY}\n",
    "drizzle.config.ts": 'import "dotenv/config";\nexport default {\n  dialect: "postgresql",\n'
    '  schema: "./lib/drizzle/schema/index.ts",\n'
    f'  dbCredentials: {{ url: "postgres://app:{CANARY}@db:5432/x", password: "{CANARY}" }},\n}};\n',
}
TELLTALE = """
import json, os, sys
from pathlib import Path

seen = []
started = False

def watch(event, args):
    if not started:
        return
    if event in ("open", "os.listdir", "os.scandir"):
        seen.append([event, str(args[0])])
    elif event.split(".")[0] in ("socket", "subprocess", "ctypes", "urllib", "ftplib", "smtplib") or event in (
        "os.system", "os.exec", "os.posix_spawn", "os.spawn", "os.fork", "os.forkpty", "pty.spawn"
    ):
        seen.append([event, str(args[:1])])
    elif event == "compile" and args[0] is not None:
        text = args[0] if isinstance(args[0], str) else bytes(args[0]).decode("utf-8", "replace")
        seen.append(["compile", text[:4000]])

sys.addaudithook(watch)
root = sys.argv[1]
from shipkit_mcp.analysis import analyse
from shipkit_mcp.analysis.memory import Memory
from shipkit_mcp.analysis.request import Request
from shipkit_mcp.analysis.writing import draft_document, write_document
from shipkit_mcp.project import open_project
from shipkit_mcp.server import answers, views
from shipkit_mcp.server.outgoing import clean, clean_all
import rapidfuzz.process
from shipkit_mcp.code import draft_code

started = True
project = open_project(None, launch=root, environ={}, cwd="/")
analysis = analyse(project, Request(), Memory())
said = json.dumps(clean_all(views.whole_plan(analysis)), ensure_ascii=False)
said += json.dumps(clean_all(analysis.survey.schema.model_dump(mode="json")), ensure_ascii=False)
draft = draft_code(analysis.survey, analysis.plan)
said += json.dumps(clean_all(draft.model_dump(mode="json")), ensure_ascii=False)
drafted = draft_document(analysis, clean=clean)
write_document(analysis, drafted, Request(), expected_sha256=None)
said += drafted.merged.text
started = False
sys.stdout.write(json.dumps({"seen": seen, "said": said}))
"""


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, object]:
    """What a whole analysis and a write did, as Python's audit hook saw it."""
    import shutil

    from conftest import EXAMPLES

    root = tmp_path_factory.mktemp("doors") / "site-studio"
    shutil.copytree(EXAMPLES / "site-studio", root)
    write_project(root, SECRETS)
    document = root / "ai_docs/prep/master_idea.md"
    document.write_text(
        document.read_text(encoding="utf-8") + f"\n\nThe key is sk_live_{CANARY.replace('-', '')} at "
        f"postgres://app:{CANARY}@db:5432/x and whsec_{CANARY.replace('-', '')}.\n",
        encoding="utf-8",
    )
    environ = {**os.environ, "SOME_SECRET": CANARY}
    done = subprocess.run(
        [sys.executable, "-c", TELLTALE, str(root)],
        capture_output=True,
        check=False,
        env=environ,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr.decode()[-2_000:]
    return {**json.loads(done.stdout), "root": str(root), "stderr": done.stderr.decode()}


def _opened(told: dict[str, object]) -> list[str]:
    return [str(what) for event, what in told["seen"] if event == "open"]  # type: ignore[attr-defined]


def test_nothing_connects_and_nothing_is_started(told: dict[str, object]) -> None:
    doors = [one for one in told["seen"] if one[0] not in ("open", "os.listdir", "os.scandir", "compile")]  # type: ignore[attr-defined]

    assert doors == []


def test_no_secret_file_is_ever_opened(told: dict[str, object]) -> None:
    names = [Path(one).name for one in _opened(told)]

    assert not [one for one in names if one.startswith(".env") or one in (".git", "node_modules")]
    assert "master_idea.md" in names


def test_everything_opened_by_a_path_is_the_project_or_our_own_installation(told: dict[str, object]) -> None:
    ours = (str(told["root"]), sys.prefix, sys.base_prefix, str(Path(__file__).parents[2]), os.devnull)
    above = {str(one) for one in Path(str(told["root"])).parents}
    """Looked through for a workspace that lists the project; of it only two names are opened."""
    absolute = [one for one in _opened(told) if one.startswith("/")]

    assert not [one for one in absolute if not one.startswith(ours) and one not in above]


def test_no_text_of_the_project_is_compiled(told: dict[str, object]) -> None:
    compiled = [what for event, what in told["seen"] if event == "compile"]  # type: ignore[attr-defined]

    assert not [one for one in compiled if "pgTable" in one or "drizzle" in one or "Master Idea" in one]


def test_no_secret_is_in_any_reply_document_or_log(told: dict[str, object]) -> None:
    for said in (str(told["said"]), str(told["stderr"])):
        assert CANARY not in said
        assert CANARY.replace("-", "") not in said


def test_the_written_document_holds_no_secret(told: dict[str, object]) -> None:
    document = Path(str(told["root"])) / "ai_docs/prep/initial_data_schema.md"

    assert CANARY not in document.read_text(encoding="utf-8")


def test_secrets_in_documents_are_reported_with_their_line(example: Callable[[str], Path]) -> None:
    from shipkit_mcp.analysis import analyse
    from shipkit_mcp.analysis.memory import Memory
    from shipkit_mcp.analysis.request import Request
    from shipkit_mcp.project import open_project

    root = example("audio-notes")
    path = root / "ai_docs/prep/wireframe.md"
    lines = path.read_text(encoding="utf-8").split("\n")
    path.write_text("\n".join([*lines, "hid\u200bden", "sk_live_51HabcdEFGH"]), encoding="utf-8")

    analysis = analyse(open_project(None, launch=str(root), environ={}, cwd="/"), Request(), Memory())

    said = "\n".join(analysis.plan.warnings)
    assert f"first at line {len(lines) + 1}" in said
    assert f"Secret-like text at ai_docs/prep/wireframe.md:{len(lines) + 2}" in said
