from django.db import migrations
from django.db.models import Count

WHOSE = ("item", "area", "kind", "title")
FACTS = ("issuer", "level", "year", "number", "file_id")


def join(apps, schema_editor):
    """Sources that were made twice at one moment become one; what says something else of itself gets a number."""
    SourceList = apps.get_model("survey", "SourceList")
    doubled = SourceList.unscoped.values(*WHOSE).order_by().annotate(n=Count("pk")).filter(n__gt=1)
    for row in list(doubled.values(*WHOSE)):
        first, *others = SourceList.unscoped.filter(**row).order_by("pk")
        for n, other in enumerate(others, start=2):
            if all(getattr(other, fact) == getattr(first, fact) for fact in FACTS):
                _join(apps, first, other)
                continue
            while SourceList.unscoped.filter(**{**row, "title": _numbered(row["title"], n)}).exists():
                n += 1
            other.title = _numbered(row["title"], n)
            other.save(update_fields=["title"])


def _join(apps, first, other):
    ListEntry, ImportBatch = (apps.get_model("survey", name) for name in ("ListEntry", "ImportBatch"))
    held = list(ListEntry.unscoped.filter(source=first).values_list("unit", flat=True))
    ListEntry.unscoped.filter(source=other).exclude(unit__in=held).update(source=first)
    ListEntry.unscoped.filter(source=other).delete()  # the unit's row stands in the first
    ImportBatch.unscoped.filter(source=other).update(source=first)
    other.delete()


def _numbered(title, n):
    return f"{title[:112]}（{n}）"


class Migration(migrations.Migration):
    dependencies = [
        ("survey", "0006_confirmed"),
    ]

    operations = [
        migrations.RunPython(join, migrations.RunPython.noop),
    ]
