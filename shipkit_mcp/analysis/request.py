"""What a caller asks of an analysis, beside the project."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from shipkit_mcp.errors import Cancelled


@dataclass(frozen=True)
class Request:
    """What is asked, and how to tell the caller how far we are."""

    amendments: Mapping[str, Any] = field(default_factory=dict)
    """As the assistant gave them (``decisions``, ``tables``, ``remove``, ``narrative``)."""
    schema: tuple[str, ...] = ()
    """Paths or globs that replace the search for the schema."""
    casing: str | None = None
    task_documents: bool = False
    cancelled: Callable[[], bool] = lambda: False
    progress: Callable[[str], None] = lambda _stage: None

    def check(self) -> None:
        """Raises Cancelled where the caller went away."""
        if self.cancelled():
            raise Cancelled("The caller went away; nothing was written.")

    def reach(self, stage: str) -> None:
        """Tell that a stage begins. Raises Cancelled where the caller went away."""
        self.check()
        self.progress(stage)
