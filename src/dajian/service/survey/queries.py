"""What the survey's screens read, filtered by the viewer's scope."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import Case, CharField, Count, F, Q, QuerySet, Value, When
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from dajian.forms.effort import minutes
from dajian.service.access.actor import Actor
from dajian.service.access.paths import prefixes
from dajian.service.access.rules import scope
from dajian.service.campaign.audience import LEVEL_CODES
from dajian.service.campaign.models import Campaign, Item
from dajian.service.campaign.queries import levels_of
from dajian.service.campaign.questionnaires import newest_form
from dajian.service.campaign.standing import areas_in_reach
from dajian.service.organisations.heirs import bodies_of
from dajian.service.organisations.models import Area
from dajian.service.survey.models import ImportBatch, ItemReport, Submission, SurveyUnit
from dajian.service.survey.rights import READ, REPORT, REPORT_ZERO
from dajian.service.survey.states import OUTCOMES

# A unit's place on the board: its outcome, else how far its questionnaire has come.
UNDER_WAY = {
    "not_begun": N_("未开始"),
    "draft": N_("草稿"),
    "sent": N_("待核查"),
    "checked": N_("已核查"),
    "reported": N_("待审定"),
    "returned": N_("已退回"),
}
PLACES = {**UNDER_WAY, **OUTCOMES}


def place_names() -> dict[str, str]:
    """The places in the words of the page's language, in order."""
    return {place: _(name) for place, name in PLACES.items()}


PLACE = Case(
    When(~Q(state="open"), then=F("state")),
    When(submission=None, then=Value("not_begun")),
    default=F("submission__state"),
    output_field=CharField(),
)


@dataclass
class Line:
    """One area on the board."""

    area: Area
    item_id: int
    counts: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    zero: str = ""  # state of its 零报告
    outstanding: bool = False  # no unit and no 零报告: nobody has looked
    minutes_each: int = 0  # that one questionnaire takes; 0 without one

    @property
    def listed(self) -> int:
        return sum(self.counts.values())

    @property
    def hours(self) -> float:
        """What is asked of the area's units together: of those under way and those that have answered."""
        asked = sum(n for place, n in self.counts.items() if place in UNDER_WAY or place == "approved")
        return asked * self.minutes_each / 60

    @property
    def closed(self) -> int:
        """Units with an outcome."""
        return sum(self.counts.get(outcome, 0) for outcome in OUTCOMES)


def units(
    actor: Actor, item: Item, *, area: str = "", place: str = "", text: str = "", own: str = ""
) -> QuerySet[SurveyUnit]:
    """The units of an item, by area path, place on the board, and name or code; `own`: entered by the actor's body."""
    rows = scope(SurveyUnit, actor).filter(item=item).annotate(place=PLACE)
    if own:
        rows = rows.filter(submission__organisation_id__in=bodies_of(actor))
    if area:
        rows = rows.filter(area__path__startswith=area)
    if place in PLACES:
        rows = rows.filter(place=place)
    elif place == "under_way":
        rows = rows.filter(state="open")
    if text.strip():
        rows = rows.filter(Q(subject__name__icontains=text.strip()) | Q(subject__code__istartswith=text.strip()))
    return rows.select_related("subject", "area__parent", "submission").order_by("area__path", "subject__name", "pk")


def board(actor: Actor, item: Item) -> list[Line]:
    """The progress of an item, a line an area: cities with the sum of their counties, then each county."""
    form = newest_form(item)
    each = minutes(form) if form else 0
    lines = {area.path: Line(area, item.pk, minutes_each=each) for area in areas_in_reach(actor, item, READ)}
    rows = scope(SurveyUnit, actor).filter(item=item).annotate(place=PLACE).order_by()
    for path, place, number in rows.values_list("area__path", "place").annotate(Count("pk")):
        for line_path, line in lines.items():
            if path.startswith(line_path):
                line.counts[place] += number
    zeros = dict(_zeros(Q(item=item)).values_list("area__path", "state"))
    lead, worked = levels_of(item)
    for line in lines.values():
        line.zero = zeros.get(line.area.path, "")
        covered = any(line.area.path.startswith(path) for path in zeros)
        line.outstanding = line.listed == 0 and not covered and line.area.level in worked
    above = LEVEL_CODES[: LEVEL_CODES.index(lead)]
    return [line for line in lines.values() if line.area.level in {*worked, *above} or line.listed]


def _zeros(of: Q) -> QuerySet[ItemReport]:
    """零报告 that stand, whoever made them: what a city said of itself holds in its counties, which read no report."""
    rows = ItemReport.unscoped.filter(of, zero=True, state__in=("reported", "approved"))
    return rows.order_by("n")


def said_empty(actor: Actor, campaign: Campaign) -> frozenset[int]:
    """Items of which a 零报告 says that the actor's own area has no unit."""
    around = Q(item__campaign=campaign, area__path__in=prefixes(actor.area_path))
    return frozenset(_zeros(around).values_list("item_id", flat=True))


def burden(actor: Actor, unit: SurveyUnit) -> list[tuple[Item, int]]:
    """What the campaign asks of the same organisation (or project), as far as the actor sees it: items and minutes."""
    subject = unit.subject
    same = Q(subject=subject)
    if subject.organisation_id:
        same |= Q(subject__organisation=subject.organisation_id)
    rows = scope(SurveyUnit, actor).filter(same, item__campaign=unit.item.campaign_id, state__in=("open", "approved"))
    found = rows.select_related("item__campaign").order_by("item__number", "item__variant", "pk")
    return [(row.item, minutes(form)) for row in found if (form := newest_form(row.item))]


def report_areas(actor: Actor, item: Item, *, zero: bool = False) -> list[Area]:
    """The areas for which the actor makes up reports: at the lead's level; a 零报告 also the level below for itself."""
    lead, _ = levels_of(item)
    found = [area for area in areas_in_reach(actor, item, REPORT) if area.level == lead]
    if zero:
        found += [area for area in areas_in_reach(actor, item, REPORT_ZERO) if area.level == LEVEL_CODES[-1]]
    return found


@dataclass(frozen=True)
class Overview:
    """Areas × items of a campaign; a cell is the item's line of that area, None where the actor has no part in it."""

    items: list[Item]
    rows: list[tuple[Area, list[Line | None]]]


def overview(actor: Actor, campaign: Campaign) -> Overview:
    """Every item's board beside the others, for the areas that the actor sees in any of them."""
    items = list(scope(Item, actor, "survey").filter(campaign=campaign))
    boards = [{line.area.path: line for line in board(actor, item)} for item in items]
    areas = {path: line.area for lines in boards for path, line in lines.items()}
    return Overview(items, [(areas[path], [lines.get(path) for lines in boards]) for path in sorted(areas)])


def waiting(actor: Actor, campaign: Campaign) -> dict[int, dict[str, int]]:
    """What waits for the actor, item by item: how many of each kind, none of them 0."""
    own_body = scope(SurveyUnit, actor, "enter").filter(subject__organisation__in=bodies_of(actor))
    entered = scope(Submission, actor, "enter").filter(organisation_id__in=bodies_of(actor), unit__state="open")
    kinds = {
        "returned": entered.filter(state="returned"),
        "begin": own_body.filter(state="open", submission=None),
        # What he reported or entered himself waits for another person.
        "decide": scope(ItemReport, actor, "decide").filter(state="reported").exclude(reported_by=actor.person_id),
        "check": scope(Submission, actor, "check").filter(state="sent").exclude(current__person_id=actor.person_id),
        "report": scope(Submission, actor, "report").filter(state="checked"),
        "confirm": scope(ImportBatch, actor, "enter").filter(state="ready", kind="submissions"),
        "confirm_list": scope(ImportBatch, actor, "enter").filter(state="ready", kind="units"),
        "draft": entered.filter(state="draft"),
    }
    found: dict[int, dict[str, int]] = {}
    for kind, rows in kinds.items():
        item = "unit__item" if rows.model is Submission else "item"
        mine = rows.filter(**{f"{item}__campaign": campaign}).order_by()
        for pk, number in mine.values_list(item).annotate(Count("pk")):
            found.setdefault(pk, {})[kind] = number
    return found


def progress(actor: Actor, campaign: Campaign) -> dict[int, dict[str, int]]:
    """The units that the actor sees, item by item: how many stand at each place of the board."""
    rows = scope(SurveyUnit, actor).filter(item__campaign=campaign).annotate(place=PLACE).order_by()
    found: dict[int, dict[str, int]] = {}
    for pk, place, number in rows.values_list("item", "place").annotate(Count("pk")):
        found.setdefault(pk, {})[place] = number
    return found


def reports(actor: Actor, item: Item) -> QuerySet[ItemReport]:
    rows = scope(ItemReport, actor).filter(item=item).select_related("area", "item")
    return rows.annotate(held=Count("entries")).order_by("-reported_at", "-pk")


def imports(actor: Actor, item: Item, kind: str) -> QuerySet[ImportBatch]:
    """The body's last uploads of this kind."""
    rows = scope(ImportBatch, actor).filter(item=item, kind=kind)
    return rows.select_related("file").order_by("-at")[:20]
