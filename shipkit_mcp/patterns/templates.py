"""The tables of the known templates, as shapes: names, columns, features."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateTable:
    """One table that a template ships with."""

    name: str
    columns: frozenset[str]
    feature: str
    """What it serves, in a few words."""
    words: tuple[str, ...]
    """Words of a document that speak of the feature: lower case, matched at a word's start in any case."""
    references: tuple[str, ...] = ()
    """Tables of the template it refers to."""
    owner: bool = False
    """The table of users: never proposed for removal."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """A template and the tables it ships with."""

    id: str
    title: str
    feature: str
    tables: tuple[TemplateTable, ...]

    def table(self, name: str) -> TemplateTable | None:
        return next((one for one in self.tables if one.name == name), None)


_TRANSCRIPTION_WORDS = ("transcri", "trascri", "speech-to-text", "whisper")
_SUMMARY_WORDS = (
    "ai summar",
    "ai-summar",
    "ai_summar",
    "summaries",
    "summariz",
    "summaris",
    "generate summary",
    "resúmenes",
    "résumé ia",
    "riassunt",
)
"""Not the bare word: every blueprint has an "App Summary"."""
_CHAT_WORDS = ("chat", "conversation", "conversaci", "conversazion", "ask scribo", "ask your transcript")

WORKER_SIMPLE = Template(
    id="worker-simple",
    title="worker-simple",
    feature="audio and video transcription",
    tables=(
        TemplateTable(
            name="users",
            columns=frozenset({"id", "email", "full_name", "created_at", "updated_at", "role"}),
            feature="users",
            words=("user", "account", "profile"),
            owner=True,
        ),
        TemplateTable(
            name="transcription_jobs",
            columns=frozenset(
                {
                    "id",
                    "user_id",
                    "file_name",
                    "original_file_url",
                    "file_size_bytes",
                    "file_type",
                    "file_extension",
                    "status",
                    "progress_percentage",
                    "error_message",
                    "duration_seconds",
                    "language",
                    "detected_language",
                    "timestamp_granularity",
                    "trigger_job_id",
                    "created_at",
                    "completed_at",
                }
            ),
            feature="transcription jobs",
            words=_TRANSCRIPTION_WORDS,
            references=("users",),
        ),
        TemplateTable(
            name="transcripts",
            columns=frozenset(
                {
                    "id",
                    "job_id",
                    "user_id",
                    "transcript_text_plain",
                    "transcript_srt",
                    "transcript_vtt",
                    "transcript_json",
                    "transcript_verbose_json",
                    "word_timestamps",
                    "detected_language",
                    "duration_seconds",
                    "created_at",
                }
            ),
            feature="saved transcripts",
            words=_TRANSCRIPTION_WORDS,
            references=("transcription_jobs", "users"),
        ),
        TemplateTable(
            name="ai_summaries",
            columns=frozenset(
                {"id", "transcript_id", "user_id", "summary_type", "summary_content", "created_at"}
            ),
            feature="AI summaries of transcripts",
            words=_SUMMARY_WORDS,
            references=("transcripts", "users"),
        ),
        TemplateTable(
            name="transcript_conversations",
            columns=frozenset({"id", "transcript_id", "user_id", "title", "created_at", "updated_at"}),
            feature="chat about a transcript",
            words=_CHAT_WORDS,
            references=("transcripts", "users"),
        ),
        TemplateTable(
            name="transcript_messages",
            columns=frozenset(
                {"id", "transcript_conversation_id", "sender", "content", "status", "created_at"}
            ),
            feature="messages of a chat about a transcript",
            words=_CHAT_WORDS,
            references=("transcript_conversations",),
        ),
    ),
)

WORKER_SAAS = Template(
    id="worker-saas",
    title="worker-saas",
    feature="audio and video transcription with paid tiers",
    tables=WORKER_SIMPLE.tables,
)
"""Known only to be worker-simple with tiers and billing added: the shapes that both share."""

TEMPLATES = (WORKER_SIMPLE, WORKER_SAAS)


def known_template(name: str | None) -> Template | None:
    """The template of that name, or None where we know nothing of it."""
    return next((one for one in TEMPLATES if one.id == name), None)
