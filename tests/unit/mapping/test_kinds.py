"""Kinds of workflow, with the lines that say so."""

from __future__ import annotations

import pytest
from unit.mapping.made import declare, map_one, payload, said, workflow

from shipkit_mcp.facts import Task
from shipkit_mcp.findings import WorkflowMapping


def kinds_of(purpose: str, **more: object) -> WorkflowMapping:
    return map_one(workflow("w", title="W", purpose=said(purpose, 7), **more))


@pytest.mark.parametrize(
    ("purpose", "kind"),
    [
        ("Transcribe uploaded audio and video files", "file_processing"),
        ("Extrae texto de los archivos PDF que el usuario sube", "file_processing"),
        ("Téléverse des fichiers audio et les transcrit", "file_processing"),
        ("Converte i file video caricati con ffmpeg", "file_processing"),
        ("Analyze a CSV data set and report anomalies", "data_analysis"),
        ("Analiza los datos de ventas y calcula estadísticas", "data_analysis"),
        ("Send reminder emails to all users every day", "batch_operation"),
        ("Envía recordatorios por correo cada noche", "batch_operation"),
        ("Invia promemoria via email ai destinatari", "batch_operation"),
        ("Envoie des rappels par courriel aux destinataires", "batch_operation"),
        ("Generate blog articles with AI", "content_generation"),
        ("Genera textos publicitarios con IA", "content_generation"),
        ("Génère des images avec un modèle d'IA", "content_generation"),
        ("Riassunti di articoli scritti con IA", "content_generation"),
    ],
)
def test_a_purpose_says_the_kind_in_four_languages(purpose: str, kind: str) -> None:
    assert kinds_of(purpose).kinds[0] == kind


def test_a_workflow_that_says_nothing_is_unclassified() -> None:
    mapping = kinds_of("Does what has to be done")
    assert (mapping.kinds, mapping.kind_evidence) == (("unclassified",), ())


def test_one_weak_word_is_no_kind() -> None:
    assert kinds_of("Handles documents").kinds == ("unclassified",)


def test_a_workflow_may_be_of_several_kinds() -> None:
    mapping = kinds_of("Transcribe uploaded audio, then generate a summary with GPT")
    assert set(mapping.kinds) == {"file_processing", "content_generation"}


def test_each_kind_is_shown_with_the_lines_that_say_so() -> None:
    (match,) = kinds_of("Send newsletters in batches to all recipients").kind_evidence
    assert [one.line for one in match.evidence] == [7]


def test_columns_and_tasks_speak_too() -> None:
    table = declare("w_jobs", "id", "status", "file_name: text", "file_size_bytes: bigint")
    task = Task(id="extract-audio", evidence=payload("a: string").evidence)
    mapping = map_one(workflow("w", table, title="W", tasks=(task,)))
    assert mapping.kinds == ("file_processing",)
    assert {one.line for one in mapping.kind_evidence[0].evidence} >= {12, 29}


def test_legacy_columns_do_not_speak() -> None:
    table = declare("w_jobs", "id", "status", "file_name: text legacy", "file_size_bytes: bigint legacy")
    assert map_one(workflow("w", table, title="W")).kinds == ("unclassified",)
