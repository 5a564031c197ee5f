"""Twins among 10 000 and 100 000 units: all with all in the background, one new unit with all."""

from __future__ import annotations

import time
from datetime import UTC, date, datetime
from random import Random
from typing import Any

from benchmarks.databases import on_both
from benchmarks.rows import Row, median_s

SIZES = (10_000, 100_000)
LIMIT_ALL_S, LIMIT_ONE_MS = 60, 50
SECOND = "达通远运顺捷程途驰翔腾路航峰源联诺发昌丰力川岳桥鼎"
FIRST = "鸿顺达远恒盛通安瑞捷闽海金宏泰华兴嘉福隆诚信宇联新众合百万天"
TRADE = ("大件运输", "重型运输", "大件物流", "特种运输", "起重运输", "物流", "重工", "机械制造")
CITIES = ("福州", "厦门", "莆田", "三明", "泉州", "漳州", "南平", "龙岩", "宁德", "平潭")
CODED = 0.9  # of the units


def measure() -> list[Row]:
    return on_both("benchmarks.twins")


def on_database() -> list[Row]:
    rows, counties = [], _areas()
    begin = 0
    for size in SIZES:
        build(begin, size, counties)
        begin = size
        rows += _measured(size)
    return rows


def _measured(size: int) -> list[Row]:
    from django.db import connection
    from django.db.models import Max
    from django.test.utils import CaptureQueriesContext

    from dajian.service.identity.models import Profile, Twin
    from dajian.service.identity.seeking import twins_of, twins_of_all

    started = time.perf_counter()
    _search()
    whole = time.perf_counter() - started
    started = time.perf_counter()
    twins_of_all()
    compared = time.perf_counter() - started
    started = time.perf_counter()
    _search()
    again = time.perf_counter() - started
    last = Profile.unscoped.aggregate(Max("pk"))["pk__max"]
    some = list(Profile.unscoped.filter(pk__in=Random(1).sample(range(1, last + 1), 20)))
    twins_of(some[0])
    with CaptureQueriesContext(connection) as asked:
        twins_of(some[0])
    one = max(median_s(lambda row=row: twins_of(row), rounds=3) for row in some)  # type: ignore[misc]
    found = Twin.unscoped.filter(state="proposed").count()
    told = f"{size:,} units"
    return [
        Row("twins: all with all, the whole job", whole, "s", LIMIT_ALL_S, f"{told}, {found} pairs"),
        Row("twins: of it the comparing", compared, "s", None, told),
        Row("twins: the whole job again, nothing new", again, "s", LIMIT_ALL_S, told),
        Row("twins: one new unit with all, the slowest of 20", 1000 * one, "ms", LIMIT_ONE_MS, told),
        Row("twins: queries of it", len(asked), "", None, f"{told}, one counts the areas"),
        Row("twins: a unit added to a list", 1000 * _adding(size), "ms", LIMIT_ONE_MS, told),
    ]


def _search() -> None:
    from django.utils import timezone

    from dajian.service.identity.actions import SEARCH_JOB, shares
    from dajian.service.identity.models import Search
    from dajian.service.jobs.actions import submit
    from dajian.service.jobs.models import Job
    from dajian.service.jobs.worker import run_pending

    made = Search.unscoped.create(account_id=0, at=timezone.now())
    job = submit(SEARCH_JOB, made.pk, None, total=len(shares()) + 1, at=timezone.now())
    run_pending()
    state = Job.unscoped.values_list("state", "error").get(pk=job.pk)
    if state[0] != "done":
        raise RuntimeError(state)


def _adding(size: int) -> float:
    """Seconds of looking at a firm that was just made: its profile, its keys, its twins; the median of ten."""
    from django.utils import timezone

    from dajian.service.identity.profiles import renew_firms
    from dajian.service.identity.seeking import keep, twins_of
    from dajian.service.organisations.actions.firms import identify
    from dajian.service.organisations.models import Area

    area = Area.unscoped.filter(level="county")[0]
    taken = []
    for n in range(10):
        name = f"{CITIES[n]}{FIRST[n]}{SECOND[n]}{TRADE[0]}有限责任公司{size}"
        firm = identify(name=name, code="", area=area, at=timezone.now())
        started = time.perf_counter()
        for profile in renew_firms([firm.pk]):
            keep(twins_of(profile), at=timezone.now())
        taken.append(time.perf_counter() - started)
    return sorted(taken)[5]


def _areas() -> list[Any]:
    from dajian.service.organisations.models import Area

    start = date(2000, 1, 1)

    def made(code: str, name: str, level: str, parent: Any) -> Any:
        path = f"{parent.path if parent else '/'}{code}/"
        return Area.unscoped.create(code=code, name=name, level=level, parent=parent, path=path, starts=start)

    province = made("350000", "示例省", "province", None)
    counties = []
    for n, name in enumerate(CITIES, 1):
        city = made(f"35{n:02}00", f"{name}市", "city", province)
        counties += [made(f"35{n:02}{k:02}", f"{name}{k}县", "county", city) for k in range(2, 11)]
    return counties


def build(begin: int, end: int, counties: list[Any]) -> None:
    """Firms begin … end - 1, each a carrier; one in a thousand once more with a digit of its code wrong."""
    from dajian.demo.numbers import credit_code
    from dajian.service.organisations.models import Organisation, OrganisationCode, OrganisationName
    from dajian.service.registry.models import Subject

    draw = Random(begin)
    day = datetime(2019, 6, 1, tzinfo=UTC).date()
    for start in range(begin, end, 5_000):
        firms: list[Any] = []
        names: list[Any] = []
        codes: list[Any] = []
        subjects: list[Any] = []
        for n in range(start, min(start + 5_000, end)):
            county = counties[n % len(counties)]
            word = "".join(draw.choice(FIRST + SECOND) for _ in range(draw.randint(2, 3)))
            name = f"{CITIES[int(county.code[2:4]) - 1]}{word}{draw.choice(TRADE)}有限公司"
            code = credit_code(county.code, n) if draw.random() < CODED else ""
            if n % 1000 == 999 and firms[-1].credit_code:
                name = firms[-1].name.replace("有限公司", "有限责任公司")
                code = firms[-1].credit_code[:-1] + ("2" if firms[-1].credit_code[-1] != "2" else "3")
            address = f"示例路{draw.randint(1, 9999)}号"
            firms.append(Organisation(kind="firm", name=name, credit_code=code or None, area=county, address=address))
        Organisation.unscoped.bulk_create(firms)
        for firm in firms:
            names.append(OrganisationName(organisation=firm, name=firm.name, starts=day))
            subjects.append(
                Subject(role="carrier", organisation=firm, name=firm.name, code=firm.credit_code or "", area=firm.area)
            )
            if firm.credit_code:
                codes.append(OrganisationCode(organisation=firm, scheme="uscc", value=firm.credit_code, starts=day))
        OrganisationName.unscoped.bulk_create(names)
        OrganisationCode.unscoped.bulk_create(codes)
        Subject.unscoped.bulk_create(subjects)
