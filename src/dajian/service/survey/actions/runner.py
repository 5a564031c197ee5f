"""What the runner in the browser does: over a bad line, so every deed may come twice and counts once."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from dajian.service.access.actor import Actor
from dajian.service.access.errors import Refused, Stale
from dajian.service.access.rules import scope, take
from dajian.service.files.actions import receive
from dajian.service.files.formats import clean_name
from dajian.service.survey.actions.submissions import save_draft, send
from dajian.service.survey.models import Photo, Submission, SubmissionVersion

PHOTO_LIMIT_BYTES = 8 * 1024 * 1024
PHOTOS = ("jpg", "jpeg", "png")
PHOTOS_A_SUBMISSION = 60
TYPED_IN = ("draft", "returned")


def keep_draft(actor: Actor, submission_id: int, *, draft: dict[str, Any], version: int) -> Submission:
    """`save_draft`; what is on the server already is kept, whatever version the device believes to have."""
    try:
        return save_draft(actor, submission_id, draft=draft, version=version)
    except Stale:
        present = take(Submission, submission_id, actor, "enter")
        if present.state in TYPED_IN and present.draft == draft:
            return present
        raise


def sent_before(actor: Actor, submission_id: int, instance_id: str) -> SubmissionVersion | None:
    """What came of an earlier sending whose answer the device did not get."""
    versions = scope(SubmissionVersion, actor).filter(submission=submission_id, instance_id=instance_id)
    return versions.first() if instance_id else None


def send_once(
    actor: Actor,
    submission_id: int,
    *,
    draft: dict[str, Any],
    instance_id: str,
    version: int,
    at: datetime,
    confirmed: bool = False,
) -> SubmissionVersion:
    """Keeps the draft and sends it up. The same instance again gives the version that it made, and nothing else.

    confirmed: see `send`.
    """
    if known := sent_before(actor, submission_id, instance_id):
        return known
    try:
        with transaction.atomic():
            kept = keep_draft(actor, submission_id, draft=draft, version=version)
            sent = send(actor, submission_id, version=kept.version, at=at, instance_id=instance_id, confirmed=confirmed)
            made = sent.current
    except (Stale, Refused):
        if known := sent_before(actor, submission_id, instance_id):  # the same press, a moment earlier
            return known
        raise
    assert made is not None
    return made


def add_photo(actor: Actor, submission_id: int, *, upload: UploadedFile, at: datetime) -> Photo:
    """Keeps a picture under the name that the answers give it; the same bytes again change nothing."""
    submission = take(Submission, submission_id, actor, "enter")
    name = upload.name or ""
    if submission.state not in TYPED_IN:
        raise Refused(_("调查表已报出，不能再加照片。"))
    if not name or clean_name(name) != name:
        raise Refused(_("照片的文件名“%(name)s”不合要求，请重新选择照片。") % {"name": clean_name(name)})
    if (upload.size or 0) > PHOTO_LIMIT_BYTES:
        raise Refused(
            _("照片“%(name)s”超过 %(limit)s MB。请用较低的像素重拍，或先压缩。")
            % {"name": name, "limit": PHOTO_LIMIT_BYTES // 2**20}
        )
    existing = submission.photos.filter(name=name).select_related("file").first()
    if existing is None and submission.photos.count() >= PHOTOS_A_SUBMISSION:
        raise Refused(_("一份调查表最多存 %(n)s 张照片。") % {"n": PHOTOS_A_SUBMISSION})
    file = receive(upload, actor=actor, allow=PHOTOS, at=at)
    if existing is None:
        return Photo.unscoped.get_or_create(submission=submission, name=name, defaults={"file": file})[0]
    if existing.file.sha256 != file.sha256:
        raise Refused(_("照片“%(name)s”已经存过，内容不同。请重新选择照片。") % {"name": name})
    return existing
