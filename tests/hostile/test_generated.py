"""Names made to break out of what we render stay inside it: Markdown, TypeScript and SQL."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from drafted.toolbox import Database, build, read_back
from drafted.toolbox import serving as running_in
from hostile.everywhere import project_saying
from hostile.faces import DOCUMENT
from hostile.malice import BREAKING
from hostile.stdio import bare_environ, write_project

from shipkit_mcp.analysis import Analysis, analyse
from shipkit_mcp.analysis.memory import Memory
from shipkit_mcp.analysis.request import Request
from shipkit_mcp.analysis.writing import draft_document
from shipkit_mcp.code import draft_code
from shipkit_mcp.facts import Schema, Source
from shipkit_mcp.project import open_project
from shipkit_mcp.readers.typescript import Parsed, parse
from shipkit_mcp.server.outgoing import clean

NAMES = {
    "backtick and statement": "x`);drop",
    "end of a comment": "*/ alert(1) /*",
    "interpolation": "${process.env.SECRET}",
    "pipe": "a|b|c",
    "script": "</script><script>alert(1)</script>",
    "ten kilobytes": "x" * 10_000,
    "right to left": "\u202eevil\u202c אבג",
    "quotes": "a'b\"c",
    "fence": "``` \n```",
    "both ends of an html comment": "--> <!--",
    "statement": "users; DROP TABLE users; --",
    "newline": "a\nb",
    "backslash": "a\\' b",
    "heading": "# Heading",
    "mention": "@everyone <b>",
    "dollar in a function": "$function$; drop table users",
    "double quote": 'a"; drop table users; --',
    "two single quotes": "it''s",
    "escape string": "E'\\\\",
    "comment in sql": "/* a",
    "template literal": "`${1}`",
    **BREAKING,
}


def project(root: Path, name: str) -> Analysis:
    quoted = name.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return analyse(
        open_project(
            None,
            launch=str(
                write_project(
                    root,
                    {
                        "package.json": '{"dependencies": {"@trigger.dev/sdk": "4"}}',
                        "drizzle.config.ts": 'export default { schema: "./db/schema.ts", dialect: "postgresql" };',
                        "db/schema.ts": 'import { pgTable, text, uuid } from "drizzle-orm/pg-core";\n'
                        'export const users = pgTable("users", { id: uuid("id").primaryKey() });\n'
                        f'export const odd = pgTable("{quoted}", {{ id: uuid("id").primaryKey(), '
                        f'odd: text("{quoted}") }});\n',
                        "ai_docs/prep/trigger_workflow_reports.md": f"# Reports {name} Workflow\n\n"
                        f"## Workflow Overview\n\nIt writes {name} and saves it.\n\n## Database Tables\n\n"
                        f"**report_jobs** - {name}\n```typescript\n{{\n  id: uuid (PK)\n"
                        f"  user_id: uuid (FK → users.id)\n  {name}: text\n"
                        f'  kind: "{name}" | "other"\n}}\n```\n\n**{name}** - odd\n'
                        "```typescript\n{\n  id: uuid (PK)\n  title: text\n}\n```\n",
                    },
                )
            ),
            environ={},
            cwd="/",
        ),
        Request(),
        Memory(),
    )


SPANS = re.compile(r"(?ms)^(`{3,})[^`\n]*$.*?^\1`*$|(?<!`)(`+)(?!`)[^\n]*?(?<!`)\2(?!`)")
"""Fences and spans of code: nothing in them is markup."""
LEXED = re.compile(
    r"(?P<line>--[^\n]*)|(?P<block>/\*.*?\*/)|(?P<text>[eE]'(?:\\.|''|[^'\\])*'|'(?:''|[^'])*')"
    r"|(?P<name>\"(?:\"\"|[^\"])*\")|(?P<dollar>\$(\w*)\$.*?\$\6\$)|(?P<end>;)|(?P<open>['\"]|/\*|\$\w*\$)",
    re.DOTALL,
)
"""PostgreSQL's own comments and quotes, whole; what opens one and does not close it; and ends of statements."""


@pytest.fixture(scope="module")
def postgres() -> Iterator[Database]:
    """PostgreSQL; its folder has a short path because a socket's name has a limit."""
    folder = Path(tempfile.mkdtemp(prefix="shipkit-pg-"))
    try:
        with running_in(folder) as running:
            yield running.database()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def quoted_name(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def as_it_stands(schema: Schema) -> Iterator[str]:
    """The project's tables as a database has them, in statements of this test alone."""
    for table in schema.tables:
        columns = ", ".join(
            f"{quoted_name(one.name)} {one.type}{' primary key' if one.primary_key else ''}"
            for one in table.columns
        )
        yield f"create table {quoted_name(table.name)} ({columns});"


def counted(sql: str) -> Counter[str]:
    """How many of each kind of token PostgreSQL sees."""
    return Counter(found.lastgroup or "" for found in LEXED.finditer(sql))


@pytest.mark.parametrize("name", NAMES)
def test_the_drafted_sql_runs_forth_and_back_and_does_nothing_else(
    tmp_path: Path, postgres: Database, name: str
) -> None:
    analysis = project(tmp_path, NAMES[name])
    draft = draft_code(analysis.survey, analysis.plan)
    postgres.empty()
    postgres.run(*as_it_stands(analysis.survey.schema), "create table victim (id int);")
    before = postgres.catalogue()

    postgres.run(*(phase.up for phase in draft.phases))
    after = postgres.catalogue()
    postgres.run(*(phase.down for phase in reversed(draft.phases)))

    assert draft.phases
    assert "column public.victim.id integer" in [one.strip() for one in after]
    assert set(before) <= set(after)
    assert any(one.startswith("column public.report_jobs.") for one in after)
    assert postgres.catalogue() == before


@pytest.mark.parametrize("name", NAMES)
def test_every_quote_of_the_drafted_sql_closes(tmp_path: Path, name: str) -> None:
    analysis = project(tmp_path, NAMES[name])
    draft = draft_code(analysis.survey, analysis.plan)

    assert draft.phases
    for phase in draft.phases:
        for sql in (phase.up, phase.down):
            assert counted(sql)["open"] == 0
            bare = LEXED.sub(lambda found: found[0] if found.lastgroup == "end" else " ", sql)
            assert "drop table users" not in bare.lower()
            assert "\u202e" not in sql


def test_a_second_run_gives_the_same_bytes_whatever_the_seed_of_hashes(tmp_path: Path) -> None:
    root = project_saying(tmp_path / "project", list(BREAKING.values()))
    runs = [_made_by_commands(root, seed) for seed in ("1", "2")]

    assert runs[0] == runs[1]
    assert all(runs[0].values())
    assert "count_0_jobs" in runs[0]["document"]


def _made_by_commands(root: Path, seed: str) -> dict[str, str]:
    for one in root.glob(f"{DOCUMENT}*"):
        one.unlink()
    made = {
        " ".join(command): subprocess.run(
            [sys.executable, "-m", "shipkit_mcp", *command, str(root)],
            capture_output=True,
            text=True,
            encoding="utf-8",
            env=bare_environ({"PYTHONHASHSEED": seed}),
            timeout=120,
            check=False,
        ).stdout
        for command in (
            *(["plan", "--json"], ["code", "--json"], ["diagram"], ["check", "--format", "sarif"]),
            ["plan", "--write"],
        )
    }
    return {**made, "document": (root / DOCUMENT).read_text(encoding="utf-8")}


@pytest.mark.parametrize("name", NAMES)
def test_the_document_keeps_its_form(tmp_path: Path, name: str) -> None:
    analysis = project(tmp_path, NAMES[name])

    text = draft_document(analysis, clean=clean).merged.text

    assert len(re.findall(r"^## ", text, re.MULTILINE)) == len(
        re.findall(
            r"^## ",
            draft_document(project(tmp_path / "plain", "plain"), clean=clean).merged.text,
            re.MULTILINE,
        )
    )
    assert len(re.findall(r"^```", text, re.MULTILINE)) % 2 == 0
    shown = SPANS.sub("", text)
    assert shown.count("<!--") == shown.count("-->") == 1
    assert "<script" not in re.sub(r"`[^`\n]*`", "", text.rpartition("<!--")[0])
    assert "\u202e" not in text
    assert draft_document(analysis, clean=clean).merged.text == text


@pytest.mark.parametrize("name", NAMES)
def test_the_drafted_code_parses_and_imports_only_what_it_may(tmp_path: Path, name: str) -> None:
    analysis = project(tmp_path, NAMES[name])
    draft = draft_code(analysis.survey, analysis.plan)
    changed = build(tmp_path / "changed", analysis.survey, draft)

    assert draft.files or draft.diffs
    for path in sorted(changed.rglob("*.ts")):
        text = path.read_text(encoding="utf-8")
        parsed = parse(Source(path.name, text))
        assert isinstance(parsed, Parsed)
        assert not parsed.root.has_error, text[:2_000]
        assert parsed.broken == ()
        imports = re.findall(r'^import .* from "([^"]+)";', text, re.MULTILINE)
        assert all(one.startswith(("drizzle-orm", ".", "@/", "~/")) for one in imports)
        assert "process.env" not in re.sub(r'"(?:[^"\\]|\\.)*"|//[^\n]*', "", text)
    read = read_back(changed, analysis.survey)
    assert "report_jobs" in [one.name for one in read.tables]
