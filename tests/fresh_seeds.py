"""Seeds of our own random tests: fixed in the gate, fresh ones where ``STORE_CONSOLE_SEED`` says so.

``STORE_CONSOLE_SEED=random`` draws a base seed for the run; a number repeats the run that printed it.
"""

import os
import secrets

SEED_VARIABLE = "STORE_CONSOLE_SEED"


def draw_base_seed() -> None:
    """Replace ``random`` by a number; called before xdist's workers inherit the environment."""
    if os.environ.get(SEED_VARIABLE) == "random":
        os.environ[SEED_VARIABLE] = str(1 + secrets.randbelow(10**9))


def base_seed() -> int:
    """The number that this run adds to every fixed seed; 0 in the gate."""
    return int(os.environ.get(SEED_VARIABLE) or 0)


def seed_for(fixed: int) -> int:
    """The seed to use in place of a fixed one."""
    return base_seed() + fixed
