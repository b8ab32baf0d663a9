"""The headings and labels of the app's documents, in English, Spanish, Italian and French, as folded keys."""

from __future__ import annotations

import re

END_GOAL = frozenset(
    {
        "end goal",
        "goal",
        "objetivo final",
        "meta final",
        "obiettivo finale",
        "scopo finale",
        "objectif final",
        "but final",
    }
)
PROBLEM = frozenset(
    {
        "specific problem",
        "problem",
        "the problem",
        "problema especifico",
        "problema",
        "problema specifico",
        "probleme specifique",
        "probleme",
    }
)
VALUE = frozenset(
    {
        "core value proposition",
        "value proposition",
        "propuesta de valor",
        "propuesta de valor principal",
        "proposta di valore",
        "proposta di valore principale",
        "proposition de valeur",
        "proposition de valeur principale",
    }
)
USERS = frozenset(
    {
        "all user types",
        "user types",
        "target users",
        "tipos de usuario",
        "todos los tipos de usuario",
        "tipi di utente",
        "tutti i tipi di utente",
        "types d utilisateurs",
        "tous les types d utilisateurs",
        "usuarios objetivo",
        "utenti target",
        "utilisateurs cibles",
    }
)
FUNCTIONS = re.compile(
    r"(?:core )?functionalit(?:y|ies) by role.*|funcionalidades (?:principales )?por rol.*"
    r"|funzionalita (?:principali )?per ruolo.*|fonctionnalites (?:principales )?par role.*"
)
STORIES = re.compile(r"(?:key )?user stories|historias de usuario.*|storie utente.*|recits utilisateurs?.*")
FEATURES = re.compile(
    r"value adding features.*|advanced features.*|caracteristicas (?:avanzadas|de valor).*"
    r"|funzionalita (?:avanzate|a valore).*|fonctionnalites (?:avancees|a valeur).*"
)
BACKGROUND = re.compile(
    r"(?:.* )?(?:system background|background system|system|background)(?: stories| jobs)?"
    r"|sistema(?: segundo plano| background)?|sistema (?:in )?background|systeme(?: arriere plan)?"
)
BUSINESS = re.compile(
    r"business model.*|monetization.*|pricing.*|revenue.*|subscription.*|stripe.*|billing.*"
    r"|modelo de negocio.*|precios.*|modello di business.*|prezzi.*|modele economique.*|tarification.*"
    r"|tarifs.*"
)
MODEL_TYPE = frozenset(
    {
        "model type",
        "business model",
        "model",
        "tipo de modelo",
        "modelo",
        "tipo di modello",
        "modello",
        "type de modele",
        "modele",
    }
)
PRICING = frozenset(
    {"pricing structure", "pricing", "estructura de precios", "struttura dei prezzi", "structure tarifaire"}
)
BILLING_TABLES = frozenset(
    {
        "database schema",
        "database tables",
        "tables",
        "esquema de base de datos",
        "tablas",
        "schema del database",
        "tabelle",
        "schema de base de donnees",
    }
)
TIER = re.compile(
    r"(?:(?P<before>[\w +]{1,30}?) )?(?:tier|plan|piano|forfait|formule|nivel)(?: (?P<after>[\w +]{1,30}))?",
    re.IGNORECASE,
)
PRICE = re.compile(
    r"(?:[$€£]\s?\d[\d.,]*|\d[\d.,]*\s?(?:[$€£]|USD|euros?|EUR|d[oó]lares))"
    r"(?:\s?/\s?\w{1,10}| per \w{1,10}| al? \w{1,10}| par \w{1,10}| por \w{1,10})?",
    re.IGNORECASE,
)
FREE = re.compile(
    r"(?i)(?<!\w)(?:free|gratis|gratuit[aeo]?s?|sin costo|senza costi|sans frais)(?!\w)",
)
NO_CHARGE = re.compile(
    r"(?<!\w)(?:none|no (?:payment|billing|subscription|monetization|revenue)|personal[- ]use|free(?: tool"
    r"| app| forever)?$"
    r"|internal(?: tool| use)?|ningun[oa]?|sin (?:pago|facturaci[oó]n|suscripci[oó]n)|uso personal"
    r"|nessun[oa]?|senza (?:pagament\w+|abbonament\w+)|gratuit[oa]$|aucun[e]?|sans (?:paiement|abonnement)"
    r"|gratuit[e]?$)",
    re.IGNORECASE,
)
CHARGE = re.compile(
    r"(?<!\w)(?:subscription|tiers?|freemium|pay[- ]per|one[- ]time|credits?|usage[- ]based|license|saas|paid"
    r"|suscripci[oó]n|pago|planes|abbonament\w+|pagament\w+|abonnements?|payant|paiement)(?!\w)",
    re.IGNORECASE,
)
APPLICATION = frozenset(
    {"application", "app name", "app", "aplicacion", "applicazione", "nombre de la app", "nome app"}
)
