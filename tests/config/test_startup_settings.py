"""The settings of the first paint."""

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.boot import FirstPaint, read
from console.settings import Settings, load, save

SHOP = '[[profiles]]\nname = "Shop"\nkind = "platform"\nhost = "https://shop.example"\nmerchant_id = "m-1"\n'


def test_the_active_profile_the_last_operator_and_the_colour_are_read(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    file.write_text(
        'profile = "Shop"\noperator = "asha"\ncolour = "never"\n'
        '[[profiles]]\nname = "First"\nkind = "sandbox"\n' + SHOP
    )
    assert read(file) == FirstPaint(profile="Shop", kind="platform", operator="asha", colour="never")


def test_without_a_choice_the_first_profile_is_the_active_one(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    file.write_text(SHOP)
    assert read(file).profile == load(file).settings.active.name == "Shop"


def test_without_a_file_it_says_what_the_default_settings_say(tmp_path: Path) -> None:
    settings = Settings()
    expected = FirstPaint(settings.active.name, settings.active.kind, settings.operator, settings.colour)
    assert read(tmp_path / "none.toml") == expected


def test_it_reads_what_was_saved(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    save(file, Settings(operator="asha"))
    assert read(file) == FirstPaint(operator="asha")


@pytest.mark.parametrize(
    "damage",
    [
        "= nothing",
        "profiles = 3",
        "profiles = [1, {}]",
        "operator = 7\ncolour = []",
        "[profiles]\nname = 1",
        "\x00",
    ],
)
def test_damage_is_replaced_by_defaults(tmp_path: Path, damage: str) -> None:
    file = tmp_path / "settings.toml"
    file.write_text(damage)
    assert read(file) == FirstPaint()


@given(st.binary(max_size=200))
def test_no_content_of_the_file_stops_the_start(
    tmp_path_factory: pytest.TempPathFactory, content: bytes
) -> None:
    file = tmp_path_factory.getbasetemp() / "any.toml"
    file.write_bytes(content)
    assert isinstance(read(file), FirstPaint)


def test_a_folder_in_the_files_place_is_replaced_by_defaults(tmp_path: Path) -> None:
    assert read(tmp_path) == FirstPaint()


def test_reading_them_loads_neither_validation_nor_editing() -> None:
    heavy = "{'pydantic', 'tomlkit', 'platformdirs', 'keyring'}"
    program = f"import sys, console.boot; print(*({heavy} & set(sys.modules)))"
    loaded = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert loaded.stdout.strip() == ""
