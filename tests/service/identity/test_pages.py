"""Issue 5, done when 1: one code in two roles is one page; a project has its own, with its owner."""

from __future__ import annotations

import pytest

from dajian.demo.numbers import credit_code
from dajian.service.identity.models import Search, Twin
from dajian.service.jobs.models import Job
from dajian.service.organisations.models import Organisation
from dajian.service.registry.actions import Approved, enter
from dajian.service.registry.models import RegistryEntry, Subject
from dajian.service.survey.actions import units
from tests.service.survey.chain import Chain
from tests.service.world import World


def listed(world: World, number: int, name: str, code: str, who: str = "lianjiang1", area: str = "350122"):
    facts = {"issuer": "示例发改委", "level": "city", "year": 2019, "number": "1号"} if number == 2 else {}
    return units.add_unit(
        world.actor(who),
        world.item(number).pk,
        name=name,
        code=code,
        area_code=area,
        source="走访",
        at=world.now,
        **facts,
    )


def text_of(world: World, who: str, address: str) -> str:
    answer = world.client(who).get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def test_one_code_in_two_roles_is_one_page(world: World) -> None:
    carrier, record = Chain(world).unit("lianjiang1", 0)
    maker = listed(world, 1, "另一个写法", record["unit_credit_code"])
    firm = carrier.subject.organisation_id
    assert maker.subject.organisation_id == firm
    page = text_of(world, "fz1", f"/firms/{firm}")
    for unit in (carrier, maker):
        assert f'href="/units/{unit.pk}"' in page
    assert "大件运输企业" in page
    assert "装备制造企业" in page
    assert f"/firms/{firm}" in text_of(world, "fz1", f"/units/{carrier.pk}")


def test_each_viewer_sees_of_a_firm_what_he_sees_elsewhere(world: World) -> None:
    carrier, record = Chain(world).unit("lianjiang1", 0)
    maker = listed(world, 1, "同一家", record["unit_credit_code"])
    address = f"/firms/{carrier.subject.organisation_id}"
    page = text_of(world, "ljtransport1", address)  # items 4 and 5 alone
    assert f'href="/units/{carrier.pk}"' in page
    assert f'href="/units/{maker.pk}"' not in page
    for stranger in ("qz1", "jinjiang1", "gonglu1", "audit1", "security1"):
        assert world.client(stranger).get(address).status_code == 404


def approve_as_project(world: World, subject: Subject, **values: str) -> RegistryEntry:
    item = world.item(2)
    form = item.questionnaire.versions.get()
    row = Approved(
        subject.pk, item.pk, subject.area_id, subject.area.path, subject.name, subject.code, values, form.pk, 0, 1
    )
    enter(item, [row], world.actor("fz2"), at=world.now)
    return RegistryEntry.unscoped.get(subject=subject)


def test_a_project_names_its_owner_and_the_owner_its_projects(world: World) -> None:
    carrier, record = Chain(world).unit("lianjiang1", 0)
    unit = listed(world, 2, "示例风电场一期", "2018-350122-44-02-000123")
    entry = approve_as_project(
        world, unit.subject, unit_name=record["unit_name"], unit_credit_code=record["unit_credit_code"]
    )
    project, firm = f"/projects/{unit.subject_id}", f"/firms/{carrier.subject.organisation_id}"
    assert f'href="{firm}"' in text_of(world, "fz1", project)
    assert f'href="{project}"' in text_of(world, "fz1", firm)
    assert f'href="{project}"' in text_of(world, "fz1", f"/registry/entries/{entry.pk}")
    assert Organisation.unscoped.filter(credit_code=record["unit_credit_code"]).count() == 1


def test_an_owner_without_any_role_has_a_page_too(world: World) -> None:
    unit = listed(world, 2, "示例风电场一期", "2018-350122-44-02-000123")
    code = credit_code("350122", 77)
    approve_as_project(world, unit.subject, unit_name="示例连江风电开发有限公司", unit_credit_code=code)
    owner = Organisation.unscoped.get(credit_code=code)
    assert "示例风电场一期" in text_of(world, "lianjiang1", f"/firms/{owner.pk}")
    assert world.client("qz1").get(f"/firms/{owner.pk}").status_code == 404


def test_names_and_addresses_are_dated(world: World) -> None:
    from tests.service.registry.conftest import approve

    Chain(world).checked("lianjiang1", 0, by="fz1")
    approve(world, "fz2", "350100")
    entry = RegistryEntry.unscoped.select_related("subject").get()
    address = entry.versions.get().values["unit_address"]
    assert address in text_of(world, "fz1", f"/firms/{entry.subject.organisation_id}")


def test_the_list_of_pairs_and_a_search_are_the_provinces_and_the_citys_what_it_sees(world: World) -> None:
    Chain(world).unit("lianjiang1", 0)
    name = Chain(world).unit("lianjiang1", 0)[0].subject.name
    listed(world, 4, name.replace("有限公司", "有限责任公司"), "")
    twin = Twin.unscoped.get()
    for viewer in ("zhengfa1", "fz1"):
        assert f'href="/twins/{twin.pk}"' in text_of(world, viewer, "/twins")
        assert "有限公司与有限责任公司" in text_of(world, viewer, f"/twins/{twin.pk}")
    assert f"/twins/{twin.pk}" not in text_of(world, "qz1", "/twins")
    assert world.client("fz1").post(f"/campaigns/{world.campaign.pk}/twins").status_code == 403
    for _ in range(2):
        assert world.client("zhengfa1").post(f"/campaigns/{world.campaign.pk}/twins").status_code == 302
    assert (Search.unscoped.count(), Job.unscoped.filter(kind="identity.search").count()) == (1, 1)


@pytest.mark.parametrize("rows", [1, 3])
def test_the_pages_ask_as_many_queries_for_three_as_for_one(world: World, django_assert_max_num_queries, rows) -> None:
    for n in range(rows):
        listed(world, 4, f"连江{'甲乙丙'[n]}达运输有限公司", "")
        listed(world, 4, f"连江{'甲乙丙'[n]}达运输有限责任公司", "")
    assert Twin.unscoped.count() == rows
    client = world.client("zhengfa1")
    client.get("/twins")
    with django_assert_max_num_queries(10):
        client.get("/twins")
