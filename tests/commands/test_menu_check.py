"""``store-console menu check``: a sentence for each problem, and 0 only for a file that can be used."""

from pathlib import Path

import pytest

from console.cli import main
from console.config.paths import HOME_VARIABLE
from console.sandbox.data.menu_loader import load_menu
from console.sandbox.menu.supplement import supplement_text
from tests.paths import DOCS

DOCUMENT = DOCS / "menu-supplement.md"


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(HOME_VARIABLE, str(tmp_path / "home"))
    path = tmp_path / "menu.toml"
    path.write_text(supplement_text(load_menu()))
    return path


def spoil(file: Path, old: str, new: str) -> int:
    """Spoil the first of these; the line it is on."""
    text = file.read_text()
    file.write_text(text.replace(old, new, 1))
    return text[: text.index(old)].count("\n") + 1


def test_what_a_good_file_holds(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    menu = load_menu()
    assert main(["menu", "check", str(file)]) == 0
    held = f"menu.toml: {len(menu.bundles) + len(menu.deals)} bundles and deals, "
    assert capsys.readouterr().out.startswith(held)


def test_every_problem_has_a_line(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    first = spoil(file, 'included = "0.000"', "included = 0.0")
    second = spoil(file, "base = true", 'base = "yes"')
    assert main(["menu", "check", str(file)]) == 1
    reported = capsys.readouterr().out.splitlines()
    assert [line.split(",")[:2] for line in reported] == [
        ["menu.toml", f" line {second}"],
        ["menu.toml", f" line {first}"],
    ]


def test_a_file_that_is_not_there(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file.unlink()
    assert main(["menu", "check", str(file)]) == 1
    assert capsys.readouterr().out == "menu.toml: cannot be read (No such file or directory)\n"


def test_the_sandboxs_own_fits_the_sandbox(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["menu", "check", str(file), "--profile", "Sandbox store"]) == 0
    assert "groups" in capsys.readouterr().out


def test_the_documents_example_fits_the_sandbox(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file.write_text(DOCUMENT.read_text("utf-8").split("```toml\n")[2].split("```")[0])
    assert main(["menu", "check", str(file), "--profile", "Sandbox store"]) == 0, capsys.readouterr().out


@pytest.mark.parametrize(
    ("old", "new", "reported"),
    [
        ("product = 13047273", "product = 99", "bundle[1].product: the platform has no such product"),
        (
            *("product = 13047255", "product = 13047603"),
            "bundle[1].group[2].item[1].product: the platform does not list this item for the bundle",
        ),
        (
            *("variant = 9757487", "variant = 7"),
            "bundle[1].group[1].item[1].variant: is not a variant of product 13047215",
        ),
    ],
)
def test_what_the_platform_does_not_have_is_reported(
    file: Path, capsys: pytest.CaptureFixture[str], old: str, new: str, reported: str
) -> None:
    line = spoil(file, old, new)
    assert main(["menu", "check", str(file), "--profile", "Sandbox store"]) == 1
    assert capsys.readouterr().out.splitlines()[0] == f"menu.toml, line {line}, {reported}"


def test_half_rule_unlike_the_profiles_is_reported(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    spoil(file, "version = 1", 'version = 1\nhalf_rule = "dearer"')
    assert main(["menu", "check", str(file), "--profile", "Sandbox store"]) == 1
    reported = "menu.toml, line 2, half_rule: is dearer, and the profile Sandbox store has half\n"
    assert capsys.readouterr().out == reported


def test_a_profile_that_is_not_there(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["menu", "check", str(file), "--profile", "Elsewhere"]) == 1
    assert "Elsewhere" in capsys.readouterr().err
