"""The built front end as the server gives it."""

import re

import pytest
from django.test import Client

from dajian.service.public.templatetags.dajian import frontend


@pytest.mark.parametrize("kind", ["css", "js"])
def test_a_hashed_file_comes_compressed_and_is_asked_for_once(kind):
    (address,) = re.findall(rf'"(/static/build/assets/[^"]+\.{kind})"', frontend())
    answer = Client().get(address, HTTP_ACCEPT_ENCODING="gzip")
    assert answer.status_code == 200
    assert answer["Content-Encoding"] == "gzip"
    assert "immutable" in answer["Cache-Control"]
    assert len(b"".join(answer)) < 45_000


def test_the_script_never_needs_a_looser_security_policy(settings):
    policy = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]["script-src"]
    assert "'unsafe-eval'" not in policy
    assert "'unsafe-inline'" not in policy
