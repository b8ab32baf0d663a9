"""Facts made by hand, for what needs no reader."""

from __future__ import annotations

from shipkit_mcp.facts import Column, DocKind, Evidence, PrepDoc, Schema, Source, Survey, Table, Unread
from shipkit_mcp.findings import Finding, Severity
from shipkit_mcp.readers.markdown import read_sections

PATH = "lib/drizzle/schema/users.ts"


def table(name: str, *columns: str, line: int = 10, unread: bool = False) -> Table:
    """A table with columns of text."""
    made = [Column(name=one, key=one, type="text", line=line + at) for at, one in enumerate(columns, 1)]
    hidden = (Unread(path=PATH, line=line + 1, why="a spread"),) if unread else ()
    return Table(
        name=name, dialect="postgresql", key=name, path=PATH, line=line, columns=tuple(made), unread=hidden
    )


def survey(*tables: Table) -> Survey:
    """A project that has these tables and nothing else."""
    return Survey(
        project_root="~/app",
        schema=Schema(dialect="postgresql", tables=tables, files=(PATH,) if tables else ()),
    )


def document(text: str, path: str = "ai_docs/prep/initial_data_schema.md") -> PrepDoc:
    """A planning document as the readers cut it."""
    source = Source(path, text)
    sections, unread = read_sections(source)
    return PrepDoc(kind=DocKind.DATA_SCHEMA, source=source, title="", sections=sections, unread=unread)


def finding(
    rule: str = "job-status",
    subject: str = "jobs.status",
    severity: Severity = Severity.REQUIRE,
    *,
    message: str = "A message.",
    path: str = PATH,
    accepted_by: str | None = None,
    certain: bool = True,
    more: tuple[Evidence, ...] = (),
) -> Finding:
    """A finding on line 7."""
    return Finding(
        rule=rule,
        severity=severity,
        subject=subject,
        message=message,
        fix="Do this.",
        certain=certain,
        evidence=(Evidence(path=path, line=7, quote="x"), *more),
        accepted_by=accepted_by,
    )
