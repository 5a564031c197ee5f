"""Makes `path__under` known; loads each app's rights.py and states.py once all models stand."""

from django.apps import AppConfig
from django.db.models import CharField
from django.utils.module_loading import autodiscover_modules

from dajian.service.access.paths import Under


class AccessConfig(AppConfig):
    name = "dajian.service.access"

    def ready(self) -> None:
        CharField.register_lookup(Under)
        autodiscover_modules("states", "rights")
