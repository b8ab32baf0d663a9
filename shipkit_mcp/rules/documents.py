"""The rules on what documents say: errors, progress, statuses, tasks and contradictions, as rows."""

from __future__ import annotations

from shipkit_mcp.findings import Severity
from shipkit_mcp.rules import contradictions, counts, names, promises, tasks
from shipkit_mcp.rules.examples import (
    DOCUMENT,
    IMPORT,
    INDEX,
    KEPT,
    PAGES,
    WORKFLOW,
    pages,
    schema,
    with_workflow,
)
from shipkit_mcp.rules.rule import Example, Rule

EVERY_FILE = "**Analyze trigger workflows** from ALL `trigger_workflow_*.md` files"
CONNECTED = "**Workflow-to-data mapping** - Connect each trigger workflow to required database tables"
VALUES = "Values: `pending`, `processing`, `completed`, `failed`, `cancelled`"

WRITES = """
```typescript
await updateJobProgress(jobId, 10, "STATUS");
```
"""
CODE = DOCUMENT + WRITES.replace("STATUS", "warming_up")
KNOWN_CODE = DOCUMENT + WRITES.replace("STATUS", "processing")
OTHER = "ai_docs/prep/trigger_workflow_export.md"
EXPORT = DOCUMENT.replace("import", "export").replace("Import", "Export")
OUTDATED = """**import_results** - Completed imports, written by the import workflow
- Key fields: `id`, `csv_text`

"""
PAYLOAD = """
### Task Payloads

```typescript
interface RowPayload {
  jobId: string;
FIELD}
```
"""
SUMMARY = """# Trigger.dev Workflows Summary

## Available Workflows

### Import Workflow
**File**: `trigger_workflow_import.md`
**Purpose**: Reads a CSV file
**Job Tracking Tables**:
- `csv_import_jobs` - Main job tracking
"""
INDEXED = """# Trigger.dev Workflows Index

## Available Workflows

### Import Workflow
**File**: `trigger_workflow_import.md`
**Purpose**: Reads a CSV file
**Key Tasks**:
- `read-csv` - Reads the file

**Total Workflows**: N
"""


def indexed(count: int) -> Example:
    """The import workflow and an index that counts so many."""
    return Example(documents=((INDEX, INDEXED.replace("N\n", f"{count}\n")), IMPORT))


def both(first: str, second: str) -> Example:
    """Two workflows with a payload each."""
    return Example(
        documents=(
            (WORKFLOW, DOCUMENT + PAYLOAD.replace("FIELD", first)),
            (OTHER, EXPORT + PAYLOAD.replace("FIELD", second)),
        )
    )


DOCUMENT_RULES: tuple[Rule, ...] = (
    Rule(
        id="job-error-for-users",
        severity=Severity.REQUIRE,
        mission="NOT technical stack traces",
        message="{document} keeps a stack trace where users read an error.",
        fix="Save a sentence the user understands and log the stack trace.",
        check=promises.forbid_stack_traces(),
        breaks=with_workflow(schema(), DOCUMENT + "\n```typescript\nawait fail(jobId, error.stack);\n```\n"),
        keeps=with_workflow(schema(), DOCUMENT + "\n```typescript\nlogger.error(error.stack);\n```\n"),
    ),
    Rule(
        id="job-progress-reported",
        severity=Severity.RECOMMEND,
        mission='Synced with `metadata.set("progress", X)` calls in tasks',
        message="The document of workflow {workflow} does not say how its tasks report progress.",
        fix='Add the progress ranges and the `metadata.set("progress", X)` calls.',
        check=promises.require_progress(),
        breaks=with_workflow(
            schema(),
            DOCUMENT.split("## Progress")[0]
            .replace("Progress is reported with", "Sets")
            .replace('`metadata.set("progress", 50)`', "a flag")
            .replace("`progress_percentage`, ", ""),
        ),
        keeps=KEPT,
    ),
    Rule(
        id="job-status-planned",
        severity=Severity.RECOMMEND,
        mission=VALUES,
        message="The documented statuses of `{table}` are not the mission's five: it {difference}.",
        fix="Use the five statuses and a stage column, or record the decision to keep your own.",
        check=contradictions.differing_documented_statuses(),
        breaks=Example(documents=((WORKFLOW, DOCUMENT.replace("`cancelled`", "`awaiting_approval`")),)),
        keeps=Example(documents=(IMPORT,)),
    ),
    Rule(
        id="job-status-written",
        severity=Severity.RECOMMEND,
        mission="Synced with Trigger.dev job status",
        message="The document's code writes status `{status}`, but its vocabulary is {known}.",
        fix="Write one of the known statuses, or add `{status}` to the vocabulary.",
        check=contradictions.unknown_status_writes(),
        breaks=with_workflow(schema(), CODE),
        keeps=with_workflow(schema(), KNOWN_CODE),
    ),
    Rule(
        id="contradiction-statuses",
        severity=Severity.RECOMMEND,
        mission="Synced with Trigger.dev job status",
        message="The statuses of `{table}.{column}` are not those of its document: the schema {difference}.",
        fix="Make schema and document agree.",
        check=contradictions.statuses_unlike_schema(),
        breaks=with_workflow(schema(statuses='["pending", "completed", "failed"]')),
        keeps=KEPT,
    ),
    Rule(
        id="contradiction-workflow-count",
        severity=Severity.NOTE,
        mission=EVERY_FILE,
        message="{document} counts {stated} workflows; the documents describe {counted}.",
        fix="Correct the count, or document what is missing.",
        check=counts.differing_totals(),
        breaks=indexed(4),
        keeps=indexed(1),
    ),
    Rule(
        id="contradiction-page-count",
        severity=Severity.NOTE,
        mission="**Extract app vision** from master idea and functionality plans",
        message="{document} counts {stated} pages; the list below it adds up to {counted}.",
        fix="Correct the count or the list.",
        check=counts.differing_page_totals(),
        breaks=pages("**Total Pages: 9 pages**\n\n- Public: 4 pages\n- Auth: 4 pages\n- App: 2 pages"),
        keeps=pages("**Total Pages: 10 pages**\n\n- Public: 4 pages\n- Auth: 4 pages\n- App: 2 pages"),
    ),
    Rule(
        id="contradiction-progress",
        severity=Severity.NOTE,
        mission='Synced with `metadata.set("progress", X)` calls in tasks',
        message="One document gives `{task}` the progress {ranges}.",
        fix="Decide on one range.",
        check=counts.differing_progress(),
        breaks=with_workflow(schema(), DOCUMENT + "\n- read-csv: 0% → 40%\n"),
        keeps=KEPT,
    ),
    Rule(
        id="contradiction-template",
        severity=Severity.NOTE,
        mission="**Template-aware analysis** - Recommend changes to existing schema, not build from scratch",
        message="The documents name different templates: {names}.",
        fix="Say in each document which template was chosen.",
        check=contradictions.differing_templates(),
        breaks=Example(
            documents=(
                (PAGES, "# App Pages & Functionality Blueprint\n\n**Template Type:** worker-simple\n"),
                ("ai_docs/prep/master_idea.md", "# Master Idea Document\n\n**Template Used:** rag-saas\n"),
            )
        ),
        keeps=pages("**Template Type:** worker-simple"),
    ),
    Rule(
        id="contradiction-table-name",
        severity=Severity.RECOMMEND,
        mission=CONNECTED,
        message="The documents call one table {names}.",
        fix="Use one name; the workflow's own document is preferred.",
        check=names.misspelt_tables(),
        breaks=Example(
            documents=(IMPORT, (PAGES, "# App Pages & Functionality Blueprint\n\nReads `import_job` rows.\n"))
        ),
        keeps=Example(
            documents=(
                IMPORT,
                (PAGES, "# App Pages & Functionality Blueprint\n\nReads `import_jobs` rows.\n"),
            )
        ),
    ),
    Rule(
        id="contradiction-job-table",
        severity=Severity.RECOMMEND,
        mission=CONNECTED,
        message="The documents give workflow {subject} different job tables: {names}.",
        fix="Use one name; the workflow's own document is preferred.",
        check=contradictions.differing_job_tables(),
        breaks=Example(
            documents=(
                IMPORT,
                (
                    "ai_docs/prep/trigger_workflows_summary.md",
                    SUMMARY,
                ),
            )
        ),
        keeps=Example(documents=(IMPORT,)),
    ),
    Rule(
        id="contradiction-columns",
        severity=Severity.NOTE,
        mission=CONNECTED,
        message="{document} lists {columns} for `{table}`, which that table does not have.",
        fix="Correct the list; the schema and the workflow's own document win.",
        check=contradictions.outdated_columns(),
        breaks=Example(
            schema=schema(),
            documents=(
                IMPORT,
                (
                    OTHER,
                    EXPORT.replace("## File Locations", OUTDATED + "## File Locations"),
                ),
            ),
        ),
        keeps=Example(documents=(IMPORT, (OTHER, EXPORT))),
    ),
    Rule(
        id="contradiction-payload",
        severity=Severity.NOTE,
        mission="**Extract workflow inputs** - What triggers the job? What data is provided?",
        message="Two documents declare `{name}` with different fields: {unlike}.",
        fix="Declare `{name}` the same in both.",
        check=contradictions.differing_payloads(),
        breaks=both("  fileUrl: string;\n", "  filePath: string;\n"),
        keeps=both("  fileUrl: string;\n", "  fileUrl: string;\n"),
    ),
    Rule(
        id="task-not-built",
        severity=Severity.NOTE,
        mission=EVERY_FILE,
        message="Task `{task}` of workflow {workflow} is documented, but the code has no such task.",
        fix="Build it, or take it out of the document.",
        check=tasks.tasks_not_built(),
        breaks=Example(documents=(indexed(1).documents), tasks=("save-rows",)),
        keeps=Example(documents=(indexed(1).documents), tasks=("read-csv", "save-rows")),
    ),
    Rule(
        id="task-not-documented",
        severity=Severity.NOTE,
        mission=EVERY_FILE,
        message="Task `{task}` is in the code, but no workflow document describes it.",
        fix="Describe it in the workflow it belongs to, so that its data needs are seen.",
        check=tasks.tasks_not_documented(),
        breaks=Example(documents=(indexed(1).documents), tasks=("read-csv", "save-rows", "send-report")),
        keeps=Example(documents=(indexed(1).documents), tasks=("read-csv", "save-rows")),
    ),
)
