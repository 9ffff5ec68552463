"""Orders placed exactly once, whatever happens: consoles killed at random, on a platform full of faults.

Run it with ``python benchmarks/faults/__main__.py [--orders 10000]``, on this machine only. Each run has a
seed of its own; ``--seed N --runs 1`` repeats the run of that seed, as far as two runs of real processes are
alike. The exit code is 1 where an order was lost, placed twice, wrong, or left to the operator without need,
and where a kind of fault never struck.
"""

import argparse
import asyncio
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from benchmarks.faults.counts import Counts
from benchmarks.faults.plan import CONSOLES, RunPlan
from benchmarks.faults.run import MenuCache, Outcome, Run
from console.sandbox.switches import FaultKind

ORDERS_A_RUN = 250


@dataclass(frozen=True, slots=True)
class RunOptions:
    """What the command line asks for."""

    orders: int
    runs: int
    workers: int
    seed: int
    reference_settings: tuple[bool, ...]

    def plans(self) -> list[RunPlan]:
        """The runs, one with a reference after one without; the seed alone says which a run is."""
        plans: list[RunPlan] = []
        seed = self.seed
        while len(plans) < self.runs:
            with_reference = seed % 2 == 0
            if with_reference in self.reference_settings:
                done = sum(plan.orders for plan in plans)
                orders = -(-(self.orders - done) // (self.runs - len(plans)))
                plans.append(RunPlan.from_seed(seed, orders, with_reference=with_reference))
            seed += 1
        return plans


async def run_all(options: RunOptions, folder: Path) -> list[Outcome]:
    """All runs, a few at a time, with a line for each that is over."""
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
        for why, count in verdict.fixed_conflicts.items():
            print(f"  taken out {count} times: {why}", flush=True)
        for finding in (*verdict.findings, *outcome.broken):
            print(f"  {finding}", flush=True)
        return outcome

    return await asyncio.gather(*map(run_plan, options.plans()))


def report(outcomes: list[Outcome], seconds: float) -> tuple[str, bool]:
    """The table, and whether all is as it must be."""
    fault_counts: Counter[str] = Counter()
    unresolved: Counter[str] = Counter()
    resolutions: Counter[str] = Counter()
    for outcome in outcomes:
        fault_counts += outcome.fault_counts
        unresolved += outcome.verdict.unresolved
        resolutions += outcome.verdict.resolved
    verdicts = [outcome.verdict for outcome in outcomes]
    missing_kinds = [kind.value for kind in FaultKind if not fault_counts[kind.value]]
    bad = {
        "lost": sum(len(verdict.lost) for verdict in verdicts),
        "duplicated": sum(len(verdict.duplicated) for verdict in verdicts),
        "wrong": sum(len(verdict.wrong) for verdict in verdicts),
        "left without need": sum(len(verdict.needlessly_unresolved) for verdict in verdicts),
        "consoles that broke": sum(len(outcome.broken) for outcome in outcomes),
        "faults that never struck": len(missing_kinds),
    }
    rows: list[tuple[str, int]] = [
        ("runs", len(outcomes)),
        ("  with a reference", sum(outcome.plan.with_reference for outcome in outcomes)),
        ("orders begun", sum(verdict.begun for verdict in verdicts)),
        ("  parked", sum(verdict.parked for verdict in verdicts)),
        ("  asked to be placed", sum(verdict.requested for verdict in verdicts)),
        ("  placed", sum(verdict.placed for verdict in verdicts)),
        *((f"    {name}", count) for name, count in Counts.sum(v.counts for v in verdicts).rows),
        ("  decided by the operator", sum(resolutions.values())),
        *((f"    {what}", count) for what, count in resolutions.most_common()),
        ("  left to the operator", sum(unresolved.values())),
        *((f"    {cause}", count) for cause, count in unresolved.most_common()),
        ("kills", sum(outcome.kills for outcome in outcomes)),
        ("restarts", sum(outcome.restarts for outcome in outcomes)),
        ("clock jumps", sum(outcome.jumps for outcome in outcomes)),
        ("faults", sum(fault_counts.values())),
        *((f"  {kind.value}", fault_counts[kind.value]) for kind in FaultKind),
        *bad.items(),
    ]
    wide = max(len(name) for name, _ in rows)
    lines = [f"{name:<{wide}}{count:>9}" for name, count in rows]
    lines += [f"never struck: {', '.join(missing_kinds)}"] if missing_kinds else []
    failing = [str(o.plan.seed) for o in outcomes if o.verdict.findings or o.broken]
    lines += [f"failing seeds: {', '.join(failing)}"] if failing else []
    return "\n".join([*lines, f"{seconds:.0f} s"]), not any(bad.values())


def main() -> int:
    """Let everything happen, and print what became of it."""
    parser = argparse.ArgumentParser(description="Orders placed exactly once, on a platform full of faults.")
    parser.add_argument("--orders", type=int, default=10_000, help="over all runs; default %(default)s")
    parser.add_argument("--runs", type=int, default=0, help=f"default one for {ORDERS_A_RUN} orders")
    parser.add_argument(
        "--workers", type=int, default=6, help="consoles at the same time; default %(default)s"
    )
    parser.add_argument("--seed", type=int, default=1, help="of the first run; default %(default)s")
    parser.add_argument(
        "--reference",
        action=argparse.BooleanOptionalAction,
        help="only runs whose merchant has an order attribute for our reference, or only those without",
    )
    parser.add_argument("--keep", type=Path, help="keep every run's files in this folder")
    arguments = parser.parse_args()
    reference_settings = (False, True) if arguments.reference is None else (arguments.reference,)
    runs = arguments.runs or max(2, arguments.orders // ORDERS_A_RUN)
    options = RunOptions(arguments.orders, runs, arguments.workers, arguments.seed, reference_settings)
    since = time.perf_counter()
    memory = Path("/dev/shm")  # noqa: S108 (no power is cut here, so no disk need keep what is written)
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None) as folder:
        outcomes = asyncio.run(run_all(options, arguments.keep or Path(folder)))
    table, is_good = report(outcomes, time.perf_counter() - since)
    print(table)
    return 0 if is_good else 1


if __name__ == "__main__":
    sys.exit(main())
