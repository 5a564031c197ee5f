"""XForms of others: languages, external files, twins, odd structures, actions and entities."""

from __future__ import annotations

from pathlib import Path

import pytest

from dajian.forms.model import BadForm, Form
from dajian.forms.xform import load_xml
from tests.forms.asking import codes, judged, questionnaire, value, xform_around

NAMES = (
    'xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml" '
    'xmlns:jr="http://openrosa.org/javarosa" xmlns:orx="http://openrosa.org/xforms"'
)


def xform(instance: str, binds: str, body: str, more: str = "") -> bytes:
    return (
        f"<h:html {NAMES}><h:head><h:title>T</h:title>"
        f"<model>{more}<instance>{instance}</instance>{binds}</model></h:head>"
        f"<h:body>{body}</h:body></h:html>"
    ).encode()


def load(instance: str, binds: str = "", body: str = "", more: str = "") -> Form:
    return load_xml(xform(instance, binds, body, more))


def test_texts_are_taken_in_chinese_where_the_form_has_it() -> None:
    itext = """<itext><translation lang="English (en)" default="true()"><text id="/d/a:label"><value>Name</value></text>
    </translation><translation lang="中文 (zh)"><text id="/d/a:label"><value>名称<output value="/d/a"/></value></text>
    <text id="/d/a:hint"><value form="image">jr://x.png</value><value>全称</value></text></translation></itext>"""
    body = """<input ref="/d/a"><label ref="jr:itext('/d/a:label')"/><hint ref="jr:itext('/d/a:hint')"/></input>"""
    binds = """<bind nodeset="/d/a" type="string"/><bind nodeset="/d/b" calculate="jr:itext('/d/a:hint')"/>"""
    form = load('<d id="d"><a/><b/></d>', binds, body, itext)
    assert (form.questions[0].label, form.questions[0].hint) == ("名称…", "全称")
    assert judged(form, {}).record == {"b": "全称"}


def test_one_name_in_two_groups_of_a_scope_is_kept_with_its_group() -> None:
    form = load('<d id="d"><g><a/><b/></g><h><a/></h></d>')
    assert [question.key for question in form.questions] == ["g/a", "b", "h/a"]
    form = load('<d id="d"><a/><g><a/></g><x><g><a/></g></x></d>')
    assert [question.key for question in form.questions] == ["a", "g/a", "x/g/a"]


def test_a_csv_beside_the_form_feeds_pulldata_and_instances() -> None:
    binds = """<bind nodeset="/d/a" calculate="pulldata('towns', 'name', 'code', /d/c)"/>
    <bind nodeset="/d/b" calculate="instance('towns')/root/item[code = /d/c]/name"/>
    <bind nodeset="/d/c" type="string"/>"""
    towns = '<instance id="towns" src="jr://file-csv/towns.csv"/>'
    instance = '<d id="d"><a/><b/><c/></d>'
    csv = "\ufeffcode,name\n01,福州\n02,厦门\n".encode()
    form = load_xml(xform(instance, towns + binds, ""), media={"towns.csv": csv})
    assert judged(form, {"c": "02"}).record == {"a": "厦门", "b": "厦门", "c": "02"}
    assert judged(form, {"c": "03"}).record == {"c": "03"}
    with pytest.raises(BadForm) as refused:
        load_xml(xform(instance, towns + binds, ""))
    assert {"缺少文件「towns.csv」，请与问卷一起上传" in problem.message for problem in refused.value.problems} == {
        True
    }
    with pytest.raises(BadForm) as refused:
        load_xml(xform(instance, towns + binds, ""), media={"towns.csv": b"\xff\xfe\x00"})
    assert "towns.csv" in refused.value.problems[0].message
    wrong = binds.replace("'name', 'code'", "'nom', 'code'")
    with pytest.raises(BadForm) as refused:
        load_xml(xform(instance, towns + wrong, ""), media={"towns.csv": csv})
    assert "没有「nom」列" in refused.value.problems[0].message


def test_choices_from_a_file_are_held_to_it() -> None:
    form = questionnaire(
        [["type", "name", "label"], ["select_one_from_file towns.csv", "town", "镇"]],
        media={"towns.csv": "name,label\nx,甲\ny,乙\n".encode()},
    )
    assert [choice.label for choice in form.questions[0].choices] == ["甲", "乙"]
    assert codes(judged(form, {"town": "z"})) == [("", 0, "town", "choice")]


def test_choices_from_the_rows_of_a_repeat() -> None:
    form = questionnaire(
        [
            ["type", "name", "label"],
            ["begin_repeat", "person", "人"],
            ["text", "who", "姓名"],
            ["end_repeat", ""],
            ["select_one ${who}", "head", "负责人"],
        ]
    )
    people = {"person": [{"who": "甲"}, {"who": "乙"}]}
    assert judged(form, {**people, "head": "乙"}).valid
    assert codes(judged(form, {**people, "head": "丙"})) == [("", 0, "head", "choice")]


def test_actions_and_entities_are_compiled_and_not_run() -> None:
    form = questionnaire(
        [
            ["type", "name", "label", "default", "trigger", "calculation"],
            ["date", "on", "日期", "today()"],
            ["integer", "n", "N", "3"],
            ["text", "stamp", "戳", "", "${n}", "now()"],
            ["start", "start", ""],
            ["audit", "audit", ""],
        ]
    )
    assert [question.type for question in form.questions] == ["date", "integer", "text", "start"]
    assert judged(form, {"stamp": "2026-01-01T00:00:00+08:00"}).record == {"stamp": "2026-01-01T00:00:00+08:00"}


def test_a_select_bound_as_a_number_holds_its_choices_names() -> None:
    binds = '<bind nodeset="/d/a" type="int"/><bind nodeset="/d/b" calculate="coalesce(/d/a, 0) + 1"/>'
    items = "<item><label>One</label><value>1</value></item><item><label>B</label><value>b</value></item>"
    form = load('<d id="d"><a/><b/></d>', binds, f'<select1 ref="/d/a"><label>A</label>{items}</select1>')
    assert judged(form, {"a": "1"}).record == {"a": "1", "b": 2}
    assert judged(form, {"a": "b"}).record == {"a": "b"}


def test_a_node_bound_or_asked_twice_or_nowhere_is_told() -> None:
    twice = '<input ref="/d/a"><label>A</label></input>' * 2
    with pytest.raises(BadForm) as refused:
        load('<d id="d"><a/></d>', '<bind nodeset="/d/a"/><bind nodeset="/d/a"/><bind nodeset="/d/z"/>', twice)
    messages = " ".join(problem.message for problem in refused.value.problems)
    assert "两道题" in messages
    assert "两个 bind" in messages
    assert "没有的节点「/d/z」" in messages


@pytest.mark.parametrize("bind", ["relevant", "constraint", "required", "readonly", "calculate"])
def test_a_fault_in_any_bind_is_told_with_its_node(bind: str) -> None:
    with pytest.raises(BadForm) as refused:
        load_xml(xform_around("nofunction()", bind=bind))
    assert refused.value.problems[0].cell.startswith("/data/x@")
    assert "nofunction()" in refused.value.problems[0].message


@pytest.mark.parametrize("what", ["<h:html/>", "<a/>", f"<h:html {NAMES}><h:head><model/></h:head><h:body/></h:html>"])
def test_what_is_no_xform_is_refused(what: str) -> None:
    with pytest.raises(BadForm):
        load_xml(what.encode())


def test_entities_of_xml_are_not_read(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("secret")
    doctype = f'<!DOCTYPE x [<!ENTITY s SYSTEM "file://{tmp_path}/secret">]>'.encode()
    with pytest.raises(BadForm) as refused:
        load_xml(doctype + xform_around("1").partition(b"?>")[2])
    assert "DOCTYPE" in refused.value.problems[0].message


def test_long_sums_and_long_chains_of_if_are_compiled() -> None:
    assert value(" + ".join(["1"] * 900)) == 900
    assert value(" or ".join(["/data/i = 1"] * 900)) == "false"
    form = questionnaire([["type", "name", "label", "calculation"], ["calculate", "x", "", " + ".join(["1"] * 900)]])
    assert judged(form, {}).record == {"x": 900}
    chain = "0"
    for number in range(60):
        chain = f"if(/data/i = {number}, 'n{number}', {chain})"
    assert value(chain) == "n5"
