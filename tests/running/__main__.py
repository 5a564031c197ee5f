"""`python -m tests.running [STAGE…] [-- PYTEST ARGUMENTS]`: the whole suite, or some stages of it, with their counts.

Stages: lint, sqlite, postgresql, frontend, browser. All are run even when an early one fails: one run tells all.
"""

from __future__ import annotations

import sys

from tests.running.outcome import closing
from tests.running.stages import REPORTS, STAGES


def main(arguments: list[str]) -> int:
    cut = arguments.index("--") if "--" in arguments else len(arguments)
    names, extra = arguments[:cut], arguments[cut + 1 :]
    if unknown := [name for name in names if name not in STAGES]:
        print(f"no such stage: {', '.join(unknown)}; there are {', '.join(STAGES)}", file=sys.stderr)
        return 2
    REPORTS.mkdir(parents=True, exist_ok=True)
    outcomes = [STAGES[name](extra) for name in names or STAGES]
    print()
    for outcome in outcomes:
        print(outcome)
    print(closing(outcomes), flush=True)
    return int(any(outcome.failed for outcome in outcomes))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
