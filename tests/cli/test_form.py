"""`dajian form`: the answers of contract.md, and exit 2 for what cannot be used."""

from __future__ import annotations

import json
import shutil

import openpyxl
import pytest

from dajian.cli import main
from dajian.tables.read import read_workbook
from tests.forms.small_form import CODES, FORM, MAIN, Filled, record
from tests.tables.archives import changed, workbook

ON = ["--on", "2019-05-20"]


@pytest.fixture
def form(tmp_path):
    path = tmp_path / "问卷.xml"
    path.write_bytes(FORM.xml)
    return str(path)


@pytest.fixture
def xlsform(tmp_path):
    book = openpyxl.Workbook()
    book.active.title = "survey"
    book.active.append(["type", "name", "label", "relevant"])
    book.active.append(["text", "a", "甲"])
    book.active.append(["text", "b", "乙", "${a} ＞ 3"])
    book.create_sheet("choices").append(["list_name", "name", "label"])
    book.create_sheet("填写说明")["A1"] = "{Y}年 甲表"
    book.save(tmp_path / "问卷.xlsx")
    return tmp_path / "问卷.xlsx"


def run(capsys, *words):
    """Exit code, JSON or text on stdout, lines on stderr."""
    code = main([str(w) for w in words])
    out, err = capsys.readouterr()
    return code, json.loads(out) if "--json" in words and out else out, err.splitlines()


def test_check_names_each_fault_of_a_form_by_sheet_and_cell(capsys, xlsform):
    code, answer, _ = run(capsys, "form", "check", xlsform, "--json")
    assert code == 0
    assert (answer["ok"], [(p["sheet"], p["cell"]) for p in answer["problems"]]) == (False, [("survey", "D3")])


def test_other_commands_cannot_use_a_faulty_form(capsys, xlsform, tmp_path):
    code, out, err = run(capsys, "form", "template", xlsform, tmp_path / "out.xlsx")
    assert (code, out, len(err)) == (2, "", 1)
    assert "survey!D3" in err[0]
    assert not (tmp_path / "out.xlsx").exists()


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", "问卷".encode(), b"<html/>", workbook()])
def test_a_file_that_is_no_form_is_unusable_input(capsys, tmp_path, content):
    path = tmp_path / "问卷.xlsx"
    path.write_bytes(content)
    code, out, err = run(capsys, "form", "check", path, "--json")
    assert (code, out) == (2, "")
    assert len(err) >= 1
    assert all("问卷.xlsx" in line for line in err)


def test_xml_prints_the_form_as_it_is_served(capsys, form):
    code, out, _ = run(capsys, "form", "xml", form)
    assert (code, out.encode()) == (0, FORM.xml)


def test_the_template_holds_the_forms_own_instructions_with_the_years_of_the_day(capsys, xlsform, tmp_path):
    book = openpyxl.load_workbook(xlsform)
    book["survey"]["D3"] = "${a} = '3'"
    book.save(xlsform)
    out = tmp_path / "填报.xlsx"
    assert run(capsys, "form", "template", xlsform, out, *ON)[0] == 0
    assert openpyxl.load_workbook(out)["填写说明"]["A1"].value == "2018年 甲表"


def test_an_empty_template_gives_nothing_and_nothing(capsys, form, tmp_path):
    out = tmp_path / "空.xlsx"
    assert run(capsys, "form", "template", form, out, *ON)[0] == 0
    code, answer, err = run(capsys, "form", "read", form, out, "--json", *ON)
    assert (code, err) == (0, [])
    assert answer == {"accepted": 0, "rejected": 0, "records": [], "problems": [], "ignored_sheets": []}


def test_read_answers_counts_records_and_problems_and_writes_the_marked_workbook(capsys, form, tmp_path):
    filled = Filled(tmp_path / "填报.xlsx", record(0), record(1))
    cell = filled.set(MAIN, "人数（人）", "约50", 1)
    filled.book.save(filled.path)
    errors = tmp_path / "退回.xlsx"
    code, answer, _ = run(capsys, "form", "read", form, filled.path, "--errors", errors, "--json", *ON)
    assert code == 0
    assert (answer["accepted"], answer["rejected"]) == (1, 1)
    assert [r["unit_credit_code"] for r in answer["records"]] == [CODES[0]]
    problem = answer["problems"][0]
    assert set(problem) == {"sheet", "cell", "question", "code", "message"}
    assert (problem["sheet"], problem["cell"], problem["question"], problem["code"]) == (
        MAIN,
        cell,
        "employees",
        "type",
    )
    assert read_workbook(errors).sheets[0].name == "错误清单"


def test_read_prints_for_people_too(capsys, form, tmp_path):
    filled = Filled(tmp_path / "填报.xlsx", record(0))
    filled.set(MAIN, "人数（人）", "约50")
    filled.book.save(filled.path)
    code, out, _ = run(capsys, "form", "read", form, filled.path, *ON)
    assert code == 0
    assert out.splitlines()[0] == "可以接收 0 条，退回 1 条，错误 1 格"


@pytest.mark.parametrize("name", ["旧.xls", "宏.xlsm", "表.et", "表.csv", "别的.xlsx", "没有.xlsx"])
def test_an_unusable_workbook_is_exit_2_without_output(capsys, form, tmp_path, name):
    path = tmp_path / name
    if name != "没有.xlsx":
        path.write_bytes(workbook())
    errors = tmp_path / "退回.xlsx"
    code, out, err = run(capsys, "form", "read", form, path, "--errors", errors, "--json", *ON)
    assert (code, out, len(err)) == (2, "", 1)
    assert name in err[0]
    assert not errors.exists()


def test_each_missing_column_is_a_line_of_its_own(capsys, form, tmp_path):
    filled = Filled(tmp_path / "填报.xlsx", record(0))
    filled[MAIN]["A3"], filled[MAIN]["C3"] = "甲", "乙"
    filled.book.save(filled.path)
    code, _, err = run(capsys, "form", "read", form, filled.path, *ON)
    assert code == 2
    assert [line.count("缺少必需的列") for line in err] == [1, 1]


def test_a_hostile_workbook_is_refused_as_a_form_too(capsys, tmp_path):
    path = tmp_path / "问卷.xlsx"
    entity = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><worksheet/>'
    path.write_bytes(changed(workbook(), lambda n, b: entity if "sheet1" in n else b))
    code, out, err = run(capsys, "form", "check", path)
    assert (code, out) == (2, "")
    assert "实体" in err[0]


def test_the_errors_file_replaces_an_older_one_only_when_it_is_whole(capsys, form, tmp_path):
    filled = Filled(tmp_path / "填报.xlsx", record(0))
    filled.book.save(filled.path)
    errors = tmp_path / "没有这个文件夹" / "退回.xlsx"
    code, out, err = run(capsys, "form", "read", form, filled.path, "--errors", errors, *ON)
    assert (code, out, len(err)) == (2, "", 1)
    shutil.copy(filled.path, tmp_path / "退回.xlsx")
    assert run(capsys, "form", "read", form, filled.path, "--errors", tmp_path / "退回.xlsx", *ON)[0] == 0


def test_validate_judges_a_submission_and_refuses_what_is_none(capsys, form, tmp_path):
    path = tmp_path / "提交.xml"
    path.write_text("<small id='small'><unit_name>甲</unit_name><eligible>no</eligible></small>", encoding="utf-8")
    code, answer, _ = run(capsys, "form", "validate", form, path, "--json", *ON)
    assert (code, answer["valid"]) == (0, False)
    assert {p["path"] for p in answer["problems"]} == {"/small/unit_name", "/small/unit_credit_code", "/small/reason"}
    path.write_text("<other/>", encoding="utf-8")
    assert run(capsys, "form", "validate", form, path, "--json", *ON)[0] == 2
