"""Where this machine keeps the console's files.

Asked once at the start by the command; handed to whatever reads or writes one of them.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import platformdirs

HOME_VARIABLE = "STORE_CONSOLE_HOME"
"""Set to a folder, it holds config, data, cache and logs: for kiosks and tests."""

_APP_NAME = "store-console"


@dataclass(frozen=True, slots=True)
class Paths:
    """The four folders. None of them need exist: whoever writes first makes its own, mode 0700."""

    config: Path
    data: Path
    cache: Path
    logs: Path

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] = os.environ) -> "Paths":
        """The platform's own folders for this user, or all four below ``STORE_CONSOLE_HOME``."""
        home = environ.get(HOME_VARIABLE, "")
        if home:
            return cls.under(Path(home).expanduser().absolute())
        return cls(
            config=platformdirs.user_config_path(_APP_NAME, appauthor=False),
            data=platformdirs.user_data_path(_APP_NAME, appauthor=False),
            cache=platformdirs.user_cache_path(_APP_NAME, appauthor=False),
            logs=platformdirs.user_log_path(_APP_NAME, appauthor=False),
        )

    @classmethod
    def under(cls, home: Path) -> "Paths":
        """All four folders below one."""
        return cls(config=home / "config", data=home / "data", cache=home / "cache", logs=home / "logs")

    @property
    def settings_file(self) -> Path:
        """The operator's settings and the store profiles."""
        return self.config / "settings.toml"

    @property
    def secrets_file(self) -> Path:
        """The secrets, where the system has no keyring."""
        return self.config / "secrets.json"

    @property
    def drafts_file(self) -> Path:
        """The drafts and their sync state: never to be lost."""
        return self.data / "drafts.sqlite"

    @property
    def people_file(self) -> Path:
        """Customers lately served, and the operators who may sign in without a line."""
        return self.data / "people.sqlite"

    @property
    def catalogue_file(self) -> Path:
        """Menu and stock as last seen: may be deleted, the platform has it all."""
        return self.cache / "catalogue.sqlite"

    @property
    def tickets_folder(self) -> Path:
        """The folder of the tickets that were kept as files."""
        return self.data / "tickets"

    @property
    def sandbox_file(self) -> Path:
        """The sandbox store inside the program."""
        return self.data / "sandbox.sqlite"

    @property
    def audit_file(self) -> Path:
        """The audit trail."""
        return self.logs / "audit.jsonl"
