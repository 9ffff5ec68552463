"""Console processes killed by SIGKILL at random on a platform full of faults: short runs of the benchmark.

Each run has two consoles on one machine, a store in a process of its own, and a seed that repeats it.
"""

import re
import subprocess
import sys

import pytest

from tests.fresh_seeds import base_seed
from tests.paths import ROOT

# Real processes in pseudo-terminals; one walk, in test_path.py, stays with the quick tests.
pytestmark = pytest.mark.slow

COMMAND = ("-m", "benchmarks.faults")
MUST_BE_ZERO = (
    "lost",
    "duplicated",
    "wrong",
    "left unknown because of a refusal",
    "needlessly unresolved",
    "failed consoles",
)
HALVES = pytest.mark.parametrize("half", ["--reference", "--no-reference"])


def run_faults(*options: str, runs: int, orders: int) -> subprocess.CompletedProcess[str]:
    counts = ("--runs", str(runs), "--orders", str(orders), "--workers", str(runs))
    seed = ("--seed", str(base_seed())) if base_seed() else ()
    return subprocess.run(
        (sys.executable, *COMMAND, *counts, *seed, *options),
        capture_output=True, text=True, check=False, cwd=ROOT,
    )  # fmt: skip


@HALVES
def test_faults_lose_double_or_spoil_no_order(half: str) -> None:
    """No order is lost, doubled or wrong, and none left to the operator without need."""
    ended = run_faults(half, runs=8, orders=32)
    assert ended.returncode == 0, ended.stdout + ended.stderr


@HALVES
def test_fault_benchmark_short_run_loses_nothing(half: str) -> None:
    """Four orders: too few for each kind of fault to strike, so the table is read, not the exit code."""
    ended = run_faults(half, runs=1, orders=4)
    counts = dict(re.findall(r"^(\w[\w ]*?) +(\d+)$", ended.stdout, re.MULTILINE))
    assert {name: counts.get(name) for name in MUST_BE_ZERO} == dict.fromkeys(MUST_BE_ZERO, "0"), (
        ended.stdout + ended.stderr
    )
