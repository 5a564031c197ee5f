"""A draft under a new edition of its form: what fits stays, and every other answer stands in a note."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from dajian.forms.model import ROOT, Choice, Form, Question, Repeat
from dajian.forms.moved import Note, moved

YES_NO = (Choice("yes", "是"), Choice("no", "否"))
KINDS = tuple(Choice(name, label) for name, label in [("low", "低平板"), ("line", "轴线车"), ("girder", "桥式车组")])


def question(key: str, type: str = "text", label: str = "", scope: str = ROOT, **more: Any) -> Question:
    return Question(key, key, f"/f/{key}", scope, type, label or key, **more)


def form(*questions: Question, repeats: tuple[Repeat, ...] = ()) -> Form:
    return Form("f", "1", "表", b"", questions, repeats)


VEHICLE = Repeat("vehicle", "/f/vehicle", "车辆")
OLD = form(
    question("name", label="单位全称"),
    question("staff", "integer", "从业人员"),
    question("cost", "decimal", "成本"),
    question("open", "select_one", "是否营业", choices=YES_NO),
    question("kinds", "select_multiple", "车型", choices=KINDS),
    question("total", "calculate", "合计"),
    question("plate", label="号牌", scope="vehicle"),
    question("axles", "integer", "轴数", scope="vehicle"),
    repeats=(VEHICLE,),
)
DRAFT = {
    "name": "示例运输公司",
    "staff": 12,
    "cost": 3.5,
    "open": "yes",
    "kinds": ["low", "girder"],
    "total": 7,
    "vehicle": [{"plate": "闽A12345", "axles": 3}, {"plate": "闽A54321"}],
}


def test_the_same_edition_keeps_everything_and_notes_nothing() -> None:
    kept, notes = moved(DRAFT, OLD, OLD)
    assert kept == {k: v for k, v in DRAFT.items() if k != "total"}
    assert notes == ()


def test_a_question_with_another_name_is_known_by_its_label() -> None:
    kept, notes = moved({"name": "甲"}, OLD, form(question("unit_name", label="单位全称", required=True)))
    assert kept == {"unit_name": "甲"}
    assert notes == ()


def test_a_question_under_another_heading_is_told() -> None:
    kept, notes = moved({"name": "甲"}, OLD, form(question("name", label="单位全称", groups=("一、单位",))))
    assert (kept, notes) == ({"name": "甲"}, (Note("moved", "单位全称", "一、单位"),))


def test_an_answer_without_a_place_stands_in_a_note() -> None:
    kept, notes = moved({"name": "甲", "staff": 12}, OLD, form(question("name")))
    assert kept == {"name": "甲"}
    assert notes == (Note("lost", "从业人员", "12"),)


def test_choices_that_are_gone_are_told_and_the_others_stay() -> None:
    fewer = question("kinds", "select_multiple", "车型", choices=KINDS[:2])
    kept, notes = moved({"kinds": ["low", "girder"]}, OLD, form(fewer))
    assert kept == {"kinds": ["low"]}
    assert notes == (Note("narrowed", "车型", "桥式车组"),)
    kept, notes = moved({"kinds": ["girder"]}, OLD, form(fewer))
    assert (kept, notes) == ({}, (Note("lost", "车型", "桥式车组"),))


def test_types_change_where_nothing_is_lost_by_it() -> None:
    new = form(
        question("staff", "decimal", "从业人员"),
        question("cost", "integer", "成本"),
        question("open", "text", "是否营业"),
        question("kinds", "select_one", "车型", choices=KINDS),
    )
    kept, notes = moved({"staff": 12, "cost": 3.5, "open": "yes", "kinds": ["low", "line"]}, OLD, new)
    assert kept == {"staff": 12, "open": "是", "kinds": "low"}
    assert notes == (Note("lost", "成本", "3.5"), Note("narrowed", "车型", "轴线车"))
    assert moved({"cost": 4.0}, OLD, new)[0] == {"cost": 4}


def test_rows_follow_their_repeat_and_a_repeat_that_is_gone_is_told_row_by_row() -> None:
    truck = Repeat("truck", "/f/truck", "车辆")
    new = form(question("plate", label="号牌", scope="truck"), repeats=(truck,))
    kept, notes = moved({"vehicle": DRAFT["vehicle"]}, OLD, new)
    assert kept == {"truck": [{"plate": "闽A12345"}, {"plate": "闽A54321"}]}
    assert notes == (Note("lost", "轴数", "3", "车辆 第1行"),)
    kept, notes = moved({"vehicle": DRAFT["vehicle"]}, OLD, form(question("name")))
    assert kept == {}
    assert [(n.text, n.where) for n in notes] == [
        ("闽A12345", "车辆 第1行"),
        ("3", "车辆 第1行"),
        ("闽A54321", "车辆 第2行"),
    ]


def test_what_must_be_answered_anew_is_told() -> None:
    new = form(*OLD.questions, question("code", label="信用代码", required=True), repeats=OLD.repeats)
    assert moved(DRAFT, OLD, new)[1] == (Note("new", "信用代码"),)


def test_what_was_typed_and_is_no_number_stays_as_it_stands() -> None:
    assert moved({"staff": "十二"}, OLD, OLD)[0] == {"staff": "十二"}


SOME = st.lists(st.sampled_from(OLD.questions[:5]), unique=True)


@settings(max_examples=200)
@given(SOME, st.lists(st.sampled_from(list(KINDS)), unique=True))
def test_no_answer_vanishes_without_a_note(questions: list[Question], kinds: list[Choice]) -> None:
    """Whatever the new edition holds: each old answer is in the draft or in a note, and the old draft is untouched."""
    new = form(*(question("kinds", "select_multiple", "车型", choices=tuple(kinds)) if q.key == "kinds" else q
                 for q in questions))  # fmt: skip
    before = {**DRAFT, "vehicle": [dict(row) for row in DRAFT["vehicle"]]}  # type: ignore[attr-defined]
    kept, notes = moved(DRAFT, OLD, new)
    assert before == DRAFT
    told = " ".join(note.text for note in notes)
    labels = {choice.name: choice.label for choice in KINDS}
    for key, word in {"name": "示例运输公司", "staff": "12", "cost": "3.5", "open": "是"}.items():
        assert key in kept or word in told
    for one in DRAFT["kinds"]:  # type: ignore[attr-defined]
        assert one in kept.get("kinds", []) or labels[one] in told
    assert "闽A12345" in told
