"""Changes and saves settings, profiles and their secrets."""

import asyncio
from dataclasses import replace
from pathlib import Path

from console.config.paths import Paths
from console.config.profiles import Profile
from console.config.secret_store import SecretError, SecretStore
from console.config.settings import (
    BrokenProfile,
    LoadedSettings,
    Settings,
    SettingsError,
    load_settings,
    save_settings,
)
from console.services.connection_check import check_connection
from console.services.endpoint_factory import CONSUMER_SECRET, build_endpoint
from console.services.error_mapping import local_errors
from console.services.events import ServiceError
from console.services.people.erasure import erase_people


class SettingsService:
    """The operator's settings on this machine; they work without a connection."""

    def __init__(self, *, paths: Paths, loaded: LoadedSettings, secrets: SecretStore) -> None:
        self.paths = paths
        self.secrets = secrets
        self.loaded = loaded

    @classmethod
    async def open(cls, paths: Paths) -> "SettingsService":
        """Read and validate the settings; an unusable file gives defaults and its problems."""
        loaded = await asyncio.to_thread(load_settings, paths.settings_file)
        return cls(paths=paths, loaded=loaded, secrets=SecretStore(paths.secrets_file))

    @property
    def settings(self) -> Settings:
        """The settings in force."""
        return self.loaded.settings

    @property
    def active_profile(self) -> Profile | None:
        """The profile that the next sign-in is to; None if it is broken."""
        return None if self.loaded.broken_active else self.settings.active_profile

    @property
    def file(self) -> str:
        """The path of the settings file, for people."""
        return str(self.paths.settings_file)

    @property
    def problems(self) -> tuple[str, ...]:
        """The values that were set aside: sentences with line and key."""
        return tuple(str(problem) for problem in self.loaded.problems)

    @property
    def broken_profiles(self) -> tuple[tuple[str, str], ...]:
        """Each profile that cannot be used, by what a list calls it, and why, as a sentence."""
        return tuple(
            (f"{profile.name or f'Number {number}'} (broken)", broken_profile_message(profile))
            for number, profile in enumerate(self.loaded.broken_profiles, start=1)
        )

    @property
    def notice(self) -> str:
        """What was set aside, for every screen; empty if nothing was."""
        if not self.problems:
            return ""
        first, *others = self.problems
        more = f" And {len(others)} more." if others else ""
        return f"Set aside: {first}.{more} F9 shows everything."

    def find_profile(self, name: str) -> Profile:
        """Return a profile by name, the active one for an empty name.

        Raises:
            ServiceError: no profile has this name, or it is broken.
        """
        broken = self.loaded.broken_profiles
        unusable = next((profile for profile in broken if profile.name == name), None) if name else None
        found = next((profile for profile in self.settings.profiles if profile.name == name), None)
        if not name:
            unusable, found = self.loaded.broken_active, self.active_profile
        if unusable is not None:
            raise ServiceError(broken_profile_message(unusable))
        if found is None:
            raise ServiceError(f"There is no profile named {name}.")
        return found

    async def describe_secret_storage(self) -> str:
        """Return a sentence on where secrets are stored."""
        return await self.secrets.describe()

    async def save_profile(self, profile: Profile, secret: str, *, replaces: str = "") -> None:
        """Save a profile, new or replacing the one named; an empty secret leaves the stored one.

        Raises:
            ServiceError: the settings or the secret cannot be saved; nothing was changed then.
        """
        known = self.settings.profiles
        renamed = profile.name != replaces
        if renamed and any(p.name == profile.name for p in (*known, *self.loaded.broken_profiles)):
            raise ServiceError(f"There is a profile named {profile.name} already.")
        if renamed and replaces and not secret:
            secret = await self.secrets.get(replaces, CONSUMER_SECRET) or ""
        if any(p.name == replaces for p in known):
            profiles = tuple(profile if p.name == replaces else p for p in known)
        else:
            profiles = (*known, profile)
        if secret:
            await self._save_secret(profile, secret)
        active = profile.name if replaces and self.settings.profile == replaces else self.settings.profile
        await self._save(self.settings.with_values(profiles=profiles, profile=active))

    async def has_secret(self, name: str) -> bool:
        """Return True if the secret of a profile is on this machine.

        Raises:
            ServiceError: the secrets cannot be read.
        """
        with local_errors():
            return bool(await self.secrets.get(name, CONSUMER_SECRET))

    async def check_connection(self, profile: Profile, secret: str, *, stored_as: str = "") -> str:
        """Ask the platform whether it accepts a profile that need not be saved; return a sentence.

        An empty secret means the one that is stored for the profile ``stored_as``.

        Raises:
            ServiceError: the platform cannot be reached, or refuses the key.
        """
        with local_errors():
            found = secret or (await self.secrets.get(stored_as, CONSUMER_SECRET) if stored_as else None)
        return await check_connection(build_endpoint(profile, found))

    async def remove_profile(self, name: str) -> None:
        """Remove a profile and its secret.

        Raises:
            ServiceError: it is the last one, or the settings cannot be saved.
        """
        remaining = tuple(p for p in self.settings.profiles if p.name != name)
        if not remaining:
            raise ServiceError("The last profile cannot be removed. Add another one first.")
        await self._save(self.settings.with_values(profiles=remaining, profile=""))
        try:
            await self.secrets.delete(name, CONSUMER_SECRET)
        except SecretError as error:
            raise ServiceError(f"Profile removed, but not its secret. {error.message}") from error

    async def use_profile(self, name: str) -> None:
        """Make a profile the active one.

        Raises:
            ServiceError: the settings cannot be saved. A file with a wrong value stays as it is: then the
                profile is used until the console ends.
        """
        chosen = self.settings.with_values(profile=name)
        if self.problems:
            self.loaded = replace(self.loaded, settings=chosen, broken_active=None)
        else:
            await self._save(chosen)

    async def save_preferences(self, **preferences: object) -> None:
        """Save preferences; an open connection follows them from now on.

        Raises:
            pydantic.ValidationError: a value does not fit.
            ServiceError: the settings cannot be saved; nothing was changed then.
        """
        await self._save(self.settings.with_values(**preferences))

    async def erase_people(self) -> str:
        """Erase the recent customers; return a sentence with their number.

        Raises:
            ServiceError: the file cannot be written.
        """
        return await erase_people(self.paths)

    async def replace_invalid_file(self) -> str:
        """Replace a settings file with wrong values by the settings in force; return its copy's name.

        Without any profile that can be used, the new file has that of a new machine.

        Raises:
            ServiceError: it cannot be written.
        """
        settings = self.settings
        if not settings.profiles:
            settings = settings.with_values(profiles=Settings().profiles)
        copy = await self._save(settings, replace_broken=True)
        return copy.name if copy else self.paths.settings_file.name

    async def remember_operator(self, user_name: str) -> None:
        """Save the name that the next sign-in offers; a file that did not load stays as it is.

        Raises:
            ServiceError: the settings cannot be saved.
        """
        if self.settings.operator != user_name and not self.problems:
            await self._save(self.settings.with_values(operator=user_name))

    async def _save_secret(self, profile: Profile, secret: str) -> None:
        try:
            await self.secrets.set(profile.name, CONSUMER_SECRET, secret)
        except SecretError as error:
            raise ServiceError(error.message) from error

    async def _save(self, changed: Settings, *, replace_broken: bool = False) -> Path | None:
        try:
            copy = await asyncio.to_thread(
                save_settings, self.paths.settings_file, changed, replace_broken=replace_broken
            )
        except SettingsError as error:
            raise ServiceError(error.message) from error
        self.loaded = LoadedSettings(changed)
        return copy


def broken_profile_message(profile: BrokenProfile) -> str:
    """Return why nobody can sign in to a profile, as a sentence."""
    name = f"{profile.name} cannot be used" if profile.name else "No store can be opened"
    return f"{name}: {profile.problem}. Correct it, or choose another (F9)."
