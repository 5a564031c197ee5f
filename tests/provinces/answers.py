"""What the questionnaires ask for at least: records with the required answers alone, and of units not asked."""

from copy import deepcopy
from datetime import date
from functools import cache
from typing import Any

from dajian.forms import xlsform
from dajian.forms.evaluate import validate
from dajian.forms.model import ROOT, Form
from tests.provinces.books import path

ON = date(2019, 5, 20)
Record = dict[str, Any]

UNIT = {"unit_name": "示例单位", "unit_credit_code": "91350100M000100Y43", "unit_area": "350102"}
OATH = {"survey_mode": ["visit"], "truth_confirmed": "yes"}
VOICE = {"problem_kinds": ["none"], "suggestions": "无", "policy_known": ["none"]}
MEMBER = {"in_association": "yes", "association_name": "示例物流协会"}
ROUTE = {
    "origin_area": "350102",
    "origin_text": "江阴港区",
    "dest_province": "36",
    "dest_text": "示例变电站",
    "via_text": "G15–G70",
}
SIZE = {"length_m": 11.2, "width_m": 4.1, "height_m": 4.6, "mass_t": 185.5}
PRODUCT = {
    "product_name": "电力变压器",
    "product_model": "SFP-240000/220",
    "cargo_kind": "transformer",
    **SIZE,
    "made_last_year": 10,
    "planned_this_year": 12,
    "ship_q1": 3,
    "ship_q2": 3,
    "ship_q3": 2,
    "ship_q4": 4,
}
SALES = {"sales_province": "abroad", "sales_country": "越南", "sales_share_pct": 40.0}
DEMAND = {
    "equipment_name": "主变压器",
    "cargo_kind": "transformer",
    "pieces": 3,
    **SIZE,
    "maker_name": "示例变压器厂",
    "from_province": "32",
    "from_text": "示例港",
    "ship_from": "2019-08-01",
    "ship_to": "2019-09-30",
    "milestone": "首台机组吊装",
    "latest_arrival": "2019-10-15",
    "flexible": "no",
    "delay_effect": "影响并网",
}
MODEL = {
    "vehicle_kind": "hydraulic",
    "made_last_year": 20,
    "expected_this_year": 24,
    "sales_10k": 1800.5,
    "in_catalogue": "yes",
    "catalogue_batch": "第318批",
    "catalogue_no": "示例ZX9400",
}
VEHICLE = {
    "vehicle_kind": "hydraulic",
    "quantity": 2,
    "registration": "none",
    "is_hydraulic": "yes",
    "axle_lines": 20,
    "axle_files": 2,
}
STEP = {
    "step_name": "登记",
    "step_unit": "窗口",
    "step_days": 0.5,
    "step_online": "both",
    "step_document": "受理通知书",
}
CONSULTATION = {"consulted": "示例公安交警支队", "consult_when": "police", "consult_days": 2.0}
PERMITS = {
    "scope": "city",
    "class": "II",
    "received": 50,
    "accepted": 45,
    "not_accepted": 5,
    "granted": 40,
    "refused": 2,
    "withdrawn": 3,
    "six_month": 6,
    "mean_days": 3.5,
}
STAFF = {
    "staff_total": 12,
    "staff_full": 8,
    "staff_part": 4,
    "staff_established": 10,
    "staff_contract": 2,
    "staff_degree_master": 2,
    "staff_degree_bachelor": 7,
    "staff_degree_other": 3,
    "staff_bridge": 3,
    "staff_law": 2,
    "staff_it": 1,
    "staff_under35": 5,
    "staff_36_50": 4,
    "staff_over50": 3,
    "staff_certified": 9,
}
LISTED = {"list_issuer": "ndrc", "list_level": "province", "list_year": 2019, "list_number": "闽发改〔2019〕1号"}

OF_A_PROJECT = {"project_name": "示例抽水蓄能电站", **LISTED}

REQUIRED_ALONE: dict[str, Record] = {
    "manufacturer": UNIT
    | {"eligible": "yes", "output_10k": 9000.0, "oversize_output_10k": 4000.0}
    | {"product": [PRODUCT], "transport_cost_10k": 300.25, "sales": [SALES], "route": [ROUTE]}
    | MEMBER
    | VOICE
    | OATH,
    "project": UNIT | OF_A_PROJECT | {"eligible": "yes", "demand": [DEMAND], "route": [ROUTE]} | VOICE | OATH,
    "vehicle_maker": UNIT | {"eligible": "yes", "maker_kind": ["make", "convert"], "model": [MODEL]} | VOICE | OATH,
    "carrier": UNIT
    | {"eligible": "yes", "vehicle": [VEHICLE], "revenue_10k": 800.0, "expense_10k": 700.5}
    | {"cargo_kinds": ["transformer"], "route": [ROUTE]}
    | MEMBER
    | VOICE
    | OATH,
    "association": UNIT
    | {
        "eligible": "yes",
        "level": "city",
        "registrar": "示例市民政局",
        "registration_no": "示例社证字第0101号",
        "founded_on": "2006-03-01",
        "supervisor": "示例市交通运输局",
        "decoupled": "yes",
        "members": 100,
        "members_carriers": 40,
        "members_makers": 30,
        "members_vehicle": 20,
        "members_persons": 10,
        "management_mode": ["filing", "pact"],
        "management_rules_text": "会员自律公约",
        "has_roster": "yes",
        "services": ["training", "agency", "rights", "exchange"],
        "service_trainings": 4,
        "service_trained_persons": 160,
        "service_rights_cases": 2,
        "service_filing_cases": 30,
        "service_exchanges": 3,
        "has_plan": "yes",
        "plan_from": 2019,
        "plan_to": 2023,
        "plan_points": "建立大件运输资源信息平台",
    }
    | VOICE
    | OATH,
    "permit_office": UNIT
    | {
        "eligible": "yes",
        "level": "city",
        "office_kind": "statutory",
        "parent": "示例市交通运输局",
        "power_basis": "delegated",
        "power_document": "示交〔2018〕12号",
        "reform_text": "无",
        "road_kinds": ["expressway", "national", "provincial", "rural", "city"],
        "expressway_length_km": 120.0,
        "national_length_km": 300.5,
        "provincial_length_km": 410.0,
        "rural_length_km": 5200.0,
        "city_length_km": 30.0,
        "roles": ["accept", "review", "decide"],
        "systems": ["ministry", "paper"],
        "step": [STEP],
        "consultation": [CONSULTATION],
        "permits": [PERMITS],
        "one_window": "partly",
        "one_window_scope": ["road_permit"],
        "one_window_gap": "交警手续另设窗口",
        "one_window_by": "2019-12-31",
        "office_problem_kinds": ["staff"],
        "office_problems_text": "窗口人手不足",
        "advice_text": "无",
    }
    | STAFF
    | OATH,
}
NO_LONGER = {"eligible": "no", "ineligible_reason": "已停业"}
NOT_ELIGIBLE: dict[str, Record] = {
    form: UNIT | (OF_A_PROJECT if form == "project" else {}) | NO_LONGER | OATH for form in REQUIRED_ALONE
}


@cache
def form_of(key: str) -> Form:
    return xlsform.load(path(key))


def changed(record: Record, **changes: Any) -> Record:
    """A copy with other answers; None takes one away. A list of dicts replaces a repeat's rows."""
    answers = deepcopy(record) | changes
    return {key: value for key, value in answers.items() if value is not None}


def with_rows(record: Record, repeat: str, **changes: Any) -> Record:
    """A copy in which the first row of a repeat has other answers."""
    first, *others = record[repeat]
    return changed(record, **{repeat: [changed(first, **changes), *others]})


def answered(record: Record) -> dict[tuple[str, str], Any]:
    """{(repeat, question): answer}; of a repeat its first row."""
    found: dict[tuple[str, str], Any] = {}
    for key, value in record.items():
        rows = isinstance(value, list) and value and isinstance(value[0], dict)
        found |= {(key, name): answer for name, answer in value[0].items()} if rows else {(ROOT, key): value}
    return found


def faults(key: str, record: Record) -> set[tuple[str, str]]:
    """(question, code) of everything that the form finds wrong."""
    return {(problem.key, problem.code) for problem in validate(form_of(key), record, on=ON, strict=True).problems}


def warned(key: str, record: Record) -> set[str]:
    return {problem.key for problem in validate(form_of(key), record, on=ON, strict=True).warnings}


def computed(key: str, record: Record) -> Record:
    return validate(form_of(key), record, on=ON).record
