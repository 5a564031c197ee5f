"""Loads each app's rights.py and states.py once all models stand."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class AccessConfig(AppConfig):
    name = "dajian.service.access"

    def ready(self) -> None:
        autodiscover_modules("states", "rights")
