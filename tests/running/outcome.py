"""What a stage of the suite came to, and the lines in which it is told."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Outcome:
    label: str
    passed: int = 0
    failed: int = 0
    skipped: int = 0
    note: str = ""  # in place of numbers: clean, or why it did not run

    def __str__(self) -> str:
        counts = [f"{self.passed} passed"] if self.passed or not self.failed else []
        counts += [f"{self.failed} failed"] if self.failed else []
        counts += [f"{self.skipped} skipped"] if self.skipped else []
        return f"{self.label}: {self.note or ', '.join(counts)}"


def of_pytest(label: str, report: Path, code: int) -> Outcome:
    """Reads a JUnit file. A run that ended badly without a failed test, or ran none, has failed all the same."""
    try:
        suites = list(ET.parse(report).getroot().iter("testsuite"))
    except (OSError, ET.ParseError):
        return Outcome(label, failed=1)
    total, errors, failures, skipped = (
        sum(int(suite.get(name, "0")) for suite in suites) for name in ("tests", "errors", "failures", "skipped")
    )
    failed = errors + failures
    passed = total - failed - skipped
    return Outcome(label, passed, failed or int(code != 0 or passed == 0), skipped)


def of_vitest(label: str, report: Path, code: int) -> Outcome:
    try:
        told = json.loads(report.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return Outcome(label, failed=1)
    passed, failed = told["numPassedTests"], told["numFailedTests"]
    return Outcome(label, passed, failed or int(code != 0 or passed == 0), told["numPendingTests"])


def closing(outcomes: Sequence[Outcome]) -> str:
    """One line for the machine that reads it: 12 passed, 0 failed."""
    passed, failed, skipped = (
        sum(getattr(outcome, name) for outcome in outcomes) for name in ("passed", "failed", "skipped")
    )
    return f"{passed} passed, {failed} failed" + (f", {skipped} skipped" if skipped else "")
