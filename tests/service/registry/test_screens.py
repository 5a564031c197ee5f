"""The registry's pages as officials open them."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from dajian.service.history.record import of
from dajian.service.registry.models import RegistryEntry
from dajian.service.registry.search_text import initials, pinyin
from tests.service.world import World


def names(client: Client, world: World, **asked: str) -> list[str]:
    answer = client.get(f"/registry/items/{world.item().pk}", asked)
    assert answer.status_code == 200
    return [row.name for row in answer.context["rows"]]


def test_each_sees_the_entries_of_his_area(world: World, registry: list[RegistryEntry]) -> None:
    own = {area: [e.name for e in registry if e.area.code == area] for area in ("350122", "350582")}
    assert names(world.client("yunguan1"), world) == [e.name for e in registry]
    assert names(world.client("fz1"), world) == own["350122"]
    assert names(world.client("jinjiang1"), world) == own["350582"]
    assert names(world.client("minhou1"), world) == []


def test_a_body_of_another_line_has_no_registry_of_this_item(world: World, registry: list[RegistryEntry]) -> None:
    client = world.client("gaosu1")
    assert client.get(f"/registry/items/{world.item().pk}").status_code == 403
    assert client.get(f"/registry/entries/{registry[0].pk}").status_code == 404
    assert registry[0].name not in client.get("/registry/").content.decode()


@pytest.mark.parametrize(
    "asked",
    [
        lambda e: e.name[2:6],
        lambda e: f" {e.name[4:7]}　",
        lambda e: pinyin(e.name)[6:14],
        lambda e: initials(e.name).upper(),
        lambda e: e.code[9:],
        lambda e: "".join(chr(ord(c) + 0xFEE0) for c in e.code),  # full width
    ],
)
def test_a_unit_is_found_by_pieces_of_its_name_pinyin_initials_and_code(world, registry, asked) -> None:
    for entry in registry:
        assert entry.name in names(world.client("yunguan1"), world, q=asked(entry))


def test_a_word_that_nobody_has_finds_nobody_and_says_what_to_do(world, registry) -> None:
    answer = world.client("yunguan1").get(f"/registry/items/{world.item().pk}", {"q": "不存在的企业"})
    assert answer.context["rows"] == []
    assert "没有符合条件的单位" in answer.content.decode()


def test_filters_narrow_by_area_and_by_answers_in_any_row(world, registry) -> None:
    client = world.client("yunguan1")
    quanzhou = world.area("350500").path
    assert names(client, world, area=quanzhou) == [e.name for e in registry if e.area_path.startswith(quanzhou)]
    for kind in ("tractor", "hydraulic", "lowbed"):
        expected = [
            e.name
            for e in registry
            if any(row["vehicle_kind"] == kind for row in e.versions.get(n=e.n).values.get("vehicle", []))
        ]
        assert names(client, world, **{"f.vehicle/vehicle_kind": kind}) == expected


@pytest.mark.parametrize("asked", [{"area": "/nowhere"}, {"f.unit_status": "x' OR 1"}, {"order": "pk"}, {"page": "x"}])
def test_what_is_not_offered_is_left_out_of_the_question(world, registry, asked) -> None:
    assert names(world.client("yunguan1"), world, **asked) == [e.name for e in registry]


def test_marks_and_quotes_in_a_search_are_no_syntax(world, registry) -> None:
    for text in ('"', "'", "a* OR b", "（）", "NEAR(", "%", "\\", "x" * 300):
        names(world.client("yunguan1"), world, q=text)


def test_the_list_is_sorted_by_either_column_both_ways(world, registry) -> None:
    client = world.client("yunguan1")
    assert names(client, world, order="-name") == [e.name for e in registry][::-1]
    by_time = [e.name for e in sorted(registry, key=lambda e: (e.approved_at, e.pk))]
    assert names(client, world, order="time") == by_time
    assert names(client, world, order="-time") == by_time[::-1]


def test_the_list_takes_eight_queries_at_most(world, registry, django_assert_max_num_queries) -> None:
    client, address = world.client("yunguan1"), f"/registry/items/{world.item().pk}"
    asked = {"q": "运输", "area": world.area("350100").path, "f.vehicle/vehicle_kind": "tractor", "order": "-time"}
    for query in ({}, asked):
        client.get(address, query)  # the form is loaded once a process
        with django_assert_max_num_queries(8, info=query):
            client.get(address, query)


def test_a_unit_page_tells_values_with_their_provenance(world, registry) -> None:
    entry = registry[0]
    page = world.client("fz1").get(f"/registry/entries/{entry.pk}").content.decode()
    values = entry.versions.get().values
    for told in (
        entry.name,
        entry.code,
        values["legal_person"],
        "2018 年",
        "第1版",
        "吴运一",
        world.body("province_transport").name,
    ):
        assert told in page


def phones(entry: RegistryEntry) -> list[str]:
    values = entry.versions.get(n=entry.n).values
    return [values[key] for key in ("contact_mobile", "contact2_mobile") if key in values]


def test_phones_are_masked_without_the_right_and_shown_once_with_a_reason(world, registry) -> None:
    entry = next(e for e in registry if phones(e))
    address = f"/registry/entries/{entry.pk}"
    fz, yunguan = world.client("fz1" if entry.area.code == "350122" else "qz1"), world.client("yunguan1")
    assert phones(entry)[0] in fz.get(address).content.decode()
    assert phones(entry)[0] not in yunguan.get(address).content.decode()
    assert yunguan.post(f"{address}/reveal", {"reason": "查"}).status_code == 422
    shown = yunguan.post(f"{address}/reveal", {"reason": "核实车辆轴线数"})
    assert phones(entry)[0] in shown.content.decode()
    assert phones(entry)[0] not in yunguan.get(address).content.decode()
    last = of(entry).last()
    assert (last.action, last.person_name, last.reason) == ("reveal", "吴运一", "核实车辆轴线数")
    assert fz.post(f"{address}/reveal", {"reason": "核实车辆轴线数"}).status_code == 403


def test_no_phone_stands_on_the_list_or_in_the_search_index(world, registry) -> None:
    client = world.client("fz1")
    for entry in registry:
        for phone in phones(entry):
            assert names(client, world, q=phone) == []
            assert phone not in client.get(f"/registry/items/{world.item().pk}").content.decode()


def test_numbers_of_the_index_are_those_of_the_lists(world, registry) -> None:
    for who, expected in {"yunguan1": 5, "fz1": 3, "qz1": 2, "minhou1": 0}.items():
        client = world.client(who)
        told = dict(client.get("/registry/").context["items"])
        assert told[world.item()] == len(names(client, world)) == expected


def test_each_row_leads_to_its_unit(world, registry) -> None:
    client = world.client("fz1")
    rows = client.get(f"/registry/items/{world.item().pk}").context["rows"]
    assert [row.url for row in rows] == [reverse("entry", args=[e.pk]) for e in registry if e.area.code == "350122"]
    assert rows[0].figures[0][1] == str(registry[0].figures["vehicles_total"])
