"""Console processes killed by SIGKILL at random on a platform full of faults: short runs of the benchmark.

Each run has two consoles on one machine, a store in a process of its own, and a seed that repeats it.
"""

import subprocess
import sys

import pytest

from tests.paths import ROOT

COMMAND = ("-m", "benchmarks.faults")
RUNS, ORDERS = 8, 32


@pytest.mark.parametrize("half", ["--reference", "--no-reference"])
def test_no_order_is_lost_doubled_or_wrong_and_none_left_to_the_operator_without_need(half: str) -> None:
    asked = ("--runs", str(RUNS), "--orders", str(ORDERS), "--workers", str(RUNS), half)
    ended = subprocess.run(
        (sys.executable, *COMMAND, *asked), capture_output=True, text=True, check=False, cwd=ROOT
    )
    assert ended.returncode == 0, ended.stdout + ended.stderr
