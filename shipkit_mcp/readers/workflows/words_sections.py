"""The kinds of sections of workflow documents by their headings, in English, Spanish, Italian and French."""

from __future__ import annotations

import re
from functools import lru_cache

_HEADINGS: dict[str, tuple[str, ...]] = {
    "payloads": (
        (
            r"(?:typescript |task |trigger |root |input )*payloads?(?: (?:simplified|interfaces?|types?"
            r"|schemas?|structures?"
            r"|definitions?|simplificad[oa]s?|semplificat[oi]|simplifies?))*"
        ),
        r"(?:interfaces? (?:de |des )?|interfacce dei? )(?:los )?payloads?.*",
        r"payloads? (?:de (?:las )?tareas?|dei task|des taches).*",
    ),
    "outputs": (
        r"(?:task )?(?:output|result)s?(?: data)?(?: structures?| interfaces?| types?| schemas?)?",
        r"estructuras? (?:de datos )?de salida",
        r"struttur[ae] (?:dati )?(?:di output|in uscita)",
        r"structures? (?:de donnees )?de sortie",
    ),
    "tables": (
        (
            r"(?:new |job tracking |job |core |required )*(?:database|db) (?:tables?|schemas?|changes|design"
            r"|model)(?: .*)?"
        ),
        (
            r"(?:new |job tracking |modified |existing |updated )*tables?"
            r"(?: phase \d+.*| needed| involved| additions.*| read only)?"
        ),
        r"data models?|schema changes|database",
        (
            r"(?:nuevas )?tablas?(?: de (?:la )?base de datos| de datos| nuevas| existentes)?|base de datos"
            r"|modelo de datos"
        ),
        r"(?:nuove )?tabell[ae](?: del database| di database| esistenti| nuove)?|modello dati",
        r"(?:nouvelles )?tables? (?:de (?:la )?base de donnees|de donnees|existantes)|nouvelles tables",
        r"base de donnees|modele de donnees",
        r"(?:esquema|schema) (?:de (?:la )?|del |di )?(?:base de datos|database|base de donnees)",
    ),
    "samples": (
        r"(?:sample|example|reference) (?:data|examples?|output|payload)s?",
        r"(?:examples?|ejemplos?|esemp\w+|exemples?)(?: .*)?",
    ),
    "overview": (
        r"(?:workflow )?(?:overview|summary)",
        r"(?:resumen|vision general|descripcion general|panoramica|apercu|vue d ensemble)(?: .*)?",
    ),
    "chain": (
        r"task (?:chain|flow|graph)(?: diagram)?(?: .*)?",
        r"diagram\w* .*(?:task|tarea|tache)\w*.*",
        r"cadena de tareas.*|catena (?:dei |di )?task.*|chaine (?:de |des )taches.*",
    ),
    "decisions": (
        r"(?:critical |key )*decisions?(?: points?)?(?: .*)?",
        r"puntos? (?:criticos? )?de decision.*|punti (?:critici )?(?:di decisione|decisionali).*",
        r"points? (?:critiques? )?de decision.*|decisiones.*|decisioni.*",
    ),
    "dataflow": (
        r"(?:core )?data flow(?: .*)?|flujo de datos.*|flusso (?:dei |di )?dati.*|flux de donnees.*",
    ),
    "files": (
        r"(?:key )?file (?:locations?|structure)(?: .*)?",
        r"ubicacion\w* de (?:los )?archivos.*|posizion\w+ dei file.*|emplacements? des fichiers.*",
    ),
    "tasks": (
        r"(?:task|trigger(?: dev)?) (?:definitions?|tasks?|files?)(?: .*)?|tasks?",
        r"definicion\w* de (?:las )?tareas.*|definizion\w+ dei task.*|definitions? des taches.*",
    ),
    "utilities": (
        r"(?:key )?utility functions?(?: .*)?",
        r"funciones (?:utilitarias|de utilidad).*|funzioni (?:di )?utilita.*|fonctions utilitaires.*",
    ),
    "progress": (
        r"progress(?: tracking)?(?: patterns?)?(?: .*)?",
        r"seguimiento (?:del? )?progreso.*|(?:tracciamento|monitoraggio) (?:del )?progresso.*|avanzamento.*",
        r"suivi de (?:la )?progression.*",
    ),
    "failures": (
        r"(?:common )?failure (?:points|modes)(?: .*)?|error handling(?: .*)?",
        (
            r"puntos (?:comunes )?de fall[oa].*|punti di fallimento.*|points de defaillance.*"
            r"|gestion(?:e)? (?:de|des|degli) err.*"
        ),
    ),
    "principles": (
        r"(?:key )?architecture principles(?: .*)?",
        r"principios de arquitectura.*|principi architetturali.*|principes d architecture.*",
    ),
    "checklist": (
        r"(?:quick )?(?:implementation )?checklist(?: .*)?",
        (
            r"lista de (?:verificacion|implementacion|tareas).*|checklist d\w+ implement.*"
            r"|liste de (?:controle|verification).*"
        ),
    ),
    "enhancements": (
        r"(?:optional |future |possible )*enhancements?(?: .*)?",
        r"mejoras(?: .*)?|miglioramenti(?: .*)?|ameliorations(?: .*)?",
    ),
    "patterns": (
        (
            r"common patterns.*|streaming patterns.*|progress patterns.*|architecture decision.*"
            r"|workflow file structure.*"
        ),
        r"when to create.*|related documentation.*|maintenance notes.*",
        r"patrones comunes.*|pattern comuni.*|modeles communs.*|cuando crear.*|quando creare.*|quand creer.*",
    ),
}
_KINDS = tuple((kind, re.compile("|".join(headings))) for kind, headings in _HEADINGS.items())


@lru_cache(maxsize=2048)
def kind_of_section(key: str) -> str:
    """The kind of a section by its folded heading, or an empty string. The first kind that fits wins."""
    return next((kind for kind, pattern in _KINDS if pattern.fullmatch(key)), "")
