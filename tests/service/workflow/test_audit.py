"""The audit administrator reads the event log, and nobody else."""

from __future__ import annotations

from tests.service.survey.chain import Chain
from tests.service.world import World


def test_the_audit_administrator_reads_who_did_what_and_finds_it_by_person_action_and_day(world: World) -> None:
    Chain(world).checked()
    client = world.client("audit1")
    assert "/audit" in client.get("/").content.decode()
    page = client.get("/audit").content.decode()
    for words in ("核查通过", "福州市交通运输局", "报出"):
        assert words in page
    found = client.get("/audit", {"action": "check"}).content.decode()
    assert "连江县交通运输局</td>" not in found
    assert "没有符合条件的记录" in client.get("/audit", {"who": "查无此人"}).content.decode()
    assert "没有符合条件的记录" in client.get("/audit", {"day": "1999-01-01"}).content.decode()
    assert client.get("/audit", {"day": "2019-99-99", "page": "²", "action": "x"}).status_code == 200


def test_to_everybody_else_the_log_is_empty(world: World) -> None:
    Chain(world).checked()
    for who in ("fz1", "yunguan1", "zhengfa1"):
        assert "没有符合条件的记录" in world.client(who).get("/audit").content.decode()
