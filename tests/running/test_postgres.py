"""The suite's own PostgreSQL."""

from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import psycopg
import pytest

from tests.running import postgres


def folder(server):
    return Path(parse_qs(urlsplit(server.url).query)["host"][0])


def test_a_server_of_our_own_speaks_chinese_and_leaves_nothing_behind():
    with postgres.running() as server:
        home = folder(server)
        with psycopg.connect(host=str(home), user="dajian", dbname="dajian") as connection:
            told = connection.execute("SELECT current_setting('server_encoding'), upper('大件 a')").fetchone()
        assert told == ("UTF8", "大件 A")
        assert server.version[0].isdigit()
    assert not home.exists()


def test_a_server_is_stopped_and_removed_when_its_user_fails():
    kept = []

    def use():
        with postgres.running() as server:
            kept.append(folder(server))
            raise LookupError

    with pytest.raises(LookupError):
        use()
    assert not kept[0].exists()
