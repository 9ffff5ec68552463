"""Random numbers from a seed: the same on every machine and in every version of Python."""

import hashlib
from collections.abc import Sequence
from typing import TypeVar

Item = TypeVar("Item")

BITS = 64


class SeededRandom:
    """A sequence of random numbers. ``name`` is the seed and the purpose, such as ``1:people``."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._count = 0

    def bits(self) -> int:
        """The next 64 bits."""
        self._count += 1
        digest = hashlib.blake2b(f"{self._name}:{self._count}".encode(), digest_size=BITS // 8).digest()
        return int.from_bytes(digest)

    def randbelow(self, bound: int) -> int:
        """A whole number from 0 to below ``bound``."""
        return self.bits() % bound

    def choice(self, items: Sequence[Item]) -> Item:
        """One of the items."""
        return items[self.randbelow(len(items))]

    def chance(self, probability: float) -> bool:
        """Return True with this probability."""
        return self.bits() < probability * 2**BITS
