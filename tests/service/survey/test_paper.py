"""Questionnaires on paper: every question stands on it, every answer is ticked or written, the edition is named."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import pytest

from dajian.demo.carriers import make
from dajian.documents.questionnaire import Paper, pdf, pictures
from dajian.forms.present import Reader, asked
from dajian.service.survey.paper import Printing, paper
from tests.provinces.answers import REQUIRED_ALONE, computed, form_of

READER = Reader(2018, 2019)
PRINTING = Printing("大件运输许可服务大走访活动 · 2018 年度", "a1" * 32, ("0591-87078376", "0591-87078377"))
KEYS = sorted(REQUIRED_ALONE)


def labels(made: Paper) -> list[str]:
    return [
        label
        for part in made.parts
        for label in [b.label for b in part.blanks] + [head for grid in part.grids for head, _ in grid.heads]
    ]


@pytest.mark.parametrize("key", KEYS)
def test_a_blank_one_asks_every_question_once(key: str) -> None:
    form = form_of(key)
    shown = [READER.label(q.label) for scope in ("", *(r.key for r in form.repeats)) for q in asked(form, scope)]
    assert sorted(labels(paper(form, READER, PRINTING))) == sorted(shown)


@pytest.mark.parametrize("key", KEYS)
def test_it_needs_at_most_four_pages(key: str) -> None:
    assert len(pictures(paper(form_of(key), READER, PRINTING), ppi=30)) <= 4


@pytest.mark.parametrize("key", KEYS)
def test_a_filled_one_shows_every_answer(key: str) -> None:
    form, record = form_of(key), computed(key, REQUIRED_ALONE[key])
    made = paper(form, READER, PRINTING, record)
    text = "\n".join(
        [b.value for p in made.parts for b in p.blanks]
        + [label for p in made.parts for b in p.blanks for label, ticked in b.boxes if ticked]
        + [cell for p in made.parts for g in p.grids for row in g.rows for cell in row]
    )
    for scope in ("", *(r.key for r in form.repeats)):
        for question in asked(form, scope):
            for row in [record] if not scope else record.get(scope, []):
                for word in READER.text(question, row.get(question.key)).split("、"):
                    assert word in text, (question.key, word)


def test_ticks_say_what_was_chosen_and_nothing_else() -> None:
    record = make(7, 1, "350122", on=date(2019, 4, 22))[0]
    made = paper(form_of("carrier"), READER, PRINTING, record)
    eligible = next(b for p in made.parts for b in p.blanks if b.label == "是否属于本次调查对象")
    assert eligible.boxes == (("是", True), ("否", False))


def test_years_phones_and_minutes_stand_on_the_blank_one_and_the_edition_in_its_foot() -> None:
    made = paper(form_of("carrier"), READER, PRINTING)
    words = "".join(made.instructions)
    assert "0591-87078376、0591-87078377" in words
    assert "分钟" in words
    assert "2018年运输收入合计（万元）" in labels(made)
    assert "{Y" not in str(made)
    assert "a1" * 32 in made.mark


def test_a_filled_one_holds_no_instructions_and_no_empty_repeat() -> None:
    made = paper(form_of("carrier"), READER, PRINTING, REQUIRED_ALONE["carrier"])
    assert made.instructions == ()
    assert {grid.label for part in made.parts for grid in part.grids} == {"大件运输车辆", "主要运输线路"}


def test_pages_come_as_pdf_of_a4() -> None:
    data = pdf(paper(form_of("carrier"), READER, PRINTING))
    assert BytesIO(data).read(5) == b"%PDF-"
    assert len(data) < 400_000
