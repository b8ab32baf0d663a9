"""A project at every limit at once: as many documents, schema files, constants and sources as one run reads, some of them slow."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path

from bench import made_project
from hostile.test_never_hangs import DOCUMENTS, SLOW

CONFIG = 'export default { schema: "./db/*.ts", dialect: "postgresql" };'
DENSE = """
## Part {n}

Some `code`, **words** and [a link](https://example.org/{n}) about `subjects_{n}` and the jobs of part {n}.

- first of {n}: `user_id`, required
  - below it: **bold** and _thin_
- second of {n} -> third

| Column | Type | Notes |
|--------|------|-------|
| id     | uuid | primary key |
| part_{n} | text | not null |

**part_{n}_rows** - What part {n} keeps
```typescript
{{
  id: uuid (PK)
  user_id: uuid (FK → users.id, cascade delete)
  state: "open" | "closed"
}}
```
"""
"""What one page of a dense planning document holds."""
CONSTANTS = "".join(f"const b{{n}}_{k + 1} = [...b{{n}}_{k}, ...b{{n}}_{k}];\n" for k in range(12))
CAPPED = (
    'import {{ pgEnum, pgTable, text, uuid }} from "drizzle-orm/pg-core";\n'
    "const all{n} = [{members}] as const;\n"
    'export const many{n} = pgEnum("many_{n}", all{n});\n'
    "const b{n}_0 = ['a', 'b'];\n" + CONSTANTS + 'export const big{n} = pgEnum("big_{n}", b{n}_12);\n'
    'export const capped{n} = pgTable("capped_{n}", {{ id: uuid("id").primaryKey(), many: many{n}("many"), big: big{n}("big"),\n'
    "  ...Object.fromEntries(all{n}.map((one) => [one, text(one)])) }});\n"
)
"""A schema file whose constants reach the caps of their evaluation."""


@dataclass(frozen=True)
class Size:
    """How much of everything."""

    documents: int
    document_bytes: int
    schema_files: int
    schema_bytes: int
    sources: int
    source_bytes: int
    capped: int
    """Schema files whose constants are at the caps."""


LIMITS = Size(64, 2 << 20, 400, 8 << 20, 3_000, 32 << 20, 40)
A_FIFTH = Size(13, 400 << 10, 80, 1600 << 10, 600, 6 << 20, 8)
"""What `make test` has time for."""


def make_largest(root: Path, size: Size) -> Path:
    """Write it below ``root`` and give ``root``."""
    for path, text in (*_project(), *_documents(size), *_schema(size), *_sources(size)):
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    return root


def _project() -> Iterator[tuple[str, str]]:
    yield "package.json", '{"dependencies": {"@trigger.dev/sdk": "4", "drizzle-orm": "0.45"}}'
    yield "drizzle.config.ts", CONFIG


def _documents(size: Size) -> Iterator[tuple[str, str]]:
    """The known documents, two near the limit of one file, slow shapes, and workflows for the rest."""
    room = size.document_bytes - 8_000
    slow = [text for text in DOCUMENTS.values() if len(text) <= room // 8][: size.documents // 8]
    large = "# App Pages & Functionality\n" + _repeat(DENSE, min(250_000, room // 6))
    fixed = {
        "master_idea.md": made_project._MASTER,
        "app_pages_and_functionality.md": large,
        "trigger_workflow_everything.md": "# Everything Workflow\n" + _repeat(DENSE, min(250_000, room // 6)),
        **{f"slow_{number}.md": text for number, text in enumerate(slow)},
    }
    left = size.documents - len(fixed) - 1
    each = (room - sum(map(_bytes, fixed.values()))) // max(left, 1)
    entries = "".join(made_project._INDEX_ENTRY.format(w=w) for w in range(left))
    yield (
        "ai_docs/prep/trigger_workflows.md",
        "# Trigger.dev Workflows Index\n\n## Available Workflows\n" + entries,
    )
    each -= _bytes(entries) // max(left, 1)
    for name, text in fixed.items():
        yield f"ai_docs/prep/{name}", text
    for w in range(left):
        whole = made_project._WORKFLOW.format(w=w)
        yield f"ai_docs/prep/trigger_workflow_report_{w}.md", whole + _repeat(DENSE, each - _bytes(whole))


def _schema(size: Size) -> Iterator[tuple[str, str]]:
    """The slow shapes, constants at the caps, and tables for the rest."""
    slow = {name: text for name, text in SLOW.items() if len(text) <= min(512 << 10, size.schema_bytes // 8)}
    names = cycle(slow)
    yield "db/users.ts", made_project._USERS
    room, files = (
        size.schema_bytes - 60_000,
        size.schema_files - 4,
    )  # the config and the package are sources too
    for number in range(min(len(slow) * 2, files // 8)):
        text = slow[next(names)]
        if room - len(text) < size.schema_bytes // 2:
            break
        yield f"db/slow-{number}.ts", f"{text}//{number}"
        room, files = room - len(text) - 4, files - 1
    for n in range(size.capped):
        text = CAPPED.format(n=n, members=", ".join(f"'v{k}'" for k in range(999)))
        yield f"db/capped-{n}.ts", text
        room, files = room - len(text), files - 1
    yield from _tables(files, room // files)


def _tables(files: int, each: int) -> Iterator[tuple[str, str]]:
    n = 0
    for f in range(files):
        text = made_project._IMPORTS + made_project._ENUM.format(f=f)
        while True:
            table = made_project._TABLE.format(
                n=n, f=f, key=f"subjects{n}", name=f"subjects_{n}", parent="users"
            )
            if len(text) + len(table) > each:
                break
            text, n = text + table, n + 1
        yield f"db/part-{f}.ts", text + "//" + "x" * max(each - len(text) - 3, 0)


def _sources(size: Size) -> Iterator[tuple[str, str]]:
    each = size.source_bytes // size.sources - 20
    for n in range(size.sources):
        task = made_project._TASK.format(w=n).replace("@/lib/drizzle/schema", f"../../db/part-{n % 50}")
        body = f"export async function load{n}() {{ return db.select().from(subjects{n}).where(eq(subjects{n}.id, {n})); }}\n"
        yield f"trigger/{n // 1_000}/task-{n}.ts", task + body * ((each - len(task)) // len(body))


def _repeat(page: str, size: int) -> str:
    pages: list[str] = []
    while size > 0:
        pages.append(page.format(n=len(pages)))
        size -= _bytes(pages[-1])
    return "".join(pages[:-1])


def _bytes(text: str) -> int:
    return len(text.encode())
