"""`python -m tests.forms.against_browser_engine [N [SEED]]`: N submissions (500) of every questionnaire compared.

Exit 0 when there is no difference. SEED repeats a run; a fresh one is drawn and printed otherwise.
"""

from __future__ import annotations

import sys
import time
from datetime import datetime
from random import SystemRandom
from zoneinfo import ZoneInfo

from tests.forms.against_browser_engine import engine
from tests.forms.against_browser_engine.comparison import differences, of_server
from tests.forms.against_browser_engine.forms import KINDS, correct, form_of
from tests.forms.against_browser_engine.submissions import submissions

NOW = datetime(2019, 5, 20, 10, tzinfo=ZoneInfo("Asia/Shanghai"))


def main(each: int = 500, seed: int | None = None) -> int:
    if told := engine.missing():
        print(told, file=sys.stderr)
        return 2
    seed = SystemRandom().randrange(10**9) if seed is None else seed
    print(f"seed {seed}", flush=True)
    bad = 0
    for key in KINDS:
        form, began = form_of(key), time.monotonic()
        records = submissions(form, correct(key, seed, each, NOW), seed, each)
        found = differences(form, records, now=NOW)
        valid = sum(not of_server(form, record, NOW).faults for record in records)
        print(f"{key:<14} {each} submissions, {valid} valid, {len(found)} differ, {time.monotonic() - began:.0f} s")
        print(*(f"  {line}" for line in found), sep="\n" if found else "", end="\n" if found else "", flush=True)
        bad += len(found)
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:3])))
