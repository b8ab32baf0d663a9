"""The mission's kinds of workflow: words that tell them, and the columns each usually has."""

from __future__ import annotations

from dataclasses import dataclass

from shipkit_mcp.findings import Group
from shipkit_mcp.patterns.columns import ColumnPattern
from shipkit_mcp.patterns.types import BIG_INTEGER, INTEGER, JSON, TEXT, SqlType

UNCLASSIFIED = "unclassified"
ENOUGH = 3
"""Points from which a kind counts as said."""
SHARE = 0.5
"""A further kind counts from this share of the best one's points."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """Words (regular expressions, matched at a word's start) that speak for a kind."""

    words: tuple[str, ...]
    weight: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A kind of workflow of the mission."""

    id: str
    title: str
    cues: tuple[Cue, ...]
    job_columns: tuple[ColumnPattern, ...]
    outputs: tuple[ColumnPattern, ...]
    enhancements: tuple[str, ...]
    mission: str


def _input(name: str, type_: SqlType = TEXT) -> ColumnPattern:
    return ColumnPattern(name=name, type=type_, group=Group.INPUT, not_null=False)


def _processing(name: str, type_: SqlType) -> ColumnPattern:
    return ColumnPattern(name=name, type=type_, group=Group.PROCESSING, not_null=False)


def _output(name: str, type_: SqlType) -> ColumnPattern:
    return ColumnPattern(name=name, type=type_, group=Group.OUTPUT, not_null=False)


FILE_PROCESSING = Kind(
    id="file_processing",
    title="File processing",
    cues=(
        Cue(
            words=(
                "transcri",
                "transcod",
                "trascri",
                "ffmpeg",
                "whisper",
                r"ocr\b",
                "thumbnail",
                "miniature",
                "speech-to-text",
                "extract[- ]audio",
                r"file_(?:name|url|size|type|path)",
                r"file(?:Name|Url|Size|Type|Path)",
            ),
            weight=3,
        ),
        Cue(
            words=(
                "upload",
                "téléverse",
                "sube un",
                "subir",
                "subid[oa]",
                "carica un",
                "caricament",
                "archivos?\\b",
                "fichiers?\\b",
                "media file",
                "pdfs?\\b",
                "resize",
                "compress",
                "watermark",
                r"crops?\b",
                r"(?:remove|replace|blur|cut)s? (?:\w+ ){0,2}background",
                "convert(?:s|ir|ire|ing)?\\b.*(?:file|format|video|audio|image|pdf)",
            ),
            weight=2,
        ),
        Cue(
            words=(
                "audio",
                "v[ií]deo",
                "vidéo",
                r"images?\b",
                r"photos?\b",
                r"files?\b",
                r"documents?\b",
                "documento",
                "immagin[ei]",
            ),
            weight=1,
        ),
    ),
    job_columns=(
        _input("file_name"),
        _input("file_url"),
        _input("file_size_bytes", BIG_INTEGER),
        _input("file_type"),
        _processing("duration_seconds", INTEGER),
    ),
    outputs=(_output("exports", JSON),),
    enhancements=("AI analysis", "summaries", "metadata extraction"),
    mission="**File Processing Workflows** (audio, video, images, documents):",
)
DATA_ANALYSIS = Kind(
    id="data_analysis",
    title="Data analysis",
    cues=(
        Cue(
            words=(
                r"csv\b",
                "spreadsheet",
                r"data ?sets?\b",
                r"data[_ ]source",
                "row_count",
                "rows_processed",
                "analysis_results",
                "anomal",
                "forecast",
                "prévision",
                "previsi[oó]n",
                "statisti",
                "estad[ií]stic",
                "sentiment",
                "scrap(?:e|es|ing)\\b",
                "crawl",
                "audits?\\b",
            ),
            weight=3,
        ),
        Cue(
            words=(
                "analy[sz]",
                "anali[sz]",
                "análisis",
                "classif",
                "clasific",
                "aggregat",
                "agrega",
                "metrics?\\b",
                "métric",
                "metriche",
                "insights?\\b",
                "scor(?:e|es|ing)\\b",
                "compar(?:e|es|ison)",
                "recommends?\\b",
                "detect",
                r"api_endpoint",
            ),
            weight=2,
        ),
        Cue(words=(r"reports?\b", "informe", "rapport", "data import", "ranking"), weight=1),
    ),
    job_columns=(
        _input("data_source"),
        _input("api_endpoint"),
        _input("query_parameters", JSON),
        _processing("row_count", INTEGER),
    ),
    outputs=(_output("analysis_results", JSON), _output("visualizations", JSON), _output("reports", JSON)),
    enhancements=("insights", "recommendations", "anomaly detection"),
    mission="**Data Analysis Workflows** (CSV, JSON, API data):",
)
BATCH_OPERATION = Kind(
    id="batch_operation",
    title="Batch operation",
    cues=(
        Cue(
            words=(
                r"bulk\b",
                r"batch(?:es|ing)?\b",
                "newsletter",
                "campaign",
                "campañ",
                "campagn",
                "recipient",
                "destinatari",
                "destinataire",
                "reminder",
                "recordatorio",
                "promemoria",
                "rappels?\\b",
                "send(?:s|ing)? (?:\\w+ ){0,3}(?:e-?mail|notification|sms|message|digest)",
                "recipient_count",
                "batch_size",
                "digest",
            ),
            weight=3,
        ),
        Cue(
            words=(
                "notification",
                "notificaci",
                "notific(?:a|he)\\b",
                r"e-?mails?\b",
                "correo",
                "courriel",
                r"sync(?:s|ed|hroni[sz]e[sd]?|ing)?\b",
                "sincroni",
                "synchronis",
                "scheduled",
                r"cron\b",
                "nightly",
                "programad[oa]",
                "planifié",
                "pianificat",
                "every (?:day|hour|night|week|\\d+)",
                "for each (?:user|customer|account|recipient|site|workspace|connection)",
                "clean ?up",
                "archive[sd]? old",
                "import(?:s|ed|ing)?\\b",
            ),
            weight=2,
        ),
        Cue(words=(r"daily\b", r"weekly\b", r"all (?:users|customers|accounts)", "backfill"), weight=1),
    ),
    job_columns=(
        _input("recipient_count", INTEGER),
        _input("template_id"),
        _input("batch_size", INTEGER),
    ),
    outputs=(
        _output("success_count", INTEGER),
        _output("failure_count", INTEGER),
        _output("sent_items", JSON),
    ),
    enhancements=("delivery analytics", "engagement metrics"),
    mission="**Batch Operation Workflows** (email, notifications, reports):",
)
CONTENT_GENERATION = Kind(
    id="content_generation",
    title="Content generation",
    cues=(
        Cue(
            words=(
                "generat(?:e|es|ed|ing|ion|ive)\\b",
                "g[eé]n[eéè]r(?:er|e|ation|é)",
                "gener(?:a|ar|ación|are|azione|ati|ato)\\b",
                r"prompts?\b",
                "ai[- ]powered",
                "summar(?:y|ies|i[sz]e)",
                "resum(?:en|ir)",
                "résum",
                "riassunt",
                "rewrit",
                "redact(?:a|ar)\\b",
                "redactar",
                "(?:write|propose)s? (?:\\w+ ){0,3}(?:article|post|copy|content|text)s?\\b",
                "translat",
                "traduc",
                "traduz",
            ),
            weight=3,
        ),
        Cue(
            words=(
                r"ai (?:recommends?|suggests?|writes?|creates?)",
                "suggest",
                "sugier",
                "sugger",
                "openai",
                "gpt",
                "claude",
                "gemini",
                r"llms?\b",
                "anthropic",
                "ai_(?:model|provider)",
                "draft",
            ),
            weight=2,
        ),
        Cue(words=(r"ai\b", r"ia\b", "content", "contenid", "contenut", "contenu"), weight=1),
    ),
    job_columns=(_input("prompt"), _input("model"), _input("parameters", JSON)),
    outputs=(
        _output("generated_content", TEXT),
        _output("alternative_versions", JSON),
        _output("metadata", JSON),
    ),
    enhancements=("quality scores", "refinements", "variations"),
    mission="**Content Generation Workflows** (AI writing, image generation):",
)

KINDS = (FILE_PROCESSING, DATA_ANALYSIS, BATCH_OPERATION, CONTENT_GENERATION)
BY_ID = {kind.id: kind for kind in KINDS}
