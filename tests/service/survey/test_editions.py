"""A draft of edition 1 is finished under edition 2: what moved is shown, and nothing is lost."""

from __future__ import annotations

from io import BytesIO

import pytest
from openpyxl import load_workbook

from dajian.service.access.errors import Refused, Stale
from dajian.service.campaign.actions.questionnaires import upload_questionnaire
from dajian.service.campaign.models import QuestionnaireVersion
from dajian.service.campaign.questionnaires import newest_version
from dajian.service.history.record import broken_link, of
from dajian.service.survey.actions import editions, submissions
from dajian.service.survey.editions import carried, outdated
from dajian.service.survey.models import Submission
from tests.service.survey.chain import Chain
from tests.service.world import World


def second_edition(world: World) -> QuestionnaireVersion:
    """The same questionnaire, with the address under another name and another label: it has no place any more."""
    edition = newest_version(world.item())
    assert edition is not None
    book = load_workbook(BytesIO(bytes(edition.xlsx)))
    sheet = book["survey"]
    heads = [cell.value for cell in sheet[1]]
    for row in sheet.iter_rows(min_row=2):
        if row[heads.index("name")].value == "unit_address":
            row[heads.index("name")].value = "unit_seat"
            row[heads.index("label")].value = "办公地点"
    out = BytesIO()
    book.save(out)
    return upload_questionnaire(world.actor("zhengfa1"), world.item().pk, xlsx=out.getvalue(), at=world.now)


def test_a_draft_of_the_first_edition_is_finished_under_the_second(world: World, chain: Chain) -> None:
    draft = chain.draft()
    assert draft.draft
    address = draft.draft["unit_address"]
    new = second_edition(world)
    assert outdated(draft)
    county = world.actor("lianjiang1")
    with pytest.raises(Refused, match="新版"):
        submissions.send(county, draft.pk, version=draft.version, at=world.now)
    client = world.client("lianjiang1")
    for page in ("edit", "fill"):
        assert client.get(f"/submissions/{draft.pk}/{page}")["Location"] == f"/submissions/{draft.pk}/edition"
    shown = client.get(f"/submissions/{draft.pk}/edition").content.decode()
    assert f"“地址”在新版中没有对应的题目，原来的回答：{address}" in shown
    taken = editions.take_over(county, draft.pk, version=draft.version, at=world.now)
    assert taken.draft_version == new
    assert taken.draft == {k: v for k, v in draft.draft.items() if k != "unit_address"}
    assert address in client.get(f"/submissions/{draft.pk}/edit").content.decode()
    sent = submissions.send(county, taken.pk, version=taken.version, at=world.now)
    assert sent.current
    assert sent.current.questionnaire_version == new
    assert sent.moved == []


def test_the_old_draft_stays_whole_in_the_history(world: World, chain: Chain) -> None:
    draft = chain.draft()
    before = draft.draft
    second_edition(world)
    editions.take_over(world.actor("lianjiang1"), draft.pk, version=draft.version, at=world.now)
    event = of(draft).last()
    assert event
    assert (event.action, event.details["from"], event.details["to"]) == ("take_over", 1, 2)
    assert event.details["draft"] == before
    assert broken_link(draft) is None


def test_what_was_returned_goes_over_too(world: World, chain: Chain) -> None:
    sent = chain.sent()
    second_edition(world)
    back = submissions.return_submission(
        world.actor("fz1"), sent.pk, reason="请补充车辆", version=sent.version, at=world.now
    )
    taken = editions.take_over(world.actor("lianjiang1"), back.pk, version=back.version, at=world.now)
    again = submissions.send(world.actor("lianjiang1"), taken.pk, version=taken.version, at=world.now)
    assert [v.questionnaire_version.n for v in again.versions.order_by("n")] == [1, 2]
    page = world.client("fz1").get(f"/submissions/{again.pk}/compare")
    assert page.status_code == 200


def test_a_draft_of_the_newest_edition_stays_as_it_is(world: World, chain: Chain) -> None:
    draft = chain.draft()
    assert carried(draft) is None
    with pytest.raises(Refused, match="已经是最新"):
        editions.take_over(world.actor("lianjiang1"), draft.pk, version=draft.version, at=world.now)
    assert world.client("lianjiang1").get(f"/submissions/{draft.pk}/edition").status_code == 302


def test_the_second_of_two_is_told(world: World, chain: Chain) -> None:
    draft = chain.draft()
    second_edition(world)
    editions.take_over(world.actor("lianjiang1"), draft.pk, version=draft.version, at=world.now)
    with pytest.raises(Stale):
        editions.take_over(world.actor("lianjiang2"), draft.pk, version=draft.version, at=world.now)
    assert Submission.unscoped.get(pk=draft.pk).version == draft.version + 1
