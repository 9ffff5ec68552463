"""The operator's settings: models, and reading and writing their file without ever spoiling it.

Loaded by the desk right behind the first paint; changed and saved by the settings screen.
"""

import importlib
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, StrEnum
from pathlib import Path
from typing import cast

from pydantic import Field, ValidationInfo, field_validator

from console.files import write_private
from console.profiles import Kind, Profile, SettingsModel, Text
from console.toml_file import Problem, TomlMisfit, parsed

Table = dict[str, object]

SANDBOX_PROFILE = Profile(name="Sandbox store", kind=Kind.SANDBOX)
"""The profile of a machine that has no settings yet."""


class Colour(StrEnum):
    """When to use colour."""

    AUTO = "auto"
    """When the terminal has it and ``NO_COLOR`` is not set."""
    NEVER = "never"


class Settings(SettingsModel):
    """Everything an operator can set, and the store profiles."""

    profiles: tuple[Profile, ...] = Field(default=(SANDBOX_PROFILE,), min_length=1)
    """The store profiles."""
    profile: Text = ""
    """The name of the active profile; empty for the first."""
    operator: Text = ""
    """The user name of the operator who signed in last."""
    recent_customer_days: int = Field(default=30, ge=0, le=3650)
    """Days for which a customer lately served, and a saved ticket, stays on this machine; 0 keeps none."""
    offline_sign_in_days: int = Field(default=7, ge=0, le=365)
    """Days after a sign-in during which its operator may sign in without a line; 0 never."""
    debounce_ms: int = Field(default=150, ge=0, le=5000)
    """Milliseconds without a key before a search is sent."""
    print_command: Text = ""
    """The command that prints a ticket, which it reads as its input, such as ``lp``; empty for none."""
    ticket_width: int = Field(default=42, ge=20, le=120)
    """Characters of a line of a ticket."""
    theme: Text = ""
    """The name of the theme; empty for the console's own."""
    colour: Colour = Colour.AUTO
    """``auto`` or ``never``."""

    @field_validator("profiles")
    @classmethod
    def _names_differ(cls, profiles: tuple[Profile, ...]) -> tuple[Profile, ...]:
        if len({profile.name for profile in profiles}) < len(profiles):
            raise ValueError("two profiles have the same name")
        return profiles

    @field_validator("profile")
    @classmethod
    def _is_there(cls, name: str, info: ValidationInfo) -> str:
        profiles = cast("tuple[Profile, ...] | None", info.data.get("profiles"))
        if name and profiles is not None and all(profile.name != name for profile in profiles):
            raise ValueError("no profile has this name")
        return name

    @property
    def active(self) -> Profile:
        """The active profile."""
        return next((profile for profile in self.profiles if profile.name == self.profile), self.profiles[0])


@dataclass(frozen=True, slots=True)
class Loaded:
    """Settings, and why they are the defaults where the file could not be used."""

    settings: Settings
    problems: tuple[Problem, ...] = ()


class SettingsError(Exception):
    """The settings were not saved; ``sentence`` is for the operator."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


def load(path: Path) -> Loaded:
    """Read the settings. Without a file, or with one that does not fit, they are the defaults.

    The file is never touched; each problem names its line and key.
    """
    try:
        return _parse(path, path.read_bytes())
    except FileNotFoundError:
        return Loaded(Settings())
    except OSError as error:
        return Loaded(Settings(), (Problem(path, 0, "", f"cannot be read ({error.strerror})"),))


def save(path: Path, settings: Settings, *, replace_broken: bool = False) -> None:
    """Write the settings, mode 0600, in one step; comments and unknown keys stay.

    A file that did not load is overwritten only with ``replace_broken``, and then kept beside the
    new one with ``.broken`` at the end of its name.

    Raises:
        SettingsError: the file did not load, or cannot be written.
    """
    try:
        raw = path.read_bytes() if path.exists() else b""
        loaded = _parse(path, raw)
        if loaded.problems:
            if not replace_broken:
                raise SettingsError(f"Not saved, to keep what is in the file. {loaded.problems[0]}")
            write_private(path.with_name(f"{path.name}.broken"), raw)
            raw = b""
        write_private(path, _written(path, settings, raw.decode()).encode())
    except OSError as error:
        raise SettingsError(f"The settings cannot be saved: {error.strerror or error}.") from error


def _written(path: Path, settings: Settings, text: str) -> str:
    # tomlkit keeps the comments, but costs too much at the start for what only saving needs.
    merged: Callable[[str, Table, Table], str] = importlib.import_module("console.toml_edit").merged
    values = cast("Table", _plain(settings.model_dump()))
    needed = cast("Table", _plain(settings.model_dump(exclude_defaults=True)))
    # A file that would read back as anything else must not replace one that is good.
    for draft in (text, ""):
        written = merged(draft, values, needed)
        if _parse(path, written.encode()) == Loaded(settings):
            return written
    raise SettingsError("The settings cannot be saved: TOML has no way to write one of them.")


def _plain(value: object) -> object:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, dict):
        return {key: _plain(entry) for key, entry in cast("Table", value).items()}
    if isinstance(value, list | tuple):
        return [_plain(entry) for entry in cast("list[object]", value)]
    return value


def _parse(path: Path, raw: bytes) -> Loaded:
    try:
        return Loaded(parsed(path, raw, Settings))
    except TomlMisfit as misfit:
        return Loaded(Settings(), misfit.problems)
