"""The plain page keeps what it does not show."""

from __future__ import annotations

from dajian.service.survey.entry_form import with_pictures
from tests.provinces.answers import form_of

BEFORE = {"site_photo": "a.jpg", "unit_name": "旧名", "photo": [{"visit_photo": "b.jpg"}, {"visit_photo": "c.jpg"}]}


def test_pictures_of_the_draft_stay_when_the_page_without_them_is_saved() -> None:
    kept = with_pictures(form_of("project"), BEFORE, {"unit_name": "新名"})
    assert kept == {"site_photo": "a.jpg", "unit_name": "新名", "photo": BEFORE["photo"]}


def test_pictures_in_rows_stay_with_their_rows() -> None:
    before = {"product": [{"product_name": "甲", "drawing": "d.png"}, {"product_name": "乙"}]}
    posted = {"product": [{"product_name": "甲改"}, {"product_name": "乙"}, {"product_name": "丙"}]}
    kept = with_pictures(form_of("manufacturer"), before, posted)
    assert kept["product"] == [
        {"product_name": "甲改", "drawing": "d.png"},
        {"product_name": "乙"},
        {"product_name": "丙"},
    ]
