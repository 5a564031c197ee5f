"""The table order62_cases.csv: what a jurist would check, row by row, on both sides of every limit."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest

from dajian.engine.regulation import rulebook
from dajian.engine.regulation.assess import assess
from tests.engine.trains import STATED, declared

ROWS = list(csv.DictReader((Path(__file__).parent / "order62_cases.csv").open(encoding="utf-8")))
CLASSES = {"不超限": None, "一类": "I", "二类": "II", "三类": "III"}
EXCESSES = {"oversize_height": "高", "oversize_width": "宽", "oversize_length": "长"}
REFUSALS = {
    "decline_divisible": "可分载",
    "decline_licence": "经营范围",
    "decline_restricted": "限制期",
    "flatbed_axle_mean": "平均轴荷",
    "flatbed_axle_max": "最大轴荷",
    "hydraulic_line_mean": "平均轴线",
    "hydraulic_line_max": "最大轴线",
}


def _assessed(row):
    stated = STATED.get(row["申报"], {})
    declaration = declared(row["车型"], float(row["高m"]), float(row["宽m"]), float(row["长m"]), row["轴荷t"], **stated)
    day = date.fromisoformat(row["日期"])
    return assess(declaration, rulebook().on(day), on=day)


def test_the_table_holds_at_least_120_cases():
    assert len(ROWS) >= 120


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['编号']} {row['说明']}")
def test_row_of_the_table_holds(row):
    found = _assessed(row)
    over = "、".join(EXCESSES.get(finding.rule, "质量") for finding in found.excesses)
    refused = "、".join(REFUSALS[finding.rule] for finding in found.refusals)
    heavy = "是" if {"outline_drawing", "escort_plan"} <= set(found.documents) else "否"
    assert (found.permit_class, over, refused, heavy, found.escort) == (
        CLASSES[row["类别"]],
        row["超限项"],
        row["不予"],
        row["加交轮廓图和护送方案"],
        heavy == "是",
    )
    assert not found.oversize or set(found.documents) >= {"application_form", "transport_licence", "vehicle_licence"}
    if row["申报"] == "临牌91日":
        assert [finding.code for finding in found.disagreements] == ["plate_days"]
    if row["申报"].startswith("缺"):
        assert row["申报"].removeprefix("缺") in {finding.rule for finding in found.missing}


def _periods():
    """Every version of every limit that a vehicle is compared with, and the days on which it holds."""
    for rule in rulebook().rules.values():
        if not rule.exceeds:
            continue
        for version, following in zip(rule.versions, (*rule.versions[1:], None), strict=True):
            yield pytest.param(rule, version, following, id=f"{rule.name} {version.holds_from}")


@pytest.mark.parametrize(("rule", "version", "following"), list(_periods()))
def test_every_version_of_a_limit_has_a_row_on_either_side(rule, version, following):
    def covers(row):
        day = date.fromisoformat(row["日期"])
        within = version.holds_from <= day and (following is None or day < following.holds_from)
        return row["规则"] == rule.name and within and row["受检值"]

    tested = [(float(row["受检值"]), row["侧"]) for row in ROWS if covers(row)]
    assert any(value == version.value and side == "界内" for value, side in tested), "no row exactly at the limit"
    just_over = [value for value, side in tested if side == "超出" and version.value < value]
    assert just_over, "no row over the limit"
    assert min(just_over) <= version.value * 1.02


def test_a_declaration_without_law_in_force_is_refused_by_the_rules_name():
    from dajian.engine.findings import Unusable

    with pytest.raises(Unusable, match="oversize_mass_combination_6"):
        assess(declared("六轴列车", 4, 2.5, 18, "6*8"), rulebook().on(date(2016, 9, 20)))
