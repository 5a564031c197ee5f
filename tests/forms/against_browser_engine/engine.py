"""What the browser's engine finds in submissions, asked under Node."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

FRONTEND = Path(__file__).resolve().parents[3] / "frontend"
ENGINE = FRONTEND / "node_modules" / "@getodk" / "xforms-engine"


@dataclass(frozen=True)
class Found:
    """faults: {(path, code)}, codes required, constraint, dropped. values: what is relevant and not empty, by path."""

    faults: frozenset[tuple[str, str]]
    values: dict[str, str]

    @property
    def dropped(self) -> set[str]:
        """Paths of the answers that were not taken."""
        return {path for path, code in self.faults if code == "dropped"}


def missing() -> str:
    """Why the engine cannot be asked here; "" when it can."""
    if not shutil.which("node"):
        return "no node"
    return "" if ENGINE.is_dir() else "the front end is not installed"


def judge(xform: bytes, submissions: list[bytes], *, now: datetime) -> list[Found]:
    """Every submission's faults and values, `now` being the engine's clock, in Shanghai."""
    request = {"now": now.isoformat(), "xform": xform.decode(), "records": [xml.decode() for xml in submissions]}
    ran = subprocess.run(
        ["node", str(FRONTEND / "engine" / "judge.mjs")],
        input=json.dumps(request),
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "TZ": "Asia/Shanghai"},
        timeout=600,
    )
    assert ran.returncode == 0, ran.stderr[-2000:]
    answers = json.loads(ran.stdout)
    assert not [answer for answer in answers if "error" in answer], answers
    return [Found(_places(answer["faults"]), answer["values"]) for answer in answers]


def _places(faults: list[list[str]]) -> frozenset[tuple[str, str]]:
    """One fault a place: an answer that was not taken is missing as well, which is no second fault."""
    found = {(path, code) for path, code in faults}
    dropped = {path for path, code in found if code == "dropped"}
    return frozenset((path, code) for path, code in found if code != "required" or path not in dropped)
