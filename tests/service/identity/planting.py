"""Planted units as rows: listed, answered, approved, as the chain would have left them, without its minutes."""

from __future__ import annotations

import zipfile
from io import BytesIO

from dajian.demo.twins import Entered, Planted
from dajian.service.campaign.models import Item
from dajian.service.campaign.questionnaires import newest_version
from dajian.service.files.actions import open_file
from dajian.service.jobs.worker import run_pending
from dajian.service.organisations.models import Area, Organisation, OrganisationCode, OrganisationName
from dajian.service.registry.actions import export
from dajian.service.registry.deriving import derived
from dajian.service.registry.models import EntryVersion, Export, RegistryEntry, Subject
from dajian.service.registry.search_index import renew
from dajian.service.survey.models import Submission, SurveyUnit
from tests.service.world import BEFORE, World

NUMBERS = {"maker": 1, "carrier": 4}


def enter(world: World, planted: Planted) -> list[Organisation]:
    """The organisations in the planted order; each with one role, one approved unit and one registry entry."""
    counties = {area.code: area for area in Area.unscoped.filter(level="county")}
    items = {role: world.item(number) for role, number in NUMBERS.items()}
    since = BEFORE.date()
    firms = Organisation.unscoped.bulk_create(
        [
            Organisation(
                kind="firm", name=u.name, credit_code=u.code or None, area=counties[u.county], address=u.address
            )
            for u in planted.units
        ]
    )
    names = [OrganisationName(organisation=f, name=f.name, starts=since) for f in firms]
    names += [
        OrganisationName(organisation=f, name=u.old_name, starts=since.replace(year=2010), ends=since)
        for f, u in zip(firms, planted.units, strict=True)
        if u.old_name
    ]
    OrganisationName.unscoped.bulk_create(names)
    OrganisationCode.unscoped.bulk_create(
        [
            OrganisationCode(organisation=f, scheme="uscc", value=f.credit_code, starts=since)
            for f in firms
            if f.credit_code
        ]
    )
    subjects = Subject.unscoped.bulk_create(
        [
            Subject(role=u.role, organisation=f, name=f.name, code=f.credit_code or "", area=f.area)
            for f, u in zip(firms, planted.units, strict=True)
        ]
    )
    _approve(world, items, subjects, planted.units)
    return firms


def _approve(world: World, items: dict[str, Item], subjects: list[Subject], units: tuple[Entered, ...]) -> None:
    form = {role: newest_version(item) for role, item in items.items()}
    rows = SurveyUnit.unscoped.bulk_create(
        [SurveyUnit(item=items[s.role], subject=s, area=s.area, state="approved") for s in subjects]
    )
    Submission.unscoped.bulk_create([Submission(unit=row, state="approved", organisation_id=0) for row in rows])
    entries, versions = [], []
    for subject, unit in zip(subjects, units, strict=True):
        item = items[subject.role]
        values = {
            "unit_name": unit.name, "unit_credit_code": unit.code, "unit_area": unit.county, "eligible": "yes",
            "unit_address": unit.address, "contact_mobile": unit.phone,
        }  # fmt: skip
        entry = RegistryEntry(
            subject=subject, campaign_id=item.campaign_id, item=item, area=subject.area, area_path=subject.area.path,
            name=subject.name, code=subject.code, n=1, approved_at=world.now,
            **derived(item, subject.name, subject.code, values),
        )  # fmt: skip
        entries.append(entry)
        versions.append(
            EntryVersion(
                entry=entry,
                n=1,
                values=values,
                questionnaire_version=form[subject.role],
                submission_version_id=0,
                approved_by="吴运一",
                approved_for="省运管局",
                approved_at=world.now,
            )  # fmt: skip
        )
    RegistryEntry.unscoped.bulk_create(entries)
    EntryVersion.unscoped.bulk_create(versions)
    renew(entries)


def exported(world: World, login: str = "zhengfa1") -> dict[str, bytes]:
    """What the registry's exports of all items hold now, file by file; the archive's own times are left out."""
    found: dict[str, bytes] = {}
    for number in NUMBERS.values():
        item = world.item(number)
        if not RegistryEntry.unscoped.filter(item=item).exists():
            continue
        made, _ = export(world.actor(login), item.pk, format="csv", query={}, at=world.now)
        run_pending()
        file = Export.unscoped.get(pk=made.pk).file
        assert file is not None
        with open_file(file) as stream, zipfile.ZipFile(BytesIO(stream.read())) as archive:
            found |= {f"{number}/{name}": archive.read(name) for name in archive.namelist()}
    return found
