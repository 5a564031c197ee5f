from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("survey", "0005_list_levels"),
    ]

    operations = [
        migrations.AddField(
            model_name="submissionversion",
            name="confirmed",
            field=models.JSONField(default=list),
        ),
    ]
