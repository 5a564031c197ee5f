"""Chinese unless the visitor chose English himself."""

from __future__ import annotations

from django.conf import settings
from django.test import Client

from dajian.service.language import recorded
from tests.service.world import World


def english() -> Client:
    client = Client()
    client.post("/language", {"language": "en", "next": "/login"})
    return client


def test_a_browser_that_prefers_english_gets_chinese(world: World) -> None:
    html = Client(HTTP_ACCEPT_LANGUAGE="en").get("/login").content.decode()
    assert '<html lang="zh-Hans">' in html
    assert "登录" in html


def test_who_chose_english_gets_it_on_every_page_and_chinese_again_when_he_likes(world: World) -> None:
    client = english()
    html = client.get("/login").content.decode()
    assert '<html lang="en">' in html
    assert "Skip to content" in html
    client.post("/language", {"language": "zh-hans", "next": "/login"})
    assert '<html lang="zh-Hans">' in client.get("/login").content.decode()


def test_the_choice_leads_back_to_the_page_and_nowhere_else(world: World) -> None:
    asked = {"language": "en", "next": "/login?next=/inbox"}
    assert Client().post("/language", asked).headers["Location"] == "/login?next=/inbox"
    away = Client().post("/language", {"language": "en", "next": "https://elsewhere.example/"})
    assert away.headers["Location"] == "/"


def test_a_language_that_is_not_spoken_is_not_taken(world: World) -> None:
    client = Client()
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "de"
    assert '<html lang="zh-Hans">' in client.get("/login").content.decode()


def test_the_foot_offers_the_other_language_in_its_own_name(world: World) -> None:
    assert 'value="en" lang="en">English</button>' in Client().get("/login").content.decode()
    assert 'value="zh-hans" lang="zh-hans">中文</button>' in english().get("/login").content.decode()


def test_one_visitors_language_is_not_the_next_ones(world: World) -> None:
    english().get("/login")
    assert '<html lang="zh-Hans">' in Client().get("/login").content.decode()


def test_what_is_recorded_is_chinese_whoever_writes() -> None:
    from django.utils import translation
    from django.utils.translation import gettext

    with translation.override("en"), recorded():
        assert gettext("收件箱") == "收件箱"
