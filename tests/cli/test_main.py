"""The command line as scripts see it: exit codes, streams, and what is loaded."""

from __future__ import annotations

import json
import subprocess
import sys
from importlib import import_module

import pytest

from dajian.cli import COMMANDS, main


def test_an_unknown_command_is_unusable_input_with_one_line(capsys):
    assert main(["frobnicate"]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("没有命令 frobnicate。可用的命令：")
    assert err.count("\n") == 1


@pytest.mark.parametrize(
    "words", [[], ["form"], ["form", "read"], ["form", "read", "a", "--on", "昨天"], ["form", "no"]]
)
def test_wrong_arguments_are_one_line_on_stderr(capsys, words):
    assert main(words) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.count("\n") == 1


def test_help_lists_every_command_without_loading_them(capsys):
    assert main(["--help"]) == 0
    out = capsys.readouterr().out
    assert all(f"  {name} " in out for name in COMMANDS)


@pytest.mark.parametrize("module", sorted({module for module, _ in COMMANDS.values()}))
def test_every_group_adds_the_commands_that_the_table_promises(module):
    import argparse

    subparsers = argparse.ArgumentParser().add_subparsers()
    import_module(module).register(subparsers)
    assert {name for name, (m, _) in COMMANDS.items() if m == module} <= set(subparsers.choices)


@pytest.mark.parametrize("command", [["form", "check", "missing.xlsx"], ["--help"]])
def test_commands_of_the_libraries_never_load_django(command):
    code = f"import sys; from dajian.cli import main; main({command!r}); print('django' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "False"


def test_a_reader_that_goes_away_is_no_failure(tmp_path):
    code = "from dajian.cli import main; import sys; sys.exit(main(['--help']))"
    done = subprocess.run(
        f'{sys.executable} -c "{code}" | true', shell=True, capture_output=True, text=True, check=True
    )
    assert "Traceback" not in done.stderr


def test_json_is_one_document_and_faults_are_not_in_it(tmp_path, capsys):
    from tests.forms.small_form import FORM

    (tmp_path / "form.xml").write_bytes(FORM.xml)
    assert main(["form", "check", str(tmp_path / "form.xml"), "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"ok": True, "questions": len(FORM.questions), "problems": []}
