"""What several of the survey's pages show alike: the chain as steps."""

from __future__ import annotations

from dajian.service.survey.models import Submission, SurveyUnit
from dajian.service.survey.states import OUTCOMES

CHAIN = [("draft", "填报"), ("sent", "核查"), ("checked", "报送"), ("reported", "审定"), ("approved", "入库")]


def steps(unit: SurveyUnit, submission: Submission | None) -> list[tuple[str, str, str]]:
    """(label, mark, note) of the chain: done, now, back, or still to come."""
    if unit.state not in ("open", "approved"):
        return [("列入名单", "done", ""), (OUTCOMES[unit.state], "now", unit.outcome_reason)]
    state = submission.state if submission else "draft"
    if state == "returned":
        return [("填报", "back", "已退回，待改正"), *[(label, "", "") for _, label in CHAIN[1:]]]
    order = [s for s, _ in CHAIN]
    here = len(CHAIN) if state == "approved" else order.index(state)
    return [(label, "done" if n < here else "now" if n == here else "", "") for n, (_, label) in enumerate(CHAIN)]
