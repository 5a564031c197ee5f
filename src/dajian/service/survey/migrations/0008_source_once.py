from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("survey", "0007_join_sources"),
    ]

    operations = [
        migrations.AddConstraint(
            model_name="sourcelist",
            constraint=models.UniqueConstraint(fields=("item", "area", "kind", "title"), name="source_once"),
        ),
    ]
