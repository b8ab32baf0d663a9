"""Of schemas that nobody thought of our reader says what drizzle-orm says."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import HealthCheck, given, settings
from oracle.compare import compare
from oracle.node import Drizzle
from oracle.sources import schemas

from shipkit_mcp.facts import Source
from shipkit_mcp.readers.drizzle import find_schema, read_schema

pytestmark = pytest.mark.node


class OneFile:
    """A project of one schema file."""

    def __init__(self, text: str) -> None:
        self._text = text

    def get(self, path: str) -> Source | None:
        return Source(path, self._text) if path == "schema.ts" else None

    def under(self, folder: str = "") -> Sequence[str]:
        return () if folder else ("schema.ts",)


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[
        HealthCheck.function_scoped_fixture,
        HealthCheck.too_slow,
        HealthCheck.data_too_large,
    ],
)
@given(source=schemas(), casing=...)
def test_random_schemas_are_read_as_drizzle_reads_them(drizzle: Drizzle, source: str, casing: bool) -> None:
    wanted = "snake_case" if casing else None

    files = OneFile(source)
    schema = read_schema(files, find_schema(files, ["schema.ts"], wanted or "none"))

    truth = drizzle.dump({"source": source, "casing": wanted})
    assert "error" not in truth, truth
    assert compare(truth, schema, wanted).differences == []
    assert schema.unread == ()


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(source=schemas(sized_arrays=False))
def test_random_schemas_are_read_as_drizzle_1_reads_them(drizzle_v1: Drizzle, source: str) -> None:
    files = OneFile(source)
    choice = find_schema(files, ["schema.ts"], "none").model_copy(update={"drizzle_version": "1.0.0-rc.5"})

    schema = read_schema(files, choice)

    truth = drizzle_v1.dump({"source": source})
    assert "error" not in truth, truth
    assert compare(truth, schema).differences == []
    assert schema.unread == ()
