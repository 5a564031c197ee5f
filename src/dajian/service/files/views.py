"""Downloads."""

from __future__ import annotations

from django.http import FileResponse, HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _

from dajian.service.access.errors import NotFound, Refused
from dajian.service.access.pages import page
from dajian.service.files.actions import open_file
from dajian.service.files.models import File


@page(File)  # type: ignore[arg-type]  # streams
def download(request: HttpRequest, found: File, name: str) -> HttpResponseBase:
    """Always to be saved, never shown inside a page of ours: what it holds came from outside."""
    if name != found.name:
        raise NotFound("File")
    try:
        stream = open_file(found)
    except FileNotFoundError as error:
        raise Refused(_("文件内容在服务器上缺失。请联系系统管理员运行 dajian doctor 检查，并从备份恢复。")) from error
    answer = FileResponse(stream, as_attachment=True, filename=found.name, content_type=found.type)
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, no-store"
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return answer
