"""Judging pairs, merging and taking back, codes that come later."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from stdnum.cn import uscc

from dajian.service.access.actor import Actor
from dajian.service.access.errors import Refused
from dajian.service.access.rules import may, take
from dajian.service.campaign.models import Campaign
from dajian.service.history.record import record
from dajian.service.identity.journal import Journal, take_back
from dajian.service.identity.merging import merge as write_merger
from dajian.service.identity.merging import values_told
from dajian.service.identity.models import Firm, Merger, Profile, Project, Search, Twin
from dajian.service.identity.plan import known_values, made
from dajian.service.identity.profiles import firms, projects, renew_firms, renew_projects
from dajian.service.identity.seeking import keep, propose, twins_of
from dajian.service.identity.states import TWIN
from dajian.service.jobs.actions import submit
from dajian.service.jobs.models import Job
from dajian.service.organisations.actions.firms import give_code as give_organisation_code
from dajian.service.organisations.models import Organisation, Succession
from dajian.service.registry.models import RegistryEntry, Subject
from dajian.service.registry.search_index import renew
from dajian.service.workflow.move import move
from dajian.twins.codes import is_genuine
from dajian.twins.names import plain

SEARCH_JOB = "identity.search"
CHUNK = 1_000  # units that one step of a search looks at anew


@transaction.atomic
def dismiss(actor: Actor, twin_id: int, *, reason: str, version: int, at: datetime) -> Twin:
    """不是同一家: remembered, so that no search proposes the pair again."""
    twin = take(Twin, twin_id, actor, "decide", version=version)
    _give_reason(reason)
    move(TWIN, twin, "dismiss", actor, at=at, reason=reason.strip())
    return twin


@transaction.atomic
def reconsider(actor: Actor, twin_id: int, *, reason: str, version: int, at: datetime) -> Twin:
    """Takes 不是同一家 back."""
    twin = take(Twin, twin_id, actor, "decide", version=version)
    _give_reason(reason)
    move(TWIN, twin, "reconsider", actor, at=at, reason=reason.strip())
    return twin


@transaction.atomic
def advise(actor: Actor, twin_id: int, *, advice: str, reason: str, at: datetime) -> Twin:
    """What a city thinks of a pair in its area; the decision stays with the province."""
    twin = take(Twin, twin_id, actor, "advise")
    if advice not in dict(Twin.ADVICE):
        raise Refused("请选择建议合并或不合并。")
    _give_reason(reason)
    if twin.state != "proposed":
        raise Refused(f"这一对已处于“{TWIN.states[twin.state]}”。")
    Twin.unscoped.filter(pk=twin.pk).update(advice=advice, advised_by=actor.organisation_name)
    told = {"advice": advice}
    record(twin, "advise", actor, at=at, reason=f"{dict(Twin.ADVICE)[advice]}：{reason.strip()}", details=told)
    return twin


def _give_reason(reason: str) -> None:
    if len(reason.strip()) < 2:
        raise Refused("请写明理由（至少2个字）。")


@transaction.atomic
def merge(actor: Actor, twin_id: int, *, chosen: Mapping[str, str], reason: str, version: int, at: datetime) -> Merger:
    """Makes the two one. chosen: value or "item:7" -> left | right; what is not named is taken as suggested.

    Refused: with every reason, for example a questionnaire that is being checked; nothing is changed.
    """
    twin = take(Twin, twin_id, actor, "decide", version=version)
    _give_reason(reason)
    return _merge(actor, twin, chosen=chosen, reason=reason.strip(), at=at)


def _merge(actor: Actor, twin: Twin, *, chosen: Mapping[str, str], reason: str, at: datetime, kept: str = "") -> Merger:
    plan = made(twin.left, twin.right, chosen, kept=kept)
    if plan.reasons:
        raise Refused(*plan.reasons)
    told = [values_told(side, known_values(side)) for side in (plan.keeper, plan.goer)]
    picked = {value.key: value.chosen for value in plan.values} | {c.name: c.chosen for c in plan.clashes}
    move(TWIN, twin, "merge", actor, at=at, reason=reason, details={"chosen": picked})
    journal = Journal(at)
    write_merger(plan, journal, reason)
    merger = Merger.unscoped.create(
        twin=twin, kept=plan.keeper, absorbed=plan.goer, chosen=picked, told=told, steps=journal.steps,
        aside=journal.aside, at=at,
    )  # fmt: skip
    if plan.keeper.organisation and plan.goer.organisation:
        Succession.unscoped.create(
            predecessor=plan.goer.organisation, successor=plan.keeper.organisation, kind="merge",
            starts=timezone.localdate(at), reason=reason[:200], at=at,
        )  # fmt: skip
    for row, action in ((_row(plan.keeper), "merge_from"), (_row(plan.goer), "merge_away")):
        record(row, action, actor, at=at, reason=reason, details={"merger": merger.pk, "values": told})
    _look_anew(plan.keeper, plan.goer)
    return merger


def _row(profile: Profile) -> Organisation | Subject:
    row = profile.organisation or profile.project
    assert row is not None
    return row


def _look_anew(*profiles: Profile) -> None:
    renew_firms([p.organisation_id for p in profiles if p.organisation_id])
    renew_projects([p.project_id for p in profiles if p.project_id])


@transaction.atomic
def undo(actor: Actor, twin_id: int, *, reason: str, version: int, at: datetime) -> Merger:
    """Takes a merger back. What somebody changed since stays as he left it, and is noted in the history."""
    twin = take(Twin, twin_id, actor, "decide", version=version)
    _give_reason(reason)
    merger = Merger.unscoped.select_related("kept", "absorbed").filter(twin=twin, undone_at=None).first()
    if merger is None:
        raise Refused("这一对没有合并。")
    if later := _built_upon(merger):
        raise Refused(f"合并后的单位又与“{later}”合并过，请先撤销那一次。")
    move(TWIN, twin, "undo", actor, at=at, reason=reason.strip())
    left = take_back(merger.steps, merger.aside, at=at)
    _index_again(merger)
    Merger.unscoped.filter(pk=merger.pk).update(undone_at=at)
    if merger.kept.organisation_id:
        Succession.unscoped.filter(
            predecessor=merger.absorbed.organisation_id, successor=merger.kept.organisation_id, undone_at=None
        ).update(undone_at=at)
    for profile in (merger.kept, merger.absorbed):
        record(_row(profile), "undo_merge", actor, at=at, reason=reason.strip(),
               details={"merger": merger.pk, "kept_as_changed_since": left})  # fmt: skip
    _look_anew(merger.kept, merger.absorbed)
    return merger


def _built_upon(merger: Merger) -> str:
    """A later merger that one of the two took part in."""
    both = (merger.kept_id, merger.absorbed_id)
    later = Merger.unscoped.filter(Q(kept__in=both) | Q(absorbed__in=both), undone_at=None, pk__gt=merger.pk)
    found = later.select_related("absorbed").first()
    return found.absorbed.name if found else ""


def _index_again(merger: Merger) -> None:
    pks = [pk for label, pk, _, _ in merger.aside if label == RegistryEntry._meta.label]
    renew(RegistryEntry.unscoped.filter(pk__in=pks))


@dataclass(frozen=True)
class Coded:
    """What became of a code that was given. how: given, joined (to the one that had it), proposed."""

    how: str
    url: str


@transaction.atomic
def give_code(actor: Actor, model: type[Firm] | type[Project], pk: int, *, code: str, at: datetime) -> Coded:
    """The code of a firm or project that was known without. Who has it already and lies within the actor's reach is
    the same one: the two are joined and nothing is lost; one beyond his reach is proposed to the province."""
    row: Any = take(model, pk, actor, "code")
    code = plain(code) if model is Firm else "".join(code.split()).upper()
    known = row.credit_code if model is Firm else row.code
    if known and (model is Project or is_genuine(known)):
        raise Refused(f"已有代码 {known}。代码有误的，请由省级合并或通过更正办理。")
    if model is Firm and not uscc.is_valid(code):
        raise Refused(f"“{code}”不是有效的统一社会信用代码：应为18位，末位是校验码。请对照营业执照核对。")
    if model is Project and not 4 <= len(code) <= 40:
        raise Refused("请填写投资项目代码（4至40位）。")
    own, other = profile_of(row), _holder(model, row, code)
    if other is None:
        _set_code(row, code, at)
        record(_row(own), "give_code", actor, at=at, details={"code": code})
        for profile in renew_firms([row.pk]) if model is Firm else renew_projects([row.pk]):
            keep(twins_of(profile), at=at)
        return Coded("given", own.url)
    twin = propose(actor, own, other, [["code_same", own.name, other.name]], at=at, why=f"补充代码 {code}")
    holder = other.organisation_id or other.project_id
    if twin.state != "proposed" or not may(model(pk=holder), actor, "code"):
        return Coded("proposed", own.url)
    _merge(
        actor, twin, chosen={}, reason=f"代码相同：{code}", at=at, kept="left" if twin.left_id == other.pk else "right"
    )
    return Coded("joined", other.url)


def profile_of(row: Firm | Project) -> Profile:
    """The row's profile, made where there was none."""
    found = renew_firms([row.pk]) if isinstance(row, Firm) else renew_projects([row.pk])
    if not found:
        raise Refused("这条记录已并入另一条，请在保留的那一条上办理。")
    return found[0]


def _holder(model: type[Firm] | type[Project], row: Any, code: str) -> Profile | None:
    rows: Any = firms().filter(credit_code=code) if model is Firm else projects().filter(role=row.role, code=code)
    other = rows.exclude(pk=row.pk).first()
    if other is None:
        return None
    return (renew_firms if model is Firm else renew_projects)([other.pk])[0]


def _set_code(row: Any, code: str, at: datetime) -> None:
    if isinstance(row, Firm):
        row.codes.filter(ends=None).update(ends=timezone.localdate(at))
        give_organisation_code(row, code, at)
        Subject.unscoped.filter(organisation=row.pk).update(code=code)
    else:
        Subject.unscoped.filter(pk=row.pk).update(code=code)


@transaction.atomic
def propose_by_hand(
    actor: Actor, model: type[Firm] | type[Project], pk: int, *, other: str, reason: str, at: datetime
) -> Twin:
    """Somebody says that two entries that he sees are one. other: the other one's code or full name."""
    row: Any = take(model, pk, actor, "propose")
    _give_reason(reason)
    rows: Any = firms() if model is Firm else projects()
    by_code = Q(credit_code=plain(other)) if model is Firm else Q(code=other.strip())
    met = rows.filter(by_code | Q(name=other.strip())).exclude(pk=row.pk).order_by("pk")
    seen = [one for one in met[:20] if may(model(pk=one.pk), actor, "propose")]
    if not seen:
        raise Refused(f"在您的范围内没有找到代码或全称为“{other.strip()}”的另一条记录。")
    if len(seen) > 1:
        raise Refused("有几条记录同名，请填写代码。")
    twin = propose(
        actor, profile_of(row), profile_of(model(pk=seen[0].pk)), [["hand", "", ""]], at=at, why=reason.strip()
    )
    if twin.state == "dismissed":
        raise Refused("这一对已判断为不是同一家。")
    return twin


@transaction.atomic
def search(actor: Actor, campaign_id: int, *, at: datetime) -> tuple[Search, Job]:
    """Has all units compared with each other in the background. Who defines the campaign decides on twins."""
    take(Campaign, campaign_id, actor, "define")
    running = Job.unscoped.filter(kind=SEARCH_JOB, state__in=("queued", "running")).first()
    if running:
        return Search.unscoped.get(pk=running.object_id), running
    made_search = Search.unscoped.create(account_id=actor.account_id, at=at)
    record(made_search, "search_twins", actor, at=at)
    return made_search, submit(SEARCH_JOB, made_search.pk, actor, total=len(shares()) + 1, at=at)


def shares() -> list[tuple[str, int]]:
    """The steps of a search before its last: (firms | projects, from which number of its rows)."""
    counts: Sequence[tuple[str, int]] = (("firms", firms().count()), ("projects", projects().count()))
    return [(what, start) for what, number in counts for start in range(0, number, CHUNK)]
