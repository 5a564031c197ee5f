"""A real worker process on the tests' database: `python -m tests.service.jobs.process [die at step]`.

With a number it says "at N" in the middle of that step of any job, its row written and not yet committed, and waits to
be killed. Without one it works until told, and says "ready" when it has begun.
"""

from __future__ import annotations

import os
import sys

import django
from django.conf import settings


def main() -> None:
    settings.DATABASES["default"]["NAME"] = os.environ["TEST_DATABASE"]
    django.setup()
    from dajian.service.jobs import worker
    from dajian.service.jobs.kinds import KINDS, Kind
    from tests.service.jobs import work

    work.register_all()
    if len(sys.argv) > 1:
        fatal = int(sys.argv[1])

        def step(job, n: int) -> None:
            work.step(job, n)
            if n == fatal:
                print(f"at {n}", flush=True)
                sys.stdin.read()

        KINDS["test.plain"] = Kind("试验", step, finish=work.finish)
    else:
        print("ready", flush=True)
    worker.work_until_told()


if __name__ == "__main__":
    main()
