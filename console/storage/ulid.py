"""ULIDs: ids that sort by the time they were made, without asking anybody.

Used for drafts and their lines; the platform never sees them.
"""

from collections.abc import Callable

_CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def new_ulid(clock: Callable[[], float], random: Callable[[int], bytes]) -> str:
    """26 letters of Crockford's base 32: 48 bits of milliseconds, 80 bits of chance.

    ``clock`` gives Unix seconds, ``random(n)`` n random bytes. Two of one millisecond sort by chance.
    """
    milliseconds = int(clock() * 1000) & (1 << 48) - 1
    number = milliseconds << 80 | int.from_bytes(random(10))
    return "".join(_CROCKFORD[number >> 5 * place & 31] for place in reversed(range(26)))
