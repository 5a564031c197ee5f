"""What a visitor is told when something cannot be had or done."""

import pytest
from django.template.loader import get_template, render_to_string
from django.test import RequestFactory

from dajian.service.workflow.web import not_found


def test_a_page_that_is_not_found_says_the_same_bytes_to_everyone():
    requests = RequestFactory()
    first = not_found(requests.get("/units/1"))
    second = not_found(requests.post("/reports/99999/approve", {"version": 3}, HTTP_COOKIE="dajian_session=x"))
    assert (first.status_code, second.status_code) == (404, 404)
    assert first.content == second.content
    assert first.headers == second.headers


def test_a_page_that_is_not_found_carries_nothing_of_the_request():
    text = not_found(RequestFactory().get("/units/4711")).content.decode()
    assert "4711" not in text
    assert "csrf" not in text.lower()
    assert "nonce" not in text.lower()


@pytest.mark.parametrize("name", ["403", "404", "409", "422", "429", "500"])
def test_every_error_page_has_one_heading_and_a_way_on_without_a_request(name):
    html = get_template(f"{name}.html").render({})
    assert html.count("<h1>") == html.count("<main") == 1
    assert 'href="/"' in html


def test_a_refusal_lists_every_reason_at_once():
    html = render_to_string("422.html", {"reasons": ("还缺护送方案。", "还缺轮廓图。")})
    assert html.count("<li>") == 2
    assert "还缺轮廓图。" in html


def test_the_loser_of_a_collision_is_told_who_was_first_and_that_his_text_is_kept():
    told = {"told": "泉州市交通运输局王丽娟已于 05-19 10:32 退回。"}
    html = render_to_string("409.html", told | {"draft": {"texts": {"reason": "缺号牌<b>"}}})
    assert "王丽娟已于 05-19 10:32 退回" in html
    assert "您填写的内容已保存" in html
    assert "缺号牌&lt;b&gt;" in html
    assert "已保存" not in render_to_string("409.html", told)


def test_what_is_told_is_escaped():
    assert "<script>alert" not in render_to_string("403.html", {"told": "<script>alert(1)</script>"})
