"""The full-text index beside the registry, in each database's own way."""

from django.db import migrations

from dajian.service.registry.search_index import POSTGRESQL, SQLITE


def create(apps, schema_editor):
    for statement in (SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRESQL).split(";"):
        schema_editor.execute(statement)


def drop(apps, schema_editor):
    schema_editor.execute("DROP TABLE registry_search")


class Migration(migrations.Migration):
    dependencies = [("registry", "0001_initial")]
    operations = [migrations.RunPython(create, drop)]
