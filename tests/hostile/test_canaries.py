"""No secret, from wherever it stands, is in anything that leaves: replies, resources, the command line, the document."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hostile.secrets_of import MARK, SECRETS
from hostile.stdio import Server, serving, write_project

from shipkit_mcp.cli.screen import print_lines

DOCUMENT = "ai_docs/prep/initial_data_schema.md"
SOME = ("password in an address", "payment key", "hook secret", "token", "private key")
"""All of them leave, by every way there is, in `test_secrets`."""
SCHEMA = """import {{ pgEnum, pgTable, text, uuid }} from "drizzle-orm/pg-core";
// Users, reached by {0}
export const kind = pgEnum("kind", ["plain", "{0}"]);
export const users = pgTable("users", {{
  id: uuid("id").primaryKey(),
  /** Like {0} */
  address: text("address").default("{0}"),
}});
"""
IDEA = """# Master Idea {0}

## End Goal

My app helps **owners** achieve **less waste** with {0} by counting.

## Specific Problem

They lose {0}.
"""
WORKFLOW = """# Count Things Workflow

## Workflow Overview

It reads {0} and saves it.

### Task 1: count-things

Calls {0}.

## Database Tables

**count_jobs** - purpose {0}
```typescript
{{
  id: uuid (PK)
  user_id: uuid (FK -> users.id)
  address: text // {0}
}}
```
"""
TOOLS: tuple[tuple[str, dict[str, Any]], ...] = (
    *(
        (one, {"detail": "full"})
        for one in ("read_prep_docs", "parse_drizzle_schema", "map_workflow_to_tables")
    ),
    *((one, {"detail": "full"}) for one in ("assess_schema", "check_schema")),
    ("draft_schema_code", {}),
    ("mentor_guide", {}),
    ("write_initial_data_schema", {"dry_run": True}),
    ("write_initial_data_schema", {}),
)
COMMANDS = (
    *(["docs", "--json"], ["schema", "--json"], ["map"], ["plan", "--json"], ["check", "--json"]),
    *(["code"], ["diagram"]),
)


def project(root: Path, said: str) -> Path:
    """A project that says this wherever something is quoted from."""
    return write_project(
        root,
        {
            "package.json": '{"dependencies": {"@trigger.dev/sdk": "4"}}',
            "drizzle.config.ts": 'export default { schema: "./db/schema.ts", dialect: "postgresql" };',
            "db/schema.ts": SCHEMA.format(said),
            "ai_docs/prep/master_idea.md": IDEA.format(said),
            "ai_docs/prep/trigger_workflow_count.md": WORKFLOW.format(said),
        },
    )


def everything_said(server: Server) -> str:
    """All tools, then all resources, as what stood on the pipe."""
    for tool, arguments in TOOLS:
        server.call(tool, **arguments)
    listed = server.ask("resources/list")["result"]["resources"]
    more = (
        "shipkit://prep/master_idea.md",
        "shipkit://prep/trigger_workflow_count.md",
        "shipkit://schema/users",
    )
    for address in (*(one["uri"] for one in listed), *more):
        server.ask("resources/read", {"uri": address})
    return b"".join([*server.lines, *server.errors]).decode()


@pytest.mark.parametrize("secret", SOME)
def test_a_secret_in_a_document_or_the_schema_is_in_no_reply_resource_or_document(
    tmp_path: Path, secret: str
) -> None:
    root = project(tmp_path, SECRETS[secret])
    with serving(root) as server:
        said = everything_said(server)

    document = (root / DOCUMENT).read_text(encoding="utf-8")
    assert "count_jobs" in said
    assert "count_jobs" in document
    assert MARK not in said
    assert MARK not in document


def test_the_command_line_says_and_writes_no_secret_of_the_project_the_home_or_the_environment(
    tmp_path: Path,
) -> None:
    root = project(tmp_path / "project", " and ".join(SECRETS[one] for one in SOME))
    home = write_project(
        tmp_path / "home", {".pgpass": MARK, ".npmrc": MARK, ".aws/credentials": MARK, ".env": MARK}
    )
    environ = {**os.environ, "HOME": str(home), "STRIPE_SECRET_KEY": MARK, "DATABASE_URL": MARK}
    said = ""
    for command in COMMANDS:
        done = subprocess.run(
            [sys.executable, "-m", "shipkit_mcp", *command, str(root)],
            capture_output=True,
            text=True,
            env=environ,
            timeout=60,
            check=False,
        )
        said += done.stdout + done.stderr

    assert "count_jobs" in said
    assert MARK not in said


def test_a_key_over_several_lines_is_left_out_of_a_terminal(
    capsysbinary: pytest.CaptureFixture[bytes],
) -> None:
    print_lines(["before", "-----BEGIN PRIVATE KEY-----", MARK, "-----END PRIVATE KEY-----", "after"])

    assert capsysbinary.readouterr().out.split() == [b"before", b"[secret]", b"after"]
