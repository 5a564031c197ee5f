"""A run that did not really pass is never told as passed."""

import json

import pytest

from tests.running import Missing, stages
from tests.running.outcome import Outcome, closing, of_pytest, of_vitest

JUNIT = '<testsuites><testsuite tests="{}" errors="{}" failures="{}" skipped="{}"/></testsuites>'


@pytest.mark.parametrize(
    ("tests", "errors", "failures", "skipped", "code", "told"),
    [
        (412, 0, 0, 0, 0, "SQLite: 412 passed"),
        (10, 0, 2, 1, 1, "SQLite: 7 passed, 2 failed, 1 skipped"),
        (10, 1, 0, 0, 1, "SQLite: 9 passed, 1 failed"),
        (0, 0, 0, 0, 5, "SQLite: 1 failed"),  # nothing was collected
        (3, 0, 0, 3, 0, "SQLite: 1 failed, 3 skipped"),  # nothing was run
        (10, 0, 0, 0, 2, "SQLite: 10 passed, 1 failed"),  # interrupted
    ],
)
def test_counts_of_pytest(tmp_path, tests, errors, failures, skipped, code, told):
    report = tmp_path / "report.xml"
    report.write_text(JUNIT.format(tests, errors, failures, skipped), encoding="utf-8")
    assert str(of_pytest("SQLite", report, code)) == told


def test_a_run_that_died_without_a_report_has_failed(tmp_path):
    assert of_pytest("SQLite", tmp_path / "none.xml", 0).failed == 1
    assert of_vitest("front end", tmp_path / "none.json", 0).failed == 1


def test_counts_of_vitest(tmp_path):
    report = tmp_path / "report.json"
    report.write_text(json.dumps({"numPassedTests": 12, "numFailedTests": 0, "numPendingTests": 0}), encoding="utf-8")
    assert str(of_vitest("front end", report, 0)) == "front end: 12 passed"
    assert of_vitest("front end", report, 1).failed == 1


def test_the_closing_line_adds_up_and_stands_alone():
    outcomes = [Outcome("SQLite", 412), Outcome("PostgreSQL 18.6", 214, skipped=2), Outcome("lint", note="clean")]
    assert closing(outcomes[:1]) == "412 passed, 0 failed"
    assert closing(outcomes) == "626 passed, 0 failed, 2 skipped"


@pytest.mark.parametrize(
    ("ci", "allowed", "failed"), [("true", "1", 1), ("true", "", 1), ("", "", 1), ("", "1", 0), ("false", "1", 0)]
)
def test_a_missing_program_is_a_failure_except_where_someone_who_is_not_ci_allows_it(monkeypatch, ci, allowed, failed):
    monkeypatch.setenv("CI", ci)
    monkeypatch.setenv("DAJIAN_ALLOW_MISSING", allowed)
    monkeypatch.setenv("DAJIAN_POSTGRES", "missing")
    monkeypatch.setenv("DAJIAN_CHROMIUM", "/nowhere/chromium")
    for stage in (stages.postgresql, stages.browser):
        outcome = stage([])
        assert outcome.failed == failed
        assert "NOT RUN" in str(outcome)


def test_what_is_hidden_is_not_found(monkeypatch):
    monkeypatch.setenv("DAJIAN_POSTGRES", "missing")
    with pytest.raises(Missing, match="PostgreSQL"):
        stages.postgres.binaries()
