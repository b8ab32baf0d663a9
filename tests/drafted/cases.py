"""Projects whose drafts are proved."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from shipkit_mcp.analysis import Analysis, analyse
from shipkit_mcp.analysis.memory import Memory
from shipkit_mcp.analysis.request import Request
from shipkit_mcp.project import open_project

NOTHING: Mapping[str, Any] = {}


def analysed(folder: Path, given: Mapping[str, Any] = NOTHING) -> Analysis:
    """A project folder's analysis, amended by what is given."""
    project = open_project(str(folder), launch=None, environ={}, cwd=str(folder))
    return analyse(project, Request(amendments=given), Memory())


AMENDED: Mapping[str, Mapping[str, Any]] = {
    "site-studio": {
        "tables": """
stalls
id: uuid (PK)
user_id: uuid (FK → users.id, cascade delete)
slug: text (NOT NULL, UNIQUE)
opened_on: date (nullable)
kind: "market" | "shop" | "online"
""",
        "remove": [
            "transcript_messages",
            "transcript_conversations",
            "ai_summaries",
            "transcripts",
            "transcription_jobs",
        ],
    },
    "audio-notes": {
        "tables": """
folders
id: uuid (PK)
user_id: uuid (FK → users.id, cascade delete)
parent_id: uuid (nullable, FK → folders.id, set null)
title: text (NOT NULL)

users
institution -> organisation
country_code: text (NOT NULL)
nickname: text (nullable, UNIQUE)

transcripts
folder_id: uuid (nullable, FK → folders.id, set null)
- word_count
index: spoken_language

transcription_jobs
duration_seconds: bigint
attempts: integer (NOT NULL, default 1)
""",
    },
}
"""What an assistant might say of the examples: new tables, and every kind of change to one that stands."""
