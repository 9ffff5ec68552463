"""The surroundings of sync: the platform, its rules, time, chance and the points where a test may stop it."""

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from console.api.client import ApiClient
from console.sync.clock import Clock
from console.sync.platform_rules import PlatformRules


def no_checkpoint(_point: str) -> None:
    """Go on: only a test ends the process at a named point."""


@dataclass(frozen=True, slots=True)
class SyncContext:
    """Values that all parts of sync share. A test hands in virtual time, a seed and a ``checkpoint``.

    ``checkpoint`` is called with the name of each point between two durable steps.
    """

    api: ApiClient
    rules: PlatformRules
    clock: Clock
    random: Random
    checkpoint: Callable[[str], None] = no_checkpoint
