"""Secrets: the keyring, and the file where there is none."""

import stat
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from console.config.secret_store import (
    Backend,
    Keyring,
    KeyringModule,
    SecretError,
    SecretStore,
    secret_variable,
    usable_keyring,
)

pytestmark = pytest.mark.anyio

SECRET = "s3cr3t-value"


class FakeKeyring:
    """A keyring in memory."""

    def __init__(self) -> None:
        self.saved: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.saved.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.saved[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.saved[service, username]


class LockedKeyring(FakeKeyring):
    """Refuses everything, and says too much about it."""

    def get_password(self, service: str, username: str) -> str | None:
        raise RuntimeError(f"locked while asked for {SECRET}")


class PlainText(FakeKeyring):
    """What keyrings.alt would give."""

    __module__ = "keyrings.alt.file"


class Module:
    """The keyring library, with a backend handed in."""

    def __init__(self, backend: object) -> None:
        self.backend = backend

    def get_keyring(self) -> object:
        return self.backend


def missing() -> KeyringModule:
    raise ModuleNotFoundError("No module named 'keyring'")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "config" / "secrets.json"


def with_keyring(file: Path, backend: object, **environ: str) -> SecretStore:
    return SecretStore(file, environ=environ, keyring=lambda: Module(backend))


def without_keyring(file: Path, **environ: str) -> SecretStore:
    return SecretStore(file, environ=environ, keyring=missing)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def text_of(path: Path) -> str:
    return path.read_text() if path.exists() else ""


def write(path: Path, text: str, permissions: int = 0o600) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_text(text)
    path.chmod(permissions)


async def test_a_real_keyring_is_used_and_no_file_is_made(file: Path) -> None:
    keyring = FakeKeyring()
    store = with_keyring(file, keyring)
    await store.set("Shop", "consumer_secret", SECRET)
    assert await store.get("Shop", "consumer_secret") == SECRET
    assert (await store.backend(), list(keyring.saved.values()), text_of(file)) == (
        Backend.KEYRING,
        [SECRET],
        "",
    )


async def test_without_a_keyring_a_file_of_this_users_own_is_used(file: Path) -> None:
    store = without_keyring(file)
    await store.set("Shop", "consumer_secret", SECRET)
    assert await without_keyring(file).get("Shop", "consumer_secret") == SECRET
    assert await store.backend() is Backend.FILE
    assert [mode(file), mode(file.parent)] == [0o600, 0o700]


async def test_without_either_secrets_come_from_the_environment_only(tmp_path: Path) -> None:
    write(tmp_path / "file", "")
    store = without_keyring(tmp_path / "file" / "secrets.json", STORE_CONSOLE_SECRET_SHOP_KEY=SECRET)
    assert await store.backend() is Backend.ENVIRONMENT
    assert await store.get("Shop", "key") == SECRET
    assert await store.get("Shop", "other") is None
    with pytest.raises(SecretError, match="STORE_CONSOLE_SECRET_SHOP_OTHER"):
        await store.set("Shop", "other", SECRET)


async def test_a_variable_that_is_set_wins_without_asking_the_keyring(file: Path) -> None:
    store = with_keyring(file, LockedKeyring(), STORE_CONSOLE_SECRET_SANDBOX_STORE_KEY=SECRET)
    assert await store.get("Sandbox store", "key") == SECRET


def test_a_variables_name_is_fit_for_any_shell() -> None:
    assert secret_variable("Café 2", "consumer_secret") == "STORE_CONSOLE_SECRET_CAF__2_CONSUMER_SECRET"


async def test_secret_not_saved_is_none(file: Path) -> None:
    assert await with_keyring(file, FakeKeyring()).get("Shop", "key") is None
    assert await without_keyring(file).get("Shop", "key") is None


async def test_secret_forgotten_twice_is_gone_without_error(file: Path) -> None:
    for store in (with_keyring(file, FakeKeyring()), without_keyring(file)):
        await store.set("Shop", "key", SECRET)
        await store.delete("Shop", "key")
        await store.delete("Shop", "key")
        assert await store.get("Shop", "key") is None


async def test_a_secret_moves_from_the_file_to_a_new_keyring(file: Path) -> None:
    await without_keyring(file).set("Shop", "key", "old")
    store = with_keyring(file, FakeKeyring())
    assert await store.get("Shop", "key") == "old"
    await store.set("Shop", "key", SECRET)
    assert await store.get("Shop", "key") == SECRET
    assert "old" not in text_of(file)


async def test_profiles_do_not_see_each_others_secrets(file: Path) -> None:
    store = without_keyring(file)
    await store.set("Shop", "key", SECRET)
    assert await store.get("Other shop", "key") is None


@pytest.mark.parametrize("module", ["keyrings.alt.file", "keyring.backends.fail", "keyring.backends.null"])
def test_backends_that_keep_nothing_or_in_plain_text_are_refused(module: str) -> None:
    assert usable_keyring(type("Keyring", (FakeKeyring,), {"__module__": module})()) is None


def test_a_descendant_of_a_refused_backend_is_refused_too() -> None:
    assert usable_keyring(type("Encrypted", (PlainText,), {"__module__": "shop.keyring"})()) is None


def test_of_a_chain_the_first_real_backend_is_used() -> None:
    real: Keyring = FakeKeyring()
    chain = type("ChainerBackend", (), {"backends": [PlainText(), real]})()
    assert usable_keyring(chain) is real


def test_the_librarys_own_failing_backend_is_refused() -> None:
    fail = pytest.importorskip("keyring.backends.fail")
    assert usable_keyring(fail.Keyring()) is None


@pytest.fixture
def released() -> Iterator[threading.Event]:
    event = threading.Event()
    yield event
    event.set()


async def test_a_keyring_that_hangs_is_given_up_and_the_file_used(
    file: Path, released: threading.Event
) -> None:
    class Hanging(FakeKeyring):
        def get_password(self, service: str, username: str) -> str | None:
            released.wait()
            return None

    store = SecretStore(file, environ={}, keyring=lambda: Module(Hanging()), deadline=0.01)
    await store.set("Shop", "key", SECRET)
    assert await store.backend() is Backend.FILE
    assert "did not respond in time" in await store.describe()


async def test_a_locked_keyring_is_named_as_the_reason_for_the_file(file: Path) -> None:
    store = with_keyring(file, LockedKeyring())
    assert await store.describe() == (
        f"Secrets are in {file}, for this user only: the system's keyring is broken (RuntimeError)."
    )


async def test_a_keyring_that_fails_later_is_said_without_quoting_it(file: Path) -> None:
    class ReadOnly(FakeKeyring):
        def set_password(self, service: str, username: str, password: str) -> None:
            raise RuntimeError(f"not kept: {password}")

    store = with_keyring(file, ReadOnly())
    assert await store.backend() is Backend.KEYRING
    with pytest.raises(SecretError, match="refused: unlock it") as caught:
        await store.set("Shop", "key", SECRET)
    assert (caught.value.diagnostics, caught.value.__cause__, caught.value.__context__) == (
        "RuntimeError",
        None,
        None,
    )


@pytest.mark.parametrize("damage", ["{", '["s3cr3t-value"]', '{"a": 1}', "[" * 100_000])
async def test_a_damaged_file_is_neither_quoted_nor_overwritten(file: Path, damage: str) -> None:
    write(file, damage)
    store = without_keyring(file)
    with pytest.raises(SecretError, match="is damaged") as caught:
        await store.set("Shop", "key", "new")
    assert SECRET not in str(caught.value)
    assert text_of(file) == damage


async def test_a_file_that_others_could_read_is_closed_to_them(file: Path) -> None:
    write(file, "{}", 0o644)
    await without_keyring(file).get("Shop", "key")
    assert mode(file) == 0o600


async def test_no_secret_is_in_a_repr_or_in_the_description(file: Path) -> None:
    store = without_keyring(file, STORE_CONSOLE_SECRET_SHOP_KEY=SECRET)
    await store.set("Shop", "other", SECRET)
    assert SECRET not in repr(store) + await store.describe()


def test_importing_the_store_does_not_import_the_keyring() -> None:
    program = "import sys, console.config.secret_store; print('keyring' in sys.modules)"
    result = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "False"


async def test_console_without_the_keyring_extra_names_it(file: Path) -> None:
    store = SecretStore(file, environ={}, keyring=missing)
    assert await store.describe() == (
        f"Secrets are in {file}, for this user only: "
        "the system's keyring needs store-console[keyring] to be installed."
    )
    await store.set("Shop", "consumer_secret", SECRET)
    assert await store.get("Shop", "consumer_secret") == SECRET
