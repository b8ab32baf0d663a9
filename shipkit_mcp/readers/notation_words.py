"""The words of the notation, in English, Spanish, Italian and French, as data."""

from __future__ import annotations

import re

KNOWN_TYPES = frozenset(
    [
        *("uuid", "text", "varchar", "char", "character", "string", "citext", "xml", "url", "id"),
        *(
            "bool",
            "boolean",
            "bit",
            "bytea",
            "blob",
            "inet",
            "cidr",
            "macaddr",
            "point",
            "vector",
            "tsvector",
        ),
        *(
            "int",
            "int2",
            "int4",
            "int8",
            "integer",
            "smallint",
            "bigint",
            "serial",
            "bigserial",
            "smallserial",
        ),
        *("number", "numeric", "decimal", "real", "float", "float4", "float8", "double", "money"),
        *("date", "datetime", "time", "timetz", "timestamp", "timestamptz", "interval"),
        *("json", "jsonb", "object", "enum", "array", "any", "unknown"),
    ]
)
"""First words that make ``name type`` (without a colon) a column and ``index: integer`` one too."""

TYPE_PHRASES = re.compile(
    r"(?:double precision|character varying(?:\s*\(\s*\d+\s*\))?|bit varying(?:\s*\(\s*\d+\s*\))?"
    r"|(?:timestamp|time)(?:\s*\(\s*\d\s*\))?\s+with(?:out)?\s+time\s+zone)(?!\w)",
    re.IGNORECASE,
)
"""Types of more than one word."""

_TARGET = (
    r"[`\"']?(?P<target>[^\W\d]\w*(?:\.[^\W\d]\w*){0,2})[`\"']?(?:\s*\(\s*[`\"]?(?P<column>\w+)[`\"]?\s*\))?"
)
_FOREIGN = (
    r"(?:fk|foreign key|references?|refs?|"
    r"clave for[aá]nea|cl[eé] [eé]trang[eè]re|chiave esterna|referencia|r[eé]f[eé]rence|riferimento)"
)
_ARROW = r"(?:→|->|=>|⇒|➜|:|\bto\b|\ba\b|\bà\b|\bal?\b|\bvers\b|\bverso\b|\breferences\b)"


def _clause(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


CLAUSES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("primary_key", _clause(r"(?:pk|primary\s*key|clave primaria|cl[eé] primaire|chiave primaria)(?!\w)")),
    ("foreign_key", _clause(rf"{_FOREIGN}\s*{_ARROW}?\s*{_TARGET}(?:\s+(?:table|tabla|tabella))?(?!\w)")),
    ("foreign_key", _clause(rf"(?:→|->|=>|⇒|➜|>)\s*{_TARGET}(?!\w)")),
    ("foreign_unnamed", _clause(rf"{_FOREIGN}(?!\w)")),
    (
        "on_delete",
        _clause(
            r"(?:on\s*delete\s*:?\s*[\"']?(?P<action>cascade|set null|restrict|no action|set default)[\"']?"
            r"|(?P<action2>cascade|set null|restrict|no action)(?:\s+on)?\s+delet(?:e|ion)"
            r"|(?P<action3>set null|restrict)"
            r"|(?P<cascade>delete\s+cascade|cascade|cascad[ae]|cascata"
            r"|(?:borrado|eliminaci[oó]n) en cascada|suppression en cascade"
            r"|(?:eliminazione|cancellazione) a cascata))(?!\w)"
        ),
    ),
    ("on_update", _clause(r"on\s*update\s*:?\s*[\"']?(?:cascade|set null|restrict|no action)[\"']?(?!\w)")),
    (
        "not_null",
        _clause(
            r"(?:not[\s_-]*null(?:able)?|non[\s-]null(?:able)?|required|mandatory|no nulo|non nul|non nullo"
            r"|obligatorio|obligatoria|requerido|requerida|obligatoire|requis|requise"
            r"|obbligatorio|obbligatoria|richiesto)(?!\w)"
        ),
    ),
    (
        "nullable",
        _clause(
            r"(?:nullable|null(?:s)? (?:allowed|until|when|if)|null|optional|may be null|can be null"
            r"|opcional|anulable|admite nulos?|puede ser nul[oa]|optionnel(?:le)?|facultati(?:f|ve)"
            r"|peut [eê]tre nulle?|opzionale|facoltativ[oa]|annullabile|pu[oò] essere null[oa]?)(?!\w)"
        ),
    ),
    ("unique", _clause(r"(?:unique|uniq|[uú]nic[oa])(?:\s+(?:constraint|key|index))?(?!\w)")),
    (
        "default",
        _clause(
            r"(?:defaults?(?:\s+to|\s+value)?|por defecto|par d[eé]faut|predefinito|di default)"
            r"(?:\s*[:=]\s*|\s+)(?P<default>'(?:[^']|''){0,200}'(?:::\w+)?|\"[^\"]{0,200}\""
            r"|\w[\w.]*\([^()]{0,100}\)|-?[\w.]+(?:-\w+)*|\{\}|\[\])"
        ),
    ),
    (
        "default",
        _clause(
            r"=\s*(?P<default>'[^']{0,200}'|\"[^\"]{0,200}\"|\w+\([^()]{0,100}\)|-?[\w.]+(?:-\w+)*|\{\}|\[\])"
        ),
    ),
    ("indexed", _clause(r"(?:indexed|index|indice|[ií]ndice|index[eé]e?|indicizzat[oa])(?!\w)")),
    ("legacy", _clause(r"(?:legacy|deprecated|obsolet[eoa]?|v1)(?!\w)")),
)
"""Kinds of remark about a column and how each is written; tried in this order."""

LEGACY_SECTION = _clause(
    r"(?<!\w)(?:legacy|deprecated|obsolete|obsolet[oa]s?|hered[ae]d[oa]s?|heredados|legado|en desuso"
    r"|ancien(?:s|ne|nes)?|obsol[eè]tes?|vecchi[oae]?|ereditat[oiae]|deprecat[oiae])(?!\w)"
)
"""A comment over columns which says that those below it are of an old version."""

NEGATED = _clause(r"(?<!\w)(?:not?|non|pas|sin|no longer)(?!\w)")

EXISTING = _clause(
    r"(?<!\w)(?:existing|exists|already there|existentes?|ya existe|esistent[ei]|gi[aà] esist\w*"
    r"|existant(?:e|s|es)?)(?!\w)"
)
"""Says that something is there already."""

KEY_FIELDS = frozenset(
    {
        "key fields",
        "key columns",
        "main fields",
        "fields",
        "columns",
        "campos clave",
        "campos principales",
        "columnas clave",
        "campi chiave",
        "campi principali",
        "colonne chiave",
        "champs cles",
        "champs principaux",
        "colonnes cles",
    }
)
PARTIAL_KEYS = KEY_FIELDS - {"fields", "columns"}
"""Labels of a list of columns that does not claim to be complete."""

STATUS_VALUES = frozenset(
    {
        "status values",
        "statuses",
        "status enum",
        "possible statuses",
        "job statuses",
        "status",
        "valores de estado",
        "estados",
        "valori di stato",
        "stati",
        "valeurs de statut",
        "statuts",
        "valeurs du statut",
        "valores de status",
    }
)

INDEX_KEYS = frozenset({"index", "indexes", "indices", "indici", "indice", "idx"})
UNIQUE_KEYS = frozenset({"unique", "unico", "unica", "unicos", "unicite", "unique constraint", "constraints"})
PRIMARY_KEYS = frozenset({"primary key", "pk", "clave primaria", "cle primaire", "chiave primaria"})
