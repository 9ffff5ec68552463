"""Every documented operation reaches success from the shell over HTTP, and the documented refusals come."""

import json
from collections.abc import Sequence

import pytest

from console.cli import main
from tests.commands.every_operation import CODES, SCENARIO, operations_reached, problems, serve_sandbox
from tests.commands.steps import Outcome, run

# A process for each of some 140 calls.
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory: pytest.TempPathFactory) -> Sequence[Outcome]:
    with serve_sandbox(tmp_path_factory.mktemp("served") / "store.db") as box:
        return list(run(SCENARIO, box))


def test_every_listed_operation_reaches_success(
    outcomes: Sequence[Outcome], capsys: pytest.CaptureFixture[str]
) -> None:
    main(["api", "list", "--json"])
    listed = {operation["name"] for operation in json.loads(capsys.readouterr().out)}
    assert operations_reached(outcomes) == listed
    assert len(listed) == 138


def test_every_call_comes_to_what_the_documents_say(outcomes: Sequence[Outcome]) -> None:
    assert problems(outcomes) == []


def test_every_documented_code_is_returned(outcomes: Sequence[Outcome]) -> None:
    assert {outcome.code for outcome in outcomes} == CODES
