"""Which lines of documents are read, and what they rule out."""

from __future__ import annotations

import re

import pytest
from calm import cpu_seconds
from hypothesis import given, settings
from hypothesis import strategies as st

from shipkit_mcp.facts import DocKind, PrepDoc, Source
from shipkit_mcp.readers.markdown import read_sections
from shipkit_mcp.rules import words
from shipkit_mcp.rules.prose import LONGEST, Line, read_lines

TIER = re.compile(r"`subscription_tier`")


def document(text: str, kind: DocKind = DocKind.APP_PAGES) -> PrepDoc:
    source = Source("ai_docs/prep/app_pages_and_functionality.md", text)
    sections, unread = read_sections(source)
    return PrepDoc(kind=kind, source=source, title="", sections=sections, unread=unread)


def lines(text: str) -> tuple[Line, ...]:
    return tuple(read_lines(document(text)))


def claims(text: str, pattern: re.Pattern[str] = TIER) -> bool:
    return any(one.claims(pattern) for one in lines(text))


@pytest.mark.parametrize(
    "text",
    [
        "Store `subscription_tier` on users",
        "Users get a `subscription_tier` column so that we never ask Stripe",
        "We do not cache much. Save `subscription_tier` on users",
        "- Guardar `subscription_tier` en la tabla users",
        "- Salva `subscription_tier` nella tabella users",
        "- Enregistrer `subscription_tier` dans la table users",
        "```typescript\nawait save({ stripe }, `subscription_tier`)\n```",
    ],
)
def test_a_line_that_plans_something_claims_it(text: str) -> None:
    assert claims(text)


@pytest.mark.parametrize(
    "text",
    [
        "Never store `subscription_tier`",
        "- ❌ Storing `subscription_tier` in users",
        "`subscription_tier` is never stored",
        "`subscription_tier` must not be stored",
        "Don't add `subscription_tier`",
        "Do NOT store:\n\n- `subscription_tier`\n- `subscription_status`",
        "- Never stored:\n  - `subscription_tier`",
        "## Anti-patterns\n\n- `subscription_tier` on users",
        "- No local `subscription_tier` avoids webhook sync complexity",
        "- Nunca guardar `subscription_tier`",
        "- Non salvare mai `subscription_tier`",
        "- Ne jamais enregistrer `subscription_tier`",
        "```typescript\n// Never store `subscription_tier`\n```",
    ],
)
def test_a_line_that_rules_something_out_does_not_claim_it(text: str) -> None:
    assert not claims(text)


@pytest.mark.parametrize(
    "text",
    [
        "Payment completes → Stripe webhook updates subscription status",
        "`/api/webhooks/stripe/route.ts` → Handle subscription changes",
        "Stripe sends event → Webhook receives → Updates database",
        "El webhook de Stripe actualiza la suscripción",
        "Il webhook di Stripe aggiorna l'abbonamento",
        "Le webhook Stripe met à jour l'abonnement",
        "Update the user's tier from the Stripe webhook",
    ],
)
def test_a_webhook_that_writes_subscription_state_is_noticed_in_any_language(text: str) -> None:
    assert claims(text, words.SYNCS) or claims(text, words.SYNCED_BY)


@pytest.mark.parametrize(
    "text",
    [
        "Only essential webhooks (Stripe payments, job status)",
        "The Stripe webhook sends the receipt by email",
        "Metadata updates are invisible to the parent run subscriber, webhook latency",
        "Do not use webhooks to sync the subscription",
    ],
)
def test_other_webhooks_are_left_alone(text: str) -> None:
    assert not claims(text, words.SYNCS)
    assert not claims(text, words.SYNCED_BY)


def test_our_own_document_is_never_read() -> None:
    text = "Store `subscription_tier` of Stripe"

    assert tuple(read_lines(document(text, DocKind.DATA_SCHEMA))) == ()


def test_a_line_cites_its_place_and_what_introduces_it() -> None:
    [line] = [
        one for one in lines("# Pages\n\nStripe keeps:\n\n- a\n  - the invoice\n") if one.has("invoice")
    ]

    assert (line.evidence.line, line.evidence.quote) == (6, "- the invoice")
    assert line.leads == ("Stripe keeps:", "a")


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "stripe",
                "webhook ",
                "# billing\n",
                "- subscription",
                "`plan_tier`",
                "\n",
                "```\n",
                "not ",
                "İ",
                "updates ",
            ]
        ),
        max_size=60,
    )
)
def test_every_line_quotes_its_place_whatever_the_document(parts: list[str]) -> None:
    made = document("".join(parts))

    for line in read_lines(made):
        assert line.evidence.quote == made.source.lines[line.row].strip()
        assert line.text.strip() in made.source.lines[line.row]


PATTERNS = {name: one for name, one in vars(words).items() if isinstance(one, re.Pattern)}
LONG = (
    "stripe webhook updates usage store stack invoice upgrade ",
    "webhook update ",
    "store subscription ",
    "usercontext ",
    "usage show a b ",
    "a" * 50 + " stripe ",
)


@pytest.mark.parametrize("name", sorted(PATTERNS))
@pytest.mark.parametrize("part", LONG)
def test_no_pattern_is_slow_on_a_long_line(name: str, part: str) -> None:
    read = lines(part * (18_000 // len(part)))

    assert max(len(line.text) for line in read) <= LONGEST
    assert max(cpu_seconds(lambda one=line: one.claims(PATTERNS[name]), tries=1) for line in read) < 0.5
