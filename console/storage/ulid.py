"""ULIDs: ids that sort by the time they were made, without a central counter."""

from collections.abc import Callable

_CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def new_ulid(clock: Callable[[], float], random: Callable[[int], bytes]) -> str:
    """Make an id of 26 characters (Crockford's base 32): 48 bits of milliseconds, 80 random bits.

    ``clock`` gives Unix seconds, ``random(n)`` gives n bytes. Two of the same millisecond sort at random.
    """
    milliseconds = int(clock() * 1000) & (1 << 48) - 1
    number = milliseconds << 80 | int.from_bytes(random(10))
    return "".join(_CROCKFORD[number >> 5 * place & 31] for place in reversed(range(26)))
