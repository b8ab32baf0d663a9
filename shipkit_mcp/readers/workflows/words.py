"""The labels of workflow documents, in English, Spanish, Italian and French, as folded keys."""

from __future__ import annotations

import re


def _keys(*lines: str) -> frozenset[str]:
    """Keys as written between semicolons."""
    return frozenset(key.strip() for line in lines for key in line.split(";"))


PURPOSE = _keys(
    "purpose; what it does; what; goal; description",
    "proposito; descripcion; objetivo",
    "scopo; descrizione; obiettivo",
    "but; objectif",
)
TRIGGER = _keys(
    "trigger; triggers; triggered by; trigger mechanism; when",
    "disparador; desencadenante; se activa; activacion",
    "innesco; attivazione; attivato da",
    "declencheur; declenchement; declenche par",
)
DURATION = _keys(
    "duration; expected duration; estimated duration; estimated time; expected time; processing time",
    "estimated completion time",
    "duracion; duracion estimada; duracion esperada",
    "durata; durata prevista; durata stimata",
    "duree; duree estimee; duree prevue",
)
TASKS = _keys(
    "key tasks; tasks; task ids; task list; main tasks",
    "tareas; tareas clave",
    "task principali; task chiave; attivita; attivita chiave",
    "taches; taches cles; taches principales",
)
TASK_ID = _keys("task id; task; id; workflow id; root task; id de tarea; id del task; id de la tache")
FILE_LABELS = _keys("file; archivo; fichier; documentation; doc; documento")
INPUTS = _keys(
    "input; inputs; input data; workflow inputs; what the user provides",
    "entrada; entradas; datos de entrada",
    "ingresso; dati in ingresso",
    "entree; entrees; donnees d entree",
)
OUTPUTS = _keys(
    "output; outputs; workflow outputs; result; results",
    "salida; salidas; resultado; resultados",
    "uscita; risultato; risultati",
    "sortie; sorties; resultat; resultats",
)
PROCESSING = _keys(
    "processing; processing steps; steps; process; core flow; flow; key operations",
    "procesamiento; pasos; pasos de procesamiento; flujo principal; flujo",
    "elaborazione; passi; passaggi; flusso principale; flusso",
    "traitement; etapes; etapes de traitement; flux principal; flux",
)
DECISIONS = _keys(
    "key decision points; decision points; key decisions; decisions",
    "puntos de decision; puntos de decision clave; decisiones clave",
    "punti di decisione; punti decisionali chiave; decisioni chiave",
    "points de decision; points de decision cles; decisions cles",
)
ENHANCEMENTS = _keys(
    "enhancements; enhancement; optional enhancements; optional enhancement; optional features",
    "secondary processing",
    "mejoras; mejoras opcionales",
    "miglioramenti; miglioramenti opzionali",
    "ameliorations; ameliorations optionnelles",
)
TABLE_LABELS = _keys(
    "database tables; tables; job tracking tables; job tracking table; database; database schema; db tables",
    "jobs table; results table; new tables; tables created",
    "tablas; tablas de base de datos; tablas de seguimiento; tablas nuevas",
    "tabelle; tabelle del database; tabelle di tracciamento; nuove tabelle",
    "tables de base de donnees; tables de suivi; nouvelles tables",
)
ENTRY_LABELS = (
    PURPOSE
    | TRIGGER
    | DURATION
    | TASKS
    | FILE_LABELS
    | _keys("workflow id; priority; phase; dependencies; task count; key decision points")
    | _keys("prioridad; dependencias; priorita; dipendenze; priorite; dependances")
)
"""Labels of a workflow's entry in an index, or of its card."""

TITLE_NOISE = re.compile(
    r"(?:trigger dev )?(?:quick )?(?:workflow )?(?:quick reference|digital twin|reference"
    r"|referencia rapida(?: de trigger dev)?|riferimento rapido(?: (?:di )?trigger dev)?"
    r"|reference rapide(?: (?:de )?trigger dev)?|trigger dev quick reference)"
    r"|(?:trigger(?: dev)? )?(?:workflow|flujo(?: de trabajo)?|flusso(?: di lavoro)?"
    r"|flux(?: de travail)?)(?: \d+[a-z]?)?"
    r"|trigger dev(?: quick reference)?"
)
"""Parts of a title, between colons, that name no workflow."""
TITLE_EDGES = re.compile(
    r"(?i)^(?:trigger(?:\.dev)?\s+)?(?:workflow\s+\d+\s*[-–—:.]\s*"
    r"|workflow(?:\s+(?:de|di|du|des|del|della|pour|para|per))?\s+"
    r"|flujo(?:\s+de\s+trabajo)?\s+(?:de\s+)?|flusso(?:\s+di\s+lavoro)?\s+(?:di\s+|per\s+)?"
    r"|flux(?:\s+de\s+travail)?\s+(?:de\s+)?)|\s+(?:workflow|job|background job)s?$"
)
"""Words at the start or end of a title that every workflow's title may have."""
