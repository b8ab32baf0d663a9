"""The words by which documents of any language tell what they plan for billing, usage and errors."""

from __future__ import annotations

import re

from shipkit_mcp.patterns import stripe as known

PAID = ("stripe", "subscription", "suscripci", "abonnement", "abonament", "abbonament", "assinatura")
MIRROR_NAMES = ("subscriptions", "stripe_", "billing_", "subscription_")
NAMED = ("subscri", "stripe_", "plan_tier", "_period_", "billing_")
PAGES = (
    "history",
    "past invoices",
    "card",
    "last 4",
    "payment",
    "upgrade",
    "downgrade",
    "cancel",
    "billing",
    "subscr",
)
PORTALS = ("portal", "stripe")
EVENT_NAMES = ("customer.", "checkout.", "invoice.", "payment_intent.")
"""Words, lower case, of which a line must hold one before a pattern is tried: most lines hold none."""
SUBSCRIPTION = r"(?:subscription|suscripci|abonnement|abonament|abbonament|assinatura)\w*"
STATE = r"(?:tiers?|plans?|status|state|data|niveau|nivel|livello|piano|estado|stato|statut)"
_KEEP = (
    r"(?:stor|sav|cach|sync|cop[iy]|mirror|duplicat|persist|replicat|guard|almacen|salv|memorizz|conserv|stock"
    r"|enregistr|speicher)\w*"
)
_SYNC = (
    r"(?:updat|sync|writ|sets?\b|handles?\b|process|downgrad|upgrad|activ|actualiz|sincroniz|synchronis|aggiorn"
    r"|mise? à jour|met à jour|mettre à jour)\w*"
)
_CHANGED = (
    rf"(?:{SUBSCRIPTION}|\b(?:user|account|plan|tier)s?['’]?s? (?:tier|plan)\b|\btier\b|\bdatabase\b"
    r"|\bbase de datos\b)"
)
_GAP = r"(?:[^.;]|\.(?!\s)){0,80}?"
STORED = re.compile(
    rf"\b{_KEEP}\b[^.;\n]{{0,40}}?(?:\bstripe (?:data|{SUBSCRIPTION})|{SUBSCRIPTION} {STATE}\b"
    rf"|{STATE} (?:de |del |dell['’])?{SUBSCRIPTION})",
    re.IGNORECASE,
)
SYNCS = re.compile(
    rf"webhook{_GAP}\b{_SYNC}{_GAP}{_CHANGED}|webhook{_GAP}{_CHANGED}{_GAP}\b{_SYNC}", re.IGNORECASE
)
SYNCED_BY = re.compile(rf"\b{_SYNC}{_GAP}{_CHANGED}{_GAP}webhook", re.IGNORECASE)
EVENTS = re.compile(
    r"\b(?:customer\.subscription\.\w+|checkout\.session\.completed|customer\.(?:created|updated|deleted)"
    r"|invoice\.(?:paid|payment_failed|created|finalized|upcoming|updated)|payment_intent\.\w+)",
    re.IGNORECASE,
)
_AMBIGUOUS = {"subscription", "payment_methods", "stripe_events"}
_MIRRORS = sorted(known.REJECTED_TABLES - _AMBIGUOUS, key=len, reverse=True)
MIRRORS = re.compile(
    rf"(?<![\w/.-])({'|'.join(one for one in _MIRRORS if '_' in one)})\b(?!\.[jt]sx?\b|/)"
    r"|`(subscriptions)`|\b(subscriptions)`? (?:table|tabla|tabella)\b|\btable[:\s]+`?(subscriptions)\b"
)
_STATES = sorted(known.REJECTED_COLUMNS | {"plan_tier", "current_period_end"})
STATES = re.compile(rf"\b({'|'.join(_STATES)})\b`?")
BILLING_UI = re.compile(
    r"\b(?:invoice|billing|payment) history\b|\bpast invoices\b|\bsaved card\b|\bcard on file\b"
    r"|\blast 4 digits\b"
    r"|\b(?:add|update|edit|change|remove|display|show)\w* (?:\w+ ){0,2}"
    r"(?:payment methods?|credit cards?|cards? on file)\b"
    r"|\b(?:upgrade|downgrade|cancel)(?:/\w+)? (?:page|form|screen)\b"
    r"|\b(?:custom|own|in-app) (?:billing|subscription)(?: management)? "
    r"(?:page|portal|ui|dashboard|screen)s?\b",
    re.IGNORECASE,
)
WEBHOOKS = re.compile(r"stripe|webhook", re.IGNORECASE)
PORTAL = re.compile(r"portal|checkout", re.IGNORECASE)
LINKS_PORTAL = re.compile(
    r"(?:customer|billing|stripe|payment) portal|portal(?:e)? (?:de|di|del|du) (?:client|stripe)",
    re.IGNORECASE,
)
ASKS_STRIPE = re.compile(
    r"stripe api|stripe\.(?:customers|subscriptions)\.\w+|real.?time[^.\n]{0,80}stripe|api (?:de|di) stripe",
    re.IGNORECASE,
)
STRIPE_USAGE = re.compile(
    r"\bstripe (?:metered|meter|usage)|usage[ _]records?|createusagerecord|billing[ .]meters?|metered billing"
    r"|usage\b[^.;\n]{0,40}\b(?:from|in|via|through) stripe\b"
    r"|\b(?:report|send|push)\w*[^.;\n]{0,20}\busage\b[^.;\n]{0,20}\bto stripe\b",
    re.IGNORECASE,
)
USER_CONTEXT = re.compile(
    rf"\buser_?context\b.{{0,80}}?(?:{SUBSCRIPTION}[ _]?{STATE}|\btier\b|\bplan\b)", re.IGNORECASE
)
STACKS = re.compile(
    r"\b(?:error|err|e|exception)\.stack\b|error_?(?:stack|trace)\b"
    r"|\b(?:stor|sav|writ|show|display|log)\w*[^.;\n]{0,40}\bstack[ -]?traces?\b[^.;\n]{0,40}"
    r"\b(?:user|database|error_message|job)",
    re.IGNORECASE,
)
OTHERWISE = re.compile(
    r"single source of truth|let stripe manage|don['’]?t duplicate|never cache|source of truth", re.IGNORECASE
)
MONEY = re.compile(rf"stripe|billing|payment|checkout|pricing|{SUBSCRIPTION}", re.IGNORECASE)
OWN_BILLING = re.compile(rf"stripe|billing|{SUBSCRIPTION}|\bupgrade\b", re.IGNORECASE)
PLANS_TABLE = re.compile(
    r"`|\btables?\b|\bcolumns?\b|\btabla|\btabell|\bcolonn|\bcolumna|\bschema\b", re.IGNORECASE
)
FOR_US = re.compile(r"logger|console|sentry|log\(", re.IGNORECASE)
"""A stack trace that goes to the logs."""
REPORTS = re.compile(r"metadata(?:\.root|\.parent)?\.set\(|\bprogress\b")
