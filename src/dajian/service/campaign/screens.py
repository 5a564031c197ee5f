"""What the campaign's pages show: the duty table, the stages as steps, the history in words."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dajian.service.campaign.models import Campaign, Duty, Item, Stage
from dajian.service.campaign.queries import items_of
from dajian.service.history.models import Event
from dajian.service.history.record import of
from dajian.service.organisations.models import LEVELS
from dajian.service.workflow.lines import HistoryLine, history_lines

LEVEL_NAMES = dict(LEVELS)


@dataclass(frozen=True)
class DutyLine:
    """A row of the duty table: an item, and for each kind of duty the functions with their levels."""

    item: Item
    cells: tuple[tuple[str, list[str]], ...]  # (kind's name, functions)
    words: tuple[str, ...]  # what the viewer has to do with it


def duty_table(campaign: Campaign, words: dict[int, tuple[str, ...]]) -> list[DutyLine]:
    """The duty table of a campaign that the caller has taken. words: item → how the viewer stands towards it."""
    return [DutyLine(item, _cells(item), words.get(item.pk, ())) for item in items_of(campaign)]


def _cells(item: Item) -> tuple[tuple[str, list[str]], ...]:
    """Levels of one function together: 公路管理机构（市、县）."""
    found = []
    for kind, name in Duty.KINDS:
        levels: dict[str, list[str]] = {}
        for duty in sorted(item.duties.all(), key=lambda d: d.pk):
            if duty.kind == kind:
                levels.setdefault(duty.function.name, []).append(str(LEVEL_NAMES[duty.level]))
        found.append(
            (
                str(name),
                [
                    _("%(function)s（%(levels)s）") % {"function": function, "levels": _("、").join(at)}
                    for function, at in levels.items()
                ],
            )
        )
    return tuple(found)


def stage_steps(stages: list[Stage], today: date) -> list[tuple[str, str, str]]:
    """(title, mark, first day) for parts/steps.html."""

    def mark(stage: Stage) -> str:
        return "done" if stage.ends < today else "now" if stage.starts <= today else ""

    return [(s.title, mark(s), _("%(starts)s 起") % {"starts": f"{s.starts:%m-%d}"}) for s in stages]


FIELD_NAMES = {field.name: field.verbose_name for field in Campaign._meta.concrete_fields} | {
    "stages": gettext_lazy("阶段")
}


def campaign_history(campaign: Campaign) -> list[HistoryLine]:
    """What was done to the campaign and to its duty table, newest first."""
    lines = history_lines(of(campaign), _told)
    for item in items_of(campaign):
        lines += [
            replace(line, text=_("第%(number)s项：%(text)s") % {"number": item.number, "text": line.text})
            for line in history_lines(of(item), _told)
        ]
    return sorted(lines, key=lambda line: line.at, reverse=True)


def _told(event: Event) -> str:
    match event.details:
        case {"changed": changed}:
            what = _("；").join(
                _("%(field)s：%(old)s → %(new)s") % {"field": FIELD_NAMES[name], "old": _plain(old), "new": _plain(new)}
                for name, (old, new) in changed.items()
            )
        case {"gained": gained, "lost": lost}:
            what = _("；").join(
                [
                    *(_("增加 %(row)s") % {"row": row} for row in gained),
                    *(_("取消 %(row)s") % {"row": row} for row in lost),
                ]
            )
        case {"n": n}:
            what = _("第 %(n)s 版") % {"n": n}
        case __:
            what = ""
    return _("。").join(part for part in (what, event.reason) if part)


def _plain(value: object) -> str:
    return _("、").join(map(str, value)) if isinstance(value, list) else str(value) or _("（空）")
