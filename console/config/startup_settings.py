"""The few settings that the first paint needs, read without pydantic.

``console.config.settings`` loads and validates all of them right behind it.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import cast

from console.config.toml_recovery import RecoveredToml, TomlUnreadableError, read_bounded, recover_toml

_SANDBOX_PROFILE = {"name": "Sandbox store", "kind": "sandbox"}


@dataclass(frozen=True, slots=True)
class StartupSettings:
    """The settings that the first frame shows.

    ``kind`` is ``sandbox``, ``platform`` or empty where it is not known; ``colour`` is ``auto`` or ``never``,
    ``signs`` is ``auto``, ``plain`` or ``full``.
    """

    profile: str = _SANDBOX_PROFILE["name"]
    kind: str = _SANDBOX_PROFILE["kind"]
    operator: str = ""
    colour: str = "auto"
    signs: str = "auto"
    theme: str = ""


def read_startup_settings(path: Path, *, profile: str = "") -> StartupSettings:
    """Read the first frame's settings, for the named profile or else the active one.

    A missing or damaged value is replaced by its default, but no store by another: its name is empty then.
    Problems are reported when the settings are validated in full, right after the first frame.
    """
    try:
        recovered = recover_toml(read_bounded(path))
    except FileNotFoundError:
        return StartupSettings()
    except (OSError, TomlUnreadableError):
        return StartupSettings(profile=profile, kind="")
    document = recovered.document
    active = _active_profile(recovered, profile)
    kind = _text(active, "kind")
    return StartupSettings(
        profile=_text(active, "name"),
        kind=kind if kind in ("sandbox", "platform") else "",
        operator=_text(document, "operator"),
        theme=_text(document, "theme"),
        colour=_one_of(_text(document, "colour"), "auto", "never"),
        signs=_one_of(_text(document, "signs"), "auto", "plain", "full"),
    )


def read_profile_names(path: Path) -> tuple[str, ...]:
    """Read the names of the store profiles, as far as the file can be read."""
    try:
        recovered = recover_toml(read_bounded(path))
    except FileNotFoundError:
        return (_SANDBOX_PROFILE["name"],)
    except (OSError, TomlUnreadableError):
        return ()
    return tuple(name for profile in _profiles(recovered) if (name := _text(profile, "name")))


def _active_profile(recovered: RecoveredToml, asked: str) -> dict[str, object]:
    """Return the table of the active profile; without one of that name, a table of the name alone."""
    profiles = _profiles(recovered)
    name = asked or _text(recovered.document, "profile")
    if not name:
        return profiles[0] if profiles else {}
    return next((profile for profile in profiles if _text(profile, "name") == name), {"name": name})


def _profiles(recovered: RecoveredToml) -> list[dict[str, object]]:
    """Return the tables of the profiles; those of a new console where the file names none."""
    found = recovered.document.get("profiles")
    if found is None and not recovered.wrong_lines:
        return [{**_SANDBOX_PROFILE}]
    entries = cast("list[object]", found) if isinstance(found, list) else []
    return [cast("dict[str, object]", entry) if isinstance(entry, dict) else {} for entry in entries]


def _text(table: dict[str, object], key: str) -> str:
    value = table.get(key)
    return value if isinstance(value, str) else ""


def _one_of(value: str, default: str, *alternatives: str) -> str:
    return value if value in alternatives else default
