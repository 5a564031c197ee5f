"""engine, forms and tables are libraries in their own right: they import where there is no Django."""

from __future__ import annotations

import subprocess
import sys

WITHOUT = """
import sys
class Refuse:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] == "django":
            raise ModuleNotFoundError(name)
sys.meta_path.insert(0, Refuse())
import importlib, pkgutil
for package in ("dajian.engine", "dajian.forms", "dajian.tables", "dajian.documents", "dajian.twins"):
    found = importlib.import_module(package)
    names = [m.name for m in pkgutil.walk_packages(found.__path__, package + ".")]
    for name in names:
        if not name.endswith("__main__"):
            importlib.import_module(name)
    print(package, len(names))
"""


def test_the_libraries_and_all_their_modules_import_without_django() -> None:
    done = subprocess.run([sys.executable, "-c", WITHOUT], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    print(done.stdout)
    assert len(done.stdout.splitlines()) == 5
