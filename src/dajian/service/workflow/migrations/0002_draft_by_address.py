"""A kept text belongs to the address to which it was sent, with every field of its form."""

import django.db.models.manager
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("workflow", "0001_initial")]

    operations = [
        migrations.DeleteModel(name="Draft"),
        migrations.CreateModel(
            name="Draft",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("account_id", models.BigIntegerField()),
                ("path", models.CharField(max_length=200)),
                ("texts", models.JSONField(default=dict)),
                ("at", models.DateTimeField()),
            ],
            options={
                "ordering": ("-at",),
                "abstract": False,
                "base_manager_name": "unscoped",
                "default_manager_name": "unscoped",
                "constraints": [models.UniqueConstraint(fields=("account_id", "path"), name="draft_one_per_deed")],
            },
            managers=[("unscoped", django.db.models.manager.Manager())],
        ),
    ]
