"""``store-console menu import``: a real store's groups in one command, named in its profile."""

import io
import json
from pathlib import Path

import pytest

from console.cli import main
from console.config.menu_supplement import read_supplement
from console.config.paths import HOME_VARIABLE, Paths
from console.config.settings import load_settings
from tests.services.catalogue.front_answer import answer


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(HOME_VARIABLE, str(tmp_path / "home"))
    path = tmp_path / "products.json"
    path.write_text(json.dumps(answer()), encoding="utf-8")
    return path


def test_printed_supplement_is_accepted_by_the_check(
    file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["menu", "import", str(file)]) == 0
    printed = capsys.readouterr()
    menu = tmp_path / "menu.toml"
    menu.write_text(printed.out, encoding="utf-8")
    assert main(["menu", "check", str(menu)]) == 0
    assert capsys.readouterr().out == "menu.toml: 2 bundles and deals, 5 groups, 7 items.\n"
    assert printed.err.startswith("store-console menu import: İkili: ")


def test_profile_names_the_file_that_is_made_for_it(file: Path) -> None:
    assert main(["menu", "import", str(file), "--profile", "Sandbox store"]) == 0
    paths = Paths.from_environment()
    (profile,) = load_settings(paths.settings_file).settings.profiles
    assert profile.menu_supplement == "sandbox-store-menu.toml"
    assert len(read_supplement(paths.settings_file.parent / profile.menu_supplement).bundles) == 2


def test_existing_file_is_replaced_only_when_asked(
    file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    output = tmp_path / "menu.toml"
    output.write_text("mine")
    command = ["menu", "import", str(file), "--output", str(output)]
    assert main(command) == 1
    assert "exists" in capsys.readouterr().err
    assert output.read_text() == "mine"
    assert main([*command, "--replace"]) == 0
    assert len(read_supplement(output).bundles) == 2


def test_answer_comes_from_standard_input(monkeypatch: pytest.MonkeyPatch, file: Path) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(file.read_bytes())))
    assert main(["menu", "import", "-"]) == 0


@pytest.mark.parametrize("content", [b"", b"<html>", b"\xff\xfe", b"[" * 100_000, b"{}", b'{"resource": []}'])
def test_file_without_groups_is_refused_with_a_sentence(
    file: Path, content: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    file.write_bytes(content)
    assert main(["menu", "import", str(file)]) == 1
    printed = capsys.readouterr()
    assert (printed.out, printed.err.startswith("store-console menu import: ")) == ("", True)


def test_missing_file_is_said(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["menu", "import", str(file.with_name("none.json"))]) == 1
    assert "No such file" in capsys.readouterr().err
