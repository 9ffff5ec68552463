"""The operator's settings: models, and reading and writing their file without damaging it."""

import importlib
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, StrEnum
from pathlib import Path
from typing import cast

from pydantic import Field, ValidationInfo, field_validator

from console.config.lenient_values import WrongValue, validate_leniently
from console.config.private_files import write_private_file
from console.config.profiles import Profile, ProfileKind, SettingsModel, SingleLineText
from console.config.toml_loader import KeyPath, TomlLines, TomlProblem
from console.config.toml_recovery import (
    RecoveredToml,
    TomlUnreadableError,
    WrongLine,
    read_bounded,
    recover_toml,
)

Table = dict[str, object]

ESSENTIAL_KEYS: tuple[KeyPath, ...] = (
    ("name",),
    ("kind",),
    ("host",),
    ("merchant_id",),
    ("pricing", "currency"),
    ("cart", "owner"),
)
"""Values of a profile whose default could be another store, other money or somebody else's cart."""

CAREFUL_SETTLE_SECONDS = 3600
"""The largest, in place of a wrong one: an absence that is proved too early is an order placed twice."""

SANDBOX_PROFILE = Profile(name="Sandbox store", kind=ProfileKind.SANDBOX)
"""The profile of a machine without settings."""


class Colour(StrEnum):
    """When to use colour."""

    AUTO = "auto"
    """Where the terminal has it and ``NO_COLOR`` is not set."""
    NEVER = "never"


class Signs(StrEnum):
    """Which signs to draw."""

    AUTO = "auto"
    """As the locale and the terminal tell."""
    PLAIN = "plain"
    """ASCII only."""
    FULL = "full"


class Settings(SettingsModel):
    """The operator's preferences and the store profiles."""

    profiles: tuple[Profile, ...] = (SANDBOX_PROFILE,)
    """The store profiles that can be used; none only where the file has no usable one."""
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
    signs: Signs = Signs.AUTO
    """``auto``, ``plain`` or ``full``."""

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
    def active_profile(self) -> Profile | None:
        """The active profile, None if no profile can be used."""
        first = self.profiles[0] if self.profiles else None
        return next((profile for profile in self.profiles if profile.name == self.profile), first)


@dataclass(frozen=True, slots=True)
class BrokenProfile:
    """A profile of the file without which a value that must be right: nobody can sign in to it."""

    name: str
    problem: TomlProblem


@dataclass(frozen=True, slots=True)
class LoadedSettings:
    """Settings, and ``problems``: the values that were set aside.

    ``broken_profiles`` are not among the settings. ``broken_active`` is the one that would be active: no
    other profile takes its place unasked.
    """

    settings: Settings
    problems: tuple[TomlProblem, ...] = ()
    broken_profiles: tuple[BrokenProfile, ...] = ()
    broken_active: BrokenProfile | None = None


class SettingsError(Exception):
    """The settings were not saved; ``message`` is for the operator."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


def load_settings(path: Path) -> LoadedSettings:
    """Read the settings: each wrong value is set aside for its default, and named with its line and key.

    A file that does not exist gives the defaults. The file is not changed.
    """
    try:
        raw = read_bounded(path)
    except FileNotFoundError:
        return LoadedSettings(Settings())
    except OSError as error:
        return _without_profiles(TomlProblem(path, 0, "", f"cannot be read ({error.strerror or error})"))
    return _parse(path, raw)


def save_settings(path: Path, settings: Settings, *, replace_broken: bool = False) -> Path | None:
    """Write the settings in one step, mode 0600; comments and unknown keys stay.

    A file with a wrong value is replaced only with ``replace_broken``; its copy, which is returned, is named
    ``*.broken``.

    Raises:
        SettingsError: the file did not load, or cannot be written.
    """
    try:
        raw = read_bounded(path) if path.exists() else b""
        copy = None
        loaded = _parse(path, raw)
        if loaded.problems:
            if not replace_broken:
                raise SettingsError(f"Not saved: the settings file has an error. {loaded.problems[0]}")
            copy = _free_name(path)
            write_private_file(copy, path.read_bytes())
            raw = b""
        write_private_file(path, _render(path, settings, raw.decode("utf-8-sig")).encode())
    except OSError as error:
        raise SettingsError(f"The settings cannot be saved: {error.strerror or error}.") from error
    return copy


def _free_name(path: Path) -> Path:
    """Return a name for the copy of a broken file; an older copy keeps its own."""
    copy, number = path.with_name(f"{path.name}.broken"), 1
    while copy.exists():
        number += 1
        copy = path.with_name(f"{path.name}.broken-{number}")
    return copy


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
        recovered = recover_toml(raw)
    except TomlUnreadableError as error:
        return _without_profiles(TomlProblem(path, error.line, "", error.text))
    return _SettingsReader(path, recovered).read()


def _without_profiles(problem: TomlProblem) -> LoadedSettings:
    """Return defaults without any profile: which stores the file names is not known."""
    broken = BrokenProfile("", problem)
    return LoadedSettings(Settings(profiles=()), (problem,), (broken,), broken)


class _SettingsReader:
    """Reads a document value by value, and keeps what was wrong."""

    def __init__(self, file: Path, recovered: RecoveredToml) -> None:
        self._file = file
        self._lines = TomlLines(recovered.text)
        self._document = dict(recovered.document)
        self._wrong_lines = recovered.wrong_lines
        self._problems: list[TomlProblem] = [
            self._line_problem(line) for line in recovered.wrong_lines if line.text
        ]

    def read(self) -> LoadedSettings:
        """Return the settings with every value that fits."""
        entries = self._document.pop("profiles", None)
        asked_name = self._document.pop("profile", "")
        profiles = self._read_profiles(entries)
        usable = tuple(profile for profile in profiles if isinstance(profile, Profile))
        broken = tuple(profile for profile in profiles if isinstance(profile, BrokenProfile))
        settings, wrong = validate_leniently(Settings, {**self._document, "profiles": usable})
        self._problems += [self._problem((), value) for value in wrong]
        active = self._find_active(asked_name, profiles)
        if isinstance(active, BrokenProfile) and active not in broken:
            broken = (*broken, active)
        settings = settings or Settings(profiles=usable)
        name = active.name if isinstance(active, Profile) and asked_name else ""
        return LoadedSettings(
            settings.with_values(profile=name),
            tuple(sorted(self._problems, key=lambda problem: problem.line)),
            broken,
            active if isinstance(active, BrokenProfile) else None,
        )

    def _read_profiles(self, entries: object) -> tuple[Profile | BrokenProfile, ...]:
        """Return every profile of the file in its order, and those whose header could not be read."""
        lost_lines = [line for line in self._wrong_lines if _began_a_profile(line)]
        lost = [BrokenProfile(line.name, self._line_problem(line)) for line in lost_lines]
        if entries is None:
            # Which key a line had may be unknown too: it may have named a store.
            lost = lost or [
                BrokenProfile("", self._line_problem(line))
                for line in self._wrong_lines
                if line.text and not line.table and not line.key
            ]
            return tuple(lost) or Settings().profiles
        if not isinstance(entries, list):
            return (*lost, self._broken("", ("profiles",), "should be a list of tables"))
        if not entries and not lost:
            return (self._broken("", ("profiles",), "has no store"),)
        read = [self._read_profile(index, entry) for index, entry in enumerate(cast("list[object]", entries))]
        names = [profile.name for profile in read]
        checked = [
            self._broken(profile.name, ("profiles", index, "name"), "is the name of two profiles")
            if isinstance(profile, Profile) and names.count(profile.name) > 1
            else profile
            for index, profile in enumerate(read)
        ]
        is_first = bool(lost_lines) and lost_lines[0].profile is None
        return (*lost, *checked) if is_first else (*checked, *lost)

    def _read_profile(self, index: int, entry: object) -> Profile | BrokenProfile:
        path: KeyPath = ("profiles", index)
        if not isinstance(entry, dict):
            return self._broken("", path, "should be a table")
        values = cast("Table", entry)
        given_name = values.get("name")
        name = given_name if isinstance(given_name, str) and given_name.isprintable() else ""
        profile, wrong = validate_leniently(Profile, values)
        problems = [self._problem(path, value) for value in wrong]
        self._problems += problems
        for value, problem in zip(wrong, problems, strict=True):
            if _is_essential(value.path):
                return BrokenProfile(name, problem)
        for line in self._wrong_lines:
            if line.profile == index and line.table.startswith("profiles") and _is_essential(_key_path(line)):
                return BrokenProfile(name, self._line_problem(line))
        if profile is None:
            return BrokenProfile(name, problems[0])
        return _with_careful_values(profile, {value.path for value in wrong} | self._lost_keys(index))

    def _lost_keys(self, index: int) -> set[KeyPath]:
        return {_key_path(line) for line in self._wrong_lines if line.profile == index}

    def _find_active(
        self, name: object, profiles: tuple[Profile | BrokenProfile, ...]
    ) -> Profile | BrokenProfile:
        """Return the profile of the name, the first for an empty one; broken if there is none."""
        if not isinstance(name, str):
            return self._broken("", ("profile",), "should be the name of a profile")
        lost = next((line for line in self._wrong_lines if line.key == "profile" and not line.table), None)
        if lost is not None:
            return BrokenProfile("", self._line_problem(lost))
        if not name and profiles:
            return profiles[0]
        found = next((profile for profile in profiles if profile.name == name), None)
        return found or self._broken(name, ("profile",), "no profile has this name")

    def _broken(self, name: str, path: KeyPath, reason: str) -> BrokenProfile:
        problem = self._lines.problem(self._file, path, reason)
        self._problems.append(problem)
        return BrokenProfile(name, problem)

    def _problem(self, outer: KeyPath, value: WrongValue) -> TomlProblem:
        return self._lines.problem(self._file, (*outer, *value.path), value.reason)

    def _line_problem(self, line: WrongLine) -> TomlProblem:
        return TomlProblem(self._file, line.number, line.key or line.table, line.text)


def _began_a_profile(line: WrongLine) -> bool:
    """Return True if a profile began on a line that was set aside."""
    if line.is_header:
        return line.table.startswith("profile") and "." not in line.table
    return line.key == "profiles" and not line.table


def _key_path(line: WrongLine) -> KeyPath:
    """Return the path inside its profile of a line that was set aside."""
    groups = tuple(line.table.split("."))[1:]
    return (*groups, *line.key.split(".")) if line.key else groups


def _is_essential(path: KeyPath) -> bool:
    """Return True for an essential value, for a group with one, and for a line of which no key is known."""
    return any(path[: len(key)] == key[: len(path)] for key in ESSENTIAL_KEYS)


def _with_careful_values(profile: Profile, wrong: set[KeyPath]) -> Profile:
    if not wrong & {("placing",), ("placing", "settle_seconds")}:
        return profile
    placing = profile.placing.with_values(settle_seconds=CAREFUL_SETTLE_SECONDS)
    return profile.model_copy(update={"placing": placing})
