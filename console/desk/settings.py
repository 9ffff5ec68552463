"""The settings' service: profiles and preferences changed and saved, secrets kept, problems told.

Called by the settings screens; it works whether or not the door of a profile opens.
"""

import asyncio

from console.config.paths import Paths
from console.config.profiles import Profile
from console.config.secret_store import SecretError, SecretStore
from console.config.settings import LoadedSettings, Settings, SettingsError, load_settings, save_settings
from console.desk.changes import Trouble
from console.desk.connection import CONSUMER_SECRET
from console.desk.forgetting import forget_people


class SettingsDesk:
    """The operator's settings on this machine."""

    def __init__(self, *, paths: Paths, loaded: LoadedSettings, secrets: SecretStore) -> None:
        self._paths = paths
        self._secrets = secrets
        self.loaded = loaded

    @classmethod
    async def open(cls, paths: Paths) -> "SettingsDesk":
        """Read and validate the settings; a file that does not fit gives defaults and its problems."""
        loaded = await asyncio.to_thread(load_settings, paths.settings_file)
        return cls(paths=paths, loaded=loaded, secrets=SecretStore(paths.secrets_file))

    @property
    def settings(self) -> Settings:
        """The settings in force."""
        return self.loaded.settings

    @property
    def kind(self) -> str:
        """What stands behind the active profile, for the first paint."""
        return str(self.settings.active_profile.kind)

    @property
    def operator(self) -> str:
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

    def chosen(self, profile: str) -> Settings:
        """The settings with this profile as the active one for this run; an empty name changes nothing.

        Raises:
            Trouble: no profile has this name.
        """
        if not profile:
            return self.settings
        if all(known.name != profile for known in self.settings.profiles):
            raise Trouble(f"There is no profile named {profile}.")
        return self.settings.with_values(profile=profile)

    async def secrets_are_kept(self) -> str:
        """Where secrets are kept, as a sentence."""
        return await self._secrets.describe()

    async def keep_profile(self, profile: Profile, secret: str, *, replacing: str = "") -> None:
        """Save a profile, new or in place of the one named ``replacing``; an empty secret keeps the old one.

        Raises:
            Trouble: the settings or the secret cannot be saved; nothing was changed then.
        """
        known = self.settings.profiles
        renamed = profile.name != replacing
        if renamed and any(p.name == profile.name for p in known):
            raise Trouble(f"There is a profile named {profile.name} already.")
        if renamed and replacing and not secret:
            secret = await self._secrets.get(replacing, CONSUMER_SECRET) or ""
        if any(p.name == replacing for p in known):
            profiles = tuple(profile if p.name == replacing else p for p in known)
        else:
            profiles = (*known, profile)
        if secret:
            await self._keep_secret(profile, secret)
        active = profile.name if replacing and self.settings.profile == replacing else self.settings.profile
        await self._save(self.settings.with_values(profiles=profiles, profile=active))

    async def remove_profile(self, name: str) -> None:
        """Forget a profile and its secret.

        Raises:
            Trouble: it is the last one, or the settings cannot be saved.
        """
        left = tuple(p for p in self.settings.profiles if p.name != name)
        if not left:
            raise Trouble("The last profile stays; make another one first.")
        await self._save(self.settings.with_values(profiles=left, profile=""))
        try:
            await self._secrets.delete(name, CONSUMER_SECRET)
        except SecretError as error:
            raise Trouble(f"The profile is gone, its secret is not. {error.message}") from error

    async def use_profile(self, name: str) -> None:
        """Make a profile the active one.

        Raises:
            Trouble: the settings cannot be saved.
        """
        await self._save(self.settings.with_values(profile=name))

    async def prefer(self, **preferences: object) -> None:
        """Save preferences; an open door works by them from now on.

        Raises:
            pydantic.ValidationError: a value does not fit.
            Trouble: the settings cannot be saved; nothing was changed then.
        """
        await self._save(self.settings.with_values(**preferences))

    async def forget_people(self) -> str:
        """Forget every customer lately served; how many, as a sentence.

        Raises:
            Trouble: the file cannot be written.
        """
        return await forget_people(self._paths)

    async def replace_broken(self) -> str:
        """Save the settings in force over a file that did not load; the name its copy is kept under.

        Raises:
            Trouble: it cannot be written.
        """
        await self._save(self.settings, replace_broken=True)
        return f"{self._paths.settings_file.name}.broken"

    async def remember_operator(self, user_name: str) -> None:
        """Offer this name at the next sign-in. A file that did not load is left as it is.

        Raises:
            Trouble: the settings cannot be saved.
        """
        if self.settings.operator != user_name and not self.problems:
            await self._save(self.settings.with_values(operator=user_name))

    async def _keep_secret(self, profile: Profile, secret: str) -> None:
        try:
            await self._secrets.set(profile.name, CONSUMER_SECRET, secret)
        except SecretError as error:
            raise Trouble(error.message) from error

    async def _save(self, changed: Settings, *, replace_broken: bool = False) -> None:
        try:
            await asyncio.to_thread(
                save_settings, self._paths.settings_file, changed, replace_broken=replace_broken
            )
        except SettingsError as error:
            raise Trouble(error.message) from error
        self.loaded = LoadedSettings(changed)
