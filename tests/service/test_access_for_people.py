"""access.md by hand, row by row: what `dajian access` prints must say the same."""

from __future__ import annotations

import json

import pytest
from django.conf import settings

from dajian.cli import main
from dajian.service.access_table import people
from dajian.service.campaign.actions.loading import campaign_file
from dajian.service.campaign.definition import read_definition
from dajian.service.organisations.province import read_province

CITY, COUNTY = "市交通运输主管部门", "县交通运输主管部门"
ROADS, COUNTY_ROADS = "市公路管理机构", "县公路管理机构"
CARRIAGE, COUNTY_CARRIAGE = "市道路运输管理机构", "县道路运输管理机构"
OFFICE = "市大件运输许可服务机构"
HIGHWAYS, TRANSPORT, EXPRESSWAYS = "省公路局", "省运管局", "省高速集团"
POLICY, SUPERVISION = "厅政法处", "监督机构"
LED = "1 2 3 4 5市、县层面 6普通国省干线、农村公路"  # items that the cities lead
OF_ROADS, OF_CARRIAGE, OF_OFFICE = "1 2 5市、县层面 6普通国省干线、农村公路", "4 5市、县层面", "6普通国省干线、农村公路"
OWN_5, OWN_6 = "5省级层面", "6高速公路"

# What each body's column says in the row; a body that is not named has nothing there.
SEES = {
    CITY: f"r A {LED}",
    COUNTY: f"r A {LED}",
    ROADS: f"r A {OF_ROADS}",
    COUNTY_ROADS: f"r A {OF_ROADS}",
    CARRIAGE: f"r A {OF_CARRIAGE}",
    COUNTY_CARRIAGE: f"r A {OF_CARRIAGE}",
    OFFICE: f"r A {OF_OFFICE}",
    HIGHWAYS: f"r P {OF_OFFICE}",
    TRANSPORT: f"r A {OWN_5}; r P {OF_CARRIAGE}",
    EXPRESSWAYS: f"r A {OWN_6}",
    POLICY: "r P",
}
BY_HAND = {
    "定义活动、分工、期限": {
        **{who: told.replace("r A", "r P") for who, told in SEES.items()},
        TRANSPORT: f"r P {OF_CARRIAGE} {OWN_5}",
        POLICY: "r P; d P",
        SUPERVISION: "r P",
    },
    "单位名单、分母": {
        **SEES,
        CITY: f"r A {LED}; w A {LED}",
        COUNTY: f"r A {LED}; w A {LED}",
        TRANSPORT: f"r A {OWN_5}; r P {OF_CARRIAGE}; w A {OWN_5}",
        EXPRESSWAYS: f"r A {OWN_6}; w A {OWN_6}",
    },
    "填报调查表": {
        CITY: f"w A {LED}",
        COUNTY: f"w A {LED}",
        ROADS: f"w A {OF_ROADS}",
        COUNTY_ROADS: f"w A {OF_ROADS}",
        CARRIAGE: f"w A {OF_CARRIAGE}",
        COUNTY_CARRIAGE: f"w A {OF_CARRIAGE}",
        OFFICE: f"w O {OF_OFFICE}",
        TRANSPORT: f"w A {OWN_5}",
        EXPRESSWAYS: f"w A {OWN_6}",
    },
    "撤回、更正": {
        CITY: f"w A {LED}",
        COUNTY: f"w A {LED}",
        OFFICE: f"w O {OF_OFFICE}",
        TRANSPORT: f"w A {OWN_5}",
        EXPRESSWAYS: f"w A {OWN_6}",
    },
    "核查、报送": {CITY: f"d A {LED}", TRANSPORT: f"d A {OWN_5}", EXPRESSWAYS: f"d A {OWN_6}"},
    "指导（意见）": {
        CITY: f"c A {LED}",
        HIGHWAYS: f"c P {OF_OFFICE}",
        TRANSPORT: f"c A {OWN_5}; c P {OF_CARRIAGE}",
        EXPRESSWAYS: f"c A {OWN_6}",
        POLICY: "c P",
    },
    "审定、退回": {  # items without a 审定 body: two persons of the lead
        CITY: f"d A 1 2 3 {OF_OFFICE}",
        TRANSPORT: f"d A {OWN_5}; d P {OF_CARRIAGE}",
        EXPRESSWAYS: f"d A {OWN_6}",
    },
    "资源库": SEES,
    "导出": SEES,
    "完整号码": {
        **{who: told for who, told in SEES.items() if who not in (OFFICE, HIGHWAYS)},
        TRANSPORT: f"r A {OWN_5}; n P {OF_CARRIAGE}",
        POLICY: "n P",
    },
    "合并身份": {  # who leads proposes, the province decides
        CITY: f"c A {LED}",
        TRANSPORT: f"c A {OWN_5}",
        EXPRESSWAYS: f"c A {OWN_6}",
        POLICY: "d P",
    },
    "本单位账号": {
        **{f"{who}管理员": "w A; w O" for who in (CITY, COUNTY)},
        **{
            f"{who}管理员": "w O"
            for who in (ROADS, COUNTY_ROADS, CARRIAGE, COUNTY_CARRIAGE, OFFICE, HIGHWAYS, TRANSPORT, EXPRESSWAYS)
        },
        "安全管理员": "w P",
    },
}


@pytest.mark.parametrize("capability", BY_HAND)
def test_the_printed_row_equals_the_row_kept_by_hand(capability: str) -> None:
    found = people(read_province(settings.PROVINCE), read_definition(campaign_file(settings.PROVINCE)))[capability]
    # A manager does what his body's officer does, so only the row of accounts names managers.
    printed = {who: told for who, told in found.items() if told and (capability == "本单位账号" or "管理员" not in who)}
    assert printed == BY_HAND[capability]


def test_the_command_prints_both_tables(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["access"]) == 0
    assert "市交通运输主管部门" in capsys.readouterr().out
    assert main(["access", "--json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert {"url", "method", "role", "place", "status"} == set(rows[0])
    assert {row["place"] for row in rows} == {"own", "foreign", "other_line", "anonymous"}


def test_the_state_tables_are_printed_and_an_unknown_machine_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["states", "submission", "--json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert {"machine", "action", "from", "to", "who", "clock", "needs"} == set(rows[0])
    assert main(["states", "nothing"]) == 2
