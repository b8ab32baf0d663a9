"""Files that are known to stop parsers are answered with a finding, while the server goes on serving."""

from __future__ import annotations

from pathlib import Path
from statistics import median

import pytest
from hostile.stdio import said_in, serving, write_project

pytestmark = pytest.mark.skipif(
    not Path("/proc/self/stat").exists(), reason="reads times and memory in /proc"
)
FOREVER = "import{,t,/**/*/*e('1',{:])@@@@*/"
"""33 bytes that tree-sitter-typescript never finishes (mentioned in the project's security notes)."""
TABLE = (
    'import { pgTable, uuid } from "drizzle-orm/pg-core";\n'
    'export const a = pgTable("a", { id: uuid("id").primaryKey() });\n'
)
CONFIG = 'export default { schema: "./db/*.ts", dialect: "postgresql" };'

SLOW = {
    "forever": FOREVER,
    "half a template": "const a = `" + "${" * 250_000,
    "fragments": "<>" * 250_000,
    "arrows": "(" * 20_000 + "a" + ")=>1" * 20_000,
    "openers": "([{" * 160_000,
    "brackets": "x = " + "[" * 100_000 + "]" * 100_000,
    "types of sql": "const a = " + "sql<" * 120_000,
    "types of columns": "const a = x" + ".$type<" * 70_000,
}
PADDED = "\n".join(
    f"{'|'.join('abcdefghij' * 4)}\n{'|'.join(['-'] * 40)}\n" + "|\n" * 400 + "\n" for _ in range(60)
)[:49_000]
DOCUMENTS = {
    "padded tables": "# Master Idea\n\n" + PADDED,
    "wide table": "# Master Idea\n\n" + "|a" * 5_000 + "|\n" + "|-" * 5_000 + "|\n" + "|\n" * 8_000,
    "stair": "# Master Idea\n\n" + "".join(">" * n + " a\n" for n in range(1, 600)),
    "list of lists": "# Master Idea\n\n" + "- " * 60_000,
    "many items": "# Master Idea\n\n" + "- a\n" * 60_000,
    "one line": "# Master Idea\n\n" + "`*_[![<" * 30_000,
    "declarations": "# Master Idea\n\n" + "<![CDATA[" * 25_000,
    "entities": "# Master Idea\n\n" + "&amp;" * 48_000,
    "open fence": "# Master Idea\n\n```ts\n" + "type A = { a: string }\n" * 10_000,
    "open comment": "# Master Idea\n\n" + "<!-- a\n" * 30_000,
    "open braces": "# Master Idea\n\n```ts\n" + "{a:" * 60_000 + "\n```\n",
    "statements": "# Master Idea\n\n```sql\n" + "CREATE TABLE a (" * 12_000 + "\n```\n",
}

LOST = {
    **dict.fromkeys(
        ("wide table", "list of lists", "one line", "declarations", "entities", "open comment"), 3
    ),
    **dict.fromkeys(("open braces", "statements"), 4),
}
"""The line from which something of a document is not read; the others are read whole."""
OF_A_WORKFLOW = "# Count Workflow\n\n## Workflow Overview\n\nIt saves.\n\n## Database Tables\n\n"
EMPTY = "```typescript\n{{\n  id: uuid (PK)\n}}\n```\n\n"
WORKFLOWS = {
    **{name: OF_A_WORKFLOW + text for name, text in DOCUMENTS.items() if "fence" in name or "braces" in name},
    "columns": OF_A_WORKFLOW
    + "**a_jobs**\n```ts\ninterface A {\n"
    + "".join(f"  a{n}: string;\n" for n in range(14_000))
    + "}\n```\n",
    "tables": OF_A_WORKFLOW + "".join(f"**t{n}_jobs** - x\n{EMPTY.format()}" for n in range(3_600)),
    "tables of bullets": OF_A_WORKFLOW + "".join(f"- `c{n}`: text\n" for n in range(15_000)),
    "verbs": OF_A_WORKFLOW
    + "".join(f"**tab_{n}_jobs** - x\n{EMPTY.format()}" for n in range(400))
    + "```ts\ndb.insert(x)\n"
    + ("saves inserts creates writes stores " * 50 + "\n") * 100
    + "```\n",
}


@pytest.mark.parametrize("shape", SLOW)
def test_a_source_file_that_stops_parsers_is_named_within_three_seconds(tmp_path: Path, shape: str) -> None:
    root = write_project(tmp_path, {"drizzle.config.ts": CONFIG, "db/a.ts": TABLE, "db/slow.ts": SLOW[shape]})
    with serving(root) as server:
        before = server.memory()
        number = server.start("tools/call", {"name": "parse_drizzle_schema", "arguments": {}})
        started = server.busy()
        usual = median(server.ping() for _ in range(5))
        result = server.wait(number, 60)["result"]
        took = server.busy() - started
        grown = server.memory() - before

    said = said_in(result)
    assert '"name": "a"' in said
    assert "db/slow.ts" in said
    assert took < 3
    assert usual < 0.25
    assert grown < 300


@pytest.mark.parametrize("shape", DOCUMENTS)
def test_a_document_that_stops_parsers_is_answered_within_three_seconds(tmp_path: Path, shape: str) -> None:
    root = write_project(tmp_path, {"ai_docs/prep/master_idea.md": DOCUMENTS[shape], "package.json": "{}"})
    with serving(root) as server:
        before = server.memory()
        started = server.busy()
        number = server.start("tools/call", {"name": "read_prep_docs", "arguments": {}})
        usual = median(server.ping() for _ in range(5))
        result = server.wait(number, 60)["result"]
        took = server.busy() - started
        grown = server.memory() - before

    (said,) = result["structuredContent"]["documents"]
    lines = {int(one.partition(" ")[0].rpartition(":")[2]) for one in said.get("unread", [])}
    assert min(lines, default=None) == LOST.get(shape)
    assert took < 3
    assert usual < 0.25
    assert grown < 300


@pytest.mark.parametrize("shape", WORKFLOWS)
def test_a_workflow_that_says_too_much_is_assessed_within_three_seconds(tmp_path: Path, shape: str) -> None:
    root = write_project(
        tmp_path, {"ai_docs/prep/trigger_workflow_count.md": WORKFLOWS[shape], "package.json": "{}"}
    )
    with serving(root) as server:
        started, before = server.busy(), server.memory()
        number = server.start("tools/call", {"name": "assess_schema", "arguments": {}})
        usual = median(server.ping() for _ in range(5))
        result = server.wait(number, 60)["result"]
        took = server.busy() - started
        grown = server.memory() - before

    assert not result["isError"]
    assert took < 3
    assert usual < 0.25
    assert grown < 300


def test_thousands_of_tables_in_many_workflows_are_assessed_within_twenty_seconds(tmp_path: Path) -> None:
    table = "**flow_{n}_jobs** - x\n" + EMPTY
    root = write_project(
        tmp_path,
        {
            f"ai_docs/prep/trigger_workflow_{w}.md": OF_A_WORKFLOW
            + "".join(f"### Part {n}\n\n{table.format(n=n)}" for n in range(w * 180, w * 180 + 180))
            for w in range(30)
        },
    )
    with serving(root) as server:
        started = server.busy()
        assert not server.call("assess_schema", 90)["isError"]
        took = server.busy() - started

    assert took < 20


def test_a_hundred_files_that_never_end_still_end_within_twenty_seconds(tmp_path: Path) -> None:
    slow = {f"db/slow{n}.ts": f"{FOREVER}{n}" for n in range(100)}
    root = write_project(tmp_path, {"drizzle.config.ts": CONFIG, "db/a.ts": TABLE, **slow})
    with serving(root) as server:
        started = server.busy()
        number = server.start("tools/call", {"name": "parse_drizzle_schema", "arguments": {}})
        usual = median(server.ping() for _ in range(20))
        result = server.wait(number, 90)["result"]
        took = server.busy() - started

    assert '"name": "a"' in said_in(result)
    assert took < 20
    assert usual < 0.25
