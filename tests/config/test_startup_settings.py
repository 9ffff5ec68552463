"""The settings of the first paint."""

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.config.profiles import Profile
from console.config.settings import Settings, load_settings, save_settings
from console.config.startup_settings import StartupSettings, read_startup_settings

SHOP = '[[profiles]]\nname = "Shop"\nkind = "platform"\nhost = "https://shop.example"\nmerchant_id = "m-1"\n'


def active(settings: Settings) -> Profile:
    assert settings.active_profile is not None
    return settings.active_profile


def test_startup_settings_give_profile_operator_and_colour(tmp_path: Path) -> None:
    """The active profile, the last operator and the colour are read."""
    file = tmp_path / "settings.toml"
    file.write_text(
        'profile = "Shop"\noperator = "asha"\ncolour = "never"\n'
        '[[profiles]]\nname = "First"\nkind = "sandbox"\n' + SHOP
    )
    assert read_startup_settings(file) == StartupSettings(
        profile="Shop", kind="platform", operator="asha", colour="never"
    )


def test_without_a_choice_the_first_profile_is_the_active_one(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    file.write_text(SHOP)
    assert read_startup_settings(file).profile == active(load_settings(file).settings).name == "Shop"


def test_without_a_file_it_says_what_the_default_settings_say(tmp_path: Path) -> None:
    settings = Settings()
    expected = StartupSettings(
        active(settings).name, active(settings).kind, settings.operator, settings.colour
    )
    assert read_startup_settings(tmp_path / "none.toml") == expected


def test_it_reads_what_was_saved(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    save_settings(file, Settings(operator="asha"))
    assert read_startup_settings(file) == StartupSettings(operator="asha")


@pytest.mark.parametrize(
    "damage",
    [
        "= nothing",
        "profiles = 3",
        "profiles = []",
        "profiles = [1, {}]",
        "[profiles]\nname = 1",
        "[[profiles]\nname = 1",
        "\x00",
    ],
)
def test_no_practice_store_stands_in_for_a_damaged_one(tmp_path: Path, damage: str) -> None:
    file = tmp_path / "settings.toml"
    file.write_text(damage)
    assert read_startup_settings(file) == StartupSettings(profile="", kind="")
    assert load_settings(file).broken_active


def test_damaged_preference_is_replaced_by_its_default(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    file.write_text("operator = 7\ncolour = []\ntheme = dusk\n" + SHOP)
    assert read_startup_settings(file) == StartupSettings(profile="Shop", kind="platform")


def test_name_that_no_profile_has_is_shown_as_no_other_store(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    file.write_text('profile = "Shoq"\n' + SHOP)
    assert read_startup_settings(file) == StartupSettings(profile="Shoq", kind="")
    assert read_startup_settings(file, profile="Shop").kind == "platform"


@given(st.binary(max_size=200))
def test_no_content_of_the_file_stops_the_start(
    tmp_path_factory: pytest.TempPathFactory, content: bytes
) -> None:
    file = tmp_path_factory.getbasetemp() / "any.toml"
    file.write_bytes(content)
    assert isinstance(read_startup_settings(file), StartupSettings)


def test_folder_in_the_files_place_opens_no_practice_store(tmp_path: Path) -> None:
    assert read_startup_settings(tmp_path) == StartupSettings(profile="", kind="")


def test_reading_them_loads_neither_validation_nor_editing() -> None:
    heavy = "{'pydantic', 'tomlkit', 'platformdirs', 'keyring'}"
    program = f"import sys, console.config.startup_settings; print(*({heavy} & set(sys.modules)))"
    loaded = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert loaded.stdout.strip() == ""
