from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("organisations", "0001_initial"),
        ("registry", "0002_search"),
    ]

    operations = [
        migrations.AddConstraint(
            model_name="subject",
            constraint=models.UniqueConstraint(
                condition=models.Q(("organisation", None), models.Q(("code", ""), _negated=True)),
                fields=("role", "code"),
                name="project_once_by_code",
            ),
        ),
        migrations.AddConstraint(
            model_name="subject",
            constraint=models.UniqueConstraint(
                condition=models.Q(("code", ""), ("organisation", None)),
                fields=("role", "name", "area"),
                name="project_once_by_name",
            ),
        ),
    ]
