"""A province's folder, put into the service: areas, functions, bodies, questionnaires."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from dajian.service.campaign.actions.questionnaires import load_questionnaire
from dajian.service.campaign.definition import Definition, read_definition
from dajian.service.organisations.actions import loading
from dajian.service.organisations.province import read_province


def load_province(folder: Path, *, at: datetime) -> Definition:
    """Loads what the folder ships, again without twins; returns the definition of its campaign."""
    loading.load_province(read_province(folder), at=at)
    definition = read_definition(campaign_file(folder))
    for row in definition.questionnaires:
        load_questionnaire(row.key, row.title, xlsx=(folder / row.file).read_bytes(), at=at)
    return definition


def campaign_file(folder: Path) -> Path:
    """The folder's newest campaign."""
    return sorted(folder.glob("campaign_*.toml"))[-1]
