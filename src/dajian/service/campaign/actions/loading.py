"""A province's folder, put into the service: areas, functions, bodies, questionnaires, its campaign."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from django.db import transaction

from dajian.service.campaign.actions.campaigns import create_campaign
from dajian.service.campaign.actions.questionnaires import load_questionnaire
from dajian.service.campaign.definition import Definition, read_definition
from dajian.service.campaign.models import Campaign
from dajian.service.organisations.actions import loading
from dajian.service.organisations.province import read_province


@transaction.atomic
def load_province(folder: Path, *, at: datetime) -> Definition:
    """Loads all that the folder ships but its campaign, whose definition it returns; again without twins."""
    loading.load_province(read_province(folder), at=at)
    definition = read_definition(campaign_file(folder))
    for row in definition.questionnaires:
        load_questionnaire(row.key, row.title, xlsx=(folder / row.file).read_bytes(), at=at)
    return definition


@transaction.atomic
def load_first_campaign(folder: Path, *, at: datetime) -> Campaign | None:
    """Loads the folder and, when there is no campaign yet, its campaign as one in preparation; its owner opens it."""
    definition = load_province(folder, at=at)
    return None if Campaign.unscoped.exists() else create_campaign(None, definition, at=at)


def campaign_file(folder: Path) -> Path:
    """The folder's newest campaign."""
    return sorted(folder.glob("campaign_*.toml"))[-1]
