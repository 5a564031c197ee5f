"""What merging two entries would do: the values of both beside each other, and where both answered the same survey."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Count

from dajian.service.campaign.models import Item
from dajian.service.identity.models import Profile
from dajian.service.organisations.models import Area
from dajian.service.registry.models import RegistryEntry, Subject
from dajian.service.survey.models import SurveyUnit
from dajian.service.survey.states import SUBMISSION, UNIT
from dajian.twins.codes import is_genuine

LEFT, RIGHT = SIDES = ("left", "right")
LABELS = {"name": "名称", "code": "代码", "area": "所属区域", "address": "地址", "owner": "建设单位"}
FAR = ["", "draft", "returned", "sent", "checked", "reported", "approved"]  # how far a questionnaire has come
UNDER_CHECK = ("sent", "checked", "reported")


@dataclass(frozen=True)
class Value:
    """One value of both. chosen: left or right."""

    key: str
    label: str
    left: str
    right: str
    chosen: str

    @property
    def same(self) -> bool:
        return self.left == self.right


@dataclass(frozen=True)
class Clash:
    """A survey item that both are to answer: one questionnaire stays, the other unit is closed as its duplicate."""

    item: Item
    left: SurveyUnit
    right: SurveyUnit
    chosen: str
    forced: bool  # the choice is not free: one is approved, the other is not

    @property
    def name(self) -> str:
        return f"item:{self.item.pk}"

    def of(self, side: str) -> SurveyUnit:
        return self.left if side == LEFT else self.right

    @property
    def winner(self) -> SurveyUnit:
        return self.of(self.chosen)

    @property
    def loser(self) -> SurveyUnit:
        return self.of(RIGHT if self.chosen == LEFT else LEFT)


@dataclass(frozen=True)
class Plan:
    """kept: the side whose number goes on; which one makes no difference to what is shown afterwards."""

    left: Profile
    right: Profile
    kept: str
    values: tuple[Value, ...]
    clashes: tuple[Clash, ...]
    reasons: tuple[str, ...]  # why it cannot be done now

    @property
    def keeper(self) -> Profile:
        return self.left if self.kept == LEFT else self.right

    @property
    def goer(self) -> Profile:
        return self.right if self.kept == LEFT else self.left


def subjects_of(profile: Profile) -> list[Subject]:
    """The roles of a firm that count, or the project itself."""
    of = {"organisation": profile.organisation_id} if profile.organisation_id else {"pk": profile.project_id}
    return list(Subject.unscoped.filter(merged_into=None, **of).order_by("pk"))


def made(left: Profile, right: Profile, given: Mapping[str, str], *, kept: str = "") -> Plan:
    """The plan with what was chosen; anything not chosen is suggested. kept: the side that goes on, if that matters."""
    sides = {LEFT: subjects_of(left), RIGHT: subjects_of(right)}
    weight = {side: _weight(rows) for side, rows in sides.items()}
    kept = kept or (RIGHT if weight[RIGHT] > weight[LEFT] else LEFT)
    clashes = tuple(_clashes(sides[LEFT], sides[RIGHT], given, kept))
    return Plan(
        left, right, kept, tuple(_values(left, right, given, kept)), clashes, tuple(_reasons(left, right, clashes))
    )


def _weight(subjects: list[Subject]) -> int:
    """The one of which more is known goes on."""
    rows = Subject.unscoped.filter(pk__in=[one.pk for one in subjects]).aggregate(
        entries=Count("entries", distinct=True), units=Count("units", distinct=True)
    )
    return 10 * rows["entries"] + rows["units"]


def _values(left: Profile, right: Profile, given: Mapping[str, str], kept: str) -> list[Value]:
    known = {LEFT: known_values(left), RIGHT: known_values(right)}
    found = []
    for key in known[LEFT]:
        here, there = known[LEFT][key], known[RIGHT][key]
        best = kept if known[kept][key] else (RIGHT if kept == LEFT else LEFT)
        if key == "code" and left.kind == Profile.ORGANISATION and is_genuine(here) != is_genuine(there):
            best = LEFT if is_genuine(here) else RIGHT
        chosen = given.get(key, "")
        found.append(Value(key, LABELS[key], here, there, chosen if chosen in SIDES else best))
    return found


def known_values(profile: Profile) -> dict[str, str]:
    """The values that are chosen between, as they are shown."""
    if (firm := profile.organisation) is not None:
        return {
            "name": firm.name, "code": firm.credit_code or "", "area": _place(firm.area), "address": firm.address,
        }  # fmt: skip
    project = profile.project
    assert project is not None
    owner = project.owner.name if project.owner else ""
    return {"name": project.name, "code": project.code, "area": _place(project.area), "owner": owner}


def _place(area: Area | None) -> str:
    return f"{area.parent.name if area.parent and area.level == 'county' else ''}{area.name}" if area else ""


def _clashes(left: list[Subject], right: list[Subject], given: Mapping[str, str], kept: str) -> list[Clash]:
    units = {side: _units(rows) for side, rows in ((LEFT, left), (RIGHT, right))}
    entered = _entered([*left, *right])
    found = []
    for item_id in sorted(set(units[LEFT]) & set(units[RIGHT])):
        pair = {side: units[side][item_id] for side in SIDES}
        far = {side: _far(unit) for side, unit in pair.items()}
        approved = {side: unit.pk in entered for side, unit in pair.items()}
        forced = approved[LEFT] != approved[RIGHT]
        best = (LEFT if approved[LEFT] else RIGHT) if forced else max(SIDES, key=lambda s: (far[s], s == kept))
        chosen = given.get(f"item:{item_id}", "")
        side = chosen if chosen in SIDES and not forced else best
        found.append(Clash(pair[LEFT].item, pair[LEFT], pair[RIGHT], side, forced))
    return found


def _units(subjects: list[Subject]) -> dict[int, SurveyUnit]:
    """Item -> the unit that counts there."""
    rows = SurveyUnit.unscoped.filter(subject__in=subjects).exclude(state="duplicate").order_by("pk")
    return {unit.item_id: unit for unit in rows.select_related("item__campaign", "subject", "area", "submission")}


def _entered(subjects: list[Subject]) -> set[int]:
    """The units of which the registry holds what they answered."""
    entries = RegistryEntry.unscoped.filter(subject__in=subjects).values_list("subject_id", "item_id")
    by_place = {(unit.subject_id, unit.item_id): unit.pk for unit in SurveyUnit.unscoped.filter(subject__in=subjects)}
    return {by_place[place] for place in entries if place in by_place}


def _far(unit: SurveyUnit) -> int:
    submission = getattr(unit, "submission", None)
    return FAR.index(submission.state) if submission else 0


def _reasons(left: Profile, right: Profile, clashes: tuple[Clash, ...]) -> list[str]:
    reasons = [] if left.kind == right.kind else ["企业和项目不能合并。"]
    for clash in clashes:
        submission = getattr(clash.loser, "submission", None)
        if submission and submission.state in UNDER_CHECK:
            reasons.append(
                f"“{clash.item.title}”中两家都有调查表，“{clash.loser.subject.name}”的一份处于"
                f"“{SUBMISSION.states[submission.state]}”，请先退回或撤回，再合并。"
            )
    return reasons


def stands(unit: SurveyUnit) -> str:
    """How far a unit has come, in words."""
    submission = getattr(unit, "submission", None)
    if unit.state != "open":
        return UNIT.states[unit.state]
    return SUBMISSION.states[submission.state] if submission else "未开始"
