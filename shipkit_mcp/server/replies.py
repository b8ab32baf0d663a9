"""What each tool answers, two levels deep. Every field has a default, so that an error fits too."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict

BESIDE = ("warnings", "sources", "enums", "unread", "others", "views")
"""What a concise reply has only where there is something to say; the rest says by being empty that there is none."""


class Reply(BaseModel):
    """What every reply carries."""

    model_config = ConfigDict(extra="allow")

    project_root: str | None = None
    detail: str | None = None
    error: str | None = None
    warnings: list[str] = []
    more: dict[str, Any] | None = None

    def said(self) -> dict[str, Any]:
        """The reply as JSON: in full every key that has a value, concise without empty lists beside the matter."""
        whole: dict[str, Any] = self.model_dump(mode="json", exclude_none=True)
        if self.detail != "concise":
            return whole
        return {name: value for name, value in whole.items() if value or name not in BESIDE}


class DocsReply(Reply):
    """Of `read_prep_docs`."""

    documents: list[dict[str, Any]] = []
    missing: list[dict[str, Any]] = []
    vision: dict[str, Any] = {}
    workflows: list[dict[str, Any]] = []
    text: str | None = None


class SchemaReply(Reply):
    """Of `parse_drizzle_schema`."""

    dialect: str | None = None
    files: list[str] | None = None
    tables: list[dict[str, Any]] = []
    enums: list[dict[str, Any]] = []
    unread: list[dict[str, Any]] = []


class MapReply(Reply):
    """Of `map_workflow_to_tables`."""

    template: str | None = None
    workflows: list[dict[str, Any]] = []
    findings: list[dict[str, Any]] = []
    decisions: list[dict[str, Any]] = []


class AssessReply(Reply):
    """Of `assess_schema`."""

    readiness: dict[str, Any] = {}
    decisions: list[dict[str, Any]] = []
    options: list[dict[str, Any]] = []
    findings: list[dict[str, Any]] = []
    changes: list[dict[str, Any]] = []


class CheckReply(Reply):
    """Of `check_schema`."""

    findings: list[dict[str, Any]] = []
    counts: dict[str, int] = {}


class CodeReply(Reply):
    """Of `draft_schema_code`."""

    files: list[dict[str, Any]] = []
    diffs: list[dict[str, Any]] = []
    phases: list[dict[str, Any]] = []
    text: str | None = None


class GuideReply(Reply):
    """Of `mentor_guide`."""

    step: str | None = None
    text: str | None = None


class WriteReply(Reply):
    """Of `write_initial_data_schema`."""

    path: str | None = None
    backup: str | None = None
    changed: bool | None = None
    sha256: str | None = None
    summary: list[str] = []
    asked: str | None = None
    kept: list[dict[str, Any]] = []
