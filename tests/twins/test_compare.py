"""What speaks for two units being one, and what forbids it."""

from __future__ import annotations

from datetime import date

import pytest

from dajian.demo.numbers import credit_code
from dajian.twins.compare import compare
from dajian.twins.find import find_all, find_one
from dajian.twins.names import Places
from dajian.twins.units import Unit, look

PLACES = Places(["福建省", "福州市", "厦门市", "鼓楼区", "福清市", "连江县"])
FUQING, GULOU, XIAMEN = "/35/3501/350181/", "/35/3501/350102/", "/35/3502/350203/"
CODE = credit_code("350181", 4711)
OTHER = credit_code("350181", 4712)


def verdict(a: dict, b: dict):
    first = {"kind": "organisation", "name": "示例重工有限公司", "area": FUQING} | a
    second = {"kind": "organisation", "area": FUQING} | b
    return compare(look(Unit(1, **first), PLACES), look(Unit(2, **{"name": first["name"]} | second), PLACES))


@pytest.mark.parametrize(
    ("here", "there"),
    [
        ("福州鸿达运输有限公司", "福州鸿达运输有限责任公司"),
        ("福州鸿达运输有限公司", "福建省福州市鸿达运输有限公司"),
        ("福州ＡＢＣ运输有限公司", "福州abc运输有限公司"),
        ("鸿达（福州）运输有限公司", "鸿达(福州) 运输有限公司"),
        ("福州鸿达运输有限责任公司第2分公司", "福州鸿达运输有限公司第２分公司"),
    ],
)
def test_one_name_written_in_two_ways_is_proposed(here: str, there: str) -> None:
    found = verdict({"name": here}, {"name": there})
    assert found.proposed
    assert "name_same" in [reason.code for reason in found.reasons]


@pytest.mark.parametrize(
    ("a", "b", "reason"),
    [
        ({"code": CODE}, {"name": "别的名字", "code": CODE[:12] + "8" + CODE[13:]}, "code_digit"),
        ({"code": CODE}, {"name": "别的名字", "code": CODE.replace("0", "O")}, "code_letter"),
        ({"code": CODE}, {"name": "别的名字", "code": CODE[:14] + CODE[15:]}, "code_lost"),
        ({"name": "鸿达运输有限公司"}, {"name": "宏达运输有限公司"}, "name_sound"),
        ({"old_names": ("旧名字货运公司",)}, {"name": "旧名字货运公司"}, "name_old"),
        (
            {"phones": ("13900000001",), "address": "福清市港前路12号"},
            {"name": "海西车队", "phones": ("+86 139 0000 0001",), "address": "港前路１２号"},
            "phone",
        ),
    ],
)
def test_each_way_of_being_entered_twice_is_proposed(a: dict, b: dict, reason: str) -> None:
    found = verdict(a, b)
    assert found.proposed, found
    assert reason in [one.code for one in found.reasons]


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ({"code": CODE}, {"code": OTHER}),  # the same name, two genuine codes
        (
            {"code": CODE, "phones": ("13900000001",), "address": "港前路12号"},
            {"name": "示例仓储有限公司", "code": OTHER, "phones": ("13900000001",), "address": "港前路12号"},
        ),  # two firms of one owner
        ({"name": "福州鸿达运输有限公司"}, {"name": "厦门鸿达运输有限公司", "area": XIAMEN}),
        ({"phones": ("13900000001",)}, {"name": "别的名字有限公司", "phones": ("13900000001",)}),  # the phone alone
        ({"name": "一号项目一期"}, {"name": "一号项目二期"}),
        ({"name": "鸿达运输有限公司"}, {"name": "鸿达运输有限公司福清分公司"}),
    ],
)
def test_what_only_looks_alike_is_not_proposed(a: dict, b: dict) -> None:
    assert not verdict(a, b).proposed


def test_projects_that_are_numbered_in_turn_are_two() -> None:
    a = {"kind": "project", "name": "罗源湾码头一期", "code": "2018-350123-44-02-000001"}
    b = {"kind": "project", "name": "罗源湾码头二期", "code": "2018-350123-44-02-000002"}
    assert not verdict(a, b).proposed
    assert verdict(a, b | {"name": "罗源湾码头一期"}).proposed


def test_an_agencys_phone_says_nothing() -> None:
    name = "甲乙丙丁戊己"
    units = [
        Unit(n, "organisation", f"鸿{sign}运输有限公司", area=FUQING, phones=("0591-87654321",))
        for n, sign in enumerate(name)
    ]
    assert find_all(look(unit, PLACES) for unit in units) == {}


def test_one_against_all_finds_what_all_against_all_finds() -> None:
    from dajian.demo.twins import plant

    planted = plant(3, 300, 12, on=date(2019, 5, 1))
    looks = [
        look(
            Unit(
                n,
                "organisation",
                u.name,
                u.code,
                f"/35/{u.county[:4]}/{u.county}/",
                u.address,
                (u.phone,),
                (u.old_name,),
            ),
            PLACES,
        )
        for n, u in enumerate(planted.units)
    ]
    every = find_all(looks)
    one_by_one = {tuple(sorted((one.unit.key, key))) for one in looks for key in find_one(one, looks)}
    assert one_by_one == set(every)
    assert len(every) >= 11
