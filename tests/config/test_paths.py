"""Where the console keeps its files."""

import stat
import subprocess
import sys
from pathlib import Path

import pytest

from console.config.paths import Paths
from console.config.private_files import ensure_private_folder, write_private_file


def test_one_variable_moves_all_four_folders(tmp_path: Path) -> None:
    paths = Paths.from_environment({"STORE_CONSOLE_HOME": str(tmp_path)})
    assert paths == Paths(tmp_path / "config", tmp_path / "data", tmp_path / "cache", tmp_path / "logs")


def test_without_the_variable_the_folders_are_this_users_own() -> None:
    paths = Paths.from_environment({})
    folders = (paths.config, paths.data, paths.cache, paths.logs)
    assert all(folder.is_absolute() and "store-console" in folder.parts for folder in folders)


def test_an_empty_variable_counts_as_none() -> None:
    assert Paths.from_environment({"STORE_CONSOLE_HOME": ""}) == Paths.from_environment({})


def test_a_relative_home_does_not_move_with_the_working_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert Paths.from_environment({"STORE_CONSOLE_HOME": "kiosk"}).data == tmp_path / "kiosk" / "data"


def test_naming_the_folders_makes_none(tmp_path: Path) -> None:
    Paths.from_environment({"STORE_CONSOLE_HOME": str(tmp_path / "home")})
    assert not (tmp_path / "home").exists()


def test_private_folder_and_its_parents_are_owner_only(tmp_path: Path) -> None:
    folder = ensure_private_folder(tmp_path / "home" / "config")
    assert [stat.S_IMODE(each.stat().st_mode) for each in (folder, folder.parent)] == [0o700, 0o700]


def test_private_file_is_replaced_whole_and_owner_only(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    file.write_text("old")
    file.chmod(0o644)
    write_private_file(file, b"new")
    assert (file.read_bytes(), stat.S_IMODE(file.stat().st_mode)) == (b"new", 0o600)


def test_failed_write_keeps_old_file_and_leaves_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "settings.toml"
    file.write_text("old")

    def disk_full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", disk_full)
    with pytest.raises(OSError, match="No space"):
        write_private_file(file, b"new")
    assert [entry.read_text() for entry in tmp_path.iterdir()] == ["old"]


def test_importing_the_paths_loads_nothing_heavy() -> None:
    heavy = "{'pydantic', 'tomlkit', 'keyring', 'asyncio'}"
    program = f"import sys, console.config.paths; print(*({heavy} & set(sys.modules)))"
    loaded = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert loaded.stdout.strip() == ""
