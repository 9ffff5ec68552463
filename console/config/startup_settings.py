"""The few settings that the first paint needs, read without pydantic.

``console.config.settings`` loads and validates all of them right behind it.
"""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import cast

_SANDBOX_PROFILE = {"name": "Sandbox store", "kind": "sandbox"}


@dataclass(frozen=True, slots=True)
class StartupSettings:
    """The settings that the first frame shows.

    ``kind`` is ``sandbox`` or ``platform``, ``colour`` is ``auto`` or ``never``.
    """

    profile: str = _SANDBOX_PROFILE["name"]
    kind: str = _SANDBOX_PROFILE["kind"]
    operator: str = ""
    colour: str = "auto"
    theme: str = ""


def read_startup_settings(path: Path, *, profile: str = "") -> StartupSettings:
    """Read the first frame's settings, for the named profile or else the active one.

    A missing or damaged value is replaced by its default. Problems are reported when the settings are
    validated in full, right after the first frame.
    """
    try:
        document: dict[str, object] = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return StartupSettings()
    active = _active_profile(document, profile or _text(document, "profile"))
    return StartupSettings(
        profile=_text(active, "name") or _SANDBOX_PROFILE["name"],
        kind=_one_of(_text(active, "kind"), "sandbox", "platform"),
        operator=_text(document, "operator"),
        theme=_text(document, "theme"),
        colour=_one_of(_text(document, "colour"), "auto", "never"),
    )


def _active_profile(document: dict[str, object], name: str) -> dict[str, object]:
    found = document.get("profiles")
    profiles = [
        cast("dict[str, object]", entry)
        for entry in (cast("list[object]", found) if isinstance(found, list) else [])
        if isinstance(entry, dict)
    ]
    default: dict[str, object] = profiles[0] if profiles else {**_SANDBOX_PROFILE}
    return next((profile for profile in profiles if _text(profile, "name") == name), default)


def _text(table: dict[str, object], key: str) -> str:
    value = table.get(key)
    return value if isinstance(value, str) else ""


def _one_of(value: str, default: str, *alternatives: str) -> str:
    return value if value in alternatives else default
