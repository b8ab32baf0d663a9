"""What the mission asks of tables and Stripe, shown by the rules that see it broken."""

from __future__ import annotations

import pytest
from unit.rules.projects import check

from shipkit_mcp.findings import Severity
from shipkit_mcp.rules import RULES

ROWS = {rule.id: rule for rule in RULES}


def proved(*rules: str, severity: Severity | None = None) -> bool:
    """Whether each rule reports the project that breaks it and not the nearest one that keeps it."""
    for row in (ROWS[one] for one in rules):
        broken = [one for one in check(row.breaks) if one.rule == row.id]
        kept = [one for one in check(row.keeps) if one.rule == row.id]
        if not broken or kept or (severity and {one.severity for one in broken} != {severity}):
            return False
    return True


@pytest.mark.mission("needs-jobs-table")
def test_each_workflow_must_have_a_job_table() -> None:
    assert proved("job-table", severity=Severity.REQUIRE)


@pytest.mark.mission("jobs-run-id", "trigger-run-id-field", "recommend-run-id", "goal-trigger-fields")
def test_a_job_table_must_keep_the_run_id_as_text() -> None:
    assert proved("job-trigger-run-id", "job-trigger-run-id-type", severity=Severity.REQUIRE)


@pytest.mark.mission("jobs-status", "trigger-status-field", "recommend-status")
def test_a_job_table_must_know_the_five_statuses() -> None:
    assert proved("job-status", "job-status-type", severity=Severity.REQUIRE)
    assert proved("job-status-values", "job-status-enumerated", severity=Severity.RECOMMEND)


@pytest.mark.mission("jobs-progress", "trigger-progress-field", "recommend-progress")
def test_a_job_table_must_keep_progress_from_0_to_100() -> None:
    assert proved("job-progress", "job-progress-type", "job-progress-range", severity=Severity.REQUIRE)
    assert proved("job-progress-reported")


@pytest.mark.mission("jobs-error", "recommend-error")
def test_a_job_table_must_keep_an_error_that_may_be_empty() -> None:
    assert proved("job-error-message", "job-error-message-nullable", severity=Severity.REQUIRE)


@pytest.mark.mission("trigger-error-user-friendly", "trigger-error-no-stack-traces")
def test_what_users_read_must_not_be_a_stack_trace() -> None:
    assert proved("job-error-for-users", severity=Severity.REQUIRE)


@pytest.mark.mission("jobs-completed-at")
def test_a_job_table_must_say_when_a_job_ended() -> None:
    assert proved("job-completed-at", "job-completed-at-nullable", severity=Severity.REQUIRE)


@pytest.mark.mission("jobs-owner")
def test_a_job_must_go_with_its_owner() -> None:
    assert proved("job-owner", "job-owner-cascade", severity=Severity.REQUIRE)


@pytest.mark.mission("jobs-index-owner")
def test_job_lists_of_a_user_need_an_index() -> None:
    assert proved("job-index-owner")


@pytest.mark.mission("jobs-index-status")
def test_polling_active_jobs_needs_an_index() -> None:
    assert proved("job-index-status")


@pytest.mark.mission("jobs-index-created")
def test_sorted_job_lists_need_an_index() -> None:
    assert proved("job-index-created-at")


@pytest.mark.mission("needs-results-table", "results-required-if-saved")
def test_saved_output_needs_a_results_table() -> None:
    assert proved("result-table", severity=Severity.REQUIRE)


@pytest.mark.mission("results-job-id", "results-unique-job")
def test_a_result_must_belong_to_one_job_and_go_with_it() -> None:
    assert proved(
        "result-job-reference", "result-job-cascade", "result-job-unique", severity=Severity.REQUIRE
    )


@pytest.mark.mission("results-index-owner", "results-index-created")
def test_lists_of_results_need_indexes() -> None:
    assert proved("result-index-owner", "result-index-created-at")


@pytest.mark.mission("needs-enhancement-tables", "enhancements-optional")
def test_an_enhancement_table_is_advised_and_not_required() -> None:
    assert proved("enhancement-table", severity=Severity.RECOMMEND)


@pytest.mark.mission("enhancements-result-id", "enhancements-unique")
def test_an_enhancement_must_belong_to_one_result() -> None:
    assert proved("enhancement-result-reference", "enhancement-result-cascade", "enhancement-result-unique")


@pytest.mark.mission("enhancements-index-owner")
def test_lists_of_enhancements_need_an_index() -> None:
    assert proved("enhancement-index-owner")


@pytest.mark.mission("stripe-only-customer-id", "decide-database", "goal-stripe")
def test_the_customer_id_is_asked_for_and_nothing_else_of_stripe() -> None:
    assert proved("stripe-customer-id", "stripe-only-customer-id", severity=Severity.REQUIRE)


@pytest.mark.mission("stripe-never-store-state")
def test_subscription_data_is_rejected_in_schema_and_documents() -> None:
    assert proved("stripe-subscription-data", "stripe-planned-state", severity=Severity.REJECT)


@pytest.mark.mission("stripe-never-cache", "stripe-user-context")
def test_a_cached_subscription_is_rejected() -> None:
    assert proved("stripe-cached-state", severity=Severity.REJECT)
    assert proved("stripe-user-context")


@pytest.mark.mission("stripe-query-in-real-time", "decide-checks")
def test_asking_the_stripe_api_is_advised_where_no_document_says_so() -> None:
    assert proved("stripe-query-api")


@pytest.mark.mission("stripe-minimal-webhook", "stripe-one-event")
def test_more_webhook_events_than_the_one_are_reported() -> None:
    assert proved("stripe-webhook-minimal", severity=Severity.REQUIRE)


@pytest.mark.mission("stripe-no-sync-webhook", "reject-sync-webhooks")
def test_webhooks_that_sync_the_subscription_are_rejected() -> None:
    assert proved("stripe-webhook-sync", severity=Severity.REJECT)


@pytest.mark.mission("stripe-no-billing-ui", "reject-billing-pages")
def test_billing_pages_of_ones_own_are_rejected() -> None:
    assert proved("stripe-billing-pages", severity=Severity.REJECT)


@pytest.mark.mission("stripe-portal", "decide-billing-ui")
def test_the_customer_portal_is_advised_where_no_document_links_to_it() -> None:
    assert proved("stripe-portal", severity=Severity.RECOMMEND)


@pytest.mark.mission("reject-state-in-users")
def test_a_tier_or_status_of_the_subscription_in_users_is_rejected() -> None:
    assert proved("stripe-state-in-users", severity=Severity.REJECT)


@pytest.mark.mission("reject-mirror-table")
def test_a_table_that_mirrors_stripe_is_rejected_built_or_planned() -> None:
    assert proved("stripe-mirror-table", "stripe-planned-mirror", severity=Severity.REJECT)


@pytest.mark.mission("reject-mixing", "usage-separate", "usage-independent")
def test_usage_beside_subscription_status_is_rejected() -> None:
    assert proved("usage-mixed", severity=Severity.REJECT)


@pytest.mark.mission("usage-own-tables", "decide-usage")
def test_quotas_without_a_usage_table_are_reported() -> None:
    assert proved("usage-table")


@pytest.mark.mission("usage-query-own-database")
def test_usage_that_is_read_from_stripe_is_reported() -> None:
    assert proved("usage-from-own-database", severity=Severity.REQUIRE)


@pytest.mark.mission("usage-by-jobs", "usage-month", "usage-resource")
def test_usage_is_by_jobs_by_month_and_by_resource() -> None:
    assert proved("usage-job-based", "usage-monthly", "usage-per-resource")
