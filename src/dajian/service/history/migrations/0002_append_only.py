"""The database itself refuses to change or remove a line of history."""

from django.db import migrations

SQLITE = [
    f"""CREATE TRIGGER history_event_no_{deed.lower()} BEFORE {deed} ON history_event
        BEGIN SELECT RAISE(ABORT, 'history_event is append-only'); END"""
    for deed in ("UPDATE", "DELETE")
]
POSTGRESQL = [
    """CREATE FUNCTION history_event_keep() RETURNS trigger LANGUAGE plpgsql AS
       $$ BEGIN RAISE EXCEPTION 'history_event is append-only' USING ERRCODE = 'integrity_constraint_violation'; END $$""",
    """CREATE TRIGGER history_event_keep BEFORE UPDATE OR DELETE ON history_event
       FOR EACH ROW EXECUTE FUNCTION history_event_keep()""",
]
UNDO = {
    "sqlite": ["DROP TRIGGER IF EXISTS history_event_no_update", "DROP TRIGGER IF EXISTS history_event_no_delete"],
    "postgresql": [
        "DROP TRIGGER IF EXISTS history_event_keep ON history_event",
        "DROP FUNCTION IF EXISTS history_event_keep()",
    ],
}
DO = {"sqlite": SQLITE, "postgresql": POSTGRESQL}


def run(statements):
    def code(apps, schema_editor):
        for statement in statements[schema_editor.connection.vendor]:
            schema_editor.execute(statement)

    return code


class Migration(migrations.Migration):
    dependencies = [("history", "0001_initial")]
    operations = [migrations.RunPython(run(DO), run(UNDO))]
