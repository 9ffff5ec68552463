"""``completion``: the words that may come next, and the scripts that ask for them."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from console.cli import build_parser, main
from console.commands import completion
from tests.paths import ROOT

PROGRAM = f"#!{sys.executable}\nimport sys\nfrom console.cli import main\nsys.exit(main(sys.argv[1:]))\n"


def words(*typed: str) -> list[str]:
    return completion.next_words(build_parser(), typed)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        (["comp"], ["completion"]),
        (["api", ""], ["call", "list", "show"]),
        (["api", "call", "customers.se"], ["customers.search"]),
        (["api", "show", "carts.set_"], ["carts.set_shipping_mode", "carts.set_slot"]),
        (["api", "call", "customers.details", "U"], ["UserId="]),
        (["api", "call", "customers.details", "userid=1", ""], []),
        (["api", "call", "--yes", "customers.details", "U"], ["UserId="]),
        (["api", "call", "--profile", "call", "customers.det"], ["customers.details"]),
        (["api", "call", "customers.details", "--dry"], ["--dry-run"]),
        (["sandbox", "serve", "--cart-owner", ""], ["customer", "token"]),
        (["sandbox", "switch", "merge"], ["merge_lines="]),
        (["completion", "z"], ["zsh"]),
        (["nonsense", "x"], []),
        (["api", "call", "nonsense", "x"], []),
    ],
)
def test_words_that_may_come_next(typed: list[str], found: list[str]) -> None:
    assert words(*typed) == found


def test_nothing_typed_offers_every_command() -> None:
    assert {"api", "doctor", "sandbox", "menu", "forget", "completion"} <= set(words())


def test_profiles_of_the_settings_are_offered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STORE_CONSOLE_HOME", str(tmp_path))
    (tmp_path / "config").mkdir()
    (tmp_path / "config" / "settings.toml").write_text('[[profiles]]\nname = "Shop"\nkind = "platform"\n')
    assert words("doctor", "--profile", "") == ["Shop"]


def test_program_prints_words_and_does_nothing_while_it_is_asked(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(completion.VARIABLE, "1")
    assert main(["sandbox", "res"]) == 0
    assert capsys.readouterr().out == "reset\n"


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder on the path with the program in it."""
    file = tmp_path / "bin" / "store-console"
    file.parent.mkdir()
    file.write_text(PROGRAM)
    file.chmod(0o755)
    monkeypatch.setenv("PATH", f"{file.parent}:{os.environ['PATH']}")
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    return file.parent


def run_shell(shell: str, text: str) -> list[str]:
    if shutil.which(shell) is None:
        pytest.skip(f"no {shell} on this machine")
    options = {"bash": ["--norc"], "zsh": ["-f"], "fish": ["--no-config"]}[shell]
    done = subprocess.run([shell, *options, "-c", text], capture_output=True, text=True, check=False)
    assert done.stderr == ""
    return done.stdout.split()


def test_bash_completes_an_operation(program: Path) -> None:
    text = f"""{completion.script("bash")}
        COMP_WORDS=(store-console api call customers.se); COMP_CWORD=3
        compopt() {{ echo nospace; }}
        _store_console store-console; printf '%s\\n' "${{COMPREPLY[@]}}"
        COMP_WORDS=(store-console api call customers.details U); COMP_CWORD=4
        _store_console store-console; printf '%s\\n' "${{COMPREPLY[@]}}"
    """
    assert run_shell("bash", text) == ["customers.search", "nospace", "UserId="]


def test_zsh_completes_an_operation(program: Path) -> None:
    text = f"""{completion.script("zsh")}
        compadd() {{ while [[ $1 != -- ]]; do shift; done; shift; print -l -- "$@"; }}
        words=(store-console api call customers.se); CURRENT=4; _store_console
    """
    assert run_shell("zsh", text) == ["customers.search"]


def test_fish_completes_an_operation(program: Path) -> None:
    text = f"""{completion.script("fish")}
        complete -C 'store-console api call customers.se'
    """
    assert run_shell("fish", text) == ["customers.search"]


@pytest.mark.parametrize("shell", completion.SHELLS)
def test_script_is_printed_for_each_shell(shell: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["completion", shell]) == 0
    assert completion.VARIABLE in capsys.readouterr().out
