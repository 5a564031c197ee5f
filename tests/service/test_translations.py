"""The English texts are whole, fresh, and say what the Chinese ones say about their variables."""

from __future__ import annotations

import re

import pytest

from dajian.service import translations

PLACEHOLDER = re.compile(r"%\((\w+)\)s|\{(\w+)\}")
HAN = re.compile(r"[\u3400-\u9fff]")


def told() -> list[tuple[str, list[str]]]:
    """(Chinese, its English texts: one, or that of one and that of many)."""
    found = [(m.id, m.string) for m in translations.catalog() if m.id]
    return [
        (
            chinese if isinstance(chinese, str) else chinese[0],
            [english] if isinstance(english, str) else list(english or ()),
        )
        for chinese, english in found
    ]


def test_the_po_holds_what_the_source_holds() -> None:
    """When this fails: `python -m dajian.service.translations`, then give the new texts their English."""
    kept = {m.id for m in translations.catalog() if m.id}
    source = translations.extracted()
    assert {"new": sorted(map(str, source - kept)), "gone": sorted(map(str, kept - source))} == {"new": [], "gone": []}


def test_every_text_has_an_english_one() -> None:
    assert translations.lacking(translations.catalog()) == []


def test_english_has_no_variables_but_those_of_the_chinese() -> None:
    differing = [
        (chinese, english)
        for chinese, texts in told()
        for english in texts
        if not set(PLACEHOLDER.findall(english)) <= set(PLACEHOLDER.findall(chinese))
    ]
    assert differing == []


def test_no_english_text_holds_chinese_characters() -> None:
    assert [english for _, texts in told() for english in texts if HAN.search(english)] == []


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ('{% translate "单位" %}', {"单位"}),
        ("<p>\n  {% blocktranslate with n=x|length %}共 {{ n }} 家{% endblocktranslate %}\n</p>", {"共 %(n)s 家"}),
        ('{% include "a.html" with sentence=_("没有消息。") %}', {"没有消息。"}),
        ('{{ remark|default:_("无") }}', {"无"}),
        (
            "{% blocktranslate count n=x %}{{ n }} 份{% plural %}{{ n }} 份{% endblocktranslate %}",
            {("%(n)s 份", "%(n)s 份")},
        ),
        ("{# 说明 #}<p>{{ name }}</p>", set()),
    ],
)
def test_texts_are_found_in_templates(source: str, expected: set) -> None:
    assert set(translations.of_template(source)) == expected
