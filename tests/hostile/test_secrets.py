"""No secret, of whatever kind and wherever it stands, leaves by either server or any command, or is ever opened."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from hostile.everywhere import project_saying
from hostile.faces import Said, document_of, on_the_command_line, over_http, over_stdio
from hostile.secrets_of import KEY_ON_LINES, MARK, SECRETS, TAIL, found_in
from hostile.stdio import SERVE, bare_environ, serving, write_project

from shipkit_mcp.readers.secret_text import REDACTED

HIDDEN = {
    **dict.fromkeys(
        (".env", ".env.local", ".env.production", "ai_docs/prep/.env", "db/.env", "packages/app/.env.test"),
        f"DATABASE_URL=postgres://app:{TAIL}@db/x\nPLAIN={MARK}\n",
    ),
    ".git/config": f"[remote]\n url = https://me:{TAIL}@example.org\n",
    "node_modules/x/index.js": f"// {MARK}\n",
    "server.key": MARK,
    "drizzle.config.ts": 'import "dotenv/config";\nexport default {\n  dialect: "postgresql",\n'
    '  schema: "./db/schema.ts",\n'
    f'  dbCredentials: {{ url: "postgres://app:{TAIL}@db:5432/x", password: "{MARK}", host: "{MARK}", token: "{MARK}" }},\n'
    f'  migrations: {{ table: "{MARK}" }},\n}};\n',
}
HOME = dict.fromkeys(
    (
        *(".pgpass", ".npmrc", ".netrc", ".env", ".aws/credentials", ".ssh/id_rsa", ".gitconfig"),
        *(".config/gh/hosts.yml", ".bash_history", ".docker/config.json"),
    ),
    MARK,
)
ENVIRON = dict.fromkeys(
    (
        *(
            "DATABASE_URL",
            "STRIPE_SECRET_KEY",
            "OPENAI_API_KEY",
            "ANTHROPIC_API_KEY",
            "AWS_SECRET_ACCESS_KEY",
        ),
        *("TRIGGER_SECRET_KEY", "GITHUB_TOKEN", "SLACK_BOT_TOKEN", "NPM_TOKEN", "SOME_SECRET", "PGPASSWORD"),
    ),
    MARK,
)
WATCHED = """
import os, sys
seen = os.open({log!r}, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
def watch(event, args):
    if event == "open":
        os.write(seen, repr(args[0]).encode("ascii", "replace") + b"\\n")
sys.addaudithook(watch)
"""
"""In the process of the server itself, before it imports anything of ours."""
BROKEN = f"""
import shipkit_mcp.project
def broken(*given, **named):
    raise RuntimeError("{MARK} stood in the project\\nand here")
shipkit_mcp.project.open_project = broken
"""
"""What opens the project raises an error that quotes it."""
COMPLETION = {
    "ref": {"type": "ref/resource", "uri": "shipkit://prep/{doc}"},
    "argument": {"name": "doc", "value": ""},
}
ALL = list(SECRETS.values())
ADDRESS = re.compile(r'"uri": ?"shipkit://[^"]*"')
Face = Callable[[Path, Sequence[str], str, dict[str, str]], Said]
FACES: dict[str, Face] = {"stdio": over_stdio, "http": over_http}


def project_of_secrets(root: Path, texts: Sequence[str]) -> Path:
    project_saying(root, texts)
    idea = root / "ai_docs/prep/master_idea.md"
    text = idea.read_text(encoding="utf-8")
    for where in ("## End Goal\n\n", "## User Types\n\n", "## Specific Problem\n\n- a\n"):
        text = text.replace(where.split("\n")[0] + "\n\n", f"{where}{KEY_ON_LINES}\n\n")
    idea.write_text(f"{text}\n```\n{KEY_ON_LINES}\n```\n", encoding="utf-8")
    return write_project(root, {**HIDDEN})


def ask(face: str, folder: Path, texts: Sequence[str]) -> tuple[Said, Path, list[str]]:
    """What that face says of the project, its folder, and what its process opened."""
    root = project_of_secrets(folder / "project", texts)
    home = write_project(folder / "home", dict(HOME))
    log = folder / "opened"
    environ = {**ENVIRON, "HOME": str(home)}
    code = WATCHED.format(log=str(log)) + SERVE
    if face == "command line":
        said = on_the_command_line(root, folder / "out", code, environ)
    else:
        said = FACES[face](root, texts, code, environ)
    return said, root, log.read_text(encoding="ascii").splitlines()


def leaks(said: Said, root: Path) -> dict[str, list[str]]:
    """Where a secret came out; the address that a caller asked for is told back by the protocol, in its own words."""
    texts = {**said.everything(), "document": document_of(root)}
    told = {name: found_in(ADDRESS.sub("", text)) for name, text in texts.items()}
    return {name: found for name, found in told.items() if found}


@pytest.mark.parametrize(
    ("face", "secrets"),
    [
        *(("stdio", ALL), ("http", ALL), ("command line", ALL[::4])),
        *(pytest.param("command line", ALL[start::4], marks=pytest.mark.full) for start in (1, 2, 3)),
    ],
    ids=lambda one: one if isinstance(one, str) else str(len(one)),
)
def test_no_secret_leaves_by_any_way_and_no_file_of_secrets_is_opened(
    tmp_path: Path, face: str, secrets: Sequence[str]
) -> None:
    said, root, opened = ask(face, tmp_path, secrets)

    everything = "".join(said.everything().values())
    assert "count_0_jobs" in everything
    assert REDACTED in everything
    assert "count_0_jobs" in document_of(root)
    assert leaks(said, root) == {}
    secret = (".env", ".git/", "node_modules", "server.key", *HOME)
    assert [one for one in opened if any(word in one for word in secret)] == []
    assert any("master_idea.md" in one for one in opened)
    assert any("drizzle.config.ts" in one for one in opened)


@pytest.mark.full
@pytest.mark.parametrize("secret", SECRETS)
@pytest.mark.parametrize("face", ["stdio", "http"])
def test_one_secret_alone_leaves_by_no_way(tmp_path: Path, secret: str, face: str) -> None:
    said, root, _ = ask(face, tmp_path, [SECRETS[secret]])

    assert leaks(said, root) == {}


@pytest.mark.parametrize(
    ("method", "params"),
    [
        ("resources/read", {"uri": "shipkit://schema"}),
        ("resources/read", {"uri": "shipkit://prep/master_idea.md"}),
        ("completion/complete", COMPLETION),
        ("tools/call", {"name": "assess_schema", "arguments": {}}),
    ],
)
def test_what_fails_unexpectedly_is_one_line_of_the_log_without_its_words(
    tmp_path: Path, method: str, params: dict[str, object]
) -> None:
    with serving(tmp_path, code=BROKEN + SERVE) as server:
        answer = server.ask(method, params)
        server.end()
        logged = b"".join(server.errors).decode()

    assert MARK not in logged + str(answer)
    assert "Traceback" not in logged
    assert len(logged.splitlines()) == 1
    assert ": RuntimeError in " in logged


def test_over_http_what_fails_unexpectedly_is_told_without_its_words_too(tmp_path: Path) -> None:
    said = over_http(tmp_path, ["nonsense"], BROKEN + SERVE, {})
    logged = said.texts["stderr"]

    assert MARK not in logged + said.texts["bodies"]
    assert "Traceback" not in logged
    assert ": RuntimeError in " in logged
    assert all(": RuntimeError in " in line or "shipkit-mcp serves" in line for line in _after_start(logged))


def _after_start(logged: str) -> list[str]:
    """The lines behind the two that tell the address and the token."""
    return [line for line in logged.splitlines() if line and not line.startswith("Authorization: ")]


def test_a_command_that_fails_unexpectedly_says_so_in_one_line_and_exits_2(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", BROKEN + SERVE, "plan", str(tmp_path)],
        capture_output=True,
        text=True,
        env=bare_environ(),
        timeout=60,
        check=False,
    )

    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.startswith("shipkit-mcp: Something went wrong inside shipkit-mcp (RuntimeError in ")
    assert len(done.stderr.splitlines()) == 1
    assert MARK not in done.stderr
