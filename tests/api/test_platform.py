"""The API as a library: the programs of its page, and sessions that carry their token."""

import ast
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest
from pydantic import SecretStr

import console.api
import store_console.api
from console.api import public
from console.api.client import ApiClient
from console.api.errors import NotFound, SessionExpired
from console.api.platform import Platform
from console.api.transport.endpoint import Endpoint
from console.api.transport.resource import Resource
from console.operations import OPERATIONS
from console.sandbox.store import Store
from tests.api.conftest import NOW
from tests.api.counting_app import RequestCounter
from tests.commands.every_operation import serve_sandbox
from tests.commands.steps import ServedSandbox
from tests.paths import ROOT

PAGE = (ROOT / "docs" / "library.md").read_text("utf-8")
PROGRAMS = re.findall(r"```python\n(.*?)```.*?(?:It prints `([^`]+)`|\Z)", PAGE, flags=re.DOTALL)
TOM = {"customer": "tom.sawyer@example.com", "operator": "layla@sandbox.example", "password": "counter-1"}
HERE = 27299


@pytest.fixture
async def platform(endpoint: Endpoint) -> Any:
    async with Platform(endpoint, clock=lambda: NOW, random=Random(1)) as platform:
        yield platform


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServedSandbox]:
    with serve_sandbox(tmp_path_factory.mktemp("served") / "store.db") as sandbox:
        yield sandbox


def run_program(text: str, *, folder: Path, search: Path = ROOT) -> str:
    environment = {**os.environ, "PYTHONPATH": str(search)}
    done = subprocess.run(
        [sys.executable, "-c", text], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    assert done.stderr == ""
    return done.stdout.strip()


@pytest.mark.parametrize(("program", "printed"), PROGRAMS[:2], ids=["first", "documented deal"])
def test_program_of_the_page_prints_what_it_says(
    served: ServedSandbox, tmp_path: Path, program: str, printed: str
) -> None:
    assert printed
    text = program.replace("http://127.0.0.1:8600", served.base_url)
    assert run_program(text, folder=tmp_path) == printed


def test_first_program_has_one_import_of_ours_and_twenty_lines() -> None:
    tree = ast.parse(PROGRAMS[0][0])
    imports = [node for node in tree.body if isinstance(node, ast.ImportFrom)]
    assert [node.module for node in imports] == ["store_console.api"]
    assert len([line for line in PROGRAMS[0][0].splitlines() if line.strip()]) <= 20


def test_other_programs_of_the_page_run(tmp_path: Path) -> None:
    for program in re.findall(r"```python\n(.*?)```", PAGE, flags=re.DOTALL)[2:]:
        assert run_program(program, folder=tmp_path) == ""


def test_library_leaves_the_search_path_of_its_program_alone(tmp_path: Path) -> None:
    (tmp_path / "api.py").write_text("MINE = True")
    program = (
        "import sys; before = [*sys.path]; import store_console.api, api; print(sys.path == before, api.MINE)"
    )
    assert run_program(program, folder=tmp_path) == "True True"


def test_foreign_console_already_loaded_is_an_import_error(tmp_path: Path) -> None:
    (tmp_path / "console.py").write_text("")
    program = "import console\ntry:\n import store_console.api\nexcept ImportError as error:\n print(error)"
    assert "another package named console is loaded already" in run_program(program, folder=tmp_path)


def test_every_name_of_the_library_is_there() -> None:
    assert [name for name in public.__all__ if not hasattr(store_console.api, name)] == []
    assert [name for name in public.__all__ if not hasattr(console.api, name)] == []


@pytest.mark.anyio
class TestSession:
    async def test_session_sends_its_token_by_itself(self, platform: Platform) -> None:
        async with platform.session(**TOM, location_id=HERE) as session:
            assert await session.customers.validate_token()
            assert (await session.carts.by_token()).items == ()

    async def test_session_is_logged_out_at_its_end(self, platform: Platform) -> None:
        async with platform.walk_in() as session:
            pass
        assert not await session.customers.validate_token()

    async def test_session_is_logged_out_after_an_error(self, platform: Platform) -> None:
        tokens: list[SecretStr] = []
        with pytest.raises(ZeroDivisionError):  # noqa: PT012 (the end of the session is part of it)
            async with platform.walk_in() as session:
                tokens.append(session.token)
                raise ZeroDivisionError
        assert not await platform.customers.validate_token(token=tokens[0])

    async def test_expired_session_is_the_error_of_the_call_not_of_the_end(
        self, platform: Platform, store: Store
    ) -> None:
        with pytest.raises(SessionExpired):  # noqa: PT012 (the end of the session is part of it)
            async with platform.walk_in() as session:
                store.expire_sessions(anonymous=True)
                await session.carts.get()

    async def test_two_sessions_have_carts_of_their_own(self, platform: Platform) -> None:
        async with platform.walk_in() as one, platform.walk_in() as other:
            await one.carts.add_at_location(product_id=13047603, location_id=HERE, currency="KWD")
            assert len((await one.carts.get()).items) == 1
            assert (await other.carts.get()).items == ()

    async def test_session_started_elsewhere_is_resumed(self, platform: Platform) -> None:
        async with platform.walk_in() as session:
            again = platform.resume(session.token.get_secret_value())
            assert await again.customers.validate_token()

    async def test_customer_who_does_not_exist_is_not_found(self, platform: Platform) -> None:
        with pytest.raises(NotFound):
            async with platform.session(**TOM | {"customer": "nobody"}, location_id=HERE):
                pass

    async def test_session_shows_no_token(self, platform: Platform) -> None:
        async with platform.walk_in() as session:
            assert session.token.get_secret_value() not in f"{session!r} {vars(session)}"


@pytest.mark.anyio
async def test_operation_is_called_by_its_name(platform: Platform) -> None:
    response = await platform.call("customers.search", data={"customerSearch": {"UserName": "tom.sawyer"}})
    assert response["messageCode"] == "1004"


@pytest.mark.anyio
async def test_wrong_name_of_an_operation_names_the_nearest(platform: Platform) -> None:
    with pytest.raises(LookupError, match=r"Did you mean customers.search"):
        await platform.call("customer.search")


SESSION_OPERATIONS = [each.name for each in OPERATIONS if each.session and not each.token_optional]


@pytest.mark.anyio
@pytest.mark.parametrize("name", SESSION_OPERATIONS)
async def test_call_without_a_session_is_refused_before_it_is_sent(
    api: ApiClient, counter: RequestCounter, name: str
) -> None:
    with pytest.raises(ValueError, match="this call needs a session"):
        await Resource(api.transport)._call(name)
    assert counter.paths == []
