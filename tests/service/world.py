"""One small fixed cast in a whole province: bodies, people and an open campaign, the same for every test.

def test_x(world):
    submission = submissions.begin(world.actor("lianjiang1"), unit.pk, at=world.now)
    assert world.client("qz1").get(f"/submissions/{submission.pk}").status_code == 404
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from django.conf import settings
from django.test import Client

from dajian.service.access.actor import Actor
from dajian.service.campaign.actions.campaigns import create_campaign, open_campaign
from dajian.service.campaign.actions.loading import load_province
from dajian.service.campaign.models import Campaign, Item
from dajian.service.organisations.actions.people import Post, appoint_first, invite
from dajian.service.organisations.actions.slips import redeem
from dajian.service.organisations.models import Account, Area, Organisation
from dajian.service.organisations.queries import actor_of, memberships_of
from tests.service.snapshot import Snapshot, put_back, take

SHANGHAI = ZoneInfo("Asia/Shanghai")
BEFORE = datetime(2019, 4, 1, 9, tzinfo=SHANGHAI)  # when everybody was invited
NOW = datetime(2019, 4, 22, 10, tzinfo=SHANGHAI)  # a Monday in the second stage
PASSWORD = "correct horse 2019"

# log-in: name, body's function (or name), area code, role
CAST = {
    "fz1": ("林福一", "competent", "350100", "officer"),
    "fz2": ("林福二", "competent", "350100", "officer"),
    "fzmanager": ("林福管", "competent", "350100", "manager"),
    "fzhighway1": ("陈公路", "highway", "350100", "officer"),
    "fztransport1": ("郑运输", "transport", "350100", "officer"),
    "fzpermit1": ("许许可", "permit_office", "350100", "officer"),
    "lianjiang1": ("连江一", "competent", "350122", "officer"),
    "lianjiang2": ("连江二", "competent", "350122", "officer"),
    "lianjiangmanager": ("连江管", "competent", "350122", "manager"),
    "ljtransport1": ("连运输", "transport", "350122", "officer"),
    "ljhighway1": ("连公路", "highway", "350122", "officer"),
    "minhou1": ("闽侯一", "competent", "350121", "officer"),
    "qz1": ("黄泉一", "competent", "350500", "officer"),
    "qz2": ("黄泉二", "competent", "350500", "officer"),
    "jinjiang1": ("晋江一", "competent", "350582", "officer"),
    "yunguan1": ("吴运一", "province_transport", "350000", "officer"),
    "yunguan2": ("吴运二", "province_transport", "350000", "officer"),
    "gonglu1": ("张路一", "province_highway", "350000", "officer"),
    "gaosu1": ("李高一", "expressway", "350000", "officer"),
    "gaosu2": ("李高二", "expressway", "350000", "officer"),
    "zhengfa1": ("王政一", "policy", "350000", "officer"),
    "jiandu1": ("刘监一", "supervision", "350000", "officer"),
    "audit1": ("苏审计", "省交通运输厅", "350000", "audit_admin"),
    "system1": ("蔡系统", "省交通运输厅", "350000", "system_admin"),
}
SECURITY = "security1"


@dataclass(frozen=True)
class World:
    """Everything by a short name. `now` lies in the second stage of the campaign, which is open."""

    now: datetime = NOW
    password: str = PASSWORD

    def actor(self, login: str) -> Actor:
        """Who acts under this log-in, looked up anew: rights that changed have changed."""
        account = Account.unscoped.get(username=login)
        today = self.now.date()
        return actor_of(memberships_of(account.person_id, today)[0], account.pk, today)

    def client(self, login: str) -> Client:
        """A browser in which this person is logged in."""
        client = Client()
        client.force_login(self.account(login), backend=settings.AUTHENTICATION_BACKENDS[-1])
        return client

    def account(self, login: str) -> Account:
        return Account.unscoped.get(username=login)

    @property
    def campaign(self) -> Campaign:
        return Campaign.unscoped.order_by("pk")[0]

    def item(self, number: int = 4, variant: str = "") -> Item:
        """An item of the campaign, by default the carriers."""
        return Item.unscoped.filter(campaign=self.campaign, number=number, variant__startswith=variant).order_by("pk")[
            0
        ]

    def area(self, code: str, level: str = "") -> Area:
        """By code; of the two with 平潭's code the city, unless a level is given."""
        found = Area.unscoped.filter(code=code, **({"level": level} if level else {}))
        return found.order_by("path")[0]

    def body(self, function: str, code: str = "350000") -> Organisation:
        """Who holds the function in the area."""
        return Organisation.unscoped.get(
            functions__kind__code=function, functions__area=self.area(code), functions__ends=None
        )

    def later(self, **delta: float) -> datetime:
        """now + timedelta(**delta)"""
        return self.now + timedelta(**delta)


@cache
def _made() -> Snapshot:
    """Builds the world once a session, in the transaction of the first test that asks for it."""
    world = World()
    definition = load_province(settings.PROVINCE, at=BEFORE)
    _people(world)
    campaign = create_campaign(world.actor("zhengfa1"), definition, at=BEFORE)
    open_campaign(world.actor("zhengfa1"), campaign.pk, version=campaign.version, at=BEFORE)
    return take()


def build() -> World:
    """The same world in the present, empty database."""
    snapshot = _made()
    if not Campaign.unscoped.exists():
        put_back(snapshot)
    return World()


def _people(world: World) -> None:
    house = Organisation.unscoped.get(name="省交通运输厅")
    first = appoint_first(house.pk, name="谢安全", username=SECURITY, at=BEFORE)
    redeem(first.token, password=PASSWORD, at=BEFORE)
    security = world.actor(SECURITY)
    for n, (login, (name, function, code, role)) in enumerate(CAST.items()):
        body = world.body(function, code) if function.isascii() else Organisation.unscoped.get(name=function)
        invited = invite(
            security,
            body.pk,
            name=name,
            username=login,
            post=Post(role, date(2019, 1, 1)),
            mobile=f"1900000{n:04d}",
            at=BEFORE,
        )
        redeem(invited.token, password=PASSWORD, at=BEFORE)
