"""Settings and the connection: profiles created and used, secrets saved apart, errors reported."""

from pathlib import Path

import pytest

from console.config.profiles import AuthSettings, Profile, ProfileKind
from console.config.settings import Settings, load_settings
from console.services.endpoint_factory import CONSUMER_SECRET
from console.services.events import ServiceError
from console.services.settings import SettingsService
from tests.shops import SandboxBackend

pytestmark = pytest.mark.anyio

SALMIYA = Profile(
    name="Salmiya",
    kind=ProfileKind.PLATFORM,
    host="https://shop.example",
    merchant_id="m-1",
    auth=AuthSettings(public_key="KEY"),
)


def active(settings: Settings) -> Profile:
    assert settings.active_profile is not None
    return settings.active_profile


@pytest.fixture(autouse=True)
def no_keyring(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.fail.Keyring")


async def opened(backend: SandboxBackend) -> SettingsService:
    return await SettingsService.open(backend.paths)


async def test_profile_is_saved_with_its_secret_apart(backend: SandboxBackend) -> None:
    settings = await opened(backend)
    await settings.save_profile(SALMIYA, "s3cret")
    assert [profile.name for profile in load_settings(backend.paths.settings_file).settings.profiles] == [
        "Sandbox store",
        "Salmiya",
    ]
    assert await (await opened(backend)).secrets.get("Salmiya", CONSUMER_SECRET) == "s3cret"
    assert "s3cret" not in backend.paths.settings_file.read_text()


async def test_empty_secret_keeps_the_current_one_when_renamed(
    backend: SandboxBackend,
) -> None:
    settings = await opened(backend)
    await settings.save_profile(SALMIYA, "s3cret")
    renamed = SALMIYA.with_values(name="Salmiya II")
    await settings.save_profile(renamed, "", replaces="Salmiya")
    assert await settings.secrets.get("Salmiya II", CONSUMER_SECRET) == "s3cret"
    assert [profile.name for profile in settings.settings.profiles] == ["Sandbox store", "Salmiya II"]


async def test_two_profiles_cannot_have_one_name(backend: SandboxBackend) -> None:
    settings = await opened(backend)
    await settings.save_profile(SALMIYA, "s3cret")
    with pytest.raises(ServiceError, match="already"):
        await settings.save_profile(SALMIYA, "other")


async def test_renaming_the_active_profile_leaves_it_active(backend: SandboxBackend) -> None:
    settings = await opened(backend)
    await settings.save_profile(SALMIYA, "s3cret")
    await settings.use_profile("Salmiya")
    await settings.save_profile(SALMIYA.with_values(name="New"), "", replaces="Salmiya")
    assert active(settings.settings).name == "New"


async def test_removed_profile_loses_its_secret_and_last_one_stays(
    backend: SandboxBackend,
) -> None:
    """A removed profile takes its secret along; the last profile cannot be removed."""
    settings = await opened(backend)
    await settings.save_profile(SALMIYA, "s3cret")
    await settings.remove_profile("Salmiya")
    assert not await settings.secrets.get("Salmiya", CONSUMER_SECRET)
    with pytest.raises(ServiceError, match="last profile"):
        await settings.remove_profile("Sandbox store")


async def test_broken_file_gives_defaults_and_is_left_unchanged(backend: SandboxBackend) -> None:
    """A broken file gives the defaults, is reported and is left as it is."""
    file = written(backend, 'operator = "layla"\ndebounce_ms = "soon"\n')
    before = file.read_bytes()
    settings = await opened(backend)
    (problem,) = settings.problems
    assert "settings.toml, line 2, debounce_ms" in problem
    await settings.remember_operator("omar")
    with pytest.raises(ServiceError):
        await settings.save_profile(SALMIYA, "")
    assert file.read_bytes() == before


async def test_broken_file_may_be_replaced_and_is_saved_beside(backend: SandboxBackend) -> None:
    file = written(backend, "= nothing")
    settings = await opened(backend)
    aside = await settings.replace_invalid_file()
    assert (await opened(backend)).problems == ()
    assert file.with_name(aside).read_text() == "= nothing"


async def test_secret_storage_is_described(backend: SandboxBackend) -> None:
    assert await (await opened(backend)).describe_secret_storage()


async def test_sandbox_connection_opens_with_its_demo_sign_in(backend: SandboxBackend) -> None:
    connection = (await backend.connect(lambda _: None)).connection
    assert connection is not None
    assert connection.demo_credentials is not None
    assert connection.demo_credentials.user_name == "layla@sandbox.example"
    await connection.close()
    await connection.close()


async def test_wrong_preference_still_opens_the_store(backend: SandboxBackend) -> None:
    written(backend, 'debounce_ms = "soon"\n')
    opened_here = await backend.connect(lambda _: None)
    assert "Set aside: settings.toml, line 1, debounce_ms" in opened_here.settings.notice
    assert opened_here.connection is not None
    await opened_here.connection.close()


BROKEN_SHOP = '[[profiles]]\nname = "Shop"\nkind = "platform"\nhost = "shop"\nmerchant_id = "m-1"\n'


async def test_broken_store_is_named_and_no_other_is_opened(backend: SandboxBackend) -> None:
    written(backend, BROKEN_SHOP + '[[profiles]]\nname = "Practice"\nkind = "sandbox"\n')
    for asked in ("", "Shop"):
        refused = await backend.connect(lambda _: None, profile=asked)
        assert refused.connection is None
        assert refused.problem.startswith(
            "Shop cannot be used: settings.toml, line 4, profiles[1].host: must be"
        )


async def test_another_store_is_used_while_one_is_broken(backend: SandboxBackend) -> None:
    file = written(backend, BROKEN_SHOP + '[[profiles]]\nname = "Practice"\nkind = "sandbox"\n')
    content = file.read_bytes()
    settings = await opened(backend)
    await settings.use_profile("Practice")
    assert settings.find_profile("").name == "Practice"
    connection = (await backend.connect(lambda _: None, profile="Practice")).connection
    assert connection is not None
    await connection.close()
    assert file.read_bytes() == content


async def test_unreadable_file_opens_no_store_until_it_is_replaced(backend: SandboxBackend) -> None:
    written(backend, "= nothing")
    refused = await backend.connect(lambda _: None)
    assert refused.connection is None
    assert refused.problem.startswith("No store can be opened: settings.toml, line 1")
    await refused.settings.replace_invalid_file()
    connection = (await backend.connect(lambda _: None)).connection
    assert connection is not None
    await connection.close()


async def test_a_profile_without_its_secret_does_not_open_and_says_why(backend: SandboxBackend) -> None:
    settings = await opened(backend)
    await settings.save_profile(SALMIYA, "")
    refused = await backend.connect(lambda _: None, profile="Salmiya")
    assert refused.connection is None
    assert refused.problem == "The secret of Salmiya is not on this machine. F9 opens the settings."


async def test_a_profile_that_is_not_there_does_not_open(backend: SandboxBackend) -> None:
    refused = await backend.connect(lambda _: None, profile="Nowhere")
    assert (refused.connection, refused.problem) == (None, "There is no profile named Nowhere.")


async def test_a_profile_that_is_named_is_used_for_this_run_only(backend: SandboxBackend) -> None:
    settings = await opened(backend)
    await settings.save_profile(SALMIYA, "s3cret")
    connection = (await backend.connect(lambda _: None, profile="Salmiya")).connection
    assert connection is not None
    assert (connection.context.profile.name, connection.demo_credentials) == ("Salmiya", None)
    await connection.close()
    assert active(load_settings(backend.paths.settings_file).settings).name == "Sandbox store"


async def test_files_of_a_newer_console_are_refused_unclaimed(
    backend: SandboxBackend,
) -> None:
    """Files of a newer console do not open, and nothing stays claimed."""
    connection = (await backend.connect(lambda _: None)).connection
    assert connection is not None
    await connection.context.storage.drafts._database.run(
        lambda connection: connection.execute("PRAGMA user_version = 99")
    )
    await connection.close()
    refused = await backend.connect(lambda _: None)
    assert refused.connection is None
    assert "newer version" in refused.problem
    assert list((backend.paths.data / "consoles").iterdir()) == []


def written(backend: SandboxBackend, text: str) -> Path:
    backend.paths.config.mkdir(parents=True)
    backend.paths.settings_file.write_text(text)
    return backend.paths.settings_file


async def test_damaged_secrets_are_a_sentence_at_sign_in(backend: SandboxBackend) -> None:
    await (await opened(backend)).save_profile(SALMIYA, "s3cret")
    backend.paths.secrets_file.write_text("{")
    refused = await backend.connect(lambda _: None, profile="Salmiya")
    assert refused.connection is None
    assert "is damaged" in refused.problem


@pytest.mark.parametrize("folder", ["data"])
async def test_file_in_a_folders_place_is_a_sentence_at_sign_in(backend: SandboxBackend, folder: str) -> None:
    (backend.paths.config.parent / folder).write_text("")
    refused = await backend.connect(lambda _: None)
    assert refused.connection is None
    assert refused.problem
