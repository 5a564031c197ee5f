"""The index for search, in each database's own way."""

from django.db import migrations

from dajian.service.registry.search_index import SQLITE


def create(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":  # PostgreSQL's needs the columns of 0008
        for statement in SQLITE:
            schema_editor.execute(statement)


def drop(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute("DROP TABLE registry_search")


class Migration(migrations.Migration):
    dependencies = [("registry", "0001_initial")]
    operations = [migrations.RunPython(create, drop)]
