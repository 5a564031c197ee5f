"""Answers that are not typed: positions, photos, and what the form itself begins a row with."""

from __future__ import annotations

import os
import struct
import zlib

import pytest
from playwright.sync_api import FilePayload, Geolocation, Locator, Page, expect

from dajian.service.campaign.models import Item, QuestionnaireVersion
from dajian.service.files.actions import path_of
from dajian.service.survey.models import Submission
from tests.browser import runner
from tests.running.seeing import screen_faults
from tests.service.world import World

pytestmark = pytest.mark.browser
HERE = Geolocation(latitude=26.0745, longitude=119.2965, accuracy=12)
STEPS = ["登记", "初审", "技术审查"]


@pytest.fixture
def submission(world: World) -> Submission:
    return runner.begun(world)[0]


@pytest.fixture
def phone(world: World, page_at, submission: Submission) -> Page:
    page = runner.opened(page_at(390, world.account("lianjiang1")), submission)
    runner.show_all(page)
    return page


def test_a_position_is_taken_from_the_device_with_its_accuracy_or_typed(
    world: World, phone: Page, submission: Submission, contact
) -> None:
    phone.context.grant_permissions(["geolocation"])
    phone.context.set_geolocation(HERE)
    place = runner.question(phone, "unit_location")
    place.get_by_role("button", name="取当前位置").click()
    expect(place.locator("input")).to_have_value("26.0745, 119.2965")
    expect(place).to_contain_text("误差约 12 米")
    place.scroll_into_view_if_needed()
    contact.take(phone, "runner-position", full=False)
    runner.saved(phone)
    submission.refresh_from_db()
    assert [float(part) for part in (submission.draft or {})["unit_location"].split()] == [26.0745, 119.2965, 0, 12]
    phone.context.set_geolocation(Geolocation(latitude=26.0745, longitude=119.2965, accuracy=900))
    place.get_by_role("button", name="取当前位置").click()
    expect(place).to_contain_text("误差约 900 米，偏大")
    place.locator("input").fill("26.1，119.5")
    expect(place).not_to_contain_text("误差")
    place.locator("input").fill("119.5, 26.1")
    expect(place).to_contain_text("请填纬度和经度")


def test_where_the_device_gives_no_position_it_is_said_how_to_go_on(phone: Page) -> None:
    place = runner.question(phone, "unit_location")
    place.get_by_role("button", name="取当前位置").click()
    expect(place.get_by_role("alert")).to_contain_text("没有得到使用位置的许可。请直接填写纬度、经度")


def photos_of(page: Page) -> Locator:
    runner.show_all(page)
    runner.question(page, "eligible").locator('input[value="yes"]').check()
    runner.show_all(page)
    photos = page.locator('[data-repeat="photo"]')
    photos.locator(".add-row").click()
    return photos


def noise(width: int, height: int) -> FilePayload:
    """A PNG that cannot be packed: as many bytes as it has colours."""
    rows = b"".join(b"\0" + os.urandom(3 * width) for _ in range(height))
    chunks = [
        (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)),
        (b"IDAT", zlib.compress(rows, 0)),
        (b"IEND", b""),
    ]
    body = b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in chunks
    )
    return {"name": "yard.png", "mimeType": "image/png", "buffer": b"\x89PNG\r\n\x1a\n" + body}


def test_a_photo_of_20_megabytes_arrives_small_and_what_is_no_photo_is_told(
    world: World, phone: Page, submission: Submission
) -> None:
    photos = photos_of(phone)
    photos.locator("input[type=file]").set_input_files(
        {"name": "note.jpg", "mimeType": "image/jpeg", "buffer": b"not a picture"}
    )
    expect(photos.get_by_role("alert")).to_contain_text("“note.jpg”不是可以打开的图片，请选择 JPEG 或 PNG 照片。")
    large = noise(2800, 2500)
    assert len(large["buffer"]) > 20 * 2**20
    photos.locator("input[type=file]").set_input_files(large)
    expect(photos.locator("img")).to_be_visible()
    expect(photos.get_by_role("alert")).to_have_count(0)
    runner.saved(phone)
    [kept] = submission.photos.all()
    assert kept.file.size < 3 * 2**20
    assert path_of(kept.file).read_bytes().startswith(b"\xff\xd8\xff")
    assert photos.locator("img").evaluate("img => Math.max(img.naturalWidth, img.naturalHeight)") == 1600


def test_a_photo_for_which_there_is_no_room_is_not_taken_and_said_so(
    world: World, page_at, submission: Submission, live_server
) -> None:
    page = page_at(390, world.account("lianjiang1"))
    devtools = page.context.new_cdp_session(page)
    devtools.send("Storage.overrideQuotaForOrigin", {"origin": live_server.url, "quotaSize": 1})
    runner.opened(page, submission)
    photos = photos_of(page)
    photos.locator("input[type=file]").set_input_files(runner.picture())
    expect(page.get_by_text("本机存储空间已满")).to_be_visible()
    expect(photos.locator("img")).to_have_count(0)
    assert screen_faults(page) == []
    devtools.send("Storage.overrideQuotaForOrigin", {"origin": live_server.url})
    photos.locator("input[type=file]").set_input_files(runner.picture())
    expect(photos.locator("img")).to_be_visible()
    expect(page.get_by_text("本机存储空间已满")).to_have_count(0)
    runner.saved(page)
    assert submission.photos.count() == 1


def test_every_row_begins_with_the_forms_own_words_the_first_too(world: World, page_at) -> None:
    submission, _ = runner.begun(world)
    edition = QuestionnaireVersion.unscoped.filter(questionnaire__key="permit_office").latest("n")
    Item.unscoped.filter(pk=submission.unit.item_id).update(questionnaire=edition.questionnaire)
    Submission.unscoped.filter(pk=submission.pk).update(draft={}, draft_version=edition)
    page = runner.opened(page_at(1280, world.account("lianjiang1")), submission)
    runner.show_all(page)
    runner.question(page, "eligible").locator('input[value="yes"]').check()
    steps = page.locator('[data-repeat="step"]')
    names = steps.locator('[data-question="step_name"] input')
    expect(names).to_have_count(1)
    for _ in STEPS[1:]:
        steps.locator(".add-row").click()
    for n, name in enumerate(STEPS):
        expect(names.nth(n)).to_have_value(name)
    runner.saved(page)
    page.reload()
    expect(page.locator(".send-bar")).to_be_visible()
    runner.show_all(page)
    for n, name in enumerate(STEPS):
        expect(names.nth(n)).to_have_value(name)
    submission.refresh_from_db()
    assert [row["step_name"] for row in (submission.draft or {})["step"]] == STEPS
