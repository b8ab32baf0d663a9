"""Planning documents are told apart by name and headings, and say what the app is for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest

from shipkit_mcp.facts import DocKind, PrepDoc, Source
from shipkit_mcp.readers.documents import read_document, read_documents, read_template, read_vision


class Given:
    """Documents by path."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        self.texts = texts

    def get(self, path: str) -> Source | None:
        return Source(path, self.texts[path]) if path in self.texts else None

    def under(self, folder: str = "") -> Sequence[str]:
        return sorted(path for path in self.texts if path.startswith(folder))


def documents(texts: Mapping[str, str]) -> tuple[PrepDoc, ...]:
    return read_documents(Given(texts), list(texts))


FULL = (
    "# X\n\n## Task Payloads\n```ts\ninterface XPayload {}\n```\n\n### Database Tables\n\n**x_jobs** - `id`\n"
)
CARD = "# Index\n\n### Clip\n**File**: `trigger_workflow_clip.md`\n**Purpose**: Cut\n**Trigger**: click\n"


@pytest.mark.parametrize(
    ("name", "text", "kind"),
    [
        ("initial_data_schema.md", "# anything", DocKind.DATA_SCHEMA),
        ("plan.md", "## Strategic Database Planning Document\n", DocKind.DATA_SCHEMA),
        ("roadmap.md", "# anything", DocKind.LATER),
        ("system_architecture.md", "# anything", DocKind.LATER),
        ("architecture.md", "## System Architecture Blueprint\n", DocKind.LATER),
        ("master_idea.md", "", DocKind.MASTER_IDEA),
        ("idea.md", "# Master Idea Document\n", DocKind.MASTER_IDEA),
        ("notes.md", "# Notes\n## End Goal\nx\n## Specific Problem\ny\n", DocKind.MASTER_IDEA),
        ("wireframe.md", "", DocKind.WIREFRAME),
        ("mockups.md", "## Wireframe Reference Doc\n", DocKind.WIREFRAME),
        ("app_pages_and_functionality.md", "", DocKind.APP_PAGES),
        ("pages.md", "# App Pages & Functionality Blueprint\n", DocKind.APP_PAGES),
        ("trigger_workflow_clip.md", "# Clip\n", DocKind.WORKFLOW),
        ("trigger_workflows.md", CARD, DocKind.WORKFLOW_INDEX),
        ("trigger_workflows.md", FULL, DocKind.WORKFLOW),
        (
            "trigger_workflows_summary.md",
            "# Summary\n\n### Database tables\n\n| Table |\n|---|\n| `x` |\n",
            DocKind.WORKFLOW_INDEX,
        ),
        ("jobs.md", FULL, DocKind.WORKFLOW),
        ("overview.md", CARD, DocKind.WORKFLOW_INDEX),
        ("004_phase2_clip.md", "# Task\n", DocKind.TASK),
        ("ui_theme.md", "# UI Theme Selection Report\n", DocKind.OTHER),
    ],
)
def test_a_document_is_told_by_its_name_and_headings(name: str, text: str, kind: DocKind) -> None:
    assert read_document(Source(f"docs/{name}", text)).kind is kind


def test_a_path_that_cannot_be_read_is_left_out() -> None:
    assert read_documents(Given({"a.md": "# A"}), ["a.md", "gone.md"])[0].path == "a.md"


IDEA = """# Master Idea Document: Larder

## End Goal

My app helps **small kitchens** waste less food.

## Specific Problem

Food spoils unseen.

### All User Types

#### Primary Users: Cooks

- **Who:** people who cook

#### System Administrators

### Business Model & Revenue Strategy

- **Model Type:** Subscription tiers
- **Pricing Structure:**
  - **Free Tier:** 10 scans a month, one kitchen
  - **Chef ($9/month):** Unlimited scans

### Core Functionalities by Role (MVP)

- **Cook**
  - Scan a receipt
- **System/Background**
  - Stock is counted down at night

### Key User Stories

#### Cook

1. **Scan** — As a cook, I want to scan a receipt.

#### System/Background

1. **[Job]** — When a receipt arrives, then it is read.

### Value-Adding Features (Advanced)

- **Recipes:** from what is there
"""
PAGES = """# App Pages & Functionality Blueprint

### App Summary

**Core Value Proposition:** Nothing spoils
**Template Type:** worker-simple (background jobs)

- **Landing** — `/`
- **Kitchen** — `/app/kitchen/[id]` (main page)

### Complete Route Mapping

- `/app/kitchen/[id]` → The kitchen
- `/app/settings?tab=plan` → Settings
- `/api/webhooks/stripe/route.ts` → Stripe

## 💰 Business Model Integration

**Free Tier ($0/month)**

- 10 scans a month
- One kitchen
- No recipes

### Stripe Integration Architecture

**Database Schema:**

- `user_subscriptions` table: plan_tier, status
- Never more than this
"""


def test_the_vision_is_read_with_its_lines() -> None:
    vision = read_vision(documents({"master_idea.md": IDEA, "app_pages.md": PAGES}))
    assert vision.app_name is not None
    assert vision.app_name.text == "Larder"
    assert vision.end_goal is not None
    assert (vision.end_goal.text, vision.end_goal.evidence.line) == (
        "My app helps small kitchens waste less food.",
        5,
    )
    assert vision.problem is not None
    assert vision.value is not None
    assert vision.value.text == "Nothing spoils"
    assert [one.text for one in vision.users] == ["Primary Users: Cooks", "System Administrators"]
    assert [one.text for one in vision.functions] == ["Cook: Scan a receipt"]
    assert [one.text for one in vision.stories] == ["Scan — As a cook, I want to scan a receipt."]
    assert [one.text for one in vision.background_jobs] == [
        "[Job] — When a receipt arrives, then it is read.",
        "Stock is counted down at night",
    ]
    assert [one.text for one in vision.features] == ["Recipes: from what is there"]


def test_tiers_come_with_their_quotas_from_the_document_that_says_more() -> None:
    vision = read_vision(documents({"master_idea.md": IDEA, "app_pages.md": PAGES}))
    assert (vision.bills, vision.business_model and vision.business_model.text) == (
        True,
        "Subscription tiers",
    )
    assert [(one.name, one.price, [quota.text for quota in one.quotas]) for one in vision.tiers] == [
        ("Free", "$0/month", ["10 scans a month", "One kitchen", "No recipes"]),
        ("Chef", "$9/month", ["Unlimited scans"]),
    ]
    assert [one.text for one in vision.billing_tables] == ["`user_subscriptions` table: plan_tier, status"]


def test_pages_are_routes_once_each_without_files_and_endpoints() -> None:
    vision = read_vision(documents({"app_pages.md": PAGES}))
    assert [(one.route, one.title, one.evidence.line) for one in vision.pages] == [
        ("/", "Landing", 8),
        ("/app/kitchen/[id]", "Kitchen", 9),
        ("/app/settings", "Settings", 14),
    ]


@pytest.mark.parametrize(
    ("model", "bills"),
    [
        ("None (Personal-use MVP)", False),
        ("Free tool", False),
        ("Ninguno", False),
        ("Nessuno per ora", False),
        ("Aucun", False),
        ("Subscription Tiers (SaaS)", True),
        ("Pago por uso", True),
        ("Abbonamenti mensili", True),
        ("19 €/mois", True),
        ("To be decided", None),
    ],
)
def test_whether_the_app_charges_is_said_or_left_open(model: str, bills: bool | None) -> None:
    text = f"# Master Idea Document\n\n## Business Model\n\n- **Model Type:** {model}\n"
    assert read_vision(documents({"master_idea.md": text})).bills is bills


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("**Template Type:** worker-simple (background jobs)", "worker-simple"),
        ("**Template Type:** Content first (adapted from Worker SaaS)", "worker-saas"),
        ("- **Tipo de plantilla:** chat-simple", "chat-simple"),
        ("The worker-simple template was chosen.", "worker-simple"),
        ("**Template Type:** our own", None),
        ("Nothing of the kind; coworker-simplest", None),
    ],
)
def test_the_template_is_the_one_the_documents_name(text: str, expected: str | None) -> None:
    assert read_template(documents({"app_pages.md": f"# Pages\n\n{text}\n"})) == expected


def test_a_template_line_is_worth_more_than_a_mention() -> None:
    texts = {"a.md": "Not chat-saas.", "app_pages.md": "**Template Type:** worker-simple\n"}
    assert read_template(documents(texts)) == "worker-simple"


DEMO_PAGES = "# App Pages\n\n**End Goal:** Help solo creators and podcasters\n"
DEMO_WORKFLOW = "# Transcription Workflow\n\n- `transcribe-audio`\n"
OWN_IDEA = "## Master Idea Document\n\n### End Goal\n\nMy app helps bakers.\n"


def test_the_demo_beside_the_users_own_documents_is_a_left_over() -> None:
    found = documents(
        {
            "master_idea.md": OWN_IDEA,
            "app_pages.md": DEMO_PAGES,
            "trigger_workflow_transcription.md": DEMO_WORKFLOW,
        }
    )
    assert [one.boilerplate for one in found] == [False, True, True]
    assert read_vision(found).value is None


def test_the_untouched_template_is_its_own_app() -> None:
    idea = "## Master Idea Document: Audio Transcriber SaaS\n"
    found = documents(
        {
            "master_idea.md": idea,
            "app_pages.md": DEMO_PAGES,
            "trigger_workflow_transcription.md": DEMO_WORKFLOW,
        }
    )
    assert not any(one.boilerplate for one in found)


def test_a_transcription_that_the_users_index_names_is_their_own() -> None:
    index = "# Index\n\n### T\n**File**: `trigger_workflow_transcription.md`\n**Trigger**: x\n"
    found = documents(
        {
            "master_idea.md": OWN_IDEA,
            "trigger_workflows.md": index,
            "trigger_workflow_transcription.md": DEMO_WORKFLOW,
        }
    )
    assert not any(one.boilerplate for one in found)


def test_a_form_that_was_never_filled_in_is_boilerplate() -> None:
    blank = "# Master Idea Document\n\n" + "".join(
        f"## Part {at}\n\n[Describe the goal here]\n\n" for at in range(9)
    )
    mockup = "# Wireframe\n\n```text\n" + "[Create Site]\n" * 30 + "```\n"
    assert [one.boilerplate for one in documents({"master_idea.md": blank, "wireframe.md": mockup})] == [
        True,
        False,
    ]
