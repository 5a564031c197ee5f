"""The index for search, in each database's own way."""

from django.db import migrations

from dajian.service.registry.search_index import POSTGRESQL, SQLITE


def create(apps, schema_editor):
    for statement in SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRESQL:
        schema_editor.execute(statement)


def drop(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute("DROP TABLE registry_search")
    else:
        schema_editor.execute("DROP INDEX registry_search")
        schema_editor.execute("DROP FUNCTION registry_words")


class Migration(migrations.Migration):
    dependencies = [("registry", "0001_initial")]
    operations = [migrations.RunPython(create, drop)]
