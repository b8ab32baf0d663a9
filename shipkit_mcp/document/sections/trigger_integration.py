"""The four Trigger.dev fields, how code uses them, and how they stand in this app's job tables."""

from __future__ import annotations

from collections.abc import Iterator

from shipkit_mcp.document.material import Material, here
from shipkit_mcp.document.words import code
from shipkit_mcp.findings import ColumnState, TableMapping
from shipkit_mcp.patterns import INTEGRATION_COLUMNS
from shipkit_mcp.patterns.columns import ColumnPattern

TITLE = "🔧 Trigger.dev Integration Requirements"

FIELDS = """\
### Required Fields (Every Job Table)

```typescript
// These fields MUST exist in every jobs table
{
  trigger_job_id: text        // Trigger.dev run ID for useRealtimeRun()
  status: enum               // pending | processing | completed | failed | cancelled
  progress_percentage: int   // 0-100, synced with metadata.set("progress")
  error_message: text        // User-friendly error message (nullable)
}
```
"""
USE = """\
### Frontend Integration Pattern

```typescript
// How to use these fields in your UI
const { run } = useRealtimeRun(job.trigger_job_id, { accessToken });
const progress = run?.metadata?.progress ?? job.progress_percentage;
const status = job.status;
```

### Database Update Pattern

```typescript
// How tasks update these fields
await updateJobProgress(jobId, 50);           // Updates progress_percentage
metadata.set("progress", 50);                 // Updates real-time UI
await updateJobStatus(jobId, "completed");    // Updates status enum
```
"""


def render_trigger_integration(material: Material) -> Iterator[str]:
    yield from (f"## {TITLE}", "")
    if not _in_use(material):
        yield from ("Trigger.dev is not in package.json or the documents yet; this is for when it comes.", "")
    yield from FIELDS.split("\n")
    yield from ("How they stand in this app:", "", *_job_tables(material), "")
    yield from USE.split("\n")


def _in_use(material: Material) -> bool:
    return material.survey.stack.uses_trigger or any(one.tasks for one in material.plan.workflows)


def _job_tables(material: Material) -> Iterator[str]:
    tables = {here(one.jobs): one.jobs for one in material.plan.workflows if one.jobs}
    for name, mapping in tables.items():
        fields = ", ".join(_field(material, mapping, one) for one in INTEGRATION_COLUMNS)
        yield f"- {material.table(name)}: {fields}"
    if not tables:
        yield "- no workflow has a jobs table yet"


def _field(material: Material, mapping: TableMapping, wanted: ColumnPattern) -> str:
    name = wanted.name
    column = next((one for near in (name, *wanted.near) if (one := mapping.column(near))), None)
    if column is None or column.state is ColumnState.UNREAD:
        return f"{code(name)} (cannot tell)" if column else f"{name} (not planned)"
    shown = material.column(here(mapping), column.existing or column.name)
    return f"{shown}, which stands for {name}" if (column.existing or column.name) != name else shown
