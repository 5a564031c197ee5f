"""Submissions as XML and back, safely; the bytes and the digest of a record."""

from __future__ import annotations

import hashlib
from typing import Any

import pytest

from dajian.forms.instance import BadInstance, canonical, digest, read, with_years, write
from dajian.forms.model import Form
from tests.forms.asking import codes, judged, questionnaire


@pytest.fixture(scope="module")
def visit() -> Form:
    return questionnaire(
        [
            ["type", "name", "label"],
            ["begin_group", "head", "头"],
            ["text", "unit_name", "单位"],
            ["integer", "staff", "人数"],
            ["select_multiple kind", "kinds", "类型"],
            ["end_group", ""],
            ["begin_repeat", "fleet", "车队"],
            ["text", "fleet_name", "名称"],
            ["begin_repeat", "truck", "车辆"],
            ["decimal", "mass", "质量"],
            ["end_repeat", ""],
            ["end_repeat", ""],
        ],
        [["list_name", "name", "label"], ["kind", "a", "甲"], ["kind", "b", "乙"]],
        [["form_id", "version"], ["visit", "3"]],
    )


RECORD: dict[str, Any] = {
    "unit_name": "福州 <示例> & 公司\n二部",
    "staff": 12,
    "kinds": ["a", "b"],
    "fleet": [{"fleet_name": "甲", "truck": [{"mass": 12.5}, {}]}, {"truck": [{"mass": 1e-07}]}, {}],
}


def test_a_record_comes_back_from_its_xml_as_it_was(visit: Form) -> None:
    found = read(visit, write(visit, RECORD, instance_id="uuid:2", deprecated_id="uuid:1"))
    assert found.record == RECORD
    assert (found.form_id, found.version) == ("visit", "3")
    assert (found.instance_id, found.deprecated_id) == ("uuid:2", "uuid:1")


def test_an_empty_record_has_every_element_and_no_row(visit: Form) -> None:
    xml = write(visit, {}, instance_id="uuid:2")
    assert b"<unit_name/>" in xml
    assert b"<fleet" not in xml
    assert read(visit, xml).record == {}


def test_a_submission_of_odk_collect_is_read(visit: Form) -> None:
    xml = b"""<?xml version='1.0' ?><visit id="visit" version="3" xmlns:orx="http://openrosa.org/xforms">
    <head><unit_name>A</unit_name><staff>x</staff><kinds>b a</kinds></head>
    <fleet jr:template="" xmlns:jr="http://openrosa.org/javarosa"><fleet_name/></fleet>
    <fleet><fleet_name>F</fleet_name></fleet><colour>red</colour>
    <orx:meta><orx:instanceID>uuid:9</orx:instanceID><orx:instanceName>N</orx:instanceName></orx:meta></visit>"""
    found = read(visit, xml)
    assert found.record == {
        "unit_name": "A",
        "staff": "x",
        "kinds": ["a", "b"],
        "fleet": [{"fleet_name": "F"}],
        "colour": "red",
    }
    assert found.meta == {"instanceID": "uuid:9", "instanceName": "N"}
    assert codes(judged(visit, found.record)) == [("", 0, "staff", "type"), ("", 0, "colour", "unknown")]


@pytest.mark.parametrize(
    ("xml", "part"),
    [
        (b"", "XML"),
        (b"<visit", "XML"),
        (b"<other id='visit'/>", "根是「other」"),
        (b"<visit id='elsewhere'/>", "elsewhere"),
        (
            b"<!DOCTYPE v [<!ENTITY x 'boo'>]><visit id='visit'><head><unit_name>&x;</unit_name></head></visit>",
            "DOCTYPE",
        ),
        (b"<!DOCTYPE v SYSTEM 'file:///etc/passwd'><visit id='visit'/>", "DOCTYPE"),
        (b"<visit id='visit'>&undefined;</visit>", "XML"),
        (b"<visit id='visit'>" + b"<a>" * 400 + b"</a>" * 400 + b"</visit>", "XML"),
    ],
)
def test_what_is_no_submission_of_this_form_is_refused_with_a_sentence(visit: Form, xml: bytes, part: str) -> None:
    with pytest.raises(BadInstance) as refused:
        read(visit, xml)
    assert part in refused.value.message


def test_a_key_that_the_form_lacks_is_not_left_out_in_silence(visit: Form) -> None:
    with pytest.raises(ValueError, match="colour"):
        write(visit, {"fleet": [{"colour": "red"}]}, instance_id="uuid:2")


def test_canonical_bytes_do_not_depend_on_the_order_of_keys() -> None:
    record = {"b": [{"y": 1, "x": "中"}], "a": 1.5}
    assert canonical(record) == '{"a":1.5,"b":[{"x":"中","y":1}]}'.encode()
    assert (
        digest(record)
        == digest({"a": 1.5, "b": [{"x": "中", "y": 1}]})
        == hashlib.sha256(canonical(record)).hexdigest()
    )


@pytest.mark.parametrize("number", [float("nan"), float("inf")])
def test_what_json_cannot_hold_is_refused(number: float) -> None:
    with pytest.raises(ValueError, match="JSON"):
        canonical({"a": number})


def test_years_are_put_into_labels() -> None:
    assert with_years("{Y}年产值与{Y1}年计划{Y2}", 2018, 2019) == "2018年产值与2019年计划{Y2}"
