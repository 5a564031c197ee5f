"""A file has no right of its own."""

from __future__ import annotations

from dajian.service.access.rules import OWN, rule
from dajian.service.files.models import File
from dajian.service.files.owners import visible

rule(File, "read", {"owner_row": OWN}, visible)
