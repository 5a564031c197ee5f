"""`dajian check`, `due`, `compare` and `load` from the shell: the contract's keys, cases K03 and K04, bad input."""

from __future__ import annotations

import json
import re
from datetime import date

import pytest
import yaml

from dajian.cli import main
from dajian.engine.vehicle.catalogue import OWN
from tests.engine.trains import TRAINS, loads

TRIP = {
    "from": "350181",
    "to": "350404",
    "via": [],
    "cross_province": False,
    "start": "2026-12-01",
    "end": "2026-12-05",
}
PLATES = {
    "tractor": "闽A12345",
    "trailer": "闽A1234挂",
    "temporary_until": "2026-12-20",
    "insurance_until": "2027-03-01",
}
K03 = {
    **TRAINS["六轴低平板"],
    "name": "示例车组",
    "height_m": 4.5,
    "width_m": 3.75,
    "length_m": 28.0,
    "axle_loads_t": loads("6.5+2*8+3*8.5"),
    "trip": TRIP,
    "plates": PLATES,
}
CARGO = {"cargo": {"name": "主变压器", "length_m": 8.5, "width_m": 3.6, "height_m": 4.2, "mass_t": 140}}


@pytest.fixture
def run(tmp_path, capsys):
    """Runs a command on documents written as files: exit code, stdout, stderr."""

    def _run(command, *documents, options=(), text=None, suffix="yaml"):
        paths = []
        for number, document in enumerate(documents):
            path = tmp_path / f"input{number}.{suffix}"
            path.write_text(text if text is not None else yaml.safe_dump(document, allow_unicode=True), "utf-8")
            paths.append(str(path))
        code = main([command, *paths, *map(str, options)])
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return _run


def _checked(run, *, on="2026-12-01", options=(), **changes):
    code, out, err = run("check", K03 | changes, options=["--json", "--on", on, *options])
    assert (code, err) == (0, "")
    return json.loads(out)


def test_check_answers_with_every_key_of_the_contract(run):
    answer = _checked(run)
    assert set(answer) >= {
        "class", "oversize", "excesses", "refusals", "documents", "escort", "decision_working_days", "authority",
        "validity", "grades", "disagreements", "missing",
    }  # fmt: skip
    assert set(answer["excesses"][0]) >= {"rule", "article", "value", "limit", "unit", "message"}
    assert answer["decision_working_days"] == {"own": 5, "cross_province": 10}
    assert answer["authority"] == {"level": "province", "area": "350000", "article": "8"}
    assert (answer["validity"]["from"], answer["validity"]["until"]) == ("2026-12-01", "2026-12-05")
    assert answer["grades"] == {"outline": "C", "axle": "B"}


def test_k03_exactly_at_the_bounds_is_class_two_without_the_heavy_papers(run):
    answer = _checked(run)
    assert (answer["class"], answer["escort"]) == ("II", False)
    assert not {"outline_drawing", "escort_plan"} & set(answer["documents"])


@pytest.mark.parametrize("side", ["height_m", "width_m", "length_m"])
def test_k03_a_tenth_of_a_millimetre_more_is_class_three_with_both_papers(run, side):
    answer = _checked(run, **{side: K03[side] + 0.0001})
    assert (answer["class"], answer["escort"]) == ("III", True)
    assert {"outline_drawing", "escort_plan"} <= set(answer["documents"])


@pytest.mark.parametrize(("gross", "expected"), [(100.0, "II"), (100.001, "III")])
@pytest.mark.parametrize("split", ["even", "thirds", "kilonewtons"])
def test_k03_a_kilogram_over_a_hundred_tonnes_is_class_three(run, gross, expected, split):
    changes: dict[str, list[float] | None] = {"axle_loads_t": [gross / 6] * 6}
    if split == "thirds":
        changes = {"axle_loads_t": [gross / 3, gross / 3, *[gross / 12] * 4]}
    if split == "kilonewtons":
        changes = {"axle_loads_t": None, "axle_loads_kn": [gross * 9.80665 / 6] * 6}
    document = {key: value for key, value in (K03 | changes).items() if value is not None}
    code, out, _ = run("check", document, options=["--json", "--on", "2026-12-01"])
    assert (code, json.loads(out)["class"]) == (0, expected)


def test_check_speaks_to_people_without_json(run):
    code, out, _ = run("check", K03, options=["--on", "2026-12-01"])
    assert code == 0
    assert "类别：二类大件" in out
    assert "62号令第3条" in out


def test_a_second_version_changes_the_answer_from_its_day_on(run, tmp_path):
    draft = tmp_path / "draft.toml"
    draft.write_text(
        '[class2_width]\n[[class2_width.version]]\nfrom = 2027-01-01\nvalue = 3.5\ntext = "试验"\n'
        'confidence = "L"\nseen = "试验"\n',
        "utf-8",
    )
    classes = {day: _checked(run, on=day, options=["--rules", draft])["class"] for day in ("2026-12-31", "2027-01-01")}
    assert classes == {"2026-12-31": "II", "2027-01-01": "III"}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[class2_widht]\n[[class2_widht.version]]\nfrom = 2027-01-01\nvalue = 3.5\n", "class2_widht"),
        ("[class2_width]\n[[class2_width.version]]\nfrom = 2027-01-01\nvalue = '3.5'\n", "同类的值"),
        ("[class2_width]\n[[class2_width.version]]\nfrom = '2027-01-01'\nvalue = 3.5\n", "不带引号的日期"),
        ("class2_width = 3.5\n", "class2_width"),
    ],
)
def test_a_rule_file_that_would_change_nothing_is_refused(run, tmp_path, text, told):
    draft = tmp_path / "draft.toml"
    draft.write_text(text.replace("value", 'confidence = "L"\nseen = "试验"\nvalue'), "utf-8")
    code, out, err = run("check", K03, options=["--rules", draft])
    assert (code, out) == (2, "")
    assert told in err


def test_a_repealed_rule_is_told_as_such(run, tmp_path):
    draft = tmp_path / "draft.toml"
    draft.write_text("[class2_width]\n[[class2_width.version]]\nfrom = 2027-01-01\nrepealed = true\n", "utf-8")
    code, out, err = run("check", K03, options=["--on", "2027-01-02", "--rules", draft])
    assert (code, out) == (2, "")
    assert "class2_width" in err


def test_due_lists_the_days_of_k04(capsys):
    assert main(["due", "2019-04-26", "--days", "5", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {
        "due": "2019-05-06",
        "counted": ["2019-04-28", "2019-04-29", "2019-04-30", "2019-05-05", "2019-05-06"],
    }


def test_due_leaves_out_suspended_days(capsys):
    assert main(["due", "2026-03-02", "--days", "10", "--suspend", "2026-03-05..2026-03-11", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["due"] == "2026-03-23"


def test_due_into_an_unpublished_year_is_exit_2_until_the_table_is_filled(capsys, tmp_path):
    assert main(["due", "2026-12-29", "--days", "2"]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "2027" in captured.err
    table = tmp_path / "days.toml"
    table.write_text('[2027]\nnotice = "试验"\noff = [2027-01-01]\n', "utf-8")
    assert main(["due", "2026-12-29", "--days", "2", "--json", "--workdays", str(table)]) == 0
    assert json.loads(capsys.readouterr().out)["due"] == "2026-12-31"


def test_compare_finds_the_first_place_where_b_is_worse(run):
    vehicle = {key: value for key, value in K03.items() if key not in ("trip", "plates")}
    assert json.loads(run("compare", vehicle, vehicle, options=["--json"])[1]) == {"no_worse": True, "worse": []}
    closer = vehicle | {"axle_spacings_m": [3.3, 1.3, 6.0, 1.35, 1.35]}
    answer = json.loads(run("compare", vehicle, closer, options=["--json", "--on", "2026-12-01"])[1])
    assert answer["no_worse"] is False
    assert answer["worse"][0] == {
        "limit": "axle_group",
        "a": 8.5,
        "b": 16.0,
        "unit": "t",
        "where": "第 2–3 轴，1.3 m 之内",
    }


def test_load_answers_with_proposals_that_check_accepts(run, tmp_path):
    code, out, err = run("load", CARGO, options=["--json", "--on", "2026-12-01"])
    assert (code, err) == (0, "")
    answer = json.loads(out)
    keys = {
        "trailer", "axle_files", "axle_lines", "tractors", "vehicle", "class", "gross_mass_t", "tare_t",
        "deck_height_m", "cargo_front_m", "stability_deg", "max_axle_t", "cost_index", "refused", "checks", "score",
    }  # fmt: skip
    assert all(set(proposal) >= keys for proposal in answer["proposals"])
    assert all(set(one) >= {"trailer", "axle_files", "axle_lines", "reasons"} for one in answer["rejected"])
    assert all(one["reasons"] for one in answer["rejected"])
    for proposal in answer["proposals"]:
        checked = json.loads(run("check", proposal["vehicle"], options=["--json", "--on", "2026-12-01"])[1])
        assert (checked["class"], bool(checked["refusals"])) == (proposal["class"], proposal["refused"])
        assert not {"tyres_per_axle", "drive_axles", "first_trailer_axle"} & {m["key"] for m in checked["missing"]}


def test_load_like_a_printed_proposal_gives_the_same_again(run, tmp_path):
    answer = json.loads(run("load", CARGO, options=["--json", "--on", "2026-12-01"])[1])
    for proposal in answer["proposals"]:
        printed = tmp_path / "proposal.json"
        printed.write_text(json.dumps(proposal), "utf-8")
        again = json.loads(run("load", CARGO, options=["--json", "--on", "2026-12-01", "--like", printed])[1])
        assert again["proposals"][0]["vehicle"] == proposal["vehicle"]
        assert again["proposals"][0]["score"] == proposal["score"]


def test_load_top_keeps_the_first(run):
    every = json.loads(run("load", CARGO, options=["--json", "--on", "2026-12-01"])[1])["proposals"]
    first = json.loads(run("load", CARGO, options=["--json", "--on", "2026-12-01", "--top", 2])[1])["proposals"]
    assert first == every[:2]


def test_a_policy_file_changes_grade_and_altitude(run, tmp_path):
    high = tmp_path / "high.toml"
    high.write_text("[traction]\naltitude_m = 4500\ngrade = 0.08\n", "utf-8")
    plain = json.loads(run("load", CARGO, options=["--json"])[1])["proposals"][0]
    there = json.loads(run("load", CARGO, options=["--json", "--policy", high])[1])["proposals"][0]
    assert there["tractors"] > plain["tractors"]
    high.write_text("[traction]\naltitude = 4500\n", "utf-8")
    code, out, err = run("load", CARGO, options=["--policy", high])
    assert (code, out) == (2, "")
    assert "altitude" in err


def test_a_makers_sheet_joins_the_catalogue(run, tmp_path):
    sheet = tmp_path / "maker.toml"
    own = (OWN.read_text("utf-8").split("[platform.hydraulic]")[1]).split("[platform.self_propelled]")[0]
    sheet.write_text("[platform.maker_45]" + own.replace("max_axle_t = 18.0", "max_axle_t = 22.5"), "utf-8")
    answer = json.loads(run("load", CARGO, options=["--json", "--catalogue", sheet])[1])
    assert "maker_45" in {one["entry"] for one in answer["proposals"] + answer["rejected"]}
    sheet.write_text("[platform.maker_45]" + own.replace("pitch_m = 1.5", "pich_m = 1.5", 1), "utf-8")
    code, out, err = run("load", CARGO, options=["--catalogue", sheet])
    assert (code, out) == (2, "")
    assert "pich_m" in err
    assert "缺少" in err


def test_load_writes_the_drawings(run, tmp_path):
    folder = tmp_path / "drawings"
    assert run("load", CARGO, options=["--top", 1, "--drawings", folder])[0] == 0
    assert sorted(path.name for path in folder.iterdir()) == ["1.pdf", "1.svg"]
    assert (folder / "1.pdf").read_bytes().startswith(b"%PDF")


NAN, INF = float("nan"), float("inf")
_LOADS = K03["axle_loads_t"]
BAD = {  # what is wrong -> (command, document, key named, part of the message)
    "negative height": ("check", K03 | {"height_m": -4.5}, "height_m", "-4.5"),
    "zero width": ("check", K03 | {"width_m": 0}, "width_m", "0"),
    "height not a number": ("check", K03 | {"height_m": NAN}, "height_m", "nan"),
    "infinite length": ("check", K03 | {"length_m": INF}, "length_m", "inf"),
    "height in millimetres": ("check", K03 | {"height_m": 4500}, "height_m", "20"),
    "height as text": ("check", K03 | {"height_m": "4.5 m"}, "height_m", "4.5 m"),
    "height is true": ("check", K03 | {"height_m": True}, "height_m", "True"),
    "height left empty": ("check", K03 | {"height_m": None}, "height_m", "没有填写"),
    "no height": ("check", {k: v for k, v in K03.items() if k != "height_m"}, "height_m", "缺少"),
    "negative load": ("check", K03 | {"axle_loads_t": [-1, *_LOADS[1:]]}, "axle_loads_t", "第 1 个"),
    "zero load": ("check", K03 | {"axle_loads_t": [0, *_LOADS[1:]]}, "axle_loads_t", "第 1 个"),
    "load not a number": ("check", K03 | {"axle_loads_t": [NAN, *_LOADS[1:]]}, "axle_loads_t", "第 1 个"),
    "infinite load": ("check", K03 | {"axle_loads_t": [INF, *_LOADS[1:]]}, "axle_loads_t", "第 1 个"),
    "no loads": ("check", K03 | {"axle_loads_t": []}, "axle_loads_t", "现有 0 个"),
    "loads as text": ("check", K03 | {"axle_loads_t": "6+8+8"}, "axle_loads_t", "列表"),
    "10 000 axles": (
        "check",
        K03 | {"axle_loads_t": [8.0] * 10_000, "axle_spacings_m": [1.5] * 9_999},
        "axle_loads_t",
        "10000",
    ),
    "one spacing too few": ("check", K03 | {"axle_spacings_m": [3.3, 1.35, 6, 1.35]}, "axle_spacings_m", "5 个"),
    "one spacing too many": ("check", K03 | {"axle_spacings_m": [3.3] * 6}, "axle_spacings_m", "5 个"),
    "negative spacing": (
        "check",
        K03 | {"axle_spacings_m": [3.3, -1.35, 6, 1.35, 1.35]},
        "axle_spacings_m",
        "第 2 个",
    ),
    "zero spacing": ("check", K03 | {"axle_spacings_m": [3.3, 0, 6, 1.35, 1.35]}, "axle_spacings_m", "第 2 个"),
    "both kinds of loads": ("check", K03 | {"axle_loads_kn": [60.0] * 6}, "axle_loads_kn", "恰好填其中一个"),
    "neither kind of loads": ("check", {k: v for k, v in K03.items() if k != "axle_loads_t"}, "axle_loads_t", "缺少"),
    "unknown unit": ("check", K03 | {"height_cm": 450}, "height_cm", "未知的键"),
    "unknown key in a section": ("check", K03 | {"trip": TRIP | {"form": "350181"}}, "trip.form", "未知的键"),
    "unknown trailer": ("check", K03 | {"trailer": "low-bed"}, "trailer", "lowbed"),
    "tyres do not match": ("check", K03 | {"tyres_per_axle": [2, 4]}, "tyres_per_axle", "6 个"),
    "half a tyre": ("check", K03 | {"tyres_per_axle": [2, 4, 4, 4, 4, 3.5]}, "tyres_per_axle", "整数"),
    "drive axle beyond the train": ("check", K03 | {"drive_axles": [7]}, "drive_axles", "1 到 6"),
    "trailer axle beyond the train": ("check", K03 | {"first_trailer_axle": 9}, "first_trailer_axle", "1 到 6"),
    "five files": ("check", K03 | {"axle_files": 5}, "axle_files", "2 到 4"),
    "impossible date": ("check", K03 | {"trip": TRIP | {"start": "2026-02-30"}}, "trip.start", "YYYY-MM-DD"),
    "area by name": ("check", K03 | {"trip": TRIP | {"from": "福清"}}, "trip.from", "六位"),
    "divisible as a word": ("check", K03 | {"cargo": {"divisible": "maybe"}}, "cargo.divisible", "true"),
    "centre outside the cargo": (
        "check",
        K03 | {"cargo": {"length_m": 8.5, "width_m": 3, "height_m": 3, "centre_of_gravity_m": [9, 1, 1]}},
        "cargo.centre_of_gravity_m",
        "8.5",
    ),
    "a whole number of 400 digits": ("check", K03 | {"height_m": 10**400}, "height_m", "20"),
    "a group load of 400 digits": ("check", K03 | {"axle_groups_t": "9" * 400}, "axle_groups_t", "5000"),
    "a date that no calendar counts": ("check", K03 | {"trip": TRIP | {"start": "9999-12-01"}}, "trip.start", "2199"),
    "a date in another form": ("check", K03 | {"trip": TRIP | {"start": "20261125"}}, "trip.start", "YYYY-MM-DD"),
    "zero for a section": ("check", K03 | {"trip": 0}, "trip", "mapping"),
    "an empty text for a section": ("check", K03 | {"plates": ""}, "plates", "mapping"),
    "an empty list for a section": ("check", K03 | {"cargo": []}, "cargo", "mapping"),
    "zero for the parts": ("check", K03 | {"parts": 0}, "parts", "列表"),
    "files on a flat-bed": ("check", K03 | {"trailer": "flatbed", "axle_files": 2}, "axle_files", "液压轴线"),
    "a drive axle twice": ("check", K03 | {"drive_axles": [2, 2]}, "drive_axles", "每根"),
    "a driven trailer axle": ("check", K03 | {"drive_axles": [2, 5], "first_trailer_axle": 4}, "drive_axles", "牵引车"),
    "parts not a list": ("check", K03 | {"parts": {"tractor": 9}}, "parts", "列表"),
    "groups that cannot be read": ("check", K03 | {"axle_groups_t": "10+20+x"}, "axle_groups_t", "10+20+5*18"),
    "a list for a document": ("check", [1, 2, 3], "整个文件", "mapping"),
    "cargo without mass": ("load", {"cargo": {"length_m": 8, "width_m": 3, "height_m": 3}}, "cargo.mass_t", "缺少"),
    "a divisible cargo": ("load", {"cargo": CARGO["cargo"] | {"divisible": True}}, "cargo.divisible", "第11条"),
    "a cargo file with more than cargo": ("load", CARGO | {"trip": TRIP}, "trip", "未知的键"),
    "centre above the cargo": (
        "load",
        {"cargo": CARGO["cargo"] | {"centre_of_gravity_m": [4, 1.8, 4.3]}},
        "cargo.centre_of_gravity_m",
        "4.2",
    ),
    "supports outside the cargo": (
        "load",
        {"cargo": CARGO["cargo"] | {"supports_m": [1, 9]}},
        "cargo.supports_m",
        "货物长度之内",
    ),
    "negative mass": ("load", {"cargo": CARGO["cargo"] | {"mass_t": -3}}, "cargo.mass_t", "-3"),
}


def test_at_least_forty_kinds_of_bad_input_are_tried():
    assert len(BAD) >= 40


@pytest.mark.parametrize(("command", "document", "key", "told"), BAD.values(), ids=BAD)
def test_bad_input_is_exit_2_with_file_key_found_and_expected(run, command, document, key, told):
    code, out, err = run(command, document)
    assert (code, out) == (2, "")
    line = next(line for line in err.splitlines() if key in line)
    assert "input0.yaml" in line
    assert told in line
    assert "应为" in line
    assert "Traceback" not in err


def test_all_faults_are_told_at_once(run):
    _, _, err = run("check", K03 | {"height_m": -1, "width_m": 0, "colour": "red", "trip": TRIP | {"end": "soon"}})
    assert [key for key in ("height_m", "width_m", "colour", "trip.end") if key not in err] == []


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("height_m: [4.5", "第"),
        ("height_m: 4.5\nheight_m: 4.6\n", "出现两次"),
        ("\tname: x", "第 1 行"),
        ("", "整个文件"),
        ("just words", "整个文件"),
        ("a: &a [*a]", "整个文件"),
    ],
)
def test_a_file_that_is_no_yaml_mapping_is_told_by_its_place(run, text, told):
    code, out, err = run("check", None, text=text)
    assert (code, out) == (2, "")
    assert "input0.yaml" in err
    assert told in err or "未知" in err
    assert "Traceback" not in err


def test_json_with_a_doubled_key_is_refused(run):
    code, _, err = run("check", None, text='{"height_m": 1, "height_m": 2}', suffix="json")
    assert code == 2
    assert "出现两次" in err


def test_a_file_that_is_not_there_is_told(capsys):
    assert main(["check", "nowhere.yaml"]) == 2
    assert "nowhere.yaml" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["due", "2026-13-01", "--days", "2"], "2026-13-01"),
        (["due", "9999-12-31", "--days", "1"], "2199"),
        (["due", "2026-03-02", "--days", "0"], "--days"),
        (["due", "2026-03-02", "--days", "-3"], "--days"),
        (["due", "2026-03-02", "--days", "1000000"], "--days"),
        (["due", "2026-03-02", "--days", "two"], "--days"),
        (["due", "2026-03-02"], "--days"),
        (["due", "2026-03-02", "--days", "2", "--suspend", "2026-03-09..2026-03-05"], "--suspend"),
        (["due", "2026-03-02", "--days", "2", "--suspend", "2026-03-09"], "FROM..TO"),
        (["due", "2026-12-31", "--days", "1"], "2027"),
        (["due", "2031-05-06", "--days", "1"], "2031"),
        (["due", "2001-05-06", "--days", "1"], "2001"),
    ],
)
def test_a_clock_that_cannot_be_counted_is_exit_2(capsys, words, told):
    assert main(words) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert told in captured.err


def test_a_proposal_that_does_not_fit_the_catalogue_is_named(run, tmp_path):
    printed = tmp_path / "proposal.json"
    printed.write_text(json.dumps({"trailer": "girder", "axle_files": 2, "axle_lines": 9, "cargo_front_m": 20.0}))
    code, out, err = run("load", CARGO, options=["--like", printed])
    assert (code, out) == (2, "")
    assert "axle_lines" in err
    assert "偶数" in err


@pytest.mark.parametrize(
    ("option", "text", "told"),
    [
        ("--policy", "[lashing]\ncapacity_kn = 0\n", "capacity_kn"),
        ("--policy", "[traction]\ncrawl_kmh = 0\n", "crawl_kmh"),
        ("--policy", "[traction]\naltitude_m = 50000\n", "6000"),
        ("--policy", "[stability]\nleast_deg = nan\n", "least_deg"),
        ("--policy", "[score]\ncost_index = inf\n", "cost_index"),
        ("--policy", "[cost]\nheight_over_m = ['a']\n", "height_over_m"),
        ("--policy", "[cost]\nheight_over_m = [[4.5]]\n", "height_over_m"),
        ("--policy", "[cost]\nheight = 1\n", "未知的键"),
        ("--catalogue", "power_kw = 'x'", "power_kw"),
        ("--catalogue", "power_kw = [1]", "power_kw"),
        ("--catalogue", "spacings_m = []", "spacings_m"),
        ("--catalogue", "spacings_m = [3.0]", "spacings_m"),
        ("--catalogue", "steering = 0", "steering"),
        ("--catalogue", "drive = [7]", "drive"),
        ("--catalogue", "tyres = [2, 4]", "tyres"),
        ("--rules", "[tandem_motor]\n[[tandem_motor.version]]\nvalue = ['x']\n", "tandem_motor"),
        ("--rules", "[oversize_height]\n[[oversize_height.version]]\nvalue = nan\n", "oversize_height"),
        ("--rules", "[decision_days_II]\n[[decision_days_II.version]]\nvalue = {foo = 'bar'}\n", "decision_days_II"),
        ("--rules", "[oversize_height]\nversion = 'x'\n", "oversize_height"),
        ("--rules", "instrument = 3\n", "instrument"),
        ("--like", "axle_lines = 1", "axle_lines"),
        ("--like", "axle_lines = 200", "axle_lines"),
    ],
)
def test_a_users_file_that_makes_no_sense_is_exit_2_with_its_place(run, tmp_path, option, text, told):
    file = tmp_path / ("users.json" if option == "--like" else "users.toml")
    if option == "--catalogue":  # a tractor of ours with one figure changed
        key = text.split(" ")[0]
        own = OWN.read_text("utf-8").split("[tractor.tractor_6x4]")[1].split("\n[")[0]
        text = "[tractor.mine]" + re.sub(rf"\n{key} = .*", f"\n{text}", own)
    elif option == "--like":
        lines = int(text.split()[-1])
        text = json.dumps({"trailer": "hydraulic", "axle_files": 2, "axle_lines": lines, "cargo_front_m": 20.0})
    head = 'from = 2020-01-01\nconfidence = "L"\nseen = "试验"\nvalue ='
    file.write_text(text.replace("value =", head) if option == "--rules" else text, "utf-8")
    code, out, err = run("load", CARGO, options=[option, file])
    assert (code, out) == (2, "")
    assert told in err
    assert "Traceback" not in err


def test_an_off_centre_cargo_goes_where_its_heavier_side_is_carried(run):
    cargo = {"cargo": {"length_m": 8.5, "width_m": 3.6, "height_m": 4.2, "mass_t": 140, "divisible": False,
                       "centre_of_gravity_m": [4.1, 2.9, 1.9]}}  # fmt: skip
    answer = json.loads(run("load", cargo, options=["--json", "--on", "2026-12-01"])[1])
    for proposal in answer["proposals"]:
        side = next(check for check in proposal["checks"] if check["code"] == "check_sides")
        assert "重侧承担" in side["message"]
        assert 0 < side["value"] <= side["limit"]
    assert any(reason["code"] == "side_capacity" for one in answer["rejected"] for reason in one["reasons"])


@pytest.mark.parametrize(
    ("until", "declined"), [("2026-12-01", True), ("2026-11-25", True), ("2026-11-24", False), ("2020-12-01", False)]
)
def test_a_restriction_counts_on_the_day_of_application_whenever_the_trip_is(run, until, declined):
    for trip in (TRIP, TRIP | {"start": "2026-12-05", "end": "2026-12-09"}, None):
        found = _checked(run, on="2026-11-25", trip=trip, carrier={"restricted_until": until})
        assert ("decline_restricted" in {refusal["code"] for refusal in found["refusals"]}) is declined


def test_a_plate_that_ends_before_the_trip_leaves_no_day_and_says_so(run):
    found = _checked(run, trip={"start": "2026-12-01", "end": "2026-12-05"},
                     plates={"tractor": "闽A1234超", "temporary_until": "2026-11-01"})  # fmt: skip
    assert found["validity"]["until"] is None
    assert "plates.temporary_until" in str(found["disagreements"])
    unknown = _checked(run, trip={"start": "2026-12-01", "end": "2026-12-05"}, plates={"tractor": "闽A1234超"})
    assert "plates.temporary_until" in {missing["key"] for missing in unknown["missing"]}


def test_what_the_standard_does_not_grade_may_not_stand_in(run):
    lowbed = {key: value for key, value in K03.items() if key not in ("trip", "plates")} | {"trailer": "lowbed"}
    lifter = lowbed | {"trailer": "blade_lifter"}
    options = ["--json", "--on", "2026-12-01"]
    worse = json.loads(run("compare", lowbed, lifter, options=options)[1])["worse"]
    assert "grade_outline" in {one["limit"] for one in worse}
    assert json.loads(run("compare", lifter, lifter, options=options)[1])["no_worse"]
    known = {key: value for key, value in lowbed.items() if key != "tyres_per_axle"}
    assert not json.loads(run("compare", known, lowbed, options=options)[1])["no_worse"]


def test_dates_before_the_order_have_no_law(run):
    code, out, err = run("check", K03, options=["--on", date(2016, 9, 20).isoformat()])
    assert (code, out) == (2, "")
    assert "2016-09-21" in err
