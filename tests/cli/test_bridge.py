"""`dajian bridge`: answers, papers and faults as the contract has them."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path

import openpyxl
import pyarrow.parquet
import pytest
import yaml

from dajian.cli import main

VEHICLE = {
    "name": "示例车组",
    "height_m": 4.2,
    "width_m": 3.2,
    "length_m": 25.0,
    "trailer": "hydraulic",
    "axle_loads_t": [10, 10, 10, 18, 18, 18, 18, 18],
    "axle_spacings_m": [3.3, 1.4, 7, 1.45, 1.45, 1.45, 1.45],
    "first_trailer_axle": 4,
}
BRIDGES = """id,name,road,spans_m,structure,design_load,condition,year,section,lanes,piers
B1,一桥,G3,3x30,continuous,公路-I级,2,2010,box,2,ordinary
B2,二桥,G3,４×１３,简支,汽车-20级/挂车-100,1,1998,,,
B3,三桥,S201,0+20,simple,公路-I级,1,2018,,,
B4,"=cmd()",S201,16,simple,公路-II级,4,2018,,,
"""


@pytest.fixture
def files(tmp_path: Path) -> tuple[str, str]:
    (tmp_path / "v.yaml").write_text(yaml.safe_dump(VEHICLE, allow_unicode=True), "utf-8")
    (tmp_path / "b.csv").write_text(BRIDGES, "utf-8")
    return str(tmp_path / "v.yaml"), str(tmp_path / "b.csv")


def asked(capsys, *words: str) -> dict:
    assert main([*words, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def refused(capsys, *words: str) -> str:
    assert main(list(words)) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert "Traceback" not in told.err
    return told.err


def test_effects_of_a_design_load_and_of_a_vehicle(capsys, files):
    found = asked(capsys, "bridge", "effects", "--load", "car-20", "--spans", "20")
    assert found == {"m_pos_knm": 1296.216, "m_neg_knm": 0.0, "v_kn": 307.4, "r_max_kn": 307.4, "r_min_kn": 0.0}
    keys = asked(capsys, "bridge", "effects", files[0], "--spans", "20+25+20", "--structure", "continuous")
    assert list(keys) == list(found)
    assert keys["m_neg_knm"] < 0


@pytest.mark.parametrize(
    "words",
    [
        ("--spans", "20"),
        ("--load", "car-20", "--spans", "0"),
        ("--load", "car-20", "--spans", "2000"),
        ("--load", "car-20", "--spans", "20,30"),
        ("--load", "car-99", "--spans", "20"),
        ("--load", "car-20", "--spans", "13x20", "--structure", "continuous"),
        ("--load", "car-20", "--spans", "20", "--structure", "arch"),
    ],
)
def test_effects_of_what_cannot_be_are_refused(capsys, words):
    assert refused(capsys, "bridge", "effects", *words)


def test_screen_answers_every_row_with_the_contracts_keys(capsys, files):
    found = asked(capsys, "bridge", "screen", *files, "--on", "2026-11-25")
    assert {name: found[name] for name in ("bridges", "pass", "conditional", "verify", "barred", "manual")} == {
        "bridges": 4, "pass": 0, "conditional": 1, "verify": 1, "barred": 1, "manual": 1,
    }  # fmt: skip
    assert found["check"] == "初筛"
    assert found["policy"]["dated"]
    assert [row["id"] for row in found["rows"]] == ["B1", "B2", "B3", "B4"]
    keys = {"id", "verdict", "effect", "ratio", "plain_ratio", "measures", "reasons", "assumptions"}
    assert all(keys <= row.keys() and row["kind_of_check"] == "初筛" for row in found["rows"])
    assert found["rows"][0]["measures"] == ["closed"]
    assert "第 4 行 spans_m：现为“0+20”" in found["rows"][2]["reasons"][0]


@pytest.mark.parametrize("suffix", [".csv", ".xlsx", ".parquet"])
def test_the_result_holds_every_row_and_column_of_the_input(capsys, files, tmp_path, suffix):
    out = tmp_path / f"out{suffix}"
    asked(capsys, "bridge", "screen", *files, "--out", str(out), "--on", "2026-11-25")
    if suffix == ".parquet":
        rows = pyarrow.parquet.read_table(out).to_pylist()
    elif suffix == ".csv":
        with out.open(encoding="utf-8-sig", newline="") as stream:
            rows = list(csv.DictReader(stream))
        assert rows[3]["name"] == "'=cmd()"
    else:
        cells = list(openpyxl.load_workbook(out).worksheets[0].iter_rows(values_only=True))
        rows = [dict(zip(cells[0], row, strict=True)) for row in cells[1:]]
    assert [row["id"] for row in rows] == ["B1", "B2", "B3", "B4"]
    assert [row["verdict"] for row in rows] == ["conditional", "verify", "manual", "barred"]
    assert {row["kind_of_check"] for row in rows} == {"初筛"}
    assert rows[0]["road"] == "G3"
    again = asked(capsys, "bridge", "screen", files[0], str(out), "--on", "2026-11-25")
    assert [row["verdict"] for row in again["rows"]] == ["conditional", "verify", "manual", "barred"]


def test_a_short_line_is_named_and_the_others_are_judged(capsys, files, tmp_path):
    ragged = tmp_path / "ragged.csv"
    ragged.write_text(BRIDGES + "B5,五桥,G3\n", "utf-8")
    found = asked(capsys, "bridge", "screen", files[0], str(ragged))
    assert len(found["rows"]) == 5
    assert found["rows"][0]["verdict"] == "conditional"
    assert "第 6 行" in found["rows"][4]["reasons"][0]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
def test_lists_as_excel_writes_them_are_read(capsys, files, tmp_path, encoding):
    other = tmp_path / "other.csv"
    other.write_bytes(BRIDGES.encode(encoding))
    found = asked(capsys, "bridge", "screen", files[0], str(other))
    assert [row["verdict"] for row in found["rows"]] == ["conditional", "verify", "manual", "barred"]


def test_a_policy_of_ones_own_moves_verdicts_and_is_named(capsys, files, tmp_path):
    strict = tmp_path / "strict.toml"
    strict.write_text(
        '[name]\ndefault = "某省"\n[dated]\ndefault = "2026-10-01"\n[least_ratio]\ndefault = 1.5\n', "utf-8"
    )
    usual = asked(capsys, "bridge", "screen", *files, "--with", "closed")
    moved = asked(capsys, "bridge", "screen", *files, "--with", "closed", "--policy", str(strict))
    assert (usual["pass"], moved["pass"]) == (1, 0)
    assert moved["policy"] == {"name": "某省", "dated": "2026-10-01", "least_ratio": 1.5}
    wrong = tmp_path / "wrong.toml"
    wrong.write_text("[least_ratio]\ndefault = 1.5\n[colour]\ndefault = 1\n", "utf-8")
    told = refused(capsys, "bridge", "screen", *files, "--policy", str(wrong))
    assert "colour" in told
    assert "dated" in told


def test_the_sheet_prints_the_figures_of_its_json(capsys, files, tmp_path):
    out = tmp_path / "b1.html"
    data = asked(capsys, "bridge", "report", *files, "--id", "B1", str(out), "--on", "2026-11-25")
    page = out.read_text("utf-8")
    text = re.sub(r"<svg.*?</svg>|<[^>]+>", " ", page, flags=re.S)
    assert page.count("初筛") >= 2
    for row in data["effects"]:
        assert f"{row['ratio']:.3f}" in text
        assert f"{row['train']:.1f}" in text
        assert row["section"] in text
    for row in data["measures"]:
        assert row["words"] in text
        assert f"{row['ratio']:.3f}" in text
    assert data["best"]["words"] in text
    assert "第1支点" in page
    asked(capsys, "bridge", "report", *files, "--id", "B1", str(tmp_path / "b1.pdf"))
    assert (tmp_path / "b1.pdf").read_bytes().startswith(b"%PDF")


def test_the_overview_has_the_items_of_a_permit_offices_sheet(capsys, files, tmp_path):
    out = tmp_path / "all.html"
    data = asked(capsys, "bridge", "report", *files, str(out), "--with", "crawl,closed,centre_line")
    page = out.read_text("utf-8")
    assert data["checked"] == 4
    assert sum(row["bridges"] for row in data["verdicts"]) == 4
    assert [row["name"] for row in data["groups"][0]["rows"]] == ["G3", "S201"]
    assert ["承运单位", "________"] in data["application"]
    for word in (
        "初筛",
        "JTG/T 2213—2023",
        "4 座（技术状况 1 类 2 座、2 类 1 座、4 类 1 座）",
        "3*10+5*18",
        "正弯矩 M+",
        "沿桥面中心线匀速行驶",
        "计算",
        "复核",
        "审核",
    ):
        assert word in page
    some = asked(capsys, "bridge", "report", *files, str(out), "--id", "B1", "--id", "B2")
    assert some["checked"] == 2


def test_a_bridge_that_is_not_there_and_a_paper_of_unknown_kind_are_refused(capsys, files, tmp_path):
    assert "B9" in refused(capsys, "bridge", "report", *files, "--id", "B9", str(tmp_path / "x.pdf"))
    assert refused(capsys, "bridge", "report", *files, "--id", "B1", str(tmp_path / "x.doc"))
    assert not list(tmp_path.glob("x.*"))


@pytest.mark.parametrize(
    ("name", "content"),
    [("b.csv", ""), ("b.csv", "id,name\n1,2\n"), ("b.txt", "id,spans_m\n"), ("b.parquet", "no"), ("b.xlsx", "no"),
     ("b.csv", "id,id,spans_m\n1,2,3\n")],
)  # fmt: skip
def test_lists_that_cannot_be_used_are_refused(capsys, files, tmp_path, name, content):
    bad = tmp_path / "bad"
    bad.mkdir()
    (bad / name).write_text(content, "utf-8")
    out = tmp_path / "out.csv"
    assert name in refused(capsys, "bridge", "screen", files[0], str(bad / name), "--out", str(out))
    assert not out.exists()


def test_two_hundred_axles_and_a_train_longer_than_the_bridge_are_answered(capsys, files, tmp_path):
    long = {**VEHICLE, "axle_loads_t": [10] * 200, "axle_spacings_m": [1.4] * 199, "length_m": 290}
    (tmp_path / "long.yaml").write_text(yaml.safe_dump(long), "utf-8")
    found = asked(capsys, "bridge", "screen", str(tmp_path / "long.yaml"), files[1])
    assert found["bridges"] == 4


def test_compare_on_bridges_names_the_bridge_that_forbids_it(capsys, files, tmp_path):
    lighter = {**VEHICLE, "axle_loads_t": [9.9, 9.9, 9.9, 17, 17, 17, 17, 17]}
    (tmp_path / "lighter.yaml").write_text(yaml.safe_dump(lighter), "utf-8")
    few = tmp_path / "few.csv"
    few.write_text("\n".join(BRIDGES.splitlines()[:3]) + "\n", "utf-8")
    assert asked(capsys, "compare", files[0], str(tmp_path / "lighter.yaml"), "--bridges", str(few))["no_worse"]
    other = asked(capsys, "compare", str(tmp_path / "lighter.yaml"), files[0], "--bridges", str(few))
    assert {row["limit"] for row in other["worse"]} >= {"bridge"}
    assert any("B1" in row["where"] for row in other["worse"])


def test_the_envelope_of_a_family_for_each_bridge(capsys, files, tmp_path):
    family = {
        "name": "两纵列", "tractor_loads_t": [7, 12], "tractor_spacings_m": [3.5, 5], "lines": [6, 8],
        "line_spacing_m": 1.5, "line_loads_t": [4, 18], "measures": ["crawl", "closed"],
    }  # fmt: skip
    (tmp_path / "f.yaml").write_text(yaml.safe_dump(family, allow_unicode=True), "utf-8")
    found = asked(capsys, "bridge", "envelope", str(tmp_path / "f.yaml"), files[1])
    assert found["check"] == "初筛"
    assert found["rows"][0]["envelope_gross_t"] > 60
    assert found["rows"][3]["envelope_bound"] == "none"
    assert found["corridor"] is None
