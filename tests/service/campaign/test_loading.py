"""A new installation: the province's folder and the first administrator, by two commands."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from dajian.service.campaign.models import Campaign
from dajian.service.organisations.models import Account, Membership


def run(*words: str) -> str:
    out = StringIO()
    call_command(*words, stdout=out)
    return out.getvalue()


def test_an_empty_database_becomes_a_province_with_its_first_administrator(db: None, client) -> None:
    told = run("load_province")
    assert "95 个区域" in told
    assert Campaign.unscoped.get().state == "draft"
    link = run("first_admin", "security", "谢安全", "省交通运输厅").partition("/slip/")[2].split()[0]
    assert client.get(f"/slip/{link}").status_code == 200
    given = {"new": "a sentence to keep", "again": "a sentence to keep"}
    assert client.post(f"/slip/{link}", given).status_code == 302
    assert client.post("/login", {"username": "security", "password": "a sentence to keep"}).status_code == 302
    assert client.get("/bodies").status_code == 200


def test_both_commands_may_be_run_again(db: None) -> None:
    run("load_province")
    run("first_admin", "security", "谢安全", "省交通运输厅")
    assert "已建立" not in run("load_province")
    assert Campaign.unscoped.count() == 1
    with pytest.raises(CommandError, match="已有安全管理员"):
        run("first_admin", "another", "谢安康", "省交通运输厅")
    assert Membership.unscoped.count() == Account.unscoped.count() == 1


def test_an_unknown_body_is_told(db: None) -> None:
    with pytest.raises(CommandError, match="load_province"):
        run("first_admin", "security", "谢安全", "省交通运输厅")
