"""`./dev` as a developer meets it: help, wrong verbs and how little it costs the second time."""

from __future__ import annotations

import os
import subprocess
import sys
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def dev(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(ROOT / "dev"), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, env=os.environ | environment)


@pytest.mark.parametrize("arguments", [(), ("--help",), ("help",)])
def test_help_lists_the_verbs_on_stdout(arguments: tuple[str, ...]) -> None:
    done = dev(*arguments)
    assert done.returncode == 0
    verbs = ("demo", "test", "check", "fix", "bench", "new-exercise", "serve", "manage", "setup")
    assert all(f"\n  {verb} " in done.stdout for verb in verbs)


def test_an_unknown_verb_is_told_with_exit_code_2() -> None:
    done = dev("dmeo")
    assert (done.returncode, done.stdout) == (2, "")
    assert "“dmeo”" in done.stderr


def test_stdout_belongs_to_the_command() -> None:
    done = dev("manage", "version")
    assert done.returncode == 0
    assert done.stdout.strip().count("\n") == 0


@pytest.mark.parametrize(("code", "expected"), [("raise SystemExit(7)", 7), ("import os; os.kill(os.getpid(), 15)", -15)])
def test_exit_codes_and_signals_are_the_commands_own(code: str, expected: int) -> None:
    assert dev("manage", "shell", "--no-imports", "-c", code).returncode == expected


def test_without_root_it_names_the_missing_package_and_the_line_to_run(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    loader = SourceFileLoader("dev", str(ROOT / "dev"))
    module = module_from_spec(spec_from_loader("dev", loader))  # type: ignore[arg-type]
    loader.exec_module(module)
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    with pytest.raises(SystemExit) as stopped:
        module.ensure_package("chromium", lambda: False, "the browser journeys run in it")
    told = capsys.readouterr()
    assert (stopped.value.code, told.out) == (2, "")
    assert "chromium is missing" in told.err
    assert "apt-get install -y chromium" in told.err
