"""The operator's settings: models, and reading and writing their file without damaging it."""

import importlib
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, StrEnum
from pathlib import Path
from typing import cast

from pydantic import Field, ValidationInfo, field_validator

from console.config.private_files import write_private_file
from console.config.profiles import Profile, ProfileKind, SettingsModel, SingleLineText
from console.config.toml_loader import TomlFileError, TomlProblem, load_toml

Table = dict[str, object]

SANDBOX_PROFILE = Profile(name="Sandbox store", kind=ProfileKind.SANDBOX)
"""The profile of a machine without settings."""


class Colour(StrEnum):
    """When to use colour."""

    AUTO = "auto"
    """Where the terminal has it and ``NO_COLOR`` is not set."""
    NEVER = "never"


class Settings(SettingsModel):
    """The operator's preferences and the store profiles."""

    profiles: tuple[Profile, ...] = Field(default=(SANDBOX_PROFILE,), min_length=1)
    """The store profiles."""
    profile: SingleLineText = ""
    """The name of the active profile; empty for the first."""
    operator: SingleLineText = ""
    """The user name of the last operator, offered at sign-in."""
    recent_customer_days: int = Field(default=30, ge=0, le=3650)
    """Days that a recent customer, and a saved ticket, stays on this machine; 0 saves none."""
    offline_sign_in_days: int = Field(default=7, ge=0, le=365)
    """Days after a sign-in during which its operator may sign in offline; 0 never."""
    debounce_ms: int = Field(default=150, ge=0, le=5000)
    """Milliseconds without a key before a search is sent."""
    print_command: SingleLineText = ""
    """The command that reads a ticket as its input and prints it, such as ``lp``; empty for none."""
    ticket_width: int = Field(default=42, ge=20, le=120)
    """Width of a ticket in characters."""
    theme: SingleLineText = ""
    """The name of the theme; empty for the console's own."""
    colour: Colour = Colour.AUTO
    """``auto`` or ``never``."""

    @field_validator("profiles")
    @classmethod
    def _check_unique_names(cls, profiles: tuple[Profile, ...]) -> tuple[Profile, ...]:
        if len({profile.name for profile in profiles}) < len(profiles):
            raise ValueError("two profiles have the same name")
        return profiles

    @field_validator("profile")
    @classmethod
    def _check_active_profile(cls, name: str, info: ValidationInfo) -> str:
        profiles = cast("tuple[Profile, ...] | None", info.data.get("profiles"))
        if name and profiles is not None and all(profile.name != name for profile in profiles):
            raise ValueError("no profile has this name")
        return name

    @property
    def active_profile(self) -> Profile:
        """The active profile."""
        return next((profile for profile in self.profiles if profile.name == self.profile), self.profiles[0])


@dataclass(frozen=True, slots=True)
class LoadedSettings:
    """Settings; ``problems`` say why they are the defaults."""

    settings: Settings
    problems: tuple[TomlProblem, ...] = ()


class SettingsError(Exception):
    """The settings were not saved; ``message`` is for the operator."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


def load_settings(path: Path) -> LoadedSettings:
    """Read the settings; without a usable file they are the defaults.

    The file is not changed; each problem names its row and key.
    """
    try:
        return _parse(path, path.read_bytes())
    except FileNotFoundError:
        return LoadedSettings(Settings())
    except OSError as error:
        return LoadedSettings(Settings(), (TomlProblem(path, 0, "", f"cannot be read ({error.strerror})"),))


def save_settings(path: Path, settings: Settings, *, replace_broken: bool = False) -> None:
    """Write the settings in one step, mode 0600; comments and unknown keys stay.

    A file that did not load is replaced only with ``replace_broken``; its copy is named ``*.broken``.

    Raises:
        SettingsError: the file did not load, or cannot be written.
    """
    try:
        raw = path.read_bytes() if path.exists() else b""
        loaded = _parse(path, raw)
        if loaded.problems:
            if not replace_broken:
                raise SettingsError(f"Not saved: the settings file has an error. {loaded.problems[0]}")
            write_private_file(path.with_name(f"{path.name}.broken"), raw)
            raw = b""
        write_private_file(path, _render(path, settings, raw.decode()).encode())
    except OSError as error:
        raise SettingsError(f"The settings cannot be saved: {error.strerror or error}.") from error


def _render(path: Path, settings: Settings, text: str) -> str:
    # tomlkit preserves comments, but only saving needs it: importing it would slow the start.
    merge_toml: Callable[[str, Table, Table], str] = importlib.import_module(
        "console.config.toml_writer"
    ).merge_toml
    values = cast("Table", _to_plain_values(settings.model_dump()))
    needed = cast("Table", _to_plain_values(settings.model_dump(exclude_defaults=True)))
    # A file that would not read back the same must not replace a good one.
    for base_text in (text, ""):
        rendered = merge_toml(base_text, values, needed)
        if _parse(path, rendered.encode()) == LoadedSettings(settings):
            return rendered
    raise SettingsError("The settings cannot be saved: TOML cannot express one of them.")


def _to_plain_values(value: object) -> object:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, dict):
        return {key: _to_plain_values(entry) for key, entry in cast("Table", value).items()}
    if isinstance(value, list | tuple):
        return [_to_plain_values(entry) for entry in cast("list[object]", value)]
    return value


def _parse(path: Path, raw: bytes) -> LoadedSettings:
    try:
        return LoadedSettings(load_toml(path, raw, Settings))
    except TomlFileError as error:
        return LoadedSettings(Settings(), error.problems)
