"""The search in the head of every page: who finds what, and that nobody finds what the pages would hide."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dajian.service.organisations.actions import firms
from dajian.service.organisations.models import Organisation
from dajian.service.registry.deriving import renew_subjects
from dajian.service.registry.finding import hits
from dajian.service.registry.models import RegistryEntry
from dajian.service.registry.search_text import initials, phone_digits, phone_words, pinyin, runs
from dajian.service.search.queries import results, suggestions
from dajian.service.survey.models import SurveyUnit
from tests.service.survey.chain import Chain
from tests.service.world import World

SEEING = ("fz1", "lianjiang1", "qz1", "jinjiang1", "minhou1", "yunguan1", "gonglu1", "zhengfa1", "jiandu1", "audit1")


def names(world: World, who: str, text: str) -> list[str]:
    return [hit.entry.name for hit in hits(world.actor(who), text, 8)]


def values(entry: RegistryEntry) -> dict:
    return entry.versions.get(n=entry.n).values


@pytest.fixture
def entry(registry: list[RegistryEntry]) -> RegistryEntry:
    return next(e for e in registry if e.area.code == "350122")


def ways(entry: RegistryEntry) -> dict[str, str]:
    half = entry.name[len(entry.name) // 3 : 2 * len(entry.name) // 3 + 2]
    return {
        "half a name": half,
        "pinyin": pinyin(entry.name)[6:22],
        "initials": initials(entry.name)[2:10],
        "code": entry.code,
        "last six": entry.code[-6:],
    }


def test_a_unit_is_found_by_half_a_name_pinyin_initials_and_code_and_by_nobody_of_another_city(
    world, registry, entry
) -> None:
    for way, text in ways(entry).items():
        assert entry.name in names(world, "fz1", text), way
        assert entry.name in names(world, "yunguan1", text.upper()), way
        assert entry.name not in names(world, "qz1", text), way
        assert entry.name not in names(world, "minhou1", text), way
    assert names(world, "fz1", entry.code[-6:])[0] == entry.name


def test_fzdq_and_fuzhou_find_a_works_of_fuzhou(world, registry, entry) -> None:
    firms.learn(entry.subject.organisation, name="福州电器厂有限公司", code="", at=world.now)
    RegistryEntry.unscoped.filter(pk=entry.pk).update(name="福州电器厂有限公司")
    renew_subjects([entry.subject_id])
    for text in ("fzdq", "fuzhou", "FuZhou dianqi", "福州 电器", entry.code[-6:], "电器厂"):
        assert "福州电器厂有限公司" in names(world, "fz1", text), text
        assert names(world, "qz1", text) == [] or "福州电器厂有限公司" not in names(world, "qz1", text)
    assert suggestions(world.actor("qz1"), "fzdq") == []


def test_a_former_name_finds_the_unit_and_is_told(world, registry, entry) -> None:
    before = entry.name
    firms.learn(entry.subject.organisation, name="全新名称重运有限公司", code="", at=world.later(days=9))
    RegistryEntry.unscoped.filter(pk=entry.pk).update(name="全新名称重运有限公司")
    renew_subjects([entry.subject_id])
    for text in (before, pinyin(before), before[2:8]):
        found = next(h for h in hits(world.actor("fz1"), text, 8) if h.entry.pk == entry.pk)
        assert (found.entry.name, found.why) == ("全新名称重运有限公司", f"曾用名：{before}")


def test_a_phone_finds_only_for_whom_it_is_shown_in_full(world, registry, entry) -> None:
    phone = values(entry)["contact_mobile"]
    for text in (phone, phone[-4:], phone[:8], f"{phone[:3]}-{phone[3:7]} {phone[7:]}"):
        found = [hit for hit in hits(world.actor("fz1"), text, 8) if hit.entry.pk == entry.pk]
        assert [hit.why for hit in found] == ["联系电话相符"], text
        for other in ("yunguan1", "zhengfa1", "qz1", "jiandu1"):
            assert entry.name not in names(world, other, text), (other, text)


def test_a_route_finds_the_unit_and_says_so(world, registry) -> None:
    told = [(e, row["dest_text"]) for e in registry for row in values(e).get("route", ()) if row.get("dest_text")]
    assert told
    for entry, text in told[:3]:
        found = {hit.entry.pk: hit.why for hit in hits(world.actor("yunguan1"), text, 20)}
        assert any(run in "".join(runs(found[entry.pk])) for run in runs(text)) or entry.name in text


def test_each_link_of_each_answer_opens_for_who_got_it(world, registry) -> None:
    opened = 0
    for who in SEEING:
        client = world.client(who)
        for text in ("公司", "fz", "交通", "大件", "泉州", registry[0].code[-6:]):
            for address in ("/search/suggest", "/search"):
                page = client.get(address, {"find": text})
                assert page.status_code == 200
                body = page.content.decode()
                for url in set(re.findall(r'href="(/(?:registry/entries|units|bodies|items)/\d+/?)"', body)):
                    assert client.get(url).status_code == 200, (who, text, url)
                    opened += 1
    assert opened > 40


@given(st.data())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40, deadline=None)
def test_whatever_is_typed_nobody_is_told_of_a_foreign_unit(world, registry, data) -> None:
    entry = data.draw(st.sampled_from(registry))
    text = data.draw(st.sampled_from([*ways(entry).values(), values(entry)["contact_mobile"], *entry.mentions.split()]))
    start = data.draw(st.integers(0, len(text) - 1))
    text = text[start : data.draw(st.integers(start + 1, len(text)))]
    for who, code in {"fz1": "/350100/", "jinjiang1": "/350582/", "minhou1": "/350121/"}.items():
        assert all(code in hit.entry.area_path for hit in hits(world.actor(who), text, 20))


def test_listed_units_bodies_and_items_stand_in_groups_of_their_own(world, registry) -> None:
    unit, record = Chain(world).unit("lianjiang1", 8)
    found = {
        group.label: [row.name for row in group.rows] for group in results(world.actor("fz1"), record["unit_name"])
    }
    assert found == {"名单中尚未入库": [record["unit_name"]]}
    assert results(world.actor("qz1"), record["unit_name"]) == []
    body = world.body("competent", "350122").name
    assert [
        row.name for g in suggestions(world.actor("fz1"), initials(body)) for row in g.rows if g.label == "机关单位"
    ] == [body]
    assert any(g.label == "事项" for g in suggestions(world.actor("fz1"), "大件运输企业"))
    assert SurveyUnit.unscoped.get(pk=unit.pk).state != "approved"


def test_a_body_is_found_by_what_it_was_called_before(world) -> None:
    body = world.body("competent", "350122")
    before = body.name
    firms.learn(body, name="连江县交通运输服务局", code="", at=world.later(days=30))
    found = [row for g in suggestions(world.actor("fz1"), before) for row in g.rows]
    assert [(row.name, row.why) for row in found] == [("连江县交通运输服务局", f"曾用名：{before}")]
    assert Organisation.unscoped.get(pk=body.pk).names.exclude(ends=None).get().ends <= date(2019, 12, 31)


@pytest.mark.parametrize("text", ["", " ", "！", "'", '"', "%", "_", "a" * 500, "(" * 40, "公司' OR 1=1 --", "\x00"])
def test_anything_may_be_typed(world, registry, text) -> None:
    client = world.client("fz1")
    assert client.get("/search/suggest", {"find": text}).status_code == 200
    assert client.get("/search", {"find": text}).status_code == 200


def test_who_does_no_body_work_finds_nothing_of_it(world, registry) -> None:
    assert hits(world.actor("audit1"), "公司", 8) == []
    assert "finder" not in world.client("audit1").get("/").content.decode()
    assert 'role="combobox"' in world.client("fz1").get("/").content.decode()


@pytest.mark.parametrize(
    ("text", "digits"),
    [
        ("138-0000 1234", "13800001234"),
        ("1234", "1234"),
        ("12345", ""),
        ("0591-87654321", "059187654321"),
        ("闽A1234", ""),
    ],
)
def test_what_may_be_a_phone(text, digits) -> None:
    assert phone_digits(text) == digits


def test_a_phone_is_found_by_its_beginning_and_its_last_four() -> None:
    assert phone_words(["13800001234"]).split() == [
        "=1234",
        "=1380000",
        "=13800001",
        "=138000012",
        "=1380000123",
        "=13800001234",
    ]
