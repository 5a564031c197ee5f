"""Remarks on single answers: said at a return, found first by the respondent, answered by the next version."""

from __future__ import annotations

import pytest

from dajian.service.access.errors import Refused
from dajian.service.survey.actions import reports, submissions
from dajian.service.survey.actions.remarks import Said
from dajian.service.survey.models import Remark, ReportEntry, Submission
from dajian.service.survey.review import landing, open_remarks
from tests.service.survey.chain import Chain
from tests.service.world import World

TWO = (Said("unit_address", "与营业执照不一致"), Said("quantity", "与登记台账不一致", "vehicle", 0))


def returned(world: World, chain: Chain, remarks: tuple[Said, ...] = TWO, reason: str = "") -> Submission:
    sent = chain.sent()
    return submissions.return_submission(
        world.actor("fz1"), sent.pk, reason=reason, remarks=remarks, version=sent.version, at=world.now
    )


def test_remarks_alone_are_reason_enough(world: World, chain: Chain) -> None:
    back = returned(world, chain)
    assert (back.state, back.remark) == ("returned", "请改正标出的 2 处。")
    kept = open_remarks(back).values_list("scope", "row", "key", "text", "person_name")
    assert list(kept) == [
        ("", 0, "unit_address", "与营业执照不一致", "林福一"),
        ("vehicle", 0, "quantity", "与登记台账不一致", "林福一"),
    ]


@pytest.mark.parametrize(
    "said",
    [
        Said("no_such_question", "改"),
        Said("quantity", "改"),
        Said("quantity", "改", "vehicle", 99),
        Said("unit_name", " "),
    ],
)
def test_a_remark_about_nothing_that_was_asked_is_refused_and_nothing_is_returned(
    world: World, chain: Chain, said: Said
) -> None:
    with pytest.raises(Refused, match="找不到对应的题目"):
        returned(world, chain, (said,), "请核对后再报")
    assert Submission.unscoped.get().state == "sent"
    assert not Remark.unscoped.exists()


def test_neither_reason_nor_remark_is_refused(world: World, chain: Chain) -> None:
    with pytest.raises(Refused, match="退回原因"):
        returned(world, chain, ())


def test_the_respondent_lands_on_the_first_and_reads_each_beside_its_field(world: World, chain: Chain) -> None:
    back = returned(world, chain)
    assert landing(open_remarks(back)) == "#f-q-unit_address"
    client = world.client("lianjiang1")
    assert (
        f'/submissions/{back.pk}/edit#f-q-unit_address"' in client.get(f"/submissions/{back.pk}/fill").content.decode()
    )
    page = client.get(f"/submissions/{back.pk}/edit").content.decode()
    for anchor, words in (("f-q-unit_address", "地址"), ("f-r-vehicle-0-quantity", "大件运输车辆 第1行 数量（辆）")):
        assert f'<a href="#{anchor}">{words}</a>' in page
        assert f'id="{anchor}"' in page
    assert page.count("与营业执照不一致") == 2  # on top and beside


def test_the_next_version_answers_them_and_the_history_keeps_both_answers(world: World, chain: Chain) -> None:
    back = returned(world, chain)
    county = world.actor("lianjiang1")
    assert back.draft
    draft = {**back.draft, "unit_address": "连江县凤城镇新址9号"}
    saved = submissions.save_draft(county, back.pk, draft=draft, version=back.version)
    again = submissions.send(county, saved.pk, version=saved.version, at=world.now)
    assert not open_remarks(again).exists()
    assert {remark.answered_by_id for remark in Remark.unscoped.all()} == {again.current_id}
    page = world.client("fz1").get(f"/submissions/{again.pk}").content.decode()
    assert "与营业执照不一致" in page
    assert "现在填：连江县凤城镇新址9号" in page


def test_the_page_of_the_reviewer_returns_with_what_was_typed_beside_the_answers(world: World, chain: Chain) -> None:
    sent = chain.sent()
    client = world.client("fz1")
    page = client.get(f"/submissions/{sent.pk}/return").content.decode()
    assert sent.current
    assert 'name="m::0:unit_address"' in page
    assert 'name="m:vehicle:0:quantity"' in page
    assert sent.current.record["contact_mobile"] in page
    posted = {"version": sent.version, "reason": "", "m::0:unit_address": "核对", "m:vehicle:0:quantity": " "}
    assert client.post(f"/submissions/{sent.pk}/return", posted).status_code == 302
    assert list(Remark.unscoped.values_list("key", flat=True)) == ["unit_address"]


def test_a_refused_return_keeps_what_was_typed(world: World, chain: Chain) -> None:
    sent = chain.sent()
    posted = {"version": sent.version, "reason": "缺", "m::0:no_such": "核对", "m::0:unit_address": "与执照不一致"}
    answer = world.client("fz1").post(f"/submissions/{sent.pk}/return", posted)
    assert answer.status_code == 422
    assert "与执照不一致" in answer.content.decode()


def test_who_decides_a_report_remarks_too(world: World, chain: Chain) -> None:
    chain.checked()
    report = chain.report()
    entry = ReportEntry.unscoped.get()
    client = world.client("yunguan1")
    page = client.get(f"/reports/{report.pk}/send-back?entry={entry.pk}").content.decode()
    assert 'name="m::0:unit_address"' in page
    mobile = entry.version.record["contact_mobile"]
    assert mobile not in page
    posted = {"version": report.version, "entry": entry.pk, "reason": "", "m::0:unit_address": "地址不全"}
    assert client.post(f"/reports/{report.pk}/send-back", posted).status_code == 302
    assert Remark.unscoped.get().person_name == "吴运一"
    entry.refresh_from_db()
    assert (entry.fate, entry.reason) == ("returned", "请改正标出的 1 处。")
    assert client.get(f"/reports/{report.pk}/send-back?entry={entry.pk}").status_code == 404


def test_strangers_find_no_page_to_remark_on(world: World, chain: Chain) -> None:
    sent = chain.sent()
    for login, status in {"qz1": 404, "lianjiang1": 403, "yunguan1": 403}.items():
        assert world.client(login).get(f"/submissions/{sent.pk}/return").status_code == status, login


def test_an_approval_by_way_of_reports_still_works_after_remarks(world: World, chain: Chain) -> None:
    back = returned(world, chain)
    again = submissions.send(world.actor("lianjiang1"), back.pk, version=back.version, at=world.now)
    submissions.check(world.actor("fz1"), again.pk, version=again.version, at=world.now)
    report = chain.report()
    assert reports.approve(world.actor("yunguan1"), report.pk, version=report.version, at=world.now).state == "approved"
