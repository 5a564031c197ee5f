"""All addresses; each app names its own."""

from django.urls import include, path

from dajian.service.workflow.web import not_found

handler404 = not_found
APPS = (
    "public",
    "organisations",
    "campaign",
    "registry",
    "survey",
    "identity",
    "search",
    "notices",
    "jobs",
    "files",
    "workflow",
)
urlpatterns = [path("", include(f"dajian.service.{app}.urls")) for app in APPS]
