"""How Django takes the bytes of a form's file in, before any view is asked."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.files.uploadhandler import TemporaryFileUploadHandler


class Capped(TemporaryFileUploadHandler):
    """Keeps no more of a file than the gate would take; its size is still told in full, so that the gate refuses it."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.kept = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        if self.kept <= settings.UPLOAD_LIMIT_BYTES:
            super().receive_data_chunk(raw_data, start)
            self.kept += len(raw_data)
