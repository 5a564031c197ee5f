"""The province's questionnaires with correct records to begin from."""

from __future__ import annotations

from datetime import datetime
from types import ModuleType
from typing import Any

from dajian.demo import associations, carriers, manufacturers, permit_offices, projects, vehicle_makers
from dajian.demo.questionnaire import PROVINCE, words
from dajian.forms import xlsform
from dajian.forms.model import Form

Record = dict[str, Any]
KINDS: dict[str, ModuleType] = {
    words(kind.TOPIC)["questionnaire"]: kind
    for kind in (manufacturers, projects, vehicle_makers, carriers, associations, permit_offices)
}
AREA = "350500"


def form_of(key: str) -> Form:
    return xlsform.load(PROVINCE / "questionnaires" / f"{key}.xlsx")


def correct(key: str, seed: int, n: int, now: datetime) -> list[Record]:
    """Records without a fault, of which some are not eligible and some leave out what may be left out."""
    return KINDS[key].make(seed, n, AREA, on=now.date())
