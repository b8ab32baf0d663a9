"""The headings and labels of workflow documents, in English, Spanish, Italian and French, as folded keys."""

from __future__ import annotations

import re
from functools import lru_cache

SECTION_KINDS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(pattern))
    for kind, pattern in (
        (
            "payloads",
            r"(?:task |trigger |root |input )*payloads?(?: (?:simplified|interfaces?|types?|schemas?|structures?|definitions?"
            r"|simplificad[oa]s?|semplificat[oi]|simplifies?))*"
            r"|(?:interfaces? (?:de |des )?|interfacce dei? )(?:los )?payloads?.*|payloads? de (?:las )?tareas?.*"
            r"|payloads? dei task.*|payloads? des taches.*",
        ),
        (
            "outputs",
            r"(?:output|result)s?(?: data)?(?: structures?| interfaces?| types?| schemas?)?|(?:task )?outputs?"
            r"|estructuras? (?:de datos )?de salida|strutture? (?:dati )?di output|structures? (?:de donnees )?de sortie",
        ),
        (
            "tables",
            r"(?:new |job tracking |job |core |required )*(?:database|db) (?:tables?|schemas?|changes|design|model)(?: .*)?"
            r"|tables?|data models?|(?:new |job tracking |modified |existing |updated )*tables?(?: phase \d+.*| needed| involved| additions.*)?|schema changes"
            r"|tablas?(?: de (?:la )?base de datos| de datos)?|base de datos|modelo de datos"
            r"|tabelle?(?: del database| di database)?|modello dati"
            r"|tables? (?:de (?:la )?base de donnees|de donnees)|base de donnees|modele de donnees"
            r"|esquema (?:de (?:la )?)?base de datos|schema (?:del |di )?database|schema (?:de (?:la )?)?base de donnees",
        ),
        (
            "samples",
            r"(?:sample|example|reference) (?:data|examples?|output|payload)s?|examples?|ejemplos?(?: .*)?|esemp\w+(?: .*)?|exemples?(?: .*)?",
        ),
        (
            "overview",
            r"(?:workflow )?overview|(?:workflow )?summary|(?:resumen|vision general|panoramica|apercu|vue d ensemble)(?: .*)?",
        ),
        (
            "chain",
            r"task (?:chain|flow|graph)(?: diagram)?(?: .*)?|diagram\w* .*(?:task|tarea|tache)\w*.*|cadena de tareas.*|catena (?:dei |di )?task.*|chaine (?:de |des )taches.*",
        ),
        (
            "decisions",
            r"(?:critical |key )*decisions?(?: points?)?(?: .*)?|puntos? (?:criticos? )?de decision.*|punti (?:critici )?(?:di decisione|decisionali).*|points? (?:critiques? )?de decision.*",
        ),
        (
            "dataflow",
            r"(?:core )?data flow(?: .*)?|flujo de datos.*|flusso (?:dei |di )?dati.*|flux de donnees.*",
        ),
        (
            "files",
            r"(?:key )?file (?:locations?|structure)(?: .*)?|ubicacion\w* de (?:los )?archivos.*|posizion\w+ dei file.*|emplacements? des fichiers.*",
        ),
        (
            "tasks",
            r"(?:task|trigger(?: dev)?) (?:definitions?|tasks?|files?)(?: .*)?|tasks?|definicion\w* de tareas.*|definizion\w+ dei task.*|definitions? des taches.*",
        ),
        (
            "utilities",
            r"(?:key )?utility functions?(?: .*)?|funciones utilitarias.*|funzioni (?:di )?utilita.*|fonctions utilitaires.*",
        ),
        (
            "progress",
            r"progress(?: tracking)?(?: patterns?)?(?: .*)?|seguimiento (?:del? )?progreso.*|(?:tracciamento|monitoraggio) (?:del )?progresso.*|avanzamento.*|suivi de (?:la )?progression.*",
        ),
        (
            "failures",
            r"(?:common )?failure (?:points|modes)(?: .*)?|error handling(?: .*)?|puntos (?:comunes )?de fall[oa].*|punti di fallimento.*|points de defaillance.*",
        ),
        (
            "principles",
            r"(?:key )?architecture principles(?: .*)?|principios de arquitectura.*|principi architetturali.*|principes d architecture.*",
        ),
        (
            "checklist",
            r"(?:quick )?(?:implementation )?checklist(?: .*)?|lista de (?:verificacion|implementacion|tareas).*|checklist di implementazione.*|liste de (?:controle|verification).*",
        ),
        (
            "enhancements",
            r"(?:optional |future |possible )*enhancements?(?: .*)?|mejoras(?: .*)?|miglioramenti(?: .*)?|ameliorations(?: .*)?",
        ),
        (
            "patterns",
            r"common patterns.*|streaming patterns.*|progress patterns.*|architecture decision.*|workflow file structure.*|when to create.*|related documentation.*|maintenance notes.*|patrones comunes.*|pattern comuni.*|modeles communs.*",
        ),
    )
)
"""Kinds of sections, tried in this order."""

PURPOSE = frozenset(
    {
        "purpose",
        "what it does",
        "goal",
        "description",
        "proposito",
        "descripcion",
        "scopo",
        "descrizione",
        "obiettivo",
        "but",
        "objectif",
        "objetivo",
    }
)
TRIGGER = frozenset(
    {
        "trigger",
        "triggered by",
        "trigger mechanism",
        "triggers",
        "when",
        "disparador",
        "desencadenante",
        "se activa",
        "activacion",
        "innesco",
        "attivazione",
        "attivato da",
        "declencheur",
        "declenchement",
        "declenche par",
    }
)
DURATION = frozenset(
    {
        "duration",
        "expected duration",
        "estimated duration",
        "estimated time",
        "expected time",
        "estimated completion time",
        "processing time",
        "duracion",
        "duracion estimada",
        "duracion esperada",
        "durata",
        "durata prevista",
        "durata stimata",
        "duree",
        "duree estimee",
        "duree prevue",
    }
)
TASKS = frozenset(
    {
        "key tasks",
        "tasks",
        "task ids",
        "task list",
        "main tasks",
        "tareas",
        "tareas clave",
        "task principali",
        "attivita",
        "attivita chiave",
        "task chiave",
        "taches",
        "taches cles",
        "taches principales",
    }
)
FILE_LABELS = frozenset({"file", "archivo", "fichier", "documentation", "doc", "documento"})
INPUTS = frozenset(
    {
        "input",
        "inputs",
        "workflow inputs",
        "entrada",
        "entradas",
        "ingresso",
        "dati in ingresso",
        "entree",
        "entrees",
        "input data",
        "what the user provides",
    }
)
OUTPUTS = frozenset(
    {
        "output",
        "outputs",
        "workflow outputs",
        "result",
        "results",
        "salida",
        "salidas",
        "resultado",
        "resultados",
        "uscita",
        "risultato",
        "risultati",
        "sortie",
        "sorties",
        "resultat",
        "resultats",
    }
)
PROCESSING = frozenset(
    {
        "processing",
        "processing steps",
        "steps",
        "process",
        "core flow",
        "flow",
        "key operations",
        "procesamiento",
        "pasos",
        "pasos de procesamiento",
        "flujo principal",
        "flujo",
        "elaborazione",
        "passi",
        "passaggi",
        "flusso principale",
        "flusso",
        "traitement",
        "etapes",
        "etapes de traitement",
        "flux principal",
        "flux",
    }
)
DECISIONS = frozenset(
    {
        "key decision points",
        "decision points",
        "key decisions",
        "decisions",
        "puntos de decision",
        "puntos de decision clave",
        "punti di decisione",
        "punti decisionali chiave",
        "points de decision",
        "points de decision cles",
    }
)
ENHANCEMENTS = frozenset(
    {
        "enhancements",
        "enhancement",
        "optional enhancements",
        "optional enhancement",
        "optional",
        "optional features",
        "secondary processing",
        "mejoras",
        "mejoras opcionales",
        "miglioramenti",
        "miglioramenti opzionali",
        "ameliorations",
        "ameliorations optionnelles",
    }
)
TABLE_LABELS = frozenset(
    {
        "database tables",
        "tables",
        "job tracking tables",
        "job tracking table",
        "database",
        "database schema",
        "jobs table",
        "results table",
        "new tables",
        "tables created",
        "db tables",
        "tablas",
        "tablas de base de datos",
        "tablas de seguimiento",
        "tabelle",
        "tabelle del database",
        "tabelle di tracciamento",
        "tables de base de donnees",
        "tables de suivi",
    }
)
PROGRESS_LABELS = re.compile(r".*(?:progress|progreso|progresso|progression|avanzamento|avancement).*")
ENTRY_LABELS = (
    PURPOSE
    | TRIGGER
    | DURATION
    | TASKS
    | FILE_LABELS
    | frozenset({"workflow id", "priority", "phase", "dependencies", "task count", "key decision points"})
)
"""Labels of a workflow's entry in an index, or of its card."""

TITLE_NOISE = re.compile(
    r"(?:trigger dev )?(?:quick )?(?:workflow )?(?:quick reference|digital twin|reference|referencia rapida(?: de trigger dev)?|riferimento rapido(?: trigger dev)?|reference rapide(?: trigger dev)?|trigger dev quick reference)"
    r"|(?:trigger(?: dev)? )?(?:workflow|flujo(?: de trabajo)?|flusso(?: di lavoro)?|flux(?: de travail)?)(?: \d+[a-z]?)?"
    r"|trigger dev(?: quick reference)?"
)
"""Parts of a title, between colons, that name no workflow."""
TITLE_EDGES = re.compile(
    r"(?i)^(?:trigger(?:\.dev)?\s+)?(?:workflow\s+\d+\s*[-–—:.]\s*|workflow(?:\s+(?:de|di|du|des|del|della|pour|para|per))?\s+|flujo(?:\s+de\s+trabajo)?\s+(?:de\s+)?|flusso(?:\s+di\s+lavoro)?\s+(?:di\s+|per\s+)?|flux(?:\s+de\s+travail)?\s+(?:de\s+)?)"
    r"|\s+(?:workflow|job|background job)s?$"
)

INPUT_ONLY = re.compile(
    r"(?i)(?:used as (?:an? )?input|usad[oa] como entrada|usat[oa] come input|utilis[eé]e? (?:comme|en) entr[eé]e)"
)
"""A comment on a column which says that its table is only read."""
JOB_WORDS = re.compile(
    r"(?i)(?<!\w)(?:job (?:tracking|progress|status)|tracks? (?:\S+ ){0,4}(?:jobs?|progress|status)|main job|job queue"
    r"|seguimiento (?:de |del )?(?:jobs?|trabajos?)|tracciamento (?:dei |del )?(?:jobs?|processo)"
    r"|suivi (?:des |du )?(?:jobs?|t[aâ]ches?))(?!\w)"
)
"""Says that a table tracks jobs."""
RESULT_WORDS = re.compile(
    r"(?i)(?<!\w)(?:results?|outputs?|completed|generated|saved|produced|final|resultados?|salida|generad[oa]s?"
    r"|risultat[oi]|generat[oiea]|completat[ei]|r[eé]sultats?|g[eé]n[eé]r[eé]e?s?|termin[eé]e?s?)(?!\w)"
)
"""Says that a table holds what jobs produce."""
ENHANCEMENT_WORDS = re.compile(
    r"(?i)(?<!\w)(?:enhancements?|optional (?:processing|feature|table)|secondary processing|mejoras?|miglioramenti?"
    r"|miglioramento|am[eé]liorations?)(?!\w)"
)
"""Says that a table holds further processing."""
WRITES = (
    r"(?i:\b(?:insert|upsert|save|store|write|create|rebuild|persist|append|record|inserta|guarda|crea|almacena"
    r"|inserisc\w*|salva|memorizza|enregistre|ins[eè]re|sauvegarde|cr[eé]e)(?:s|d|ed|r|re)?\b)"
)
"""A verb by which a task puts rows into a table, as a pattern."""
TOUCHED = re.compile(
    r"(?i)(?<!\w)(?:used as (?:an? )?input|(?:as|input) (?:source|only)|read[- ]only|only read|reads? (?:from|only)|is read|read by"
    r"|(?:only )?updated by (?:this|the) (?:workflow|task|job)|only updated|updates? only|existing|already exists?|unchanged|no changes"
    r"|usad[oa] como entrada|s[oó]lo lectura|s[oó]lo se lee|actualizad[oa] por (?:este|el)|existente|ya existe|sin cambios"
    r"|usat[oa] come input|sola lettura|solo letta|aggiornat[oa] da (?:questo|quest)|esistente|gi[aà] esist\w+"
    r"|utilis[eé]e? (?:comme|en) entr[eé]e|lecture seule|mise? [aà] jour par ce|existante?|d[eé]j[aà] (?:pr[eé]sente|existante))(?!\w)"
)
"""Says that a table is only read or updated."""
ADDS_COLUMNS = re.compile(
    r"(?i)(?<!\w)(?:(?:adds?|added|new|additional|extra) (?:columns?|fields?)|add(?:s|ed)? to|extend(?:s|ed)?|altered?|modif(?:y|ied)"
    r"|(?:nuev[ao]s|agrega|a[nñ]ade) (?:columnas|campos)|(?:nuove|aggiunge|nuovi) (?:colonne|campi)|(?:nouvelles|nouveaux|ajoute) (?:colonnes|champs))(?!\w)"
)
OTHER_WORKFLOW = re.compile(
    r"(?i)(?<!\w)(?:(?:separate|another|other|different|independent)(?: \S+){0,2} workflow|(?:owned|managed|created|filled|written) by (?:the )?(?:\S+ ){1,4}workflow"
    r"|belongs to (?:the )?(?:\S+ ){0,4}workflow|(?:workflow|flujo(?: de trabajo)?) (?:separado|aparte|independiente|distinto)|otro (?:workflow|flujo)"
    r"|(?:workflow|flusso) (?:separato|distinto|indipendente)|altro (?:workflow|flusso)|(?:workflow|flux) (?:s[eé]par[eé]|distinct|ind[eé]pendant)|autre (?:workflow|flux))(?!\w)"
)
"""Says that something is another workflow's."""
DEPRECATED = re.compile(
    r"(?i)(?<!\w)(?:deprecated|legacy|obsolete|\(old(?: task)?\)|old task|replaced by|removed|no longer|superseded"
    r"|obsolet[oa]|en desuso|antigu[oa]|reemplazad[oa]|deprecat[oa]|vecchi[oa]|sostituit[oa]|obsol[eè]te|ancien(?:ne)?|remplac[eé]e?)(?!\w)"
)
NEW = re.compile(
    r"\bNEW\b|(?i:\((?:new|nuev[oa]|nuov[oa]|nouve(?:au|lle))\b|\bnew tables?\b|\bnuevas? tablas?\b|\bnuov[ae] tabell[ae]\b"
    r"|\bnouvelles? tables?\b|\bto be created\b)|(?m:^(?i:new|nueva|nuova|nouvelle)\b)"
)
"""Says that a table is yet to be created."""
CREATE = re.compile(
    r"(?i)(?<!\w)(?:create|add|crear|cre[ae]|a[nñ]adir|agregar|creare|aggiungere|cr[eé]er|ajouter)(?!\w)"
)
TABLE_WORD = re.compile(
    r"(?i)(?<!\w)(?:tables?|tablas?|tabell[ae]|schema|esquema|migration|migraci[oó]n|migrazione)(?!\w)"
)
FIELD_WORD = re.compile(
    r"(?i)(?<!\w)(?:columns?|fields?|columnas?|campos?|colonn[ae]|camp[oi]|colonnes?|champs?)(?!\w)"
)
PENDING = re.compile(
    r"(?i)pending|pendiente|in attesa|da creare|en attente|[aà] cr[eé]er|por crear|not (?:yet )?(?:created|written)"
)
ONE_TO_ONE = re.compile(
    r"(?i)(?:one[- ]to[- ]one|1[-: ]1|uno a uno|uno[- ]a[- ]uno|un [aà] un)\b[^`\n]{0,60}`?([a-z][a-z0-9_]*)`?"
)
INLINE = re.compile(
    r"(?i)(?:(?:stored?|kept|saved?|stays?|lives?|held|returned)\b[^.\n]{0,60}\b(?:in|on) (?:the )?(?:`\w+(?:\.\w+)?`|jobs? (?:table|row|record))"
    r"|no (?:separate|dedicated|own) (?:results?|output) table|(?:results?|suggestions?|output)\b[^.\n]{0,40}\b(?:are|is) ephemeral|ephemeral"
    r"|sin tabla de resultados|no (?:hay|tiene|necesita) (?:una )?tabla de resultados|nessuna tabella (?:dei |di )?risultati|senza tabella (?:dei |di )?risultati"
    r"|pas de table de r[eé]sultats|sans table de r[eé]sultats|ef[ií]mer[oa]s?|effimer[oiae]|[eé]ph[eé]m[eè]res?)"
)
"""Says that results stay in the jobs table."""
NO_JOBS = re.compile(
    r"(?i)(?:no (?:separate |dedicated |own )?jobs? (?:tracking )?table|without (?:a |its own )?jobs? (?:tracking )?table|does not (?:use|need|have) (?:a )?jobs? (?:tracking )?table"
    r"|sin tabla de (?:jobs|trabajos|seguimiento)|no (?:usa|necesita|tiene) (?:una )?tabla de (?:jobs|trabajos)|nessuna tabella (?:dei |di )?job|senza (?:una )?tabella (?:dei |di )?job"
    r"|pas de table (?:de |des )?(?:jobs|t[aâ]ches|suivi)|sans table (?:de |des )?(?:jobs|t[aâ]ches|suivi)|tracks? no jobs?)"
)
"""Says that the workflow tracks no job of its own."""
NOT_SAVED = re.compile(
    r"(?i)(?:(?:nothing|no (?:output|results?|data)) (?:is|are) (?:saved|stored|kept|persisted)|(?:output|results?) (?:is|are) not (?:saved|stored|persisted|kept)|not persisted|no (?:saved|persistent) output"
    r"|no se (?:guarda|almacena) (?:nada|ning[uú]n)|nada se guarda|non (?:viene )?salvat[oa] nulla|nulla viene salvato|rien n'est (?:enregistr[eé]|sauvegard[eé]|conserv[eé]))"
)
SAVED = re.compile(
    r"(?i)(?<!\w)(?:saves?|saved|stores?|stored|inserts?|inserted|persists?|persisted|writes?|written|guarda\w*|almacena\w*|salva\w*|memorizza\w*|enregistr\w*|sauvegard\w*)(?!\w)[^.\n]{0,60}(?:database|\bdb\b|table|tabla|tabella|base de d\w+|`\w+`)"
)


@lru_cache(maxsize=2048)
def kind_of_section(key: str) -> str:
    """The kind of a section by its folded heading, or an empty string."""
    return next((kind for kind, pattern in SECTION_KINDS if pattern.fullmatch(key)), "")
