"""The settings' service: profiles and preferences changed and saved, secrets kept, problems told.

Called by the settings screens; it works whether or not the door of a profile opens.
"""

import asyncio

from console.config.paths import Paths
from console.config.profiles import Profile
from console.config.secret_store import SecretError, SecretStore
from console.config.settings import LoadedSettings, Settings, SettingsError, load_settings, save_settings
from console.services.endpoint_factory import CONSUMER_SECRET
from console.services.events import ServiceError
from console.services.people.erasure import erase_people


class SettingsService:
    """The operator's settings on this machine."""

    def __init__(self, *, paths: Paths, loaded: LoadedSettings, secrets: SecretStore) -> None:
        self._paths = paths
        self._secrets = secrets
        self.loaded = loaded

    @classmethod
    async def open(cls, paths: Paths) -> "SettingsService":
        """Read and validate the settings; a file that does not fit gives defaults and its problems."""
        loaded = await asyncio.to_thread(load_settings, paths.settings_file)
        return cls(paths=paths, loaded=loaded, secrets=SecretStore(paths.secrets_file))

    @property
    def settings(self) -> Settings:
        """The settings in force."""
        return self.loaded.settings

    @property
    def profile_kind(self) -> str:
        """What stands behind the active profile, for the first paint."""
        return str(self.settings.active_profile.kind)

    @property
    def last_operator(self) -> str:
        """Who signed in last."""
        return self.settings.operator

    @property
    def secrets(self) -> SecretStore:
        """Where secrets are kept on this machine."""
        return self._secrets

    @property
    def file(self) -> str:
        """Where the settings are, for people."""
        return str(self._paths.settings_file)

    @property
    def problems(self) -> tuple[str, ...]:
        """Why the settings file was not used, one sentence each, with line and key."""
        return tuple(str(problem) for problem in self.loaded.problems)

    def with_profile(self, profile: str) -> Settings:
        """The settings with this profile as the active one for this run; an empty name changes nothing.

        Raises:
            ServiceError: no profile has this name.
        """
        if not profile:
            return self.settings
        if all(known.name != profile for known in self.settings.profiles):
            raise ServiceError(f"There is no profile named {profile}.")
        return self.settings.with_values(profile=profile)

    async def describe_secret_storage(self) -> str:
        """Where secrets are kept, as a sentence."""
        return await self._secrets.describe()

    async def save_profile(self, profile: Profile, secret: str, *, replaces: str = "") -> None:
        """Save a profile, new or in place of the one named ``replaces``; an empty secret keeps the old one.

        Raises:
            ServiceError: the settings or the secret cannot be saved; nothing was changed then.
        """
        known = self.settings.profiles
        renamed = profile.name != replaces
        if renamed and any(p.name == profile.name for p in known):
            raise ServiceError(f"There is a profile named {profile.name} already.")
        if renamed and replaces and not secret:
            secret = await self._secrets.get(replaces, CONSUMER_SECRET) or ""
        if any(p.name == replaces for p in known):
            profiles = tuple(profile if p.name == replaces else p for p in known)
        else:
            profiles = (*known, profile)
        if secret:
            await self._save_secret(profile, secret)
        active = profile.name if replaces and self.settings.profile == replaces else self.settings.profile
        await self._save(self.settings.with_values(profiles=profiles, profile=active))

    async def remove_profile(self, name: str) -> None:
        """Forget a profile and its secret.

        Raises:
            ServiceError: it is the last one, or the settings cannot be saved.
        """
        remaining = tuple(p for p in self.settings.profiles if p.name != name)
        if not remaining:
            raise ServiceError("The last profile stays; make another one first.")
        await self._save(self.settings.with_values(profiles=remaining, profile=""))
        try:
            await self._secrets.delete(name, CONSUMER_SECRET)
        except SecretError as error:
            raise ServiceError(f"The profile is gone, its secret is not. {error.message}") from error

    async def use_profile(self, name: str) -> None:
        """Make a profile the active one.

        Raises:
            ServiceError: the settings cannot be saved.
        """
        await self._save(self.settings.with_values(profile=name))

    async def save_preferences(self, **preferences: object) -> None:
        """Save preferences; an open door works by them from now on.

        Raises:
            pydantic.ValidationError: a value does not fit.
            ServiceError: the settings cannot be saved; nothing was changed then.
        """
        await self._save(self.settings.with_values(**preferences))

    async def erase_people(self) -> str:
        """Forget every customer lately served; how many, as a sentence.

        Raises:
            ServiceError: the file cannot be written.
        """
        return await erase_people(self._paths)

    async def replace_invalid_file(self) -> str:
        """Save the settings in force over a file that did not load; the name its copy is kept under.

        Raises:
            ServiceError: it cannot be written.
        """
        await self._save(self.settings, replace_broken=True)
        return f"{self._paths.settings_file.name}.broken"

    async def remember_operator(self, user_name: str) -> None:
        """Offer this name at the next sign-in. A file that did not load is left as it is.

        Raises:
            ServiceError: the settings cannot be saved.
        """
        if self.settings.operator != user_name and not self.problems:
            await self._save(self.settings.with_values(operator=user_name))

    async def _save_secret(self, profile: Profile, secret: str) -> None:
        try:
            await self._secrets.set(profile.name, CONSUMER_SECRET, secret)
        except SecretError as error:
            raise ServiceError(error.message) from error

    async def _save(self, changed: Settings, *, replace_broken: bool = False) -> None:
        try:
            await asyncio.to_thread(
                save_settings, self._paths.settings_file, changed, replace_broken=replace_broken
            )
        except SettingsError as error:
            raise ServiceError(error.message) from error
        self.loaded = LoadedSettings(changed)
