"""Check that every order is placed exactly once while consoles are killed and the platform fails.

Run: ``python -m benchmarks.faults --orders 2000``. It uses only this machine. Each run has a seed of its
own, and ``--seed N --runs 1`` repeats the run of that seed as far as real processes can be repeated.
The exit code is 1 if an order is lost, duplicated, wrong, printed differently from bought or needlessly
unresolved, if a refusal is taken for an unknown outcome, if a console fails, or if a kind of fault or a
printed refusal was never injected.
"""

import argparse
import asyncio
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from benchmarks.faults.check import LEFT_BY_REFUSAL
from benchmarks.faults.counts import Counts
from benchmarks.faults.plan import CONSOLES, RunPlan
from benchmarks.faults.run import MenuCache, Outcome, Run
from console.sandbox.orders.refusals import PRINTED
from console.sandbox.switches import FaultKind

ORDERS_PER_RUN = 400
PRINTED_REFUSALS = [f"{printed.validator} {printed.kind}" for printed in PRINTED.values()]
"""The refusals of Place Order that the documents print."""


@dataclass(frozen=True, slots=True)
class RunOptions:
    """Options of the command line."""

    orders: int
    runs: int
    workers: int
    seed: int
    reference_settings: tuple[bool, ...]

    def plans(self) -> list[RunPlan]:
        """Return the runs. Even seeds have a reference, odd ones have none."""
        plans: list[RunPlan] = []
        seed = self.seed
        while len(plans) < self.runs:
            with_reference = seed % 2 == 0
            if with_reference in self.reference_settings:
                planned = sum(plan.orders for plan in plans)
                orders = -(-(self.orders - planned) // (self.runs - len(plans)))
                plans.append(RunPlan.from_seed(seed, orders, with_reference=with_reference))
            seed += 1
        return plans


async def run_all(options: RunOptions, folder: Path) -> list[Outcome]:
    """Run all plans with limited concurrency and print a line for each finished run."""
    slots, menu = asyncio.Semaphore(max(1, options.workers // CONSOLES)), MenuCache(folder / "menu")

    async def run_plan(plan: RunPlan) -> Outcome:
        async with slots:
            since = time.perf_counter()
            outcome = await Run(plan, folder / str(plan.seed), menu).run()
            seconds = time.perf_counter() - since
        verdict = outcome.verdict
        print(
            f"seed {plan.seed}, {plan.platform}: {verdict.placed} of {verdict.requested} placed, "
            f"{outcome.kills} kills, {len(verdict.findings)} findings, {seconds:.0f} s",
            flush=True,
        )
        for reason, count in verdict.fixed_conflicts.items():
            print(f"  {count} times {reason}", flush=True)
        for finding in (*verdict.findings, *outcome.failures):
            print(f"  {finding}", flush=True)
        return outcome

    return await asyncio.gather(*map(run_plan, options.plans()))


def report(outcomes: list[Outcome], seconds: float) -> tuple[str, bool]:
    """Format the table and return it with True if every run passed."""
    fault_counts: Counter[str] = Counter()
    unresolved: Counter[str] = Counter()
    resolutions: Counter[str] = Counter()
    questions: Counter[str] = Counter()
    decided: Counter[str] = Counter()
    for outcome in outcomes:
        fault_counts += outcome.fault_counts
        unresolved += outcome.verdict.unresolved
        resolutions += outcome.verdict.resolved
        questions += outcome.verdict.asked
        decided += Counter(reason.partition(":")[0] for reason in outcome.verdict.fixed_conflicts.elements())
    verdicts = [outcome.verdict for outcome in outcomes]
    refused, shown = Counter[str](), Counter[str]()
    for verdict in verdicts:
        refused += verdict.refused
        shown += verdict.shown_refusals
    undrawn = [name for name in PRINTED_REFUSALS if not refused[name]]
    missing_kinds = [kind.value for kind in FaultKind if not fault_counts[kind.value]]
    bad = {
        "lost": sum(len(verdict.lost) for verdict in verdicts),
        "duplicated": sum(len(verdict.duplicated) for verdict in verdicts),
        "wrong": sum(len(verdict.wrong) for verdict in verdicts),
        "printed differently": sum(len(verdict.printed_differently) for verdict in verdicts),
        LEFT_BY_REFUSAL: sum(len(verdict.unknown_by_refusal) for verdict in verdicts),
        "needlessly unresolved": sum(len(verdict.needlessly_unresolved) for verdict in verdicts),
        "failed consoles": sum(len(outcome.failures) for outcome in outcomes),
        "faults never injected": len(missing_kinds),
        "refusals never drawn": len(undrawn),
    }
    rows: list[tuple[str, int]] = [
        ("runs", len(outcomes)),
        ("  with a reference", sum(outcome.plan.with_reference for outcome in outcomes)),
        ("  with two homes", sum(outcome.plan.two_homes for outcome in outcomes)),
        ("orders begun", sum(verdict.begun for verdict in verdicts)),
        ("  parked", sum(verdict.parked for verdict in verdicts)),
        ("  requested", sum(verdict.requested for verdict in verdicts)),
        ("  placed", sum(verdict.placed for verdict in verdicts)),
        *((f"    {name}", count) for name, count in Counts.sum(v.counts for v in verdicts).rows),
        ("  resolved by the operator", sum(resolutions.values())),
        *((f"    {decision}", count) for decision, count in resolutions.most_common()),
        *((f"    asked: {cause}", count) for cause, count in questions.most_common()),
        ("  unresolved", sum(unresolved.values())),
        *((f"    {cause}", count) for cause, count in unresolved.most_common()),
        ("refused", sum(refused.values())),
        *((f"  {name}", count) for name, count in refused.most_common()),
        ("refusals shown", sum(shown.values())),
        *((f"  {name}", count) for name, count in shown.most_common()),
        ("differences decided", sum(decided.values())),
        *((f"  {decision}", count) for decision, count in decided.most_common()),
        ("kills", sum(outcome.kills for outcome in outcomes)),
        ("restarts", sum(outcome.restarts for outcome in outcomes)),
        ("clock jumps", sum(outcome.jumps for outcome in outcomes)),
        ("faults", sum(fault_counts.values())),
        *((f"  {kind.value}", fault_counts[kind.value]) for kind in FaultKind),
        *bad.items(),
    ]
    width = max(len(name) for name, _ in rows)
    lines = [f"{name:<{width}}{count:>9}" for name, count in rows]
    lines += [f"never injected: {', '.join(missing_kinds)}"] if missing_kinds else []
    lines += [f"never drawn: {', '.join(undrawn)}"] if undrawn else []
    failing = [str(o.plan.seed) for o in outcomes if o.verdict.findings or o.failures]
    lines += [f"failing seeds: {', '.join(failing)}"] if failing else []
    return "\n".join([*lines, f"{seconds:.0f} s"]), not any(bad.values())


def main() -> int:
    """Run everything, print the table and return the exit code."""
    parser = argparse.ArgumentParser(description="Orders placed exactly once, on a platform that fails.")
    parser.add_argument("--orders", type=int, default=10_000, help="orders of all runs; default %(default)s")
    parser.add_argument("--runs", type=int, default=0, help=f"default one for {ORDERS_PER_RUN} orders")
    parser.add_argument("--workers", type=int, default=6, help="concurrent consoles; default %(default)s")
    parser.add_argument("--seed", type=int, default=1, help="seed of the first run; default %(default)s")
    parser.add_argument(
        "--reference",
        action=argparse.BooleanOptionalAction,
        help="run only merchants with, or only merchants without, an order attribute for the reference",
    )
    parser.add_argument("--keep", type=Path, help="write the files of every run to this folder and keep them")
    arguments = parser.parse_args()
    reference_settings = (False, True) if arguments.reference is None else (arguments.reference,)
    runs = arguments.runs or max(2, arguments.orders // ORDERS_PER_RUN)
    options = RunOptions(arguments.orders, runs, arguments.workers, arguments.seed, reference_settings)
    since = time.perf_counter()
    memory_folder = Path("/dev/shm")  # noqa: S108 (the benchmark cuts no power, so memory is as durable as a disk)
    with tempfile.TemporaryDirectory(dir=memory_folder if memory_folder.is_dir() else None) as folder:
        outcomes = asyncio.run(run_all(options, arguments.keep or Path(folder)))
    table, is_good = report(outcomes, time.perf_counter() - since)
    print(table)
    return 0 if is_good else 1


if __name__ == "__main__":
    sys.exit(main())
