"""Names made to break out of what we render stay inside it: Markdown, TypeScript and SQL."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hostile.stdio import write_project

from shipkit_mcp.analysis import Analysis, analyse
from shipkit_mcp.analysis.memory import Memory
from shipkit_mcp.analysis.request import Request
from shipkit_mcp.analysis.writing import draft_document
from shipkit_mcp.code import draft_code
from shipkit_mcp.facts import Source
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
    "end of an html comment": "--> <!--",
    "statement": "users; DROP TABLE users; --",
    "newline": "a\nb",
    "backslash": "a\\' b",
    "heading": "# Heading",
    "mention": "@everyone <b>",
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
    assert text.count("<!--") == text.count("-->")
    assert "<script" not in re.sub(r"`[^`\n]*`", "", text.rpartition("<!--")[0])
    assert "\u202e" not in text
    assert draft_document(analysis, clean=clean).merged.text == text


@pytest.mark.parametrize("name", NAMES)
def test_the_drafted_code_parses_and_imports_only_what_it_may(tmp_path: Path, name: str) -> None:
    analysis = project(tmp_path, NAMES[name])

    for file in draft_code(analysis.survey, analysis.plan).files:
        parsed = parse(Source("made.ts", file.text))
        assert isinstance(parsed, Parsed)
        assert not parsed.root.has_error, file.text[:2_000]
        imports = re.findall(r'^import .* from "([^"]+)";', file.text, re.MULTILINE)
        assert all(one.startswith(("drizzle-orm", ".", "@/", "~/")) for one in imports)
        assert "process.env" not in re.sub(r'"(?:[^"\\]|\\.)*"|//[^\n]*', "", file.text)
