"""Tabler is built in part only: a class that no style sheet knows is a slip, or a part that is still to be taken."""

import re

import pytest
from django.conf import settings

TEMPLATES = sorted(settings.PACKAGE.rglob("templates/**/*.html"))
TAG = re.compile(r"{[{%#].*?[}%#]}", re.DOTALL)


@pytest.fixture(scope="module")
def known():
    sheets = (settings.PACKAGE / "static" / "build" / "assets").glob("*.css")
    return set(re.findall(r"\.(-?[A-Za-z_][\w-]*)", " ".join(sheet.read_text(encoding="utf-8") for sheet in sheets)))


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_every_class_of_a_template_has_a_style(template, known):
    html = TAG.sub(" ", template.read_text(encoding="utf-8"))
    used = {name for classes in re.findall(r'class="([^"]*)"', html) for name in classes.split()}
    whole = {name for name in used if not name.endswith("-")}  # tone-{{ … }} is filled in by the template
    assert whole - known == set()
