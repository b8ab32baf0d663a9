"""What documents say of tables in prose, in English, Spanish, Italian and French, as patterns."""

from __future__ import annotations

import re
from typing import NamedTuple


def _said(*alternatives: str) -> re.Pattern[str]:
    """Whole words, in any case."""
    return re.compile(rf"(?i)(?<!\w)(?:{'|'.join(alternatives)})(?!\w)")


TOUCHED = _said(
    r"used as (?:an? )?input|(?:as|input) (?:source|only)|read[- ]only|only read|reads? only",
    r"(?:(?:only )?updated|(?:only )?read) by (?:this|the) (?:workflow|task|job)|only updated|updates? only",
    r"(?m:^ ?existing)|existing tables?|already exists?|unchanged|no changes",
    r"usad[oa] como entrada|s[oó]lo lectura|s[oó]lo se lee|(?:actualizad|le[ií]d)[oa] por (?:este|el)",
    r"(?m:^ ?existentes?)|tablas? existentes?|ya existe|sin cambios",
    r"usat[oa] come input|sola lettura|solo letta|(?:aggiornat|lett)[oa] da (?:questo|quest)",
    r"(?m:^ ?esistent[ei])|tabell[ae] esistent[ei]|gi[aà] esist\w+",
    r"utilis[eé]e? (?:comme|en) entr[eé]e|lecture seule|(?:mise? [aà] jour|lue?) par ce",
    r"(?m:^ ?existante?s?)|tables? existantes?|d[eé]j[aà] (?:pr[eé]sente|existante)",
)
"""A table is only read or updated."""
INPUT_ONLY = _said(
    r"used as (?:an? )?input",
    r"usad[oa] como entrada",
    r"usat[oa] come input",
    r"utilis[eé]e? (?:comme|en) entr[eé]e",
)
"""A comment on a column which says that its table is only read."""
ADDS_COLUMNS = _said(
    r"(?:adds?|added|new|additional|extra) (?:columns?|fields?)|add(?:s|ed)? to|extend(?:s|ed)?|altered?"
    r"|modif(?:y|ied)",
    r"(?:nuev[ao]s|agrega|a[nñ]ade) (?:columnas|campos)",
    r"(?:nuove|aggiunge|nuovi) (?:colonne|campi)",
    r"(?:nouvelles|nouveaux|ajoute) (?:colonnes|champs)",
)
"""Columns are added to a table that is there."""
OTHER_WORKFLOW = _said(
    r"(?:separate|another|other|different|independent)(?: \S+){0,2} workflow",
    r"(?:owned|managed|created|filled|written) by (?!this\b|our\b|the (?:workflow|task|job)\b)(?:\S+ ){1,5}workflow",
    r"belongs to (?!this\b|our\b)(?:\S+ ){1,5}workflow",
    r"(?:workflow|flujo(?: de trabajo)?) (?:separado|aparte|independiente|distinto)|otro (?:workflow|flujo)",
    r"pertenece al (?:workflow|flujo)",
    r"(?:workflow|flusso) (?:separato|distinto|indipendente)|(?:un )?altro (?:workflow|flusso)"
    r"|appartiene al (?:workflow|flusso)",
    r"(?:workflow|flux) (?:s[eé]par[eé]|distinct|ind[eé]pendant)|autre (?:workflow|flux)"
    r"|appartient au (?:workflow|flux)",
)
"""Something is another workflow's."""
DEPRECATED = _said(
    r"deprecated|legacy|obsolete|old task|replaced by|removed|no longer|superseded",
    r"obsolet[oa]|en desuso|antigu[oa]|reemplazad[oa]",
    r"deprecat[oa]|vecchi[oa]|sostituit[oa]",
    r"obsol[eè]te|ancien(?:ne)?|remplac[eé]e?",
)
NEW = re.compile(
    r"\bNEW\b|(?i:\((?:new|nuev[oa]|nuov[oa]|nouve(?:au|lle))\b|\bnew tables?\b|\bnuevas? tablas?\b"
    r"|\bnuov[ae] tabell[ae]\b|\bnouvelles? tables?\b|\bto be created\b|\bda creare\b|\bpor crear\b"
    r"|\b[aà] cr[eé]er\b)"
    r"|(?m:^(?i:new|nueva|nuova|nouvelle)\b)"
)
"""A table is yet to be created."""
CREATE = _said(r"create|add|crear|cre[ae]|a[nñ]adir|agregar|creare|aggiungere|cr[eé]er|ajouter")
TABLE_WORD = _said(r"tables?|tablas?|tabell[ae]")
FIELD_WORD = _said(r"columns?|fields?|columnas?|campos?|colonn[ae]|camp[oi]|colonnes?|champs?")
ONE_TO_ONE = re.compile(
    r"(?i)(?:one[- ]to[- ]one|1[-: ]1|uno a uno|uno[- ]a[- ]uno"
    r"|un [aà] un)\b[^`\n]{0,60}`?([a-z][a-z0-9_]*)`?"
)
"""One row for each row of the named table."""

JOB_WORDS = _said(
    r"job (?:tracking|progress|status)|tracks? (?:\S+ ){0,4}(?:jobs?|progress|status)|main job|job queue",
    r"seguimiento (?:de |del )?(?:los )?(?:jobs?|trabajos?)",
    r"tracciamento (?:dei |del )?(?:jobs?|processo)",
    r"suivi (?:des |du )?(?:jobs?|t[aâ]ches?)",
)
"""A table tracks jobs."""
RESULT_WORDS = _said(
    r"results?|outputs?|completed|generated|saved|produced|final",
    r"resultados?|salida|generad[oa]s?|completad[oa]s?|guardad[oa]s?",
    r"risultat[oi]|generat[oiea]|completat[oiea]|salvat[oiea]",
    r"r[eé]sultats?|g[eé]n[eé]r[eé]e?s?|termin[eé]e?s?|enregistr[eé]e?s?",
)
"""A table holds what jobs produce."""
ENHANCEMENT_WORDS = _said(
    r"enhancements?|optional (?:processing|feature|table)|secondary processing",
    r"mejoras?",
    r"miglioramenti?|miglioramento",
    r"am[eé]liorations?",
)
"""A table holds further processing."""
WRITES = (
    r"(?i:\b(?:insert|upsert|save|store|write|create|rebuild|persist|append|record|inserta|guarda|crea"
    r"|almacena"
    r"|inserisc\w*|salva|memorizza|enregistre|ins[eè]re|sauvegarde|cr[eé]e)(?:s|d|ed|r|re)?\b)"
)
"""A verb by which a task puts rows into a table, as a pattern."""


class Said(NamedTuple):
    """How something is said, and what stands in every sentence that says so: far cheaper to look for."""

    near: tuple[str, ...]
    """Lower case."""
    pattern: re.Pattern[str]


INLINE = Said(
    ("job", "table", "tabla", "tabella", "phem", "phém", "efimer", "efímer", "effimer"),
    re.compile(
        r"(?i)(?:stored?|kept|saved?|stays?|lives?|held)\b[^.\n]{0,60}\b(?:in"
        r"|on) (?:the )?(?:`\w*jobs?(?:\.\w+)?`|jobs? (?:table|row|record))"
        r"|no (?:separate|dedicated|own) (?:results?|output) table|(?<!\w)ephemeral(?!\w)"
        r"|sin tabla de resultados|no (?:hay|tiene|necesita) (?:una )?tabla de resultados"
        r"|(?<!\w)ef[ií]mer[oa]s?(?!\w)"
        r"|nessuna tabella (?:dei |di )?risultati|senza tabella (?:dei |di )?risultati|(?<!\w)effimer[oiae](?!\w)"
        r"|(?:pas de|sans) table de r[eé]sultats|(?<!\w)[eé]ph[eé]m[eè]res?(?!\w)"
        r"|(?:guardad[oa]s?|salvat[oiae]|conservat[oiae]|enregistr[eé]e?s?)\b[^.\n]{0,60}`\w*jobs?(?:\.\w+)?`"
    ),
)
"""Results stay in the jobs table, or with the caller."""
NO_JOBS = Said(
    ("job", "table", "tabla", "tabella"),
    re.compile(
        r"(?i)no (?:separate |dedicated |own )?jobs? (?:tracking )?table|no table for (?:\w+ ){0,3}jobs\b|without (?:a "
        r"|its own )?jobs? (?:tracking )?table"
        r"|does not (?:use|need|have) (?:a )?jobs? (?:tracking )?table|tracks? no jobs?"
        r"|sin tabla de (?:jobs|trabajos|seguimiento)|no (?:usa|necesita|tiene) (?:una )?tabla de (?:jobs"
        r"|trabajos)"
        r"|nessuna tabella (?:dei |di )?job|senza (?:una )?tabella (?:dei |di )?job"
        r"|(?:pas de|sans) table (?:de |des )?(?:jobs|t[aâ]ches|suivi)"
    ),
)
"""The workflow tracks no job of its own."""
NOT_SAVED = Said(
    ("saved", "stored", "kept", "persist", "guarda", "almacena", "salvat", "rien n"),
    re.compile(
        r"(?i)(?:nothing|no (?:output|results?|data)) (?:is|are) (?:saved|stored|kept|persisted)"
        r"|(?:output|results?) (?:is|are) not (?:saved|stored|persisted|kept)|not persisted|no (?:saved"
        r"|persistent) output"
        r"|no se (?:guarda|almacena) (?:nada|ning[uú]n)|nada se guarda|non (?:viene )?salvat[oa] nulla"
        r"|nulla viene salvato"
        r"|rien n.est (?:enregistr[eé]|sauvegard[eé]|conserv[eé])"
    ),
)
"""Nothing is kept."""
SAVED = Said(
    ("database", "db", "table", "tabla", "tabella", "base de", "`"),
    re.compile(
        r"(?i)(?<!\w)(?:sav|stor|insert|persist|writ|guard|almacen|salv|memorizz|enregistr|sauvegard)[a-zà-ÿ]*"
        r"\s[^.\n]{0,60}?(?:database|\bdb\b|\btable|tabla|tabella|base de d\w+|`\w+`)"
    ),
)
"""Something is kept."""
