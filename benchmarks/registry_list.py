"""The registry's list with 100 000 entries: the whole request, its count included, by Django's test client."""

from __future__ import annotations

import io
import time
from datetime import UTC, date, datetime, timedelta
from functools import partial
from random import Random
from typing import Any

import xlsxwriter

from benchmarks.databases import on_both
from benchmarks.rows import Row, median_s

ENTRIES = 100_000
WHO = {"province": "省级经办", "city": "市级经办", "county": "县级经办"}
ASKED = [  # who, what for, query
    ("province", "首页，按名称", ""),
    ("province", "第 1000 页", "page=1000"),
    ("province", "最近审定在前", "order=-time"),
    ("province", "常见词“运输”", "q=运输"),
    ("province", "每家都有的词", "q=有限公司"),
    ("province", "名称三字", "q=顺达大"),
    ("province", "单字“鸿”", "q=鸿"),
    ("province", "拼音首字母", "q=hddj"),
    ("province", "拼音全拼", "q=hongda"),
    ("province", "信用代码前八位", "q=91350102"),
    ("province", "按市筛选", "area=/350000/350100/"),
    ("province", "按县筛选，倒序", "area=/350000/350100/350103/&order=-name"),
    ("province", "按选项筛选", "f.kind=c2"),
    ("province", "词、市、选项并用", "q=大件&area=/350000/350200/&f.kind=c1&order=-time"),
    ("province", "查无结果", "q=不存在的企业"),
    ("city", "本市首页", ""),
    ("city", "本市查词", "q=物流&order=-time"),
    ("county", "本县首页", ""),
    ("county", "本县查词、选项", "q=运输&f.kind=c3"),
]
FIRST = "鸿顺达远恒盛通安瑞捷闽海金宏泰华兴嘉福隆诚信宇联新众合百万天"
SECOND = "达通远运顺捷程途驰翔腾路航峰源联诺发昌丰力川岳桥鼎"
TRADE = ["大件运输", "重型运输", "大件物流", "特种运输", "起重运输", "物流", "大型物件运输", "设备运输"]
CITIES = ["福州", "厦门", "莆田", "三明", "泉州", "漳州", "南平", "龙岩", "宁德", "平潭"]
KINDS = ["c1", "c2", "c3", "c4"]


LIMIT_MS, LIMIT_QUERIES = 25, 8


def measure() -> list[Row]:
    return on_both("benchmarks.registry_list")


def on_database() -> list[Row]:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    item_id = build()
    rows, queries = [], []
    for who, what, query in ASKED:
        ask = partial(client(who).get, f"/registry/items/{item_id}?{query}")
        ask()
        with CaptureQueriesContext(connection) as asked:
            units = ask().content.count(b"<tr>") - 1  # without the head
        queries.append(len(asked))
        rows.append(Row(f"registry list: {what} ({who})", 1000 * median_s(ask), "ms", LIMIT_MS, f"{units} rows"))
    return [*rows, Row("registry list: queries of a request, at most", max(queries), "", LIMIT_QUERIES)]


def client(who: str) -> Any:
    from django.conf import settings
    from django.test import Client

    from dajian.service.organisations.models import Account

    client = Client()
    client.force_login(Account.unscoped.get(username=who), backend=settings.AUTHENTICATION_BACKENDS[-1])
    return client


def build(entries: int = ENTRIES) -> int:
    """A province, a campaign with one item, an officer at each level, the registry's entries. Returns the item's pk."""
    from django.db import transaction

    with transaction.atomic():
        areas = _areas()
        item, version = _campaign(areas)
        for level, area in (("province", areas[0]), ("city", areas[1]), ("county", areas[2])):
            _officer(level, area)
        _entries(item, version, [area for area in areas if area.level == "county"], range(entries))
    _settle()
    return item.pk


def grow(item_id: int, entries: int, more: int) -> None:
    """From so many entries to so many."""
    from dajian.service.campaign.models import Item, QuestionnaireVersion
    from dajian.service.organisations.models import Area

    item, version = Item.unscoped.get(pk=item_id), QuestionnaireVersion.unscoped.get()
    _entries(item, version, list(Area.unscoped.filter(level="county").order_by("pk")), range(entries, more))
    _settle()


def _settle() -> None:
    """Statistics, and on PostgreSQL the map of what is visible to all, as autovacuum brings within a minute."""
    from django.db import connection

    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("ANALYZE")
            return
        for _ in range(60):  # an autovacuum at work elsewhere can hold the map back
            cursor.execute("VACUUM ANALYZE")
            cursor.execute("SELECT relallvisible = relpages FROM pg_class WHERE relname = 'registry_registryentry'")
            if cursor.fetchone() == (True,):
                return
            time.sleep(1)


def _areas() -> list[Any]:
    """The province, ten cities, nine counties in each."""
    from dajian.service.organisations.models import Area

    start = date(2000, 1, 1)

    def made(code: str, name: str, level: str, parent: Any) -> Any:
        path = f"{parent.path if parent else '/'}{code}/"
        return Area.unscoped.create(code=code, name=name, level=level, parent=parent, path=path, starts=start)

    province = made("350000", "示例省", "province", None)
    areas = [province]
    for n, name in enumerate(CITIES, 1):
        city = made(f"35{n:02}00", f"{name}市", "city", province)
        areas.append(city)
        areas += [made(f"35{n:02}{k:02}", f"{name}{k}县", "county", city) for k in range(2, 11)]
    return areas


def _campaign(areas: list[Any]) -> tuple[Any, Any]:
    from dajian.service.campaign.models import Campaign, Duty, Item, Questionnaire, QuestionnaireVersion
    from dajian.service.organisations.models import FunctionKind

    kinds = {level: FunctionKind.unscoped.create(code=f"{level}-lead", name=who) for level, who in WHO.items()}
    campaign = Campaign.unscoped.create(
        title="示例活动", starts=date(2019, 1, 1), ends=date(2019, 12, 31), reference_year=2018, plan_year=2019,
        owner=kinds["province"], state="open",
    )  # fmt: skip
    campaign.areas.set(areas)
    asked = Questionnaire.unscoped.create(key="example", title="示例调查表")
    workbook, xform = _form()
    version = QuestionnaireVersion.unscoped.create(
        questionnaire=asked, n=1, xlsx=workbook, xform=xform, hash="example", at=datetime(2019, 1, 1, tzinfo=UTC)
    )
    item = Item.unscoped.create(
        campaign=campaign, number=1, title="大件运输企业", unit_word="企业", subject_role="carrier",
        way="questionnaire", questionnaire=asked, keys={"name": "name", "code": "code", "filters": "kind"},
    )  # fmt: skip
    for level in ("city", "county"):
        Duty.unscoped.create(item=item, kind="cooperate", function=kinds[level], level=level)
    return item, version


def _form() -> tuple[bytes, bytes]:
    """A small questionnaire as a workbook and as an XForm."""
    from dajian.forms.xlsform import load

    sheets: dict[str, list[tuple[str, ...]]] = {
        "survey": [
            ("type", "name", "label"),
            ("text", "name", "名称"),
            ("text", "code", "代码"),
            ("select_one kind", "kind", "类型"),
        ],
        "choices": [("list_name", "name", "label"), *(("kind", kind, f"类型{kind}") for kind in KINDS)],
        "settings": [("form_id", "form_title"), ("example", "示例")],
    }
    held = io.BytesIO()
    with xlsxwriter.Workbook(held) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for n, row in enumerate(rows):
                sheet.write_row(n, 0, row)
    return held.getvalue(), load(held.getvalue()).xml


def _officer(level: str, area: Any) -> None:
    from dajian.service.organisations.models import Account, Function, FunctionKind, Membership, Organisation, Person

    start = date(2000, 1, 1)
    body = Organisation.unscoped.create(kind="body", name=f"{area.name}机关", area=area)
    kind = FunctionKind.unscoped.get(code=f"{level}-lead")
    Function.unscoped.create(organisation=body, kind=kind, area=area, starts=start)
    person = Person.unscoped.create(name=WHO[level])
    Account.unscoped.create(username=level, person=person)
    Membership.unscoped.create(person=person, organisation=body, role="officer", starts=start)


def _entries(item: Any, version: Any, counties: list[Any], numbers: range) -> None:
    from dajian.service.registry.models import EntryVersion, RegistryEntry, Subject
    from dajian.service.registry.search_index import renew
    from dajian.service.registry.search_text import answers, initials, phone_words, pinyin, searched

    draw = Random(20190531 + numbers.start)
    spelt = {part: (pinyin(part), initials(part)) for part in [*FIRST, *SECOND, *TRADE, *CITIES, "有限公司"]}
    start = datetime(2019, 6, 1, tzinfo=UTC)
    for begin in range(numbers.start, numbers.stop, 5000):
        subjects, made, versions = [], [], []
        for n in range(begin, min(begin + 5000, numbers.stop)):
            county = counties[n % len(counties)]
            parts = [
                CITIES[int(county.code[2:4]) - 1],
                draw.choice(FIRST),
                draw.choice(SECOND),
                draw.choice(TRADE),
                "有限公司",
            ]
            name, code = "".join(parts), f"91{county.code}MA{n * 7919 % 10**8:08}"
            kind = draw.choice(KINDS)
            whole, short = ("".join(spelt[part][k] for part in parts) for k in (0, 1))
            at = start + timedelta(seconds=37 * draw.randrange(100_000))
            subjects.append(Subject(pk=n + 1, role="carrier", name=name, code=code, area=county))
            made.append(
                RegistryEntry(
                    pk=n + 1, subject_id=n + 1, campaign_id=item.campaign_id, item=item, area=county,
                    area_path=county.path, name=name, code=code, sort_key=whole, n=1, approved_at=at,
                    search=searched(name, whole, short, code),
                    mentions=f"{draw.choice(CITIES)}港 {draw.choice(CITIES)}园区 g{n % 90}",
                    answers=f"{answers(['kind'], {'kind': kind})}{phone_words([f'138{n * 6007 % 10**8:08}'])[1:]}",
                )
            )  # fmt: skip
            versions.append(
                EntryVersion(
                    entry_id=n + 1, n=1, values={"name": name, "kind": kind}, questionnaire_version=version,
                    submission_version_id=n + 1, approved_by="审定人", approved_for="审定单位", approved_at=at,
                )
            )  # fmt: skip
        Subject.unscoped.bulk_create(subjects)
        RegistryEntry.unscoped.bulk_create(made)
        EntryVersion.unscoped.bulk_create(versions)
        renew(made)
