"""What several of the survey's pages show alike: the chain as steps."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from dajian.service.survey.models import Submission, SurveyUnit
from dajian.service.survey.states import OUTCOMES

CHAIN = [
    ("draft", N_("填报")),
    ("sent", N_("核查")),
    ("checked", N_("报送")),
    ("reported", N_("审定")),
    ("approved", N_("入库")),
]


def steps(unit: SurveyUnit, submission: Submission | None) -> list[tuple[str, str, str]]:
    """(label, mark, note) of the chain: done, now, back, or still to come."""
    if unit.state not in ("open", "approved"):
        return [(_("列入名单"), "done", ""), (_(OUTCOMES[unit.state]), "now", unit.outcome_reason)]
    state = submission.state if submission else "draft"
    if state == "returned":
        return [(_("填报"), "back", _("已退回，待改正")), *[(_(label), "", "") for __, label in CHAIN[1:]]]
    order = [s for s, __ in CHAIN]
    here = len(CHAIN) if state == "approved" else order.index(state)
    return [(_(label), "done" if n < here else "now" if n == here else "", "") for n, (__, label) in enumerate(CHAIN)]
