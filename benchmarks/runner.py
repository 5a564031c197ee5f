"""The runner in Chromium: how soon one can type on a slow phone, how soon what is typed is seen, what is fetched.

The page of a live service with the carriers' questionnaire; the processor slowed down four times, nothing in the cache.
"""

from __future__ import annotations

import gzip
import json
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.rows import Row

ROOT = Path(__file__).resolve().parents[1]
BUILT = ROOT / "src" / "dajian" / "service" / "static" / "build"
SLOWER = 4  # a phone's processor beside a desk's
VEHICLES = 60
KEYS = "1234567890" * 3
PACE_MS = 100  # ten keys a second: somebody who types fast
LIMIT_S, LIMIT_MS, LIMIT_KB = 2.0, 50.0, 400.0
ROUNDS = 5

FIRST_INPUT = """() => new Promise((done) => {
  const look = () => {
    const field = document.querySelector('.runner .form-field input:not(:disabled)');
    if (!field) return requestAnimationFrame(look);
    field.focus();
    requestAnimationFrame(() => done(performance.now()));
  };
  look();
})"""
# From the key to the frame in which its effect stands, by the browser's own account of events.
WATCH_KEYS = """() => {
  window.keys = [];
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if (entry.name === 'keydown') window.keys.push(entry.duration);
  }).observe({type: 'event', durationThreshold: 16, buffered: true});
}"""


@dataclass(frozen=True)
class Prepared:
    """What the service holds: a session, a questionnaire just begun, and one with sixty vehicles."""

    cookie: str
    session: str
    begun: int
    long: int


def measure() -> list[Row]:
    with tempfile.TemporaryDirectory() as var:
        env = os.environ | {
            "DAJIAN_VAR": var,
            "DAJIAN_DATABASE": "",
            "DAJIAN_MODE": "test",
            "DJANGO_SETTINGS_MODULE": "dajian.service.settings",
        }
        command = [sys.executable, "-c", "from benchmarks.runner import prepare; prepare()"]
        done = subprocess.run(command, cwd=ROOT, env=env, stdout=subprocess.PIPE, text=True, check=True)
        prepared = Prepared(**json.loads(done.stdout.splitlines()[-1]))
        with serving(env) as url:
            first, typed = in_chromium(url, prepared)
    note = f"processor {SLOWER} x slower, empty cache"
    return [
        Row("runner: first input possible", first, "s", LIMIT_S, note),
        *(
            row
            for how, (middle, high) in typed.items()
            for row in (
                Row(f"runner: key to screen, {VEHICLES} vehicles as {how}", middle, "ms", LIMIT_MS, note),
                Row(f"runner: the same, 95th percentile of {2 * len(KEYS)} keys", high, "ms"),
            )
        ),
        Row("runner: scripts, gzip", bundle_kb(), "KB", LIMIT_KB),
    ]


def prepare() -> None:
    """Fills an empty database and prints what it holds."""
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)

    from django.conf import settings
    from django.test import Client

    from dajian.service.survey.actions import submissions
    from tests.service.survey.chain import Chain
    from tests.service.world import build

    world = build()
    chain = Chain(world)
    client = Client()
    client.force_login(world.account("lianjiang1"), backend=settings.AUTHENTICATION_BACKENDS[-1])
    who = world.actor("lianjiang1")
    begun = submissions.begin(who, chain.unit()[0].pk, at=world.now)
    unit, record = chain.unit(n=1)
    long = submissions.begin(who, unit.pk, at=world.now)
    draft = {**record, "vehicle": [record["vehicle"][0]] * VEHICLES}
    submissions.save_draft(who, long.pk, draft=draft, version=long.version)
    cookie = settings.SESSION_COOKIE_NAME
    print(json.dumps({"cookie": cookie, "session": client.cookies[cookie].value, "begun": begun.pk, "long": long.pk}))


@contextmanager
def serving(env: dict[str, str]) -> Iterator[str]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [str(Path(sys.executable).parent / "dajian"), "serve"]
    process = subprocess.Popen(command, cwd=ROOT, env={**env, "DAJIAN_PORT": str(port)}, stderr=subprocess.DEVNULL)
    try:
        for _ in range(300):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait()


def in_chromium(url: str, prepared: Prepared) -> tuple[float, dict[str, tuple[float, float]]]:
    """Seconds to the first input, and milliseconds from key to screen for either way to show rows."""
    from playwright.sync_api import sync_playwright

    from tests.running import chromium

    found = chromium.find()
    cookie: Any = {"name": prepared.cookie, "value": prepared.session, "url": url}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=str(found.path), args=list(chromium.FLAGS), env={**os.environ, **found.env}
        )

        def page() -> Any:
            context = browser.new_context(viewport={"width": 390, "height": 844})
            context.add_cookies([cookie])
            opened = context.new_page()
            opened.context.new_cdp_session(opened).send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
            return opened

        first = [_first_input(page(), f"{url}/submissions/{prepared.begun}/fill") for _ in range(ROUNDS + 1)][1:]
        long = f"{url}/submissions/{prepared.long}/fill"
        typed = {"cards": _typing(page(), long, table=False), "a table": _typing(page(), long, table=True)}
        browser.close()
    return statistics.median(first), typed


def _first_input(page: Any, address: str) -> float:
    """From the beginning of the navigation to the frame after a field has the focus."""
    page.goto(address, wait_until="commit")
    taken = page.evaluate(FIRST_INPUT) / 1000
    page.context.close()
    return taken


def _typing(page: Any, address: str, *, table: bool) -> tuple[float, float]:
    """Median and 95th percentile over the keys typed into the last vehicle's number and into a long text."""
    page.goto(address)
    page.locator(".send-bar").wait_for()
    page.get_by_role("button", name="整页填写").click()
    vehicles = page.locator('[data-repeat="vehicle"]')
    if table:
        vehicles.get_by_role("button", name="表格填写").click()
        number = vehicles.locator("tbody > tr").last.locator('[data-question="quantity"] input')
    else:
        vehicles.locator("details.row-card > summary").last.click()
        number = vehicles.locator('details.row-card [data-question="quantity"] input').last
    page.evaluate(WATCH_KEYS)
    for field in (number, page.locator('[data-question="suggestions"] :is(input, textarea)')):
        field.click()
        for key in KEYS:
            page.keyboard.press("Backspace" if field is number and key == "5" else key)
            page.wait_for_timeout(PACE_MS)
    page.wait_for_timeout(500)
    seen = sorted(page.evaluate("window.keys"))
    page.context.close()
    # Below 16 ms the browser does not report: such keys count as one frame.
    durations = sorted([16.0] * max(0, 2 * len(KEYS) - len(seen)) + seen)
    return statistics.median(durations), durations[int(0.95 * (len(durations) - 1))]


def bundle_kb() -> float:
    """The runner's scripts, compressed as they are sent."""
    manifest = json.loads((BUILT / "manifest.json").read_text())
    files = [manifest["src/runner/main.ts"]["file"]]
    files += [manifest[part]["file"] for part in manifest["src/runner/main.ts"].get("imports", [])]
    return sum(len(gzip.compress((BUILT / file).read_bytes())) for file in files) / 1024
