"""A wrong value costs that value: the store stays the store, and the file stays as it is."""

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.config.profiles import Profile
from console.config.settings import (
    CAREFUL_SETTLE_SECONDS,
    ESSENTIAL_KEYS,
    LoadedSettings,
    Settings,
    SettingsError,
    load_settings,
    save_settings,
)
from console.config.startup_settings import read_startup_settings

PREFERENCES = 'operator = "asha"\ndebounce_ms = 90\nticket_width = 60\ncolour = "never"\n'
PROFILE = 'name = "Shop"\nkind = "platform"\nhost = "https://shop.example"\nmerchant_id = "m-1"\n'
GROUPS = '[profiles.pricing]\ncurrency = "INR"\n[profiles.cart]\nowner = "customer"\n'
PLACING = '[profiles.placing]\nsettle_seconds = 120\nprice_tolerance = "0.050"\n'
GOOD = f'{PREFERENCES}[[profiles]]\n{PROFILE}language = "ar"\n{GROUPS}{PLACING}'
PRACTICE = '[[profiles]]\nname = "Practice"\nkind = "sandbox"\n'
WRONG_PREFERENCES = [
    ("debounce_ms = 90", 'debounce_ms = "soon"', "debounce_ms"),
    ("debounce_ms = 90", "debounce_ms = -1", "debounce_ms"),
    ("debounce_ms = 90", "debounce_ms = 15o", "debounce_ms"),
    ("debounce_ms = 90", "debounce_ms = ", "debounce_ms"),
    ("debounce_ms = 90", "debounce_ms = 1e999", "debounce_ms"),
    ("debounce_ms = 90", f"debounce_ms = {'9' * 5000}", "debounce_ms"),
    ("debounce_ms = 90", "debounce_ms = 90\ndebounce_ms = 80", "debounce_ms"),
    ("ticket_width = 60", "ticket_width = 6\x000", "ticket_width"),
    ('operator = "asha"', 'operator = "asha', "operator"),
    ('operator = "asha"', "operator = asha", "operator"),
    ('operator = "asha"', "operator = 2024-13-45", "operator"),
    ('operator = "asha"', "operator = ['asha'", "operator"),
    ('operator = "asha"', 'operator = """asha', "operator"),
    ('colour = "never"', 'colour = "blue"', "colour"),
    ('language = "ar"', "language = 7", "profiles[1].language"),
    ('price_tolerance = "0.050"', "price_tolerance = 0.050", "profiles[1].placing.price_tolerance"),
]
ODD_LINES = ("x", "[", "]]", '"""', "= 1", "profiles = 1")
WRONG_STORES = [
    ('host = "https://shop.example"', 'host = "shop.example"'),
    ('host = "https://shop.example"', "host = https://shop.example"),
    ('host = "https://shop.example"', 'host = "https://shop.example"\nhost = "https://old.example"'),
    ('host = "https://shop.example"\n', ""),
    ('merchant_id = "m-1"', 'merchant_id = "m 1"'),
    ('merchant_id = "m-1"', "merchant_id = 17"),
    ('kind = "platform"', 'kind = "plattform"'),
    ('name = "Shop"\n', "name = 7\n"),
    ("[[profiles]]", "[[profiles]"),
    ("[[profiles]]", "[profiles]"),
    ("[profiles.pricing]", "[profiles.pricing"),
    ('currency = "INR"', 'currency = "Rs"'),
    ('currency = "INR"', "currency = INR"),
    ('owner = "customer"', 'owner = "me"'),
]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "settings.toml"


def loaded(file: Path, text: str) -> LoadedSettings:
    file.write_bytes(text.encode())
    return load_settings(file)


@pytest.mark.parametrize(("right", "wrong", "key"), WRONG_PREFERENCES)
def test_wrong_value_is_set_aside_and_the_store_stays(file: Path, right: str, wrong: str, key: str) -> None:
    good = loaded(file, GOOD).settings
    found = loaded(file, GOOD.replace(right, wrong, 1))
    assert [problem.key for problem in found.problems] == [key]
    assert found.problems[0].line
    assert found.broken_profiles == ()
    assert found.settings.active_profile is not None
    assert found.settings.active_profile.host == "https://shop.example"
    kept = found.settings.model_dump(exclude={"profiles"})
    changed = {name for name, value in good.model_dump(exclude={"profiles"}).items() if kept[name] != value}
    assert changed <= {key}
    assert read_startup_settings(file).profile == "Shop"


@pytest.mark.parametrize(("right", "wrong"), WRONG_STORES)
def test_store_with_a_wrong_essential_value_is_broken(file: Path, right: str, wrong: str) -> None:
    found = loaded(
        file, GOOD.replace(right, wrong, 1) + '[[profiles]]\nname = "Practice"\nkind = "sandbox"\n'
    )
    assert found.broken_active is not None
    assert [profile.name for profile in found.settings.profiles] in (["Practice"], [])
    assert found.problems
    startup = read_startup_settings(file)
    assert (startup.profile, startup.kind) != ("Practice", "sandbox")
    assert (startup.profile, startup.kind) != ("Sandbox store", "sandbox")


def test_wrong_settle_time_is_never_a_shorter_one(file: Path) -> None:
    for wrong in ("settle_seconds = 'soon'", "settle_seconds = soon", "settle_seconds = -1"):
        profile = loaded(file, GOOD.replace("settle_seconds = 120", wrong)).settings.active_profile
        assert profile is not None
        assert profile.placing.settle_seconds == CAREFUL_SETTLE_SECONDS


def test_store_that_no_profile_names_is_replaced_by_no_other(file: Path) -> None:
    found = loaded(file, 'profile = "Shoq"\n' + GOOD)
    assert found.broken_active is not None
    assert (found.broken_active.name, found.broken_active.problem.text) == (
        "Shoq",
        "no profile has this name",
    )
    assert [profile.name for profile in found.settings.profiles] == ["Shop"]


def test_broken_store_leaves_the_others(file: Path) -> None:
    other = PROFILE.replace('"Shop"', '"Other"').replace("https://", "")
    found = loaded(file, f'profile = "Shop"\n{GOOD}[[profiles]]\n{other}')
    assert found.settings.active_profile is not None
    assert found.settings.active_profile.name == "Shop"
    assert [profile.name for profile in found.broken_profiles] == ["Other"]
    assert found.broken_active is None


def test_byte_order_mark_is_read_and_kept_out_of_the_first_key(file: Path) -> None:
    file.write_bytes(b"\xef\xbb\xbf" + GOOD.encode())
    found = load_settings(file)
    assert found.problems == ()
    assert found.settings.operator == "asha"
    assert read_startup_settings(file).operator == "asha"
    save_settings(file, found.settings.with_values(operator="ravi"))
    assert load_settings(file).settings.operator == "ravi"


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (GOOD.encode("utf-16"), "is UTF-16 text: save it as UTF-8"),
        (GOOD.encode("utf-32"), "is UTF-32 text: save it as UTF-8"),
        (b"# " + b"x" * 300_000, "is larger than 256 KB"),
        (b"theme = " + b"[" * 20_000, "is nested too deeply"),
        (b"\x00\n" * 100, "is not TOML"),
        (b'theme = """\n' + b"debounce_ms = 1\n" * 16_000, "is not TOML"),
        (b"\xff\n" * 100, "is not UTF-8 text"),
    ],
    ids=["UTF-16", "UTF-32", "large", "deep", "NUL", "endless", "bytes"],
)
def test_file_that_cannot_be_read_opens_no_store(file: Path, content: bytes, text: str) -> None:
    file.write_bytes(content)
    found = load_settings(file)
    assert [problem.text.startswith(text) for problem in found.problems] == [True]
    assert found.settings.profiles == ()
    assert found.broken_active is not None
    assert read_startup_settings(file).kind == ""


def test_wrong_byte_costs_its_line(file: Path) -> None:
    file.write_bytes(GOOD.replace("asha", "as\xffha").encode("latin-1"))
    found = load_settings(file)
    assert [(problem.line, problem.key) for problem in found.problems] == [(1, "operator")]
    assert found.settings.ticket_width == 60


def test_pipe_in_the_files_place_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "settings.toml")
    (problem,) = load_settings(tmp_path / "settings.toml").problems
    assert "cannot be read (it is not a file)" in str(problem)
    assert read_startup_settings(tmp_path / "settings.toml").kind == ""


@pytest.mark.parametrize(("right", "wrong", "key"), WRONG_PREFERENCES)
def test_wrong_value_is_not_lost_by_saving(file: Path, right: str, wrong: str, key: str) -> None:
    found = loaded(file, GOOD.replace(right, wrong, 1))
    content = file.read_bytes()
    with pytest.raises(SettingsError, match="has an error"):
        save_settings(file, found.settings)
    assert file.read_bytes() == content
    first = save_settings(file, found.settings, replace_broken=True)
    assert first is not None
    assert first.read_bytes() == content
    file.write_bytes(content)
    second = save_settings(file, found.settings, replace_broken=True)
    assert second not in (None, first)


@given(
    st.lists(st.sampled_from([*GOOD.splitlines(), "x", "[", "]]", '"""', "= 1", "profiles = 1"]), max_size=20)
)
def test_any_lines_in_any_order_open_no_unnamed_store(
    tmp_path_factory: pytest.TempPathFactory, lines: list[str]
) -> None:
    file = tmp_path_factory.getbasetemp() / "shuffled.toml"
    found = loaded(file, "\n".join(lines))
    active = found.settings.active_profile
    if found.broken_active is None and active is not None and active.kind == "platform":
        assert (active.name, active.host, active.merchant_id) == ("Shop", "https://shop.example", "m-1")
    if found.broken_active is None and active == Settings().active_profile:
        assert not any("profiles]" in line for line in lines)


def test_every_essential_key_is_one_of_a_profile() -> None:
    assert {path[0] for path in ESSENTIAL_KEYS} <= set(Profile.model_fields)
