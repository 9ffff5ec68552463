"""Run a sample of mutants of the pure core against the tests that reach them, and list those that survive.

Run: ``python -m benchmarks.mutants [--size 1500] [--seed 1] [--only console/sync/placement]``

What is mutated, and the tests, are in ``[tool.mutmut]`` of pyproject.toml. A survivor that no test can notice
is in known_survivors.toml with its reason. Fails if fewer than 95 % of the others are noticed.
"""

import argparse
import os
import shutil
import sys
from collections import Counter
from pathlib import Path
from random import Random

from mutmut.__main__ import _run
from mutmut.mutation.data import SourceFileMutationData
from mutmut.mutation.file_mutation import mutate_file_contents
from mutmut.stats import status_by_exit_code
from mutmut.utils.file_utils import walk_mutatable_files
from mutmut.utils.format_utils import get_mutant_name

from benchmarks.mutants.operators import add_own_operators, mutate_properties
from benchmarks.mutants.survivors import Survivor, known_survivors, survivor

LEAST_NOTICED = 0.95
MISSED = {"survived", "no tests"}


def mutants_by_name(beginning: str) -> dict[str, Path]:
    """The file of every mutant, by the mutant's name, in files whose path begins so."""
    return {
        get_mutant_name(path, name): path
        for path in sorted(walk_mutatable_files())
        if str(path).startswith(beginning)
        for name in mutate_file_contents(str(path), path.read_text(encoding="utf-8")).mutant_names
    }


def missed_mutants(sample: dict[str, Path]) -> list[Survivor]:
    """The mutants of a sample that no test noticed, after the run."""
    missed: list[Survivor] = []
    for path in sorted(set(sample.values())):
        data = SourceFileMutationData(path=path)
        data.load()
        missed += [
            survivor(name, path)
            for name, exit_code in data.exit_code_by_key.items()
            if name in sample and status_by_exit_code[exit_code] in MISSED
        ]
    return missed


def main() -> int:
    """Sample, run and report."""
    parser = argparse.ArgumentParser(prog="benchmarks.mutants")
    parser.add_argument("--size", type=int, default=1500, help="mutants to try")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default="", help="the beginning of the path of files, such as console/sync")
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--keep", action="store_true", help="go on with the files of the last run")
    arguments = parser.parse_args()
    if not arguments.keep:
        shutil.rmtree("mutants", ignore_errors=True)

    os.environ.setdefault("HYPOTHESIS_PROFILE", "mutants")
    add_own_operators()
    mutate_properties()
    mutants = mutants_by_name(arguments.only)
    names = Random(arguments.seed).sample(sorted(mutants), min(arguments.size, len(mutants)))
    sample = {name: mutants[name] for name in names}
    _run(names, arguments.processes)

    missed = missed_mutants(sample)
    known = known_survivors()
    equivalent = [one for one in missed if one.key in known]
    unnoticed = [one for one in missed if one.key not in known]
    for one in sorted(equivalent):
        print(f"no difference: {one}\n    {known[one.key]}")
    for one in sorted(unnoticed):
        print(f"NOT NOTICED: {one}")
    return report(sample, equivalent, unnoticed, seed=arguments.seed, total=len(mutants))


def report(
    sample: dict[str, Path], equivalent: list[Survivor], unnoticed: list[Survivor], *, seed: int, total: int
) -> int:
    """Print the share noticed by package and in all; return the exit code."""
    tried = Counter(str(path.parent) for path in sample.values())
    tried.subtract(str(one.path.parent) for one in equivalent)
    missed = Counter(str(one.path.parent) for one in unnoticed)
    print(
        f"\nseed {seed}: {len(sample)} of {total} mutants, {len(equivalent)} of them known to change nothing"
    )
    for package in sorted(tried):
        print(f"{_share(tried[package], missed[package]):7.1%} of {tried[package]:5}  {package}")
    noticed = _share(tried.total(), missed.total())
    print(f"{noticed:7.1%} of {tried.total():5}  noticed")
    return 0 if noticed >= LEAST_NOTICED else 1


def _share(tried: int, missed: int) -> float:
    return 1 - missed / tried if tried else 1.0


if __name__ == "__main__":
    sys.exit(main())
