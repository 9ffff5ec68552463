"""Where this machine stores the console's files."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import platformdirs

HOME_VARIABLE = "STORE_CONSOLE_HOME"
"""Environment variable: a folder for config, data, cache and logs, for kiosks and tests."""

_APP_NAME = "store-console"


@dataclass(frozen=True, slots=True)
class Paths:
    """The four folders. They need not exist: the first writer creates its own, mode 0700."""

    config: Path
    data: Path
    cache: Path
    logs: Path

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] = os.environ) -> "Paths":
        """Return this user's standard folders, or four below ``STORE_CONSOLE_HOME``."""
        home = environ.get(HOME_VARIABLE, "")
        if home:
            try:
                folder = Path(home).expanduser()
            except RuntimeError:  # a user who does not exist: a folder of that name
                folder = Path(home)
            return cls.under(folder.absolute())
        return cls(
            config=platformdirs.user_config_path(_APP_NAME, appauthor=False),
            data=platformdirs.user_data_path(_APP_NAME, appauthor=False),
            cache=platformdirs.user_cache_path(_APP_NAME, appauthor=False),
            logs=platformdirs.user_log_path(_APP_NAME, appauthor=False),
        )

    @classmethod
    def under(cls, home: Path) -> "Paths":
        """Return the four folders below ``home``."""
        return cls(config=home / "config", data=home / "data", cache=home / "cache", logs=home / "logs")

    @property
    def settings_file(self) -> Path:
        """The operator's settings and the store profiles."""
        return self.config / "settings.toml"

    @property
    def secrets_file(self) -> Path:
        """The secrets, on a system without a keyring."""
        return self.config / "secrets.json"

    @property
    def drafts_file(self) -> Path:
        """Drafts and their sync state: must never be lost."""
        return self.data / "drafts.sqlite"

    @property
    def people_file(self) -> Path:
        """Recent customers, and operators who may sign in offline."""
        return self.data / "people.sqlite"

    @property
    def catalogue_file(self) -> Path:
        """The saved menu and stock: may be deleted, the platform has it all."""
        return self.cache / "catalogue.sqlite"

    @property
    def tickets_folder(self) -> Path:
        """The folder of saved tickets."""
        return self.data / "tickets"

    @property
    def sandbox_file(self) -> Path:
        """The sandbox store inside the program."""
        return self.data / "sandbox.sqlite"

    @property
    def audit_file(self) -> Path:
        """The audit trail."""
        return self.logs / "audit.jsonl"
