"""The installed program: everything below one folder, whatever else is called ``console`` beside it."""

import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.paths import ROOT

FOREIGN = "raise SystemExit('the console of another program ran')\n"


def run_python(*arguments: str, search: Sequence[Path], folder: Path) -> subprocess.CompletedProcess[str]:
    environment = {"PYTHONPATH": ":".join(map(str, search)), "STORE_CONSOLE_HOME": str(folder / "home")}
    command = [sys.executable, *arguments]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


@pytest.fixture
def foreign(tmp_path: Path) -> Path:
    """A folder with another program's packages of our names."""
    for name in ("console", "screens", "widgets"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "__init__.py").write_text(FOREIGN)
    return tmp_path


def test_console_package_of_another_program_is_not_run(foreign: Path) -> None:
    done = run_python("-m", "store_console", "api", "list", search=(foreign, ROOT), folder=foreign)
    assert (done.returncode, done.stderr) == (0, "")
    assert "customers.search" in done.stdout


def test_foreign_console_already_loaded_is_a_sentence(foreign: Path) -> None:
    (foreign / "console" / "__init__.py").write_text("")
    program = "import sys, console, store_console; sys.exit(store_console.main())"
    done = run_python("-c", program, search=(foreign, ROOT), folder=foreign)
    assert (done.returncode, done.stdout) == (1, "")
    assert "another package named console is loaded already" in done.stderr
    assert "python -m store_console" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("package", ["store_console", "console", "screens", "widgets"])
def test_package_says_that_it_has_types(package: str) -> None:
    assert (ROOT / package / "py.typed").is_file()


@pytest.mark.slow
def test_wheel_runs_beside_a_foreign_console(foreign: Path) -> None:
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(foreign / "dist")]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = (foreign / "dist").iterdir()
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
        archive.extractall(foreign)
    assert {name.split("/")[0].partition("-")[0] for name in names} == {"store_console"}
    # The menu is data of a package, the sandbox's own.
    done = run_python("-m", "store_console", "sandbox", "menu", search=(), folder=foreign)
    assert (done.returncode, done.stderr) == (0, "")
    assert "[[bundle]]" in done.stdout
    typed = {f"store_console/{each}py.typed" for each in ("", "console/", "screens/", "widgets/")}
    assert typed <= set(names)
    program = (
        "from store_console.api import connect; import console; print(connect.__name__, console.__file__)"
    )
    library = run_python("-c", program, search=(), folder=foreign / "store_console" / "..")
    assert library.stderr == ""
    assert library.stdout.startswith(f"connect {foreign}/store_console/console/")


def test_textual_is_one_minor_version_at_run_time() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    pinned = [each for each in project["dependencies"] if each.startswith("textual")]
    assert pinned == ["textual>=8.2,<8.3"]
    assert not [each for each in project["dependencies"] if each.startswith("keyring")]
