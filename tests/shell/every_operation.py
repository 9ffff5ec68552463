"""Every operation of the table called from the shell, against a served store, with what each can refuse.

Asserted by ``test_shell_every_operation``; by hand: ``python -m tests.shell.every_operation``.
"""

import json
import subprocess
import sys
import tempfile
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from pathlib import Path

from console.api.codes import SUCCESS
from console.api.operations import OPERATIONS
from tests.shell import calls_of_carts, calls_of_customers, calls_of_orders, calls_of_products
from tests.shell.steps import OK, Box, Call, Control, Outcome, Step, run

COMMAND = "import sys; from console.cli import main; sys.exit(main(sys.argv[1:]))"
CODES = frozenset[int](json.loads((Path(__file__).parent / "documented_codes.json").read_text("utf-8")))
"""The documents' list of message codes."""

ONLY_WHEN_TOLD = {
    1000: "the sandbox has no fault that it cannot name",
    1007: "no printed sample answers with it",
    1011: "no operation ships an order",
    1013: "no operation makes a voucher",
    1014: "no operation makes a voucher",
    1015: "no operation has a campaign",
    1019: "every update is answered with 1018, as printed",
    1020: "one location serves a whole order",
    1021: "no printed sample answers with it",
    1030: "every operation of the table is there",
    1031: "accounts need no approval",
    1033: "malformed input is answered with 1016",
    1034: "a product that is in the cart is added to it",
    1035: "no operation makes a shipment",
    1036: "no operation returns goods",
    1037: "a locked account is answered with 1032",
    1039: "passwords do not expire",
    6220: "no operation sets a delivery time",
    6221: "no operation sets a delivery time",
    6222: "no operation sets a delivery time",
    6223: "no operation sets a delivery time",
    6224: "no operation sets a delivery time",
    6228: "a wrong way of delivery is answered with 6225",
}
"""Documented codes that the sandbox answers only when it is told to, and why."""


def _told(code: int) -> tuple[Step, ...]:
    fault = {
        "pattern": "store.information",
        "kind": "code",
        "code": code,
        "times": 3,
    }  # a read is tried three times
    return (
        Control("switches", {"faults": [fault]}),
        Call("store.information", expect=OK if code in SUCCESS else code),
    )


SCENARIO: tuple[Step, ...] = (
    *calls_of_customers.STEPS,
    *calls_of_products.STEPS,
    *calls_of_carts.STEPS,
    *calls_of_orders.STEPS,
    *(step for code in ONLY_WHEN_TOLD for step in _told(code)),
)


@contextmanager
def served(file: Path) -> Generator[Box]:
    """Serve a new store in this file until the block ends."""
    command = [
        sys.executable,
        "-c",
        COMMAND,
        "sandbox",
        "serve",
        "--port",
        "0",
        "--json",
        "--file",
        str(file),
    ]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        try:
            said = json.loads(process.stdout.readline())
            names = ("base_url", "merchant_id", "consumer_key", "consumer_secret")
            yield Box(*(said[name] for name in names), file=file)
        finally:
            process.terminate()


def reached(outcomes: Sequence[Outcome]) -> set[str]:
    """The operations that did what was asked at least once."""
    return {outcome.step.name for outcome in outcomes if outcome.done}


def refused(outcomes: Sequence[Outcome]) -> set[int]:
    """The codes that something was refused with."""
    return {outcome.code for outcome in outcomes if outcome.code and not outcome.done}


def problems(outcomes: Sequence[Outcome]) -> list[str]:
    """The calls that did not come to what the scenario says."""
    return [
        f"{outcome.step.name}: {outcome.code} and not {outcome.step.expect or 'done'}; {outcome.said}"
        for outcome in outcomes
        if not outcome.expected
    ]


def main() -> int:
    """Print what became of every operation; 0 where all of it is as expected."""
    with tempfile.TemporaryDirectory() as folder, served(Path(folder) / "store.db") as box:
        outcomes = list(run(SCENARIO, box))
    done, codes = reached(outcomes), refused(outcomes)
    lines: list[str] = []
    for name in (operation.name for operation in OPERATIONS):
        mine = [outcome.code for outcome in outcomes if outcome.step.name == name]
        first = next((code for code in mine if code in SUCCESS), 0)
        others = sorted(set(mine) - SUCCESS.keys())
        lines.append(f"{name:<40} {first or 'never'}  {' '.join(map(str, others))}".rstrip())
    seen = codes | {outcome.code for outcome in outcomes}
    lines += problems(outcomes)
    lines.append(f"{len(done)} of {len(OPERATIONS)} operations reached, {len(codes)} refusals got")
    lines += [f"never seen: {code}" for code in sorted(CODES - seen)]
    sys.stdout.write("\n".join(lines) + "\n")
    return 1 if problems(outcomes) else 0


if __name__ == "__main__":
    sys.exit(main())
