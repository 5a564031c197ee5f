"""County → city → 审定 → registry, with returns, withdrawals and corrections on the way."""

from __future__ import annotations

import pytest

from dajian.demo.carriers import make
from dajian.service.access.errors import Forbidden, NotFound, Refused, Stale
from dajian.service.history.record import broken_link, of
from dajian.service.registry.models import RegistryEntry
from dajian.service.registry.queries import areas_of, asked, listing
from dajian.service.registry.subjects import subject_for
from dajian.service.survey.actions import reports, submissions, units
from dajian.service.survey.models import ReportEntry, Submission, SurveyUnit
from dajian.service.workflow.move import last_deed
from tests.service.survey.chain import Chain
from tests.service.world import World


def test_the_registry_holds_0_then_n_minus_1_then_n_units(world: World, chain: Chain) -> None:
    for n in range(4):
        chain.checked(n=n)
    report = chain.report()
    assert chain.registered() == 0
    entry = ReportEntry.unscoped.filter(report=report).first()
    yunguan = world.actor("yunguan1")
    reports.send_back(
        yunguan, report.pk, entry_id=entry.pk, reason="车辆数与登记不符", version=report.version, at=world.now
    )
    reports.approve(yunguan, report.pk, version=report.version, at=world.now)
    assert chain.registered() == 3
    returned = Submission.unscoped.get(state="returned")
    county = world.actor("lianjiang1")
    again = submissions.send(county, returned.pk, version=returned.version, at=world.now)
    submissions.check(world.actor("fz1"), again.pk, version=again.version, at=world.now)
    second = chain.report()
    assert second.n == 2
    reports.approve(yunguan, second.pk, version=second.version, at=world.now)
    assert chain.registered() == 4


def test_each_act_stands_in_the_history_with_person_body_time_and_reason(world: World, chain: Chain) -> None:
    checked = chain.checked()
    report = chain.report()
    entry = ReportEntry.unscoped.get(report=report)
    reports.send_back(
        world.actor("yunguan1"), report.pk, entry_id=entry.pk, reason="线路缺起点", version=report.version, at=world.now
    )
    lines = [(e.action, e.person_name, e.organisation_name, e.reason) for e in of(checked)]
    city, county = "福州市交通运输局", "连江县交通运输局"
    assert lines == [
        ("enter", "连江一", county, ""),
        ("send", "连江一", county, ""),
        ("check", "林福一", city, ""),
        ("report", "林福一", city, ""),
        ("send_back", "吴运一", "省运管局", "线路缺起点"),
    ]
    assert all(e.at == world.now and e.membership_id for e in of(checked))
    assert broken_link(checked) is None


def test_an_officer_of_another_city_finds_nothing_and_learns_nothing(world: World, chain: Chain) -> None:
    sent = chain.sent()
    with pytest.raises(NotFound):
        submissions.check(world.actor("qz1"), sent.pk, version=sent.version, at=world.now)
    assert Submission.unscoped.get(pk=sent.pk).state == "sent"
    assert [e.action for e in of(sent)] == ["enter", "send"]


def test_the_county_cannot_check_and_the_city_cannot_approve(world: World, chain: Chain) -> None:
    sent = chain.sent()
    with pytest.raises(Forbidden):
        submissions.check(world.actor("lianjiang2"), sent.pk, version=sent.version, at=world.now)
    submissions.check(world.actor("fz1"), sent.pk, version=sent.version, at=world.now)
    report = chain.report()
    with pytest.raises(Forbidden):
        reports.approve(world.actor("fz2"), report.pk, version=report.version, at=world.now)


def test_who_entered_at_the_city_does_not_check(world: World, chain: Chain) -> None:
    sent = chain.sent(who="fz1")
    with pytest.raises(Refused, match="另一位同志"):
        submissions.check(world.actor("fz1"), sent.pk, version=sent.version, at=world.now)
    assert submissions.check(world.actor("fz2"), sent.pk, version=sent.version, at=world.now).state == "checked"


def test_the_second_of_two_officers_is_told_who_was_first(world: World, chain: Chain) -> None:
    sent = chain.sent()
    version = sent.version
    submissions.check(world.actor("fz1"), sent.pk, version=version, at=world.now)
    with pytest.raises(Stale) as told:
        submissions.return_submission(world.actor("fz2"), sent.pk, reason="缺车辆照片", version=version, at=world.now)
    assert last_deed(told.value.obj) == "福州市交通运输局林福一已于 04-22 10:00 核查通过。"


def test_what_was_sent_can_be_taken_back_until_the_city_acts(world: World, chain: Chain) -> None:
    sent = chain.sent()
    back = submissions.take_back(world.actor("lianjiang1"), sent.pk, version=sent.version, at=world.now)
    assert back.state == "draft"
    assert back.draft == back.current.record
    again = submissions.send(world.actor("lianjiang1"), back.pk, version=back.version, at=world.now)
    checked = submissions.check(world.actor("fz1"), again.pk, version=again.version, at=world.now)
    with pytest.raises(Refused):
        submissions.take_back(world.actor("lianjiang1"), checked.pk, version=checked.version, at=world.now)


def test_the_city_returns_what_the_county_sent_but_does_not_take_it_back(world: World, chain: Chain) -> None:
    sent = chain.sent()
    with pytest.raises(Refused, match="只能由其撤回"):
        submissions.take_back(world.actor("fz1"), sent.pk, version=sent.version, at=world.now)
    page = world.client("fz1").get(f"/submissions/{sent.pk}").content.decode()
    assert "核查通过" in page
    assert "撤回" not in page


def test_a_recalled_report_gives_its_questionnaires_back_to_the_city(world: World, chain: Chain) -> None:
    checked = chain.checked()
    report = chain.report()
    reports.recall(world.actor("fz1"), report.pk, version=report.version, at=world.now)
    assert Submission.unscoped.get(pk=checked.pk).state == "checked"
    assert ReportEntry.unscoped.count() == 0


def test_a_report_in_which_something_was_decided_is_not_recalled(world: World, chain: Chain) -> None:
    chain.checked()
    chain.checked(n=1)
    report = chain.report()
    entry = ReportEntry.unscoped.filter(report=report).first()
    reports.send_back(
        world.actor("yunguan1"), report.pk, entry_id=entry.pk, reason="线路缺起点", version=report.version, at=world.now
    )
    with pytest.raises(Refused, match="已开始处理"):
        reports.recall(world.actor("fz1"), report.pk, version=report.version, at=world.now)


def test_a_report_returned_whole_approves_nothing(world: World, chain: Chain) -> None:
    chain.checked()
    chain.checked(n=1)
    report = chain.report()
    reports.return_report(
        world.actor("yunguan1"), report.pk, reason="口径不一致，请重新核对", version=report.version, at=world.now
    )
    assert chain.registered() == 0
    assert set(Submission.unscoped.values_list("state", flat=True)) == {"returned"}


def test_a_correction_goes_the_same_way_and_the_registry_keeps_the_old_value_until_then(
    world: World, chain: Chain
) -> None:
    checked = chain.checked()
    report = chain.report()
    reports.approve(world.actor("yunguan1"), report.pk, version=report.version, at=world.now)
    approved = Submission.unscoped.get(pk=checked.pk)
    assert SurveyUnit.unscoped.get(pk=approved.unit_id).state == "approved"
    county = world.actor("lianjiang1")
    opened = submissions.correct(county, approved.pk, reason="地址变更", version=approved.version, at=world.now)
    changed = {**opened.draft, "unit_address": "连江县凤城镇新址1号"}
    saved = submissions.save_draft(county, opened.pk, draft=changed, version=opened.version)
    sent = submissions.send(county, saved.pk, version=saved.version, at=world.now)
    assert sent.current.n == 2
    assert RegistryEntry.unscoped.get().n == 1
    submissions.check(world.actor("fz1"), sent.pk, version=sent.version, at=world.now)
    second = chain.report()
    reports.approve(world.actor("yunguan1"), second.pk, version=second.version, at=world.now)
    assert RegistryEntry.unscoped.get().n == 2


def test_a_questionnaire_with_faults_is_not_sent_and_every_fault_is_told(world: World, chain: Chain) -> None:
    draft = chain.draft()
    county = world.actor("lianjiang1")
    broken = {**draft.draft, "unit_credit_code": "123"}
    del broken["suggestions"]
    saved = submissions.save_draft(county, draft.pk, draft=broken, version=draft.version)
    with pytest.raises(Refused) as refused:
        submissions.send(county, saved.pk, version=saved.version, at=world.now)
    assert len(refused.value.reasons) == 2
    assert Submission.unscoped.get(pk=draft.pk).state == "draft"


def test_an_ineligible_carrier_gets_its_outcome_by_approval_and_no_registry_entry(world: World, chain: Chain) -> None:
    unit, record = chain.unit()
    county = world.actor("lianjiang1")
    begun = submissions.begin(county, unit.pk, at=world.now)
    kept = ("unit_name", "unit_credit_code", "unit_area", "truth_confirmed", "survey_mode")
    answers = {k: record[k] for k in kept if k in record} | {"eligible": "no", "ineligible_reason": "已停业"}
    saved = submissions.save_draft(county, begun.pk, draft=answers, version=begun.version)
    sent = submissions.send(county, saved.pk, version=saved.version, at=world.now)
    submissions.check(world.actor("fz1"), sent.pk, version=sent.version, at=world.now)
    report = chain.report()
    reports.approve(world.actor("yunguan1"), report.pk, version=report.version, at=world.now)
    unit.refresh_from_db()
    assert (unit.state, unit.outcome_reason) == ("not_eligible", "已停业")
    assert chain.registered() == 0


def test_a_cooperating_body_enters_but_does_not_send(world: World, chain: Chain) -> None:
    unit, record = chain.unit()
    helper = world.actor("ljtransport1")
    begun = submissions.begin(helper, unit.pk, at=world.now)
    draft = submissions.save_draft(helper, begun.pk, draft=record, version=begun.version)
    with pytest.raises(Forbidden):
        submissions.send(helper, draft.pk, version=draft.version, at=world.now)
    with pytest.raises(Forbidden):  # the denominator is the lead's
        chain.unit(who="ljtransport1", n=1)
    assert submissions.send(world.actor("lianjiang1"), draft.pk, version=draft.version, at=world.now).state == "sent"


def without_code(world: World, chain: Chain) -> tuple[Submission, dict]:
    """A carrier that was listed by its name alone; its draft tells the code."""
    record = make(7, 1, "350122", on=world.now.date())[0]
    who = world.actor("lianjiang1")
    unit = units.add_unit(
        who, world.item().pk, name=record["unit_name"], code="", area_code="350122", source="走访中发现", at=world.now
    )
    begun = submissions.begin(who, unit.pk, at=world.now)
    return submissions.save_draft(who, begun.pk, draft=record, version=begun.version), record


def test_a_unit_listed_without_a_code_is_known_by_it_once_approved(world: World, chain: Chain) -> None:
    draft, record = without_code(world, chain)
    sent = submissions.send(world.actor("lianjiang1"), draft.pk, version=draft.version, at=world.now)
    submissions.check(world.actor("fz1"), sent.pk, version=sent.version, at=world.now)
    report = chain.report()
    reports.approve(world.actor("yunguan1"), report.pk, version=report.version, at=world.now)
    subject = SurveyUnit.unscoped.get(pk=draft.unit_id).subject
    assert subject.code == record["unit_credit_code"]
    assert subject.organisation is not None
    assert subject.organisation.credit_code == subject.code == RegistryEntry.unscoped.get(subject=subject).code


def test_the_code_of_another_unit_is_refused_when_sent_and_the_draft_stays(world: World, chain: Chain) -> None:
    draft, record = without_code(world, chain)
    subject_for("manufacturer", "示例甲装备有限公司", record["unit_credit_code"], world.area("350583"), at=world.now)
    with pytest.raises(Refused, match="另一单位"):
        submissions.send(world.actor("lianjiang1"), draft.pk, version=draft.version, at=world.now)
    draft.refresh_from_db()
    assert (draft.state, draft.draft["unit_credit_code"]) == ("draft", record["unit_credit_code"])


def test_a_unit_that_has_its_outcome_sends_nothing_until_it_is_listed_again(world: World, chain: Chain) -> None:
    draft = chain.draft()
    county, unit = world.actor("lianjiang1"), draft.unit
    closed = units.close_unit(county, unit.pk, outcome="gone", reason="已迁往外省", version=unit.version, at=world.now)
    with pytest.raises(Refused, match="注销或迁出"):
        submissions.send(county, draft.pk, version=draft.version, at=world.now)
    with pytest.raises(Refused, match="注销或迁出"):
        submissions.save_draft(county, draft.pk, draft=draft.draft, version=draft.version)
    units.reopen_unit(county, unit.pk, reason="核实后仍在经营", version=closed.version, at=world.now)
    assert submissions.send(county, draft.pk, version=draft.version, at=world.now).state == "sent"


def ineligible(world: World, chain: Chain) -> Submission:
    """A carrier that 审定 found not to belong."""
    draft = chain.draft()
    answers = draft.draft | {"eligible": "no", "ineligible_reason": "经营范围不含大件运输"}
    who = world.actor("lianjiang1")
    draft = submissions.save_draft(who, draft.pk, draft=answers, version=draft.version)
    sent = submissions.send(who, draft.pk, version=draft.version, at=world.now)
    submissions.check(world.actor("fz1"), sent.pk, version=sent.version, at=world.now)
    report = chain.report()
    reports.approve(world.actor("yunguan1"), report.pk, version=report.version, at=world.now)
    return Submission.unscoped.select_related("unit").get(pk=draft.pk)


def test_what_was_found_ineligible_is_corrected_and_comes_into_the_registry(world: World, chain: Chain) -> None:
    found = ineligible(world, chain)
    who = world.actor("lianjiang1")
    with pytest.raises(Refused, match="提出更正"):
        units.reopen_unit(who, found.unit_id, reason="核实属于", version=found.unit.version, at=world.now)
    again = submissions.correct(who, found.pk, reason="经核实属于调查对象", version=found.version, at=world.now)
    assert SurveyUnit.unscoped.get(pk=found.unit_id).state == "open"
    answers = {k: v for k, v in again.draft.items() if k != "ineligible_reason"} | {"eligible": "yes"}
    full = chain.unit(n=0)[1] | answers
    again = submissions.save_draft(who, again.pk, draft=full, version=again.version)
    sent = submissions.send(who, again.pk, version=again.version, at=world.now)
    submissions.check(world.actor("fz1"), sent.pk, version=sent.version, at=world.now)
    report = chain.report()
    reports.approve(world.actor("yunguan1"), report.pk, version=report.version, at=world.now)
    assert chain.registered() == 1


def test_a_recalled_report_says_in_its_history_what_it_held(world: World, chain: Chain) -> None:
    checked = chain.checked()
    report = chain.report()
    back = reports.recall(world.actor("fz1"), report.pk, version=report.version, at=world.now)
    held = [event.details["held"] for event in of(back) if event.action == "recall"]
    assert held == [[checked.current_id]]


def test_a_zero_report_is_not_approved_over_a_unit_that_was_found_meanwhile(world: World, chain: Chain) -> None:
    county = world.actor("lianjiang1")
    made = reports.open_report(county, world.item().pk, area_id=world.area("350122").pk, zero=True, at=world.now)
    sent = reports.report(county, made.pk, cover="", how_checked="逐镇走访核实", version=made.version, at=world.now)
    chain.unit()
    with pytest.raises(Refused, match="零报告"):
        reports.approve(world.actor("fz1"), sent.pk, version=sent.version, at=world.now)


def test_a_cooperating_body_takes_nothing_out_of_what_was_approved(world: World, chain: Chain) -> None:
    chain.checked()
    report = chain.report()
    reports.approve(world.actor("yunguan1"), report.pk, version=report.version, at=world.now)
    approved = Submission.unscoped.get(state="approved")
    with pytest.raises(Forbidden):
        submissions.correct(
            world.actor("ljtransport1"), approved.pk, reason="想改一改", version=approved.version, at=world.now
        )


def test_a_unit_that_turns_out_not_to_belong_leaves_the_registry_and_its_page_says_so(
    world: World, chain: Chain
) -> None:
    chain.checked()
    report = chain.report()
    reports.approve(world.actor("yunguan1"), report.pk, version=report.version, at=world.now)
    who, found = world.actor("lianjiang1"), Submission.unscoped.get(state="approved")
    back = submissions.correct(who, found.pk, reason="许可证已注销", version=found.version, at=world.now)
    unit = SurveyUnit.unscoped.get(pk=back.unit_id)
    assert listed(world) == 1
    units.close_unit(who, unit.pk, outcome="gone", reason="许可证已注销", version=unit.version, at=world.now)
    assert listed(world) == 0
    entry = RegistryEntry.unscoped.get()
    assert "已退出资源库" in world.client("fz1").get(f"/registry/entries/{entry.pk}").content.decode()
    assert [event.action for event in of(entry)] == ["approve", "withdraw"]


def listed(world: World) -> int:
    actor, item = world.actor("fz1"), world.item()
    return listing(actor, item, asked(item, areas_of(actor, item), {}), 1).total
