"""Measure the console's response to keys in a pseudo-terminal, beside a minimal Textual application.

Run: ``python -m benchmarks.terminal``. It needs Linux and the test dependencies, and has no limits.

The steps of the two programs, in order. A step with a label is a row of the table:

    label            console                                   minimal.py
    start            until the sign-in is on the screen        until the table is on the screen
                     name, Tab, password, Enter, a             Tab into the table
    cursor key       in the list of customers                  in the table
                                                               Shift+Tab into the input
    letter           in the customer search                    in the input
    open a screen    Enter on a customer, and back             F2, and back
    idle             in the customer search                    in the input
"""

import argparse
import os
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from benchmarks.pseudo_terminal import SILENCE, Burst, CannotRunError, PseudoTerminal

SIZES = ((120, 36), (80, 24))
SETTLE_SECONDS = 0.4
"""Seconds of silence after a key. Bytes until then (fetched results) count as the key's own."""
IDLE_SECONDS = 5.0
"""Seconds without a key."""
OPERATOR, PASSWORD = "layla@sandbox.example", "counter-1"
"""Demonstration account of the sandbox store."""


@dataclass(frozen=True, slots=True)
class Step:
    """Keys to press, each measured if the step has a label; after the last one ``marker`` is awaited.

    ``keys_back`` are pressed afterwards. The step is repeated ``times`` times.
    """

    keys: tuple[str, ...]
    label: str = ""
    marker: str = ""
    keys_back: tuple[str, ...] = ()
    times: int = 1


@dataclass(frozen=True, slots=True)
class Program:
    """A command, the text that marks its first paint, and the steps."""

    command: tuple[str, ...]
    marker: str
    steps: tuple[Step, ...]


LETTERS = ("a", "h", "m", "backspace", "backspace", "backspace", "o", "m", "backspace", "backspace")
ROWS = ("down",) * 10 + ("up",) * 6


def console(command: Sequence[str], operator: str, password: str) -> Program:
    """Return the console on its sandbox store."""
    sign_in = Step((*operator, "tab", *password, "enter"), marker="Type a number")
    return Program(
        tuple(command),
        "Password",
        (
            sign_in,
            Step(("a",), marker="+965"),
            Step(ROWS, "cursor key"),
            Step(LETTERS, "letter"),
            Step(("enter",), "open a screen", marker="Total", keys_back=("escape",)),
        ),
    )


def minimal() -> Program:
    """Return the baseline."""
    return Program(
        (sys.executable, str(Path(__file__).with_name("minimal.py"))),
        "Customer 1 ",
        (
            Step(("tab",)),
            Step(ROWS, "cursor key"),
            Step(("shift+tab",)),
            Step(LETTERS, "letter"),
            Step(("f2",), "open a screen", marker="Line 20", keys_back=("escape",), times=3),
        ),
    )


Figures = dict[str, float]
"""Measured figures by the label of their row."""


def measure(program: Program, *, columns: int, rows: int, starts: int) -> Figures:
    """Start a program ``starts`` times and run its steps in the last one.

    Raises:
        CannotRunError: The program does not show the text that a step waits for.
    """
    figures: Figures = {}
    first_paints: list[Burst] = []
    for turn in range(starts):
        with tempfile.TemporaryDirectory() as home:
            terminal = PseudoTerminal(
                program.command, columns=columns, rows=rows, environment=environment(home)
            )
            try:
                first_paints.append(terminal.wait_for(program.marker, terminal.started_at))
                if turn == starts - 1:
                    walk(terminal, program.steps, figures)
            finally:
                terminal.close()
    start: Figures = {}
    record(start, "start", first_paints)
    return start | figures


def environment(home: str) -> Mapping[str, str]:
    """Return an environment with all colours and an empty home of the console."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("TEXTUAL")}
    inherited.pop("NO_COLOR", None)
    return inherited | {"TERM": "xterm-256color", "COLORTERM": "truecolor", "STORE_CONSOLE_HOME": home}


def walk(terminal: PseudoTerminal, steps: Sequence[Step], figures: Figures) -> None:
    """Press the keys of all steps, then idle for a while, and record the figures."""
    terminal.settle(SETTLE_SECONDS)
    for step in steps:
        pause = SETTLE_SECONDS if step.label else SILENCE
        bursts: list[Burst] = []
        afterwards: list[int] = []
        for _ in range(step.times):
            for place, key in enumerate(step.keys, 1):
                burst = terminal.press(key, step.marker if place == len(step.keys) else "")
                bursts += [burst] if burst else []
                afterwards.append(terminal.settle(pause))
            for key in step.keys_back:
                terminal.press(key)
                terminal.settle(pause)
        if step.label:
            record(figures, step.label, bursts)
            figures[f"{step.label}, bytes afterwards"] = median(afterwards)
    figures["idle, bytes a second"] = terminal.count(IDLE_SECONDS) / IDLE_SECONDS
    figures["peak memory, MB"] = terminal.peak_memory() / 1e6


def record(figures: Figures, label: str, bursts: Sequence[Burst]) -> None:
    """Record the medians of some bursts."""
    if bursts:
        figures[f"{label}, ms"] = median(burst.seconds for burst in bursts) * 1000
        figures[f"{label}, bytes"] = median(burst.size for burst in bursts)


def table(title: str, ours: Figures, theirs: Figures) -> str:
    """Format the figures of both programs side by side, with their ratio."""
    lines = [f"{title:<32}{'console':>10}{'minimal':>10}{'ratio':>8}"]
    for label in [*ours, *(label for label in theirs if label not in ours)]:
        mine, other = ours.get(label), theirs.get(label)
        ratio = f"{mine / other:.2f}" if mine is not None and other else ""
        lines.append(f"{label:<32}{figure(mine):>10}{figure(other):>10}{ratio:>8}")
    return "\n".join(lines)


def figure(value: float | None) -> str:
    """Format a figure for a column; a dash if nothing was measured."""
    if value is None:
        return "-"
    return f"{value:.1f}" if value < 100 and value != int(value) else f"{value:.0f}"


def parse_arguments() -> argparse.Namespace:
    """Parse the command line."""
    installed_command = Path(sys.executable).with_name("store-console")
    parser = argparse.ArgumentParser(description="Measure the console beside a minimal Textual application.")
    parser.add_argument("--operator", default=OPERATOR, help="operator who signs in to the sandbox store")
    parser.add_argument("--password", default=PASSWORD)
    parser.add_argument("--starts", type=int, default=5, help="number of starts of each program")
    parser.add_argument(
        "command", nargs="*", default=[str(installed_command)], help="command that starts the console"
    )
    return parser.parse_args()


def main() -> int:
    """Measure both programs at both sizes and print a table for each size."""
    arguments = parse_arguments()
    ours = console(arguments.command, arguments.operator, arguments.password)
    for columns, rows in SIZES:
        try:
            both = [
                measure(program, columns=columns, rows=rows, starts=arguments.starts)
                for program in (ours, minimal())
            ]
        except (CannotRunError, OSError) as error:
            print(error, file=sys.stderr)
            return 1
        print(table(f"{columns}x{rows}", *both), end="\n\n", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
