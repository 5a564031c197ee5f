"""Every row of the duty table (plan rule 10), walked by its own cast: by data alone, no verb knows an item."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from dajian.service.access.errors import Forbidden, NotFound, Refused
from dajian.service.access.rules import may
from dajian.service.campaign.models import Item
from dajian.service.notices.models import OutboxMessage
from dajian.service.registry.models import RegistryEntry
from dajian.service.survey.actions import reports, submissions, units
from dajian.service.survey.actions.comments import comment
from dajian.service.survey.models import ItemReport, Submission, SurveyUnit
from dajian.service.survey.queries import board, report_areas
from tests.provinces.answers import REQUIRED_ALONE
from tests.service.world import World


@dataclass(frozen=True)
class Row:
    """Who does what. enters, checks: two persons of the lead's body; approves: the 审定 body, or "" for none."""

    rule: str
    number: int
    variant: str
    enters: str
    checks: str
    reports_for: str  # area code
    cooperates: tuple[str, ...] = ()
    guides: tuple[str, ...] = ()
    approves: str = ""
    strangers: tuple[str, ...] = ("qz1",)


FUZHOU, PROVINCE = "350100", "350000"
COUNTY_TRANSPORT, COUNTY_HIGHWAY = ("fztransport1", "ljtransport1"), ("fzhighway1", "ljhighway1")
ROWS = [
    Row("10.1", 1, "", "fz1", "fz2", FUZHOU, COUNTY_HIGHWAY, strangers=("qz1", "yunguan1", "gonglu1", "fztransport1")),
    Row("10.2", 2, "", "fz1", "fz2", FUZHOU, COUNTY_HIGHWAY, strangers=("qz1", "yunguan1", "gonglu1", "fztransport1")),
    Row("10.3", 3, "", "fz1", "fz2", FUZHOU, strangers=("qz1", "yunguan1", "fzhighway1", "fztransport1")),
    Row("10.4", 4, "", "fz1", "fz2", FUZHOU, COUNTY_TRANSPORT, ("yunguan1",), "yunguan2", ("qz1", "fzhighway1")),
    Row(
        "10.5", 5, "市", "fz1", "fz2", FUZHOU, COUNTY_TRANSPORT + COUNTY_HIGHWAY, ("yunguan1",), "yunguan2",
        ("qz1", "gonglu1"),
    ),
    Row("10.6", 5, "省", "yunguan1", "yunguan2", PROVINCE, strangers=("qz1", "fz1", "fztransport1", "gonglu1")),
    Row(
        "10.7", 6, "普通", "fz1", "fz2", FUZHOU, COUNTY_HIGHWAY, ("gonglu1",),
        strangers=("qz1", "yunguan1", "gaosu1", "fztransport1"),
    ),
    Row("10.8", 6, "高速", "gaosu1", "gaosu2", PROVINCE, strangers=("qz1", "fz1", "gonglu1", "fzpermit1")),
]  # fmt: skip
AREA = "350122"


@dataclass(frozen=True)
class Walk:
    """The row's steps through the real verbs."""

    world: World
    row: Row

    @property
    def item(self) -> Item:
        return self.world.item(self.row.number, self.row.variant)

    def record(self) -> dict:
        assert self.item.questionnaire is not None
        answers = REQUIRED_ALONE[self.item.questionnaire.key] | {"unit_area": AREA}
        return answers | {self.item.keys["name"]: f"示例{self.item.unit_word}{self.row.rule}"}

    def facts(self) -> dict:
        """What the item asks of a list; of most, nothing."""
        known = {"issuer": "省发改委", "level": "province", "year": 2019, "number": "闽发改〔2019〕1号"}
        return {name: known[name] for name in self.item.keys.get("source", "").split()}

    def draft(self, who: str) -> Submission:
        actor, at, record = self.world.actor(who), self.world.now, self.record()
        name, code = (str(record.get(self.item.keys[key], "")) for key in ("name", "code"))
        lead = self.world.actor(self.row.enters)  # the list is the lead's, whoever enters
        unit = units.add_unit(
            lead, self.item.pk, name=name, code=code, area_code=AREA, source="走访中发现", at=at, **self.facts()
        )
        begun = submissions.begin(actor, unit.pk, at=at)
        return submissions.save_draft(actor, begun.pk, draft=record, version=begun.version)

    def sent(self) -> Submission:
        draft = self.draft(self.row.enters)
        return submissions.send(self.world.actor(self.row.enters), draft.pk, version=draft.version, at=self.world.now)

    def checked(self) -> Submission:
        sent = self.sent()
        return submissions.check(self.world.actor(self.row.checks), sent.pk, version=sent.version, at=self.world.now)

    def report(self) -> ItemReport:
        self.checked()
        who = self.world.actor(self.row.enters)
        area = self.world.area(self.row.reports_for)
        opened = reports.open_report(who, self.item.pk, area_id=area.pk, at=self.world.now)
        return reports.report(who, opened.pk, cover="摸底完成", version=opened.version, at=self.world.now)

    def approve(self, report: ItemReport, who: str) -> ItemReport:
        return reports.approve(self.world.actor(who), report.pk, version=report.version, at=self.world.now)


@pytest.fixture(params=ROWS, ids=lambda row: row.rule)
def walk(world: World, request) -> Walk:
    return Walk(world, request.param)


def test_the_row_is_walked_from_the_list_to_the_registry(walk: Walk, world: World) -> None:
    report = walk.report()
    assert RegistryEntry.unscoped.count() == 0
    done = walk.approve(report, walk.row.approves or walk.row.checks)
    assert done.state == "approved"
    entry = RegistryEntry.unscoped.get()
    assert (entry.item_id, entry.name) == (walk.item.pk, walk.record()[walk.item.keys["name"]])
    assert SurveyUnit.unscoped.get().state == "approved"


def test_who_entered_neither_checks_nor_approves(walk: Walk, world: World) -> None:
    sent = walk.sent()
    with pytest.raises(Refused, match="另一位同志"):
        submissions.check(world.actor(walk.row.enters), sent.pk, version=sent.version, at=world.now)
    submissions.check(world.actor(walk.row.checks), sent.pk, version=sent.version, at=world.now)
    who = world.actor(walk.row.enters)
    opened = reports.open_report(who, walk.item.pk, area_id=world.area(walk.row.reports_for).pk, at=world.now)
    reported = reports.report(who, opened.pk, cover="", version=opened.version, at=world.now)
    with pytest.raises(Forbidden if walk.row.approves else Refused):
        walk.approve(reported, walk.row.enters)
    assert ItemReport.unscoped.get().state == "reported"


def test_where_nobody_decides_nobody_is_waited_for(walk: Walk, world: World) -> None:
    """The report lands with the 审定 body where there is one, else with the lead's own second person."""
    report = walk.report()
    deciders = {login for login in ("yunguan1", "yunguan2", "fz1", "fz2", "gaosu1", "gaosu2", "gonglu1", "zhengfa1")
                if may(report, world.actor(login), "decide")}  # fmt: skip
    assert deciders == ({"yunguan1", "yunguan2"} if walk.row.approves else {walk.row.enters, walk.row.checks})
    told = OutboxMessage.unscoped.filter(url=f"/reports/{report.pk}").values_list("account_id", flat=True)
    assert world.account(walk.row.approves or walk.row.checks).pk in set(told)


def test_who_cooperates_sees_and_enters_but_does_not_send_check_or_report(walk: Walk, world: World) -> None:
    for n, login in enumerate(walk.row.cooperates):
        draft = walk.draft(login)
        actor = world.actor(login)
        with pytest.raises(Forbidden):
            submissions.send(actor, draft.pk, version=draft.version, at=world.now)
        assert not may(draft, actor, "check")
        assert report_areas(actor, walk.item) == []
        assert Submission.unscoped.count() == 1, n


def test_who_guides_sees_the_whole_province_and_comments_and_changes_nothing(walk: Walk, world: World) -> None:
    sent = walk.sent()
    for login in walk.row.guides:
        actor = world.actor(login)
        comment(actor, sent.pk, text="请补充说明主要线路", at=world.now)
        assert not any(may(sent, actor, right) for right in ("enter", "send", "check", "report"))
        with pytest.raises(Forbidden):
            submissions.check(actor, sent.pk, version=sent.version, at=world.now)


def test_who_has_no_part_finds_nothing(walk: Walk, world: World) -> None:
    sent = walk.sent()
    for login in walk.row.strangers:
        actor = world.actor(login)
        assert not may(sent, actor, "read"), login
        with pytest.raises(NotFound):
            submissions.check(actor, sent.pk, version=sent.version, at=world.now)
        assert world.client(login).get(f"/submissions/{sent.pk}").status_code == 404


def test_reports_are_of_the_leads_own_level(walk: Walk, world: World) -> None:
    who = world.actor(walk.row.enters)
    assert [area.code for area in report_areas(who, walk.item)] == [walk.row.reports_for]
    other = world.area(AREA if walk.row.reports_for == PROVINCE else PROVINCE)
    with pytest.raises(NotFound):
        reports.open_report(who, walk.item.pk, area_id=other.pk, at=world.now)


def test_the_board_asks_for_what_the_lead_answers_for(walk: Walk, world: World) -> None:
    """A province-wide lead answers for the province as one; a city's lead for the city and each of its counties."""
    owner = world.actor("zhengfa1")
    asked = {line.area.level for line in board(owner, walk.item) if line.outstanding}
    assert asked == ({"province"} if walk.row.reports_for == PROVINCE else {"city", "county"})
    walk.sent()
    lines = board(owner, walk.item)
    assert [line.area.code for line in lines if line.listed] == [PROVINCE, FUZHOU, AREA]
    assert not any(line.outstanding for line in lines if line.listed)


def test_the_leads_zero_report_closes_its_area(walk: Walk, world: World) -> None:
    who, at = world.actor(walk.row.enters), world.now
    area = world.area(walk.row.reports_for)
    opened = reports.open_report(who, walk.item.pk, area_id=area.pk, zero=True, at=at)
    sent = reports.report(
        who, opened.pk, cover="", how_checked="与民政、市场监管名录核对", version=opened.version, at=at
    )
    assert walk.approve(sent, walk.row.approves or walk.row.checks).state == "approved"
    assert not any(line.outstanding for line in board(who, walk.item))


def test_the_lead_opens_every_page_of_the_row(walk: Walk, world: World) -> None:
    report = walk.report()
    submission = Submission.unscoped.get()
    client = world.client(walk.row.checks)
    base = f"/items/{walk.item.pk}"
    pages = [f"{base}/", f"{base}/units", f"{base}/units/new", f"{base}/reports", f"{base}/template.xlsx"]
    for page in [*pages, f"/units/{submission.unit_id}", f"/submissions/{submission.pk}", f"/reports/{report.pk}", "/"]:
        assert client.get(page).status_code == 200, page


def test_a_body_that_is_surveyed_fills_in_for_itself_and_for_no_other(world: World) -> None:
    walk = Walk(world, next(row for row in ROWS if row.rule == "10.7"))
    lead, office, at = world.actor("fz1"), world.actor("fzpermit1"), world.now
    own, other = (
        units.add_unit(lead, walk.item.pk, name=name, code="", area_code=FUZHOU, source="编制文件", at=at)
        for name in (office.organisation_name, "福州市公路管理机构")
    )
    assert own.subject.organisation_id == office.organisation_id
    begun = submissions.begin(office, own.pk, at=at)
    draft = submissions.save_draft(office, begun.pk, draft=walk.record(), version=begun.version)
    for refused in (
        lambda: submissions.begin(office, other.pk, at=at),
        lambda: submissions.send(office, draft.pk, version=draft.version, at=at),
    ):
        with pytest.raises(Forbidden):
            refused()
    with pytest.raises(Forbidden):
        units.add_unit(office, walk.item.pk, name="示例机构", code="", area_code=FUZHOU, source="编制文件", at=at)
    assert may(other, office, "read")
    assert submissions.send(lead, draft.pk, version=draft.version, at=at).state == "sent"
