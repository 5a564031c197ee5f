"""Loads each app's background.py, where its kinds of job are registered."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class JobsConfig(AppConfig):
    name = "dajian.service.jobs"

    def ready(self) -> None:
        autodiscover_modules("background")
