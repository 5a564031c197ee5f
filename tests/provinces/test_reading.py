"""What a reading page and the plain page to type in show of what is computed: totals under their heading, no helper."""

import pytest

from dajian.forms.present import Reader, sections
from dajian.service.survey.entry_form import Field, Rows, computed, parts
from tests.provinces.answers import ON, REQUIRED_ALONE, form_of
from tests.provinces.answers import computed as answers_of
from tests.provinces.books import KEYS, questions
from tests.provinces.fields import fields

READER = Reader(2018, 2019)


def totals(form):
    """{name: label} of what is computed outside of repeats and shown."""
    return {
        name: READER.label(questions(form)[name].row["label"])
        for name, (_, mark, repeat) in fields(form).items()
        if mark == "=" and not repeat and name != "coverage_pct"
    }


def helpers(form):
    return {name for name, (row, _, _) in questions(form).items() if row["type"] == "calculate"}


@pytest.mark.parametrize("form", KEYS)
def test_a_record_is_read_with_its_totals_under_their_heading_and_without_helpers(form):
    read = sections(form_of(form), answers_of(form, REQUIRED_ALONE[form]), READER)
    shown = {line.key: (section.title, line.label) for section in read for line in section.lines}
    for name, label in totals(form).items():
        title, told = shown[name]
        assert told == label
        assert title.split(" · ")[-1] == READER.label(questions(form)[name].labels[-1])
    assert not helpers(form) & set(shown)


@pytest.mark.parametrize("form", KEYS)
def test_the_plain_page_shows_what_is_computed_as_values_and_no_helper(form):
    loaded, draft = form_of(form), REQUIRED_ALONE[form]
    page = parts(loaded, computed(loaded, draft, on=ON), READER)
    fields_shown = {f.name: f for part in page for f in part.entries if isinstance(f, Field)}
    for name in totals(form):
        field = fields_shown[f"q-{name}"]
        assert (field.widget, field.value) == ("shown", answers_of(form, draft)[name])
    assert not {f"q-{name}" for name in helpers(form)} & set(fields_shown)


def test_rows_of_the_plain_page_show_their_own_classes():
    loaded = form_of("manufacturer")
    page = parts(loaded, computed(loaded, REQUIRED_ALONE["manufacturer"], on=ON), READER)
    (row,) = next(e.rows for part in page for e in part.entries if isinstance(e, Rows) and e.key == "product")
    values = {field.name.rpartition("-")[2]: field.value for field in row if field.widget == "shown"}
    assert values == {"mass_band": "100–200吨", "size_band": "宽3.75–5米，长20米以内", "least_class": "三类"}


@pytest.mark.parametrize("form", KEYS)
def test_a_draft_is_shown_as_it_was_typed_whatever_is_wrong_with_it(form):
    draft = {"unit_name": "厂", "eligible": "nosuch", "unit_area": 7}
    assert {key: value for key, value in computed(form_of(form), draft, on=ON).items() if key in draft} == draft
