"""Rules as data: versions by date, faulty files by their key, a page of explanation for every rule."""

from __future__ import annotations

import re
import string
from datetime import date

import pytest

from dajian.engine.findings import Unusable, sentences
from dajian.engine.policy import policy
from dajian.engine.regulation import HERE, readings, rulebook
from dajian.engine.rules import explanation, read_instrument, read_rulebook

FILE = """
[instrument]
name = "试验办法"
short = "试验"
number = "试验第1号"

[height]
title = "高度"
article = "3"
unit = "m"
exceeds = "gt"
[[height.version]]
from = 2020-01-01
value = 4.0
text = "不超过4米"
confidence = "H"
seen = "试验"
[[height.version]]
from = 2025-07-01
value = 4.2
article = "5"
text = "不超过4.2米"
confidence = "M"
seen = "试验"
[[height.version]]
from = 2030-01-01
repealed = true
text = "由新办法代替"
"""


def _book(tmp_path, text=FILE):
    file = tmp_path / "trial.toml"
    file.write_text(text, "utf-8")
    return read_rulebook([file])


@pytest.mark.parametrize(
    ("day", "value", "article"),
    [
        (date(2020, 1, 1), 4.0, "3"),
        (date(2025, 6, 30), 4.0, "3"),
        (date(2025, 7, 1), 4.2, "5"),
        (date(2029, 12, 31), 4.2, "5"),
    ],
)
def test_the_version_of_the_day_holds_with_its_own_article(tmp_path, day, value, article):
    limit = _book(tmp_path).on(day)["height"]
    assert (limit.value, limit.article) == (value, article)


@pytest.mark.parametrize("day", [date(2019, 12, 31), date(2030, 1, 1)])
def test_before_the_first_version_and_after_repeal_there_is_no_rule(tmp_path, day):
    law = _book(tmp_path).on(day)
    assert law.get("height") is None
    with pytest.raises(Unusable, match="height"):
        law["height"]


def test_versions_may_stand_in_any_order_and_in_further_files(tmp_path):
    draft = tmp_path / "draft.toml"
    draft.write_text(
        '[height]\n[[height.version]]\nfrom = 2022-01-01\nvalue = 4.1\nconfidence = "L"\nseen = "征求意见稿"\n', "utf-8"
    )
    book = _book(tmp_path).extended([draft])
    values = [book.on(date(year, 2, 1))["height"].value for year in (2021, 2022, 2026)]
    assert values == [4.0, 4.1, 4.2]
    assert book.rules["height"].title == "高度"


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (lambda text: text.replace('seen = "试验"\n', "", 1), "seen"),
        (lambda text: text.replace("value = 4.0\n", ""), "value"),
        (lambda text: text.replace("from = 2020-01-01\n", ""), "from"),
        (lambda text: text.replace('confidence = "M"', 'confidence = "X"'), "confidence"),
        (lambda text: text + "[[", "trial.toml"),
    ],
)
def test_a_faulty_rule_file_is_refused_by_table_and_key(tmp_path, spoil, told):
    with pytest.raises(Unusable, match=told):
        _book(tmp_path, spoil(FILE))


@pytest.mark.parametrize("rule", rulebook().rules.values(), ids=lambda rule: rule.name)
def test_every_rule_has_a_page_made_from_its_entry(rule):
    page = explanation(rule)
    assert page.startswith(f"# {rule.title}")
    assert rule.instrument.name in page
    for version in rule.versions:
        assert str(version.holds_from) in page
        assert version.seen in page
        assert version.text
        assert f"第{version.article}条" in page


def test_the_page_tells_repeal_and_the_bounds(tmp_path):
    page = explanation(_book(tmp_path).rules["height"])
    assert "2030-01-01：废止" in page
    assert "恰好等于不算" in page
    assert "至 2025-07-01 前" in page


@pytest.mark.parametrize("name", ["order62", "gb1589", "permit_law", "registration"])
def test_every_version_says_where_it_was_read(name):
    for rule in read_instrument(HERE / f"{name}.toml").values():
        assert rule.versions
        assert all(version.seen and version.confidence in "HML" for version in rule.versions)


def test_policy_is_apart_from_law_and_says_who_decided():
    import tomllib

    entries = tomllib.loads((HERE / "policy.toml").read_text("utf-8"))
    assert all({"title", "default", "decided_by"} <= entry.keys() for entry in entries.values())
    assert not entries.keys() & rulebook().rules.keys()


def test_what_a_body_decided_goes_before_the_default(tmp_path):
    file = tmp_path / "policy.toml"
    file.write_text('[reading]\ntitle = "t"\ndefault = "a"\ndecided = "b"\ndecided_by = "某局 2026-01-01"\n', "utf-8")
    assert policy(file) == {"reading": "b"}
    assert readings()["unknown_tyres"] == "single"


def _fields(sentence):
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name}


@pytest.mark.parametrize("code", sentences())
def test_every_sentence_stands_in_both_languages_with_the_same_figures(code):
    entry = sentences()[code]
    assert re.search("[\u4e00-\u9fff]", entry["zh"])
    assert not re.search("[\u4e00-\u9fff]", entry["en"])
    assert _fields(entry["en"]) <= _fields(entry["zh"])
    assert ("change_zh" in entry) == ("change_en" in entry)
