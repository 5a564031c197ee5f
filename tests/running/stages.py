"""The stages of `make test`, each a function that runs and tells what came of it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from tests.running import Missing, chromium, postgres
from tests.running.outcome import Outcome, of_pytest, of_vitest

ROOT = Path(__file__).resolve().parents[2]
REPORTS = ROOT / "var" / "tests"
BIN = Path(sys.executable).parent
CHECKS: tuple[tuple[str, ...], ...] = (
    ("ruff", "check", "."),
    ("ruff", "format", "--check", "."),
    ("djlint", "src", "tests", "--lint", "--quiet"),
    ("lint-imports",),
    ("mypy", "src", "benchmarks"),
)

Stage = Callable[[Sequence[str]], Outcome]


def _run(command: Sequence[str | Path], *, cwd: Path = ROOT, env: Mapping[str, str] | None = None) -> int:
    print("\n$", " ".join(str(part) for part in command), flush=True)
    return subprocess.run(
        command, cwd=cwd, env={**os.environ, **(env or {})}, stdin=subprocess.DEVNULL, check=False
    ).returncode


def lint(_: Sequence[str]) -> Outcome:
    """Lint, formats, import rules and types of both languages."""
    codes = [_run([BIN / tool, *arguments]) for tool, *arguments in CHECKS]
    codes.append(_run(["npm", "run", "--silent", "check"], cwd=ROOT / "frontend"))
    bad = sum(code != 0 for code in codes)
    return Outcome("lint", failed=bad, note=f"{bad} of {len(codes)} checks failed" if bad else "clean")


def sqlite(extra: Sequence[str]) -> Outcome:
    return _pytest("SQLite", "sqlite", ["tests", "--ignore=tests/browser"], extra, DAJIAN_DATABASE="")


def postgresql(extra: Sequence[str]) -> Outcome:
    """The service's tests once more, on a server of their own."""
    try:
        with postgres.running() as server:
            label = f"PostgreSQL {server.version}"
            return _pytest(label, "postgresql", ["tests/service"], extra, DAJIAN_DATABASE=server.url)
    except Missing as missing:
        return _absent("PostgreSQL", missing)


def frontend(_: Sequence[str]) -> Outcome:
    report = REPORTS / "frontend.json"
    report.unlink(missing_ok=True)
    reporters = ["--reporter=default", "--reporter=json", f"--outputFile.json={report}"]
    code = _run(["npm", "run", "--silent", "test", "--", *reporters], cwd=ROOT / "frontend")
    return of_vitest("front end", report, code)


def browser(extra: Sequence[str]) -> Outcome:
    try:
        found = chromium.find()
    except Missing as missing:
        return _absent("Chromium", missing)
    return _pytest(
        f"Chromium {found.version.partition('.')[0]}",
        "browser",
        ["tests/browser"],
        extra,
        workers=0,
        DAJIAN_DATABASE="",
    )


def _pytest(
    label: str, name: str, where: Sequence[str], extra: Sequence[str], *, workers: int = 2, **env: str
) -> Outcome:
    report = REPORTS / f"{name}.xml"
    report.unlink(missing_ok=True)
    # Paths among the extra arguments take the place of the stage's own.
    places = [] if any(Path(part.partition("::")[0]).exists() for part in extra) else where
    spread = ["-n", str(workers), "--dist", "loadfile"] if workers else []
    command = [sys.executable, "-m", "pytest", *places, *spread, f"--junitxml={report}", *extra]
    return of_pytest(label, report, _run(command, env=env))


def _absent(label: str, missing: Missing) -> Outcome:
    """Never a silent skip: a failure, unless someone who is not CI has said that he knows."""
    ci = os.environ.get("CI", "").lower() not in ("", "0", "false")
    known = os.environ.get("DAJIAN_ALLOW_MISSING") == "1" and not ci
    return Outcome(label, failed=0 if known else 1, note=f"NOT RUN. {missing}")


STAGES: dict[str, Stage] = {stage.__name__: stage for stage in (lint, sqlite, postgresql, frontend, browser)}
