"""Hand-made facts: a podcast app with one workflow built, one to build and one known from an index alone."""

from __future__ import annotations

from dataclasses import replace

from shipkit_mcp.facts import (
    Amendments,
    Column,
    DocKind,
    Evidence,
    ForeignKey,
    MissingDocument,
    PrepDoc,
    Role,
    Schema,
    Source,
    Stack,
    Statement,
    Survey,
    Table,
    Tier,
    Unique,
    Vision,
)
from shipkit_mcp.findings import (
    Change,
    ChangeKind,
    ColumnMapping,
    ColumnState,
    Counts,
    Decision,
    Feature,
    Finding,
    Group,
    InlineResults,
    Option,
    Origin,
    Phase,
    Plan,
    Point,
    Readiness,
    Severity,
    TableMapping,
    TableNote,
    TableState,
    WorkflowMapping,
)

PREP = "ai_docs/prep"
IDEA = f"{PREP}/master_idea.md"
SPEECH = f"{PREP}/trigger_workflow_transcription.md"
COVER = f"{PREP}/trigger_workflow_cover_art.md"
INDEX = f"{PREP}/trigger_workflows.md"


def line(path: str, number: int) -> Evidence:
    return Evidence(path=path, line=number)


def said(text: str, path: str = IDEA, number: int = 5) -> Statement:
    return Statement(text=text, evidence=line(path, number))


def column(
    name: str, type_: str = "text", at: int = 1, *, not_null: bool = True, primary: bool = False
) -> Column:
    return Column(name=name, key=name, type=type_, not_null=not_null, primary_key=primary, line=at)


def table(
    name: str, columns: tuple[Column, ...], *, owner: bool = True, path: str = "", comment: str | None = None
) -> Table:
    keys = (
        ForeignKey(
            name=f"{name}_user_id_users_id_fk",
            columns=("user_id",),
            table="users",
            foreign_columns=("id",),
            on_delete="cascade",
        ),
    )
    return Table(
        name=name,
        dialect="postgresql",
        key=name,
        path=path or f"lib/drizzle/schema/{name}.ts",
        line=9,
        columns=columns,
        comment=comment,
        foreign_keys=keys if owner else (),
    )


USERS = table("users", (column("id", "uuid", 10, primary=True), column("email", "text", 11)), owner=False)
JOBS = table(
    "transcription_jobs",
    (
        column("id", "uuid", 10, primary=True),
        column("user_id", "uuid", 11),
        column("status", "job_status", 12),
        column("progress_percentage", "integer", 13),
        column("trigger_run_id", "varchar(255)", 14, not_null=False),
        column("error_message", "text", 15, not_null=False),
    ),
)
RESULTS = table("transcripts", (column("id", "uuid", 10, primary=True), column("user_id", "uuid", 11)))
CHATS = table(
    "transcript_conversations", (column("id", "uuid", 10, primary=True), column("user_id", "uuid", 11))
)
NOTES = table(
    "notes", (column("id", "uuid", 10, primary=True),), owner=False, comment="Notes that hosts keep | private"
)
COVER_JOBS = table(
    "cover_art_jobs",
    (
        column("id", "uuid", primary=True),
        column("user_id", "uuid"),
        column("prompt", "text"),
        column("trigger_job_id", "text", not_null=False),
    ),
)
COVERS = table(
    "cover_art",
    (column("id", "uuid", primary=True), column("user_id", "uuid"), column("image_url", "text")),
).model_copy(update={"unique": (Unique(name=None, columns=("user_id",)),)})


def wanted(
    name: str,
    type_: str = "text",
    state: ColumnState = ColumnState.PRESENT,
    *,
    existing: str | None = None,
    group: Group = Group.TRACKING,
    references: str | None = None,
) -> ColumnMapping:
    return ColumnMapping(
        name=name,
        type=type_,
        group=group,
        origin=Origin.DOCUMENTED,
        state=state,
        existing=existing,
        references=references,
        evidence=(line(SPEECH, 40),),
    )


OWNER = wanted("user_id", "uuid", existing="user_id", group=Group.OWNER, references="users.id")
SPEECH_MAPPING = WorkflowMapping(
    name="transcription",
    title="Transcription",
    source="file",
    path=SPEECH,
    confidence="high",
    kinds=("file_processing",),
    purpose="Turns an episode into text — word by word",
    trigger="A host uploads an episode",
    tasks=("transcribe-episode",),
    owner="user_id",
    jobs=TableMapping(
        table="transcription_jobs",
        role=Role.JOBS,
        state=TableState.MODIFY,
        existing="transcription_jobs",
        columns=(
            OWNER,
            wanted("trigger_job_id", "text", ColumnState.NEAR, existing="trigger_run_id"),
            wanted("status", "job_status", existing="status"),
            wanted("progress_percentage", "integer", existing="progress_percentage"),
            wanted("error_message", existing="error_message"),
            wanted("language", "text", ColumnState.MISSING, group=Group.INPUT),
        ),
        indexes=(("status",),),
    ),
    results=(
        TableMapping(
            table="transcripts",
            role=Role.RESULTS,
            state=TableState.IMPLEMENTED,
            existing="transcripts",
            columns=(OWNER,),
        ),
    ),
    touches=("users", "sites"),
    evidence=(line(SPEECH, 1),),
)
COVER_MAPPING = WorkflowMapping(
    name="cover_art",
    title="Cover Art",
    source="file",
    path=COVER,
    confidence="high",
    kinds=("content_generation",),
    purpose="Draws a cover for an episode",
    tasks=("draw-cover",),
    owner="user_id",
    jobs=TableMapping(
        table="cover_art_jobs",
        role=Role.JOBS,
        state=TableState.CREATE,
        columns=(
            wanted("user_id", "uuid", ColumnState.MISSING, group=Group.OWNER, references="users.id"),
            wanted("prompt", "text", ColumnState.MISSING, group=Group.INPUT),
            wanted("trigger_job_id", "text", ColumnState.MISSING),
        ),
    ),
    results=(
        TableMapping(
            table="cover_art",
            role=Role.RESULTS,
            state=TableState.CREATE,
            columns=(wanted("image_url", "text", ColumnState.MISSING, group=Group.OUTPUT),),
        ),
    ),
    evidence=(line(COVER, 1),),
)
DIGEST_MAPPING = WorkflowMapping(
    name="weekly_digest",
    title="Weekly Digest",
    source="index",
    path=INDEX,
    confidence="low",
    kinds=("batch_operation",),
    inline_results=InlineResults(
        table="transcription_jobs", column="status", why="the digest is sent, not kept"
    ),
    notes=("The index entry is the only source.",),
    evidence=(line(INDEX, 30),),
)
STATUS = Decision(
    id="status-vocabulary",
    question="Which statuses does `transcription_jobs` use?",
    problem="The schema has two statuses, the document five.",
    options=(
        Option(
            id="A", title="The five of the mission", pros=("works with Trigger.dev",), cons=("a migration",)
        ),
        Option(id="B", title="The two there are", pros=("no migration",), cons=("no cancelling",)),
    ),
    recommended="A",
    why="it lets a host cancel a run.",
    affects=("transcription",),
    key=True,
    evidence=(line(SPEECH, 22),),
)
KEEP = STATUS.model_copy(
    update={
        "id": "keep-covers",
        "question": "Where do covers live?",
        "problem": "",
        "key": False,
        "why": "one row per cover is simpler",
        "affects": ("cover_art",),
    }
)
TIER = Tier(
    name="Free Tier",
    price="$0/month",
    quotas=(said("60 minutes of audio a month", number=41), said("3 episodes", number=42)),
    evidence=line(IDEA, 40),
)
VISION = Vision(
    app_name=said("AcmeCast", number=1),
    end_goal=said("Help hosts turn episodes into text <script>alert(1)</script> — fast", number=7),
    bills=True,
    tiers=(TIER, TIER.model_copy(update={"name": "Pro", "price": "$19/month"})),
    template=said("worker-simple", number=60),
)


def document(path: str, kind: DocKind) -> PrepDoc:
    return PrepDoc(kind=kind, source=Source(path, ""), title=kind.value, sections=())


SURVEY = Survey(
    project_root="~/code/acmecast",
    documents=(
        document(IDEA, DocKind.MASTER_IDEA),
        document(SPEECH, DocKind.WORKFLOW),
        document(COVER, DocKind.WORKFLOW),
    ),
    documents_folder=PREP,
    vision=VISION,
    template="worker-simple",
    schema=Schema(
        dialect="postgresql",
        files=("lib/drizzle/schema/users.ts", "lib/drizzle/schema/transcription_jobs.ts"),
        tables=(USERS, JOBS, RESULTS, CHATS, NOTES),
    ),
    stack=Stack(uses_trigger=True),
)
TARGET = Schema(
    dialect="postgresql",
    tables=(
        USERS,
        JOBS.model_copy(update={"columns": (*JOBS.columns, column("language", not_null=False))}),
        RESULTS,
        CHATS,
        NOTES,
        COVER_JOBS,
        COVERS,
    ),
)


def note(name: str, why: str = "a workflow needs it", *, accepted: bool = False) -> TableNote:
    return TableNote(table=name, why=why, evidence=(line(COVER, 12),), accepted=accepted)


def change(number: int, kind: ChangeKind, name: str, phase: int, **more: object) -> Change:
    words = {"create_table": "Create", "modify_table": "Change", "remove_table": "Remove"}
    return Change(
        number=number,
        phase=phase,
        kind=kind,
        table=name,
        title=f"{words[kind.value]} `{name}`",
        problem=f"`{name}` is not as the workflows need it.",
        action=f"{words[kind.value]} `{name}`.",
        impact="The workflow can run.",
        **more,  # type: ignore[arg-type]
    )


PLAN = Plan(
    project_root="~/code/acmecast",
    template="worker-simple",
    workflows=(SPEECH_MAPPING, COVER_MAPPING, DIGEST_MAPPING),
    findings=(
        Finding(
            rule="job-trigger-run-id",
            severity=Severity.RECOMMEND,
            subject="transcription_jobs",
            message="`transcription_jobs` calls it `trigger_run_id`.",
            fix="Rename it, or keep it and say so.",
            evidence=(line("lib/drizzle/schema/transcription_jobs.ts", 14),),
        ),
        Finding(
            rule="status-vocabulary",
            severity=Severity.REQUIRE,
            subject="transcription_jobs.status",
            message="Its statuses are not those of the document.",
            fix="Add `cancelled`.",
            evidence=(line("lib/drizzle/schema/transcription_jobs.ts", 12),),
        ),
    ),
    decisions=(STATUS,),
    options=(KEEP,),
    readiness=Readiness(
        percent=62,
        met=5,
        total=8,
        points=(
            Point(what="`transcripts` keeps the results", met=True, workflow="transcription"),
            Point(what="`cover_art_jobs` tracks the runs", met=False, workflow="cover_art"),
        ),
    ),
    existing=tuple(note(one.name, "in the schema") for one in SURVEY.schema.tables),
    create=(note("cover_art_jobs"), note("cover_art")),
    modify=(note("transcription_jobs", "it lacks `language`"),),
    remove=(note("transcript_conversations", "no document speaks of chat"),),
    unmentioned=(note("notes", "no document speaks of it"),),
    undeclared=(note("sites", "the workflow reads it"),),
    changes=(
        change(
            1,
            ChangeKind.MODIFY_TABLE,
            "transcription_jobs",
            1,
            columns=("language",),
            affects=("transcription",),
            unlocks=("transcription",),
            decision="status-vocabulary",
        ),
        change(2, ChangeKind.CREATE_TABLE, "cover_art_jobs", 2, affects=("cover_art",)),
        change(3, ChangeKind.CREATE_TABLE, "cover_art", 2, affects=("cover_art",), unlocks=("cover_art",)),
        change(4, ChangeKind.REMOVE_TABLE, "transcript_conversations", 3, proposed=True),
    ),
    phases=(
        Phase(number=1, title="Foundation", changes=(1,), unlocks=("transcription",)),
        Phase(number=2, title="Cover Art", changes=(2, 3), unlocks=("cover_art",)),
        Phase(number=3, title="Clean up", changes=(4,)),
    ),
    features=(
        Feature(title="Transcription", used=True, why="it is your first workflow", tables=("transcripts",)),
        Feature(title="Chat", used=False, why="no document speaks of it"),
    ),
    gaps=(said("Covers need a table of their own", COVER, 12),),
    counts=Counts(tables=5, columns=13, new=2, modified=1, removed=0, total=7),
    target=TARGET,
)
EMPTY_SURVEY = Survey(
    project_root="~/code/empty",
    missing_documents=(
        MissingDocument(document="Master Idea Document", path=IDEA, looked_in=(PREP, "docs")),
    ),
)
EMPTY_PLAN = Plan(
    project_root="~/code/empty",
    readiness=Readiness(percent=0, met=0, total=0),
    counts=Counts(tables=0, columns=0, new=0, modified=0, removed=0, total=0),
    missing_documents=EMPTY_SURVEY.missing_documents,
)


def with_narrative(**places: str) -> Plan:
    narrative = {place.replace("__", "."): text for place, text in places.items()}
    return PLAN.model_copy(update={"amendments": Amendments(narrative=narrative)})


def with_vision(**update: object) -> Survey:
    return replace(SURVEY, vision=VISION.model_copy(update=update))


def with_tables(*tables: Table) -> Survey:
    return replace(SURVEY, schema=Schema(dialect="postgresql", tables=tables))
