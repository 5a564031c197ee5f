"""The server and the browser's engine judge random submissions of every questionnaire alike."""

from datetime import datetime
from random import SystemRandom
from zoneinfo import ZoneInfo

import pytest

from tests.forms.against_browser_engine import engine
from tests.forms.against_browser_engine.comparison import differences, of_server
from tests.forms.against_browser_engine.forms import KINDS, correct, form_of
from tests.forms.against_browser_engine.submissions import submissions

NOW = datetime(2019, 5, 20, 10, tzinfo=ZoneInfo("Asia/Shanghai"))
EACH = 60


@pytest.fixture(autouse=True)
def _engine():
    if told := engine.missing():
        pytest.fail(f"the browser's engine cannot be asked: {told}")


@pytest.mark.parametrize("key", KINDS)
def test_validity_places_and_values_agree(key):
    seed = SystemRandom().randrange(10**9)
    print(f"seed {seed}")  # told when it fails; the module run with it repeats it
    form = form_of(key)
    records = submissions(form, correct(key, seed, EACH, NOW), seed, EACH)
    valid = sum(not of_server(form, record, NOW).faults for record in records)
    assert EACH / 4 < valid < EACH, "the submissions should be mostly valid, and some not"
    assert not differences(form, records, now=NOW)


def test_a_constraint_changed_on_one_side_is_a_difference():
    form = form_of("vehicle_maker")
    (record,) = (r for r in correct("vehicle_maker", 1, 1, NOW))
    row = record["model"][0] | {"vehicle_kind": "hydraulic", "axle_lines": 20}
    records = [record | {"model": [row]}]
    changed = form.xml.replace(b". &gt;= 1 and . &lt;= 80", b". &gt;= 1 and . &lt;= 8")
    assert changed != form.xml
    assert not differences(form, records, now=NOW)
    (told,) = differences(form, records, now=NOW, xform=changed)
    assert "only the engine: ('/vehicle_maker/main/model[1]/model_more/axle_lines', 'constraint')" in told


def test_a_calculation_changed_on_one_side_is_a_difference():
    form = form_of("association")
    record = next(r for r in correct("association", 2, 40, NOW) if r.get("area_carriers"))
    changed = form.xml.replace(b"* 100 div", b"* 10 div")
    assert changed != form.xml
    (told,) = differences(form, [record], now=NOW, xform=changed)
    assert "coverage_pct" in told
