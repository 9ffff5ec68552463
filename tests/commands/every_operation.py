"""Every operation of the table called from the shell, against a served store, with what each can refuse.

Asserted by ``test_shell_every_operation``; by hand: ``python -m tests.commands.every_operation``.
"""

import json
import subprocess
import sys
import tempfile
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from pathlib import Path

from console.api.transport.error_codes import SUCCESS_CODES
from console.operations import OPERATIONS
from tests.commands import cart_calls, customer_calls, order_calls, product_calls
from tests.commands.steps import OK, Call, Control, Outcome, ServedSandbox, Step, run
from tests.paths import OPERATION_CODES

COMMAND = "import sys; from console.cli import main; sys.exit(main(sys.argv[1:]))"
CODES = frozenset[int](json.loads(OPERATION_CODES.read_text("utf-8")))
"""The documents' list of message codes."""

ONLY_WHEN_INJECTED = {
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
"""Documented codes that the sandbox returns only when it is switched to, and why."""


def _injected_error(code: int) -> tuple[Step, ...]:
    fault = {
        "pattern": "store.information",
        "kind": "code",
        "code": code,
        "times": 3,
    }  # a read is tried three times
    return (
        Control("switches", {"faults": [fault]}),
        Call("store.information", expect=OK if code in SUCCESS_CODES else code),
    )


SCENARIO: tuple[Step, ...] = (
    *customer_calls.STEPS,
    *product_calls.STEPS,
    *cart_calls.STEPS,
    *order_calls.STEPS,
    *(step for code in ONLY_WHEN_INJECTED for step in _injected_error(code)),
)


@contextmanager
def serve_sandbox(file: Path) -> Generator[ServedSandbox]:
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
            description = json.loads(process.stdout.readline())
            names = ("base_url", "merchant_id", "consumer_key", "consumer_secret")
            yield ServedSandbox(*(description[name] for name in names), file=file)
        finally:
            process.terminate()


def operations_reached(outcomes: Sequence[Outcome]) -> set[str]:
    """The operations that did what was asked at least once."""
    return {outcome.step.name for outcome in outcomes if outcome.is_done}


def rejection_codes(outcomes: Sequence[Outcome]) -> set[int]:
    """The codes that something was refused with."""
    return {outcome.code for outcome in outcomes if outcome.code and not outcome.is_done}


def problems(outcomes: Sequence[Outcome]) -> list[str]:
    """The calls that did not come to what the scenario says."""
    return [
        f"{outcome.step.name}: {outcome.code} and not {outcome.step.expect or 'done'}; {outcome.message}"
        for outcome in outcomes
        if not outcome.is_expected
    ]


def main() -> int:
    """Print what became of every operation; 0 where all of it is as expected."""
    with tempfile.TemporaryDirectory() as folder, serve_sandbox(Path(folder) / "store.db") as sandbox:
        outcomes = list(run(SCENARIO, sandbox))
    done, codes = operations_reached(outcomes), rejection_codes(outcomes)
    lines: list[str] = []
    for name in (operation.name for operation in OPERATIONS):
        operation_codes = [outcome.code for outcome in outcomes if outcome.step.name == name]
        first = next((code for code in operation_codes if code in SUCCESS_CODES), 0)
        rejections = sorted(set(operation_codes) - SUCCESS_CODES.keys())
        lines.append(f"{name:<40} {first or 'never'}  {' '.join(map(str, rejections))}".rstrip())
    codes_seen = codes | {outcome.code for outcome in outcomes}
    lines += problems(outcomes)
    lines.append(f"{len(done)} of {len(OPERATIONS)} operations reached, {len(codes)} refusals got")
    lines += [f"never seen: {code}" for code in sorted(CODES - codes_seen)]
    sys.stdout.write("\n".join(lines) + "\n")
    return 1 if problems(outcomes) else 0


if __name__ == "__main__":
    sys.exit(main())
