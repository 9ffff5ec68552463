"""Changes and saves settings, profiles and their secrets."""

import asyncio

from console.config.paths import Paths
from console.config.profiles import Profile
from console.config.secret_store import SecretError, SecretStore
from console.config.settings import LoadedSettings, Settings, SettingsError, load_settings, save_settings
from console.services.endpoint_factory import CONSUMER_SECRET
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
    def file(self) -> str:
        """The path of the settings file, for people."""
        return str(self.paths.settings_file)

    @property
    def problems(self) -> tuple[str, ...]:
        """Why the settings file is not used: sentences with line and key."""
        return tuple(str(problem) for problem in self.loaded.problems)

    def find_profile(self, name: str) -> Profile:
        """Return a profile by name, the active one for an empty name.

        Raises:
            ServiceError: no profile has this name.
        """
        if not name:
            return self.settings.active_profile
        found = next((profile for profile in self.settings.profiles if profile.name == name), None)
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
        if renamed and any(p.name == profile.name for p in known):
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
            ServiceError: the settings cannot be saved.
        """
        await self._save(self.settings.with_values(profile=name))

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
        """Replace a settings file that did not load by the settings in force; return its copy's name.

        Raises:
            ServiceError: it cannot be written.
        """
        await self._save(self.settings, replace_broken=True)
        return f"{self.paths.settings_file.name}.broken"

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

    async def _save(self, changed: Settings, *, replace_broken: bool = False) -> None:
        try:
            await asyncio.to_thread(
                save_settings, self.paths.settings_file, changed, replace_broken=replace_broken
            )
        except SettingsError as error:
            raise ServiceError(error.message) from error
        self.loaded = LoadedSettings(changed)
