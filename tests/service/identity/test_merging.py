"""Merging: everything follows, each value by choice, and back again to the row."""

from __future__ import annotations

from typing import Any

import pytest
from django.apps import apps

from dajian.service.access.errors import Forbidden, NotFound, Refused
from dajian.service.history.check import broken_chains
from dajian.service.identity import actions
from dajian.service.identity.models import Merger, Profile, Twin
from dajian.service.identity.profiles import renew_firms
from dajian.service.identity.seeking import propose
from dajian.service.organisations.actions.firms import identify
from dajian.service.organisations.models import Membership, Organisation
from dajian.service.registry.models import RegistryEntry, Subject
from dajian.service.survey.actions import accounts, invitations, submissions, units
from dajian.service.survey.models import Invitation, Submission, SurveyUnit
from tests.service.survey.chain import Chain
from tests.service.world import World

# What keeps count of what was done is not taken back: history, notices, jobs, the pair itself, and counters.
KEPT = ("history.", "notices.", "jobs.", "identity.", "files.", "workflow.")
COUNTERS = ("version",)


def rows() -> dict[str, list[dict[str, Any]]]:
    """All that the service knows, but for what keeps count of deeds."""
    found = {}
    for model in apps.get_models():
        label = model._meta.label_lower
        if model.__module__.startswith("dajian.") and not label.startswith(KEPT) and not model._meta.proxy:
            columns = [f.attname for f in model._meta.concrete_fields if f.attname not in COUNTERS]
            found[label] = list(model._base_manager.order_by("pk").values(*columns))
    found.pop("organisations.succession")
    return found


def pair(world: World, a: Organisation, b: Organisation) -> Twin:
    left, right = (Profile.unscoped.filter(organisation=row).first() or renew_firms([row.pk])[0] for row in (a, b))
    return propose(world.actor("fz1"), left, right, [["hand", "", ""]], at=world.now)


def firm_of(unit: SurveyUnit) -> Organisation:
    assert unit.subject.organisation is not None
    return unit.subject.organisation


def listed(world: World, name: str, code: str = "", number: int = 4, who: str = "lianjiang1") -> SurveyUnit:
    return units.add_unit(
        world.actor(who), world.item(number).pk, name=name, code=code, area_code="350122", source="走访", at=world.now
    )


def merge(world: World, twin: Twin, **chosen: str) -> Merger:
    twin.refresh_from_db()
    return actions.merge(
        world.actor("zhengfa1"), twin.pk, chosen=chosen, reason="营业执照相同", version=twin.version, at=world.now
    )


def undo(world: World, twin: Twin) -> None:
    twin.refresh_from_db()
    actions.undo(world.actor("zhengfa1"), twin.pk, reason="核对有误", version=twin.version, at=world.now)


def test_roles_questionnaires_invitations_and_accounts_follow_and_come_back(world: World) -> None:
    chain = Chain(world)
    coded, record = chain.unit("lianjiang1", 0)
    made = listed(world, "连江无码重工厂", number=1)
    again = listed(world, "连江无码运输队")  # the same firm once more in the same item
    letter = invitations.invite(world.actor("lianjiang1"), again.pk, at=world.now)
    begun = submissions.begin(world.actor("lianjiang1"), coded.pk, at=world.now)
    draft = submissions.save_draft(world.actor("lianjiang1"), begun.pk, draft=record, version=begun.version)
    sent = submissions.send(world.actor("lianjiang1"), draft.pk, version=draft.version, at=world.now)
    opened = accounts.open_account(
        world.actor("lianjiang1"), again.pk, name="陈经理", username="chenjingli", at=world.now
    )
    first = pair(world, firm_of(coded), firm_of(made))
    before = rows()

    merge(world, first)
    made.refresh_from_db()
    assert firm_of(made) == firm_of(coded)
    assert made.subject.role == "maker"
    second = pair(world, firm_of(coded), firm_of(again))
    merge(world, second)
    again.refresh_from_db()
    assert (again.state, again.duplicate_of_id) == ("duplicate", coded.pk)
    assert Invitation.unscoped.get(pk=letter.invitation.pk).unit_id == coded.pk
    assert invitations.open_by_code(letter.token, letter.code, at=world.now).unit_id == coded.pk
    assert Membership.unscoped.get(pk=opened.membership.pk).organisation_id == firm_of(coded).pk
    assert Submission.unscoped.get(pk=sent.pk).unit_id == coded.pk
    assert sent.versions.count() == 1
    Invitation.unscoped.filter(pk=letter.invitation.pk).update(opened_at=None)

    undo(world, second)
    undo(world, first)
    assert rows() == before
    assert list(broken_chains()) == []


def test_the_questionnaire_that_is_chosen_stays_whichever_entry_it_stood_at(world: World) -> None:
    coded, _ = Chain(world).unit("lianjiang1", 0)
    other = listed(world, "连江无码运输队")
    begun = submissions.begin(world.actor("lianjiang1"), other.pk, at=world.now)
    submissions.save_draft(world.actor("lianjiang1"), begun.pk, draft={"employees": 7}, version=begun.version)
    twin = pair(world, firm_of(coded), firm_of(other))
    before = rows()
    merger = merge(world, twin)
    other.refresh_from_db()
    coded.refresh_from_db()
    kept = Subject.unscoped.get(organisation=merger.kept.organisation_id, role="carrier")
    assert (other.subject_id, other.state) == (kept.pk, "open")
    assert (coded.state, coded.duplicate_of_id) == ("duplicate", other.pk)
    undo(world, twin)
    assert rows() == before


@pytest.mark.parametrize("chosen", ["left", "right"])
def test_each_value_is_the_chosen_one_and_the_other_is_still_found(world: World, chosen: str) -> None:
    a, b = listed(world, "连江鸿达运输有限公司"), listed(world, "连江宏达运输有限公司")
    twin = pair(world, firm_of(a), firm_of(b))
    names = {"left": twin.left.name, "right": twin.right.name}
    merger = merge(world, twin, name=chosen)
    firm = Organisation.unscoped.get(pk=merger.kept.organisation_id)
    assert firm.name == names[chosen]
    for name in names.values():
        assert identify(name=name, code="", area=world.area("350122"), at=world.now) == firm
    kept = Subject.unscoped.get(organisation=firm, role="carrier")
    assert kept.name == names[chosen]


def test_a_list_with_the_mistyped_code_makes_no_new_twin(world: World) -> None:
    coded, record = Chain(world).unit("lianjiang1", 0)
    code = record["unit_credit_code"]
    wrong = code[:13] + ("2" if code[13] != "2" else "3") + code[14:]
    mistyped = listed(world, "连江某某运输队", wrong)
    twin = Twin.unscoped.get(state="proposed")
    assert [reason[0] for reason in twin.reasons][:1] == ["code_digit"]
    merge(world, twin)
    again = listed(world, "连江某某运输队", wrong)
    assert again.pk in (coded.pk, mistyped.pk)
    assert again.state == "open"
    assert again.subject.code == code
    assert SurveyUnit.unscoped.filter(item=world.item(), state="open").count() == 1


def test_what_is_being_checked_must_come_back_first(world: World) -> None:
    chain = Chain(world)
    a, b = chain.sent("lianjiang1", 0), chain.checked("lianjiang1", 1)
    twin = pair(world, firm_of(a.unit), firm_of(b.unit))
    before = rows()
    with pytest.raises(Refused, match="请先退回或撤回"):
        merge(world, twin)
    assert rows() == before


def test_what_was_changed_since_stays_when_a_merger_is_undone(world: World) -> None:
    a, b = listed(world, "连江鸿达运输有限公司"), listed(world, "连江宏达运输有限公司")
    twin = pair(world, firm_of(a), firm_of(b))
    merger = merge(world, twin, name="right")
    Organisation.unscoped.filter(pk=merger.kept.organisation_id).update(name="连江鸿达物流有限公司")
    undo(world, twin)
    assert Organisation.unscoped.get(pk=merger.kept.organisation_id).name == "连江鸿达物流有限公司"


def test_a_later_merger_is_undone_first(world: World) -> None:
    a, b, c = (listed(world, f"连江{word}运输有限公司") for word in ("甲乙", "丙丁", "戊己"))
    first = pair(world, firm_of(a), firm_of(b))
    merger = merge(world, first)
    kept = Organisation.unscoped.get(pk=merger.kept.organisation_id)
    merge(world, pair(world, kept, firm_of(c)))
    with pytest.raises(Refused, match="请先撤销那一次"):
        undo(world, first)


def test_a_city_advises_and_the_province_decides(world: World) -> None:
    a, b = listed(world, "连江鸿达运输有限公司"), listed(world, "连江宏达运输有限公司")
    twin = pair(world, firm_of(a), firm_of(b))
    actions.advise(world.actor("fz1"), twin.pk, advice="one", reason="法人相同", at=world.now)
    with pytest.raises(Forbidden):
        actions.merge(world.actor("fz1"), twin.pk, chosen={}, reason="法人相同", version=1, at=world.now)
    for stranger in ("qz1", "lianjiang1", "yunguan1", "fztransport1"):
        with pytest.raises(NotFound):
            actions.dismiss(world.actor(stranger), twin.pk, reason="不同", version=1, at=world.now)
    assert RegistryEntry.unscoped.count() == 0
    assert Twin.unscoped.get(pk=twin.pk).advice == "one"
