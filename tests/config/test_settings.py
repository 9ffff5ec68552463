"""The operator's settings and their file."""

import stat
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from console.config.profiles import PLAIN_HTTP_CONSENT, AuthMethod, HalfRule, Profile, ProfileKind
from console.config.settings import LoadedSettings, Settings, SettingsError, load_settings, save_settings

HAND_WRITTEN = """\
# the shop's console
operator = "asha"  # who was here last
loyalty = 2024-05-01

[[profiles]]
name = "Sandbox store"
kind = "sandbox"

[[profiles]]
# the real one
name = "Shop"
kind = "platform"
host = "https://shop.example"
merchant_id = "m-1"
till = 4

[profiles.pricing]
half_rule = "dearer"  # the owner's wish
rounding = "up"

[printer]
name = "TM-88"
"""


def active(settings: Settings) -> Profile:
    assert settings.active_profile is not None
    return settings.active_profile


def shop(**values: object) -> Profile:
    return Profile.model_validate(
        {"name": "Shop", "kind": "platform", "host": "https://shop.example", "merchant_id": "m-1", **values}
    )


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "config" / "settings.toml"


@pytest.fixture
def hand_written(file: Path) -> Path:
    file.parent.mkdir()
    file.write_text(HAND_WRITTEN)
    return file


def test_a_new_machine_has_the_sandbox_store(file: Path) -> None:
    loaded = load_settings(file)
    assert loaded == LoadedSettings(Settings())
    assert (active(loaded.settings).name, active(loaded.settings).kind) == (
        "Sandbox store",
        ProfileKind.SANDBOX,
    )


def test_what_is_saved_is_loaded_again(file: Path) -> None:
    settings = Settings(
        profiles=(
            active(Settings()),
            shop(pricing={"half_rule": "average", "currency": "INR"}, auth={"method": "token"}),
        ),
        profile="Shop",
        operator="asha",
        recent_customer_days=0,
    )
    save_settings(file, settings)
    assert load_settings(file) == LoadedSettings(settings)
    assert active(settings).pricing.half_rule is HalfRule.AVERAGE
    assert active(settings).auth.method is AuthMethod.TOKEN


def test_the_file_is_for_its_owner_only(file: Path) -> None:
    save_settings(file, Settings(operator="asha"))
    assert [stat.S_IMODE(each.stat().st_mode) for each in (file, file.parent)] == [0o600, 0o700]


def test_every_setting_says_what_it_is_for() -> None:
    for model in (Settings, Profile):
        assert [name for name, field in model.model_fields.items() if not field.description] == []


def test_a_setting_is_changed_with_the_same_checks_as_in_a_file() -> None:
    assert Settings().with_values(operator="asha").operator == "asha"
    with pytest.raises(ValidationError, match="recent_customer_days"):
        Settings().with_values(recent_customer_days=-1)


# Keeping what a person wrote


def test_comments_and_order_stay(hand_written: Path) -> None:
    save_settings(
        hand_written, load_settings(hand_written).settings.with_values(operator="ravi", theme="dusk")
    )
    expected = HAND_WRITTEN.replace('"asha"', '"ravi"').replace(
        "loyalty = 2024-05-01\n", 'loyalty = 2024-05-01\ntheme = "dusk"\n'
    )
    assert hand_written.read_text() == expected


def test_saving_what_was_loaded_changes_no_byte(hand_written: Path) -> None:
    save_settings(hand_written, load_settings(hand_written).settings)
    assert hand_written.read_text() == HAND_WRITTEN


def test_unknown_keys_stay_with_their_types(hand_written: Path) -> None:
    save_settings(hand_written, load_settings(hand_written).settings.with_values(operator="ravi"))
    settings = load_settings(hand_written).settings
    assert settings.model_extra == {"loyalty": date(2024, 5, 1), "printer": {"name": "TM-88"}}
    assert settings.profiles[1].model_extra == {"till": 4}


def test_a_profiles_comments_stay_when_another_is_removed(hand_written: Path) -> None:
    settings = load_settings(hand_written).settings
    save_settings(hand_written, settings.with_values(profiles=settings.profiles[1:]))
    text = hand_written.read_text()
    assert "# the real one" in text
    assert "# the owner's wish" in text
    assert "Sandbox store" not in text


def test_profiles_can_change_places(hand_written: Path) -> None:
    settings = load_settings(hand_written).settings
    settings = settings.with_values(profiles=settings.profiles[::-1], profile="Sandbox store")
    save_settings(hand_written, settings)
    assert load_settings(hand_written) == LoadedSettings(settings)


def test_profiles_on_one_line_become_tables_when_they_change(hand_written: Path) -> None:
    hand_written.write_text('profiles = [{name = "A", kind = "sandbox"}]\nprofile = "A"\n')
    settings = load_settings(hand_written).settings.with_values(profiles=[shop()], profile="Shop")
    save_settings(hand_written, settings)
    assert load_settings(hand_written) == LoadedSettings(settings)


def test_a_symbolic_link_stays_one(hand_written: Path, tmp_path: Path) -> None:
    link = tmp_path / "settings.toml"
    link.symlink_to(hand_written)
    save_settings(link, load_settings(link).settings.with_values(operator="ravi"))
    assert link.is_symlink()
    assert load_settings(hand_written).settings.operator == "ravi"


@given(
    operator=st.text(st.characters(exclude_categories=["C", "Z"]), max_size=20),
    names=st.lists(
        st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=8), min_size=1, unique=True
    ),
    till=st.one_of(st.integers(), st.booleans(), st.dates(), st.lists(st.integers()), st.text(max_size=9)),
)
def test_any_settings_survive_a_round_trip(
    tmp_path_factory: pytest.TempPathFactory, operator: str, names: list[str], till: object
) -> None:
    file = tmp_path_factory.mktemp("any") / "settings.toml"
    file.write_text(HAND_WRITTEN)
    profiles = [shop(name=name, till=till) for name in names]
    settings = Settings.model_validate({"operator": operator, "profiles": profiles, "profile": names[-1]})
    save_settings(file, settings)
    assert load_settings(file) == LoadedSettings(settings)


# Files that cannot be used


def test_a_line_that_is_no_toml_is_named(hand_written: Path) -> None:
    hand_written.write_text('# mine\noperator = "asha"\ntheme = dusk\n')
    (problem,) = load_settings(hand_written).problems
    assert (problem.file, problem.line, problem.key) == (hand_written, 3, "theme")
    assert str(problem).startswith("settings.toml, line 3, theme: is not TOML (Invalid value")


def test_a_text_that_never_ends_is_named(hand_written: Path) -> None:
    hand_written.write_text('operator = "asha"\ntheme = """dusk\n')
    (problem,) = load_settings(hand_written).problems
    assert problem.line == 2


def test_a_wrong_type_deep_inside_a_profile_is_named(hand_written: Path) -> None:
    hand_written.write_text(HAND_WRITTEN.replace("till = 4", 'auth.sign_body = "perhaps"'))
    loaded = load_settings(hand_written)
    assert [profile.name for profile in loaded.settings.profiles] == ["Sandbox store", "Shop"]
    (problem,) = loaded.problems
    line = HAND_WRITTEN.splitlines().index("till = 4") + 1
    assert (problem.line, problem.key) == (line, "profiles[2].auth.sign_body")
    assert problem.text.startswith("should be a valid boolean")


def test_a_value_of_several_lines_is_named_by_its_first(hand_written: Path) -> None:
    hand_written.write_text('theme = "dusk"\n\ncolour = """\na\nb\n"""\noperator = "asha"\n')
    (problem,) = load_settings(hand_written).problems
    assert (problem.line, problem.key) == (3, "colour")


def test_a_key_that_lacks_is_named_with_the_line_of_its_table(hand_written: Path) -> None:
    hand_written.write_text(HAND_WRITTEN.replace('name = "Shop"\n', ""))
    (problem,) = load_settings(hand_written).problems
    assert (problem.line, problem.key) == (9, "profiles[2].name")


def test_every_fault_is_named_at_once(hand_written: Path) -> None:
    hand_written.write_text("debounce_ms = -1\noperator = 7\n")
    assert {(problem.line, problem.key) for problem in load_settings(hand_written).problems} == {
        (1, "debounce_ms"),
        (2, "operator"),
    }


def test_text_that_is_not_utf_8_is_named(hand_written: Path) -> None:
    hand_written.write_bytes(b'operator = "asha"\ntheme = "\xff"\n')
    (problem,) = load_settings(hand_written).problems
    assert (problem.line, problem.text) == (2, "is not UTF-8 text")


def test_an_active_profile_that_is_not_there_is_named(hand_written: Path) -> None:
    hand_written.write_text('profile = "Shop"\n')
    (problem,) = load_settings(hand_written).problems
    assert str(problem) == "settings.toml, line 1, profile: no profile has this name"


def test_two_profiles_of_one_name_are_both_broken(hand_written: Path) -> None:
    """Which of them is meant is not known."""
    hand_written.write_text('[[profiles]]\nname = "A"\nkind = "sandbox"\n' * 2)
    loaded = load_settings(hand_written)
    assert [problem.text for problem in loaded.problems] == ["is the name of two profiles"] * 2
    assert loaded.settings.profiles == ()
    assert loaded.broken_active == loaded.broken_profiles[0]


def test_a_folder_in_the_files_place_is_reported(tmp_path: Path) -> None:
    (problem,) = load_settings(tmp_path).problems
    assert "cannot be read" in problem.text


def test_endless_nesting_is_reported(hand_written: Path) -> None:
    hand_written.write_text("theme = " + "[" * 20_000)
    (problem,) = load_settings(hand_written).problems
    assert problem.text == "is nested too deeply"


@pytest.mark.parametrize("content", ["theme = dusk\n", "debounce_ms = -1\n"])
def test_a_file_that_did_not_load_is_not_overwritten(hand_written: Path, content: str) -> None:
    hand_written.write_text(content)
    with pytest.raises(SettingsError, match="Not saved: the settings file has an error"):
        save_settings(hand_written, Settings(operator="asha"))
    assert hand_written.read_text() == content


def test_on_request_it_is_overwritten_and_saved_beside(hand_written: Path) -> None:
    hand_written.write_text("theme = dusk\n")
    save_settings(hand_written, Settings(operator="asha"), replace_broken=True)
    assert load_settings(hand_written) == LoadedSettings(Settings(operator="asha"))
    assert hand_written.with_name("settings.toml.broken").read_text() == "theme = dusk\n"


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(SettingsError, match="The settings cannot be saved"):
        save_settings(tmp_path / "file" / "settings.toml", Settings())


# Hosts


@pytest.mark.parametrize(
    "host",
    [
        "https://shop.example",
        "https://shop.example:8443/pos",
        "http://127.0.0.1:8080",
        "http://localhost",
        "http://[::1]:9",
    ],
)
def test_https_and_loopback_are_allowed(host: str) -> None:
    assert shop(host=host + "/").host == host


@pytest.mark.parametrize(
    "host",
    [
        "http://shop.example",
        "http://127.0.0.1.shop.example",
        "http://localhost.shop.example",
        "http://0.0.0.0",
        "http://10.0.0.5:8080",
    ],
)
def test_plain_http_to_another_machine_is_refused(host: str) -> None:
    with pytest.raises(ValidationError, match="must start with https"):
        shop(host=host)


def test_plain_http_is_allowed_by_words_and_by_nothing_else() -> None:
    assert shop(host="http://10.0.0.5", plain_http=PLAIN_HTTP_CONSENT).host == "http://10.0.0.5"
    for words in ("yes", "true", PLAIN_HTTP_CONSENT.lower()):
        with pytest.raises(ValidationError):
            shop(host="http://10.0.0.5", plain_http=words)


@pytest.mark.parametrize(
    "host",
    [
        "",
        "shop.example",
        "ftp://shop.example",
        "https://",
        "http://127.0.0.1@shop.example",
        "http://127.0.0.1\\@shop.example",
        "https://shop.example?x=1",
        "https://shop .example",
        "https://shop.example:99999",
        "https://[::1",
    ],
)
def test_what_is_no_plain_address_is_refused(host: str) -> None:
    with pytest.raises(ValidationError):
        shop(host=host)


def test_a_platform_needs_its_merchant() -> None:
    with pytest.raises(ValidationError, match="needs its merchant id"):
        shop(merchant_id="")


def test_a_served_sandbox_may_have_a_host() -> None:
    assert Profile(name="A", kind=ProfileKind.SANDBOX, host="http://127.0.0.1:9").host == "http://127.0.0.1:9"


def test_control_characters_are_refused() -> None:
    with pytest.raises(ValidationError, match="printable"):
        shop(name="Shop\x1b[2J")


def test_loading_does_not_import_what_only_saving_needs(hand_written: Path) -> None:
    program = (
        "import sys, pathlib; from console.config.settings import load_settings;"
        "load_settings(pathlib.Path(sys.argv[1])); print('tomlkit' in sys.modules)"
    )
    result = subprocess.run(
        [sys.executable, "-c", program, str(hand_written)], capture_output=True, text=True, check=True
    )
    assert result.stdout.strip() == "False"
