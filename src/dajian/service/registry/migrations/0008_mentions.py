"""What entries tell of (products, routes) beside what they are called; `rebuild_registry` fills it in for old ones."""

from django.db import migrations, models

from dajian.service.registry.search_index import POSTGRESQL

OLD = ("DROP INDEX IF EXISTS registry_search", "DROP FUNCTION IF EXISTS registry_words")


def create(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for statement in (*OLD, *POSTGRESQL):
            schema_editor.execute(statement)


def drop(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for statement in OLD:
            schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("registry", "0007_withdrawn")]
    operations = [
        migrations.AddField("registryentry", "mentions", models.TextField(blank=True, default=""), preserve_default=False),
        migrations.RunPython(create, drop),
    ]
