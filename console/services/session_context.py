"""The shared context of a connected profile, handed to every service whole."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from random import Random

from console.api.client import ApiClient
from console.audit import AuditRecorder
from console.config.menu_supplement import Supplement
from console.config.profiles import Profile
from console.config.settings import Settings
from console.ordering.money import Currency
from console.ordering.store_time import StoreTime
from console.ordering.vocabulary import Vocabulary
from console.services.events import Event
from console.services.storage import Storage
from console.services.stores.locations import LocationService
from console.storage.ulid import new_ulid
from console.sync.clock import Clock
from console.sync.connection.customer_sessions import CustomerSessions
from console.sync.connection.monitor import ConnectionMonitor
from console.sync.context import no_checkpoint


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionContext:
    """One connected profile: its settings, its platform, this machine's storage, time and chance."""

    profile: Profile
    """The profile as it was when it was connected."""
    preferences: Callable[[], Settings]
    """Returns the settings as they are now; only the profile stays as it was."""
    api: ApiClient
    monitor: ConnectionMonitor
    storage: Storage
    customer_sessions: CustomerSessions
    locations: LocationService
    supplement: Supplement
    """The profile's menu supplement, empty where it has none."""
    vocabulary: Vocabulary
    """The words of the platform, with those of the profile."""
    tickets_folder: Path
    owner: str
    """The id of this console among those on this machine."""
    publish: Callable[[Event], None]
    audit: AuditRecorder
    clock: Clock
    random: Random
    checkpoint: Callable[[str], None] = no_checkpoint
    """Called by name at each point where a crash must lose nothing."""

    @property
    def currency(self) -> Currency:
        """The profile's currency."""
        return Currency(self.profile.pricing.currency)

    @property
    def menu_key(self) -> str:
        """The key of the saved menu: the profile's name, and its language where that is not English."""
        language = self.profile.language
        return self.profile.name if language == "en" else f"{self.profile.name}\n{language}"

    @property
    def store_time(self) -> StoreTime:
        """The clock of the profile's stores."""
        return self.profile.store_time

    def new_id(self) -> str:
        """Return a new ULID, for a draft or an order line."""
        return new_ulid(self.clock.now, self.random.randbytes)
