"""The form of a store profile: platform, merchant, how requests are signed."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, ClassVar, cast

from textual.binding import BindingType
from textual.widget import Widget

from console.config.profiles import (
    AuthMethod,
    PlatformCartOwner,
    Profile,
    ProfileKind,
    SignaturePath,
    SignaturePlacement,
)
from console.ordering.currency_codes import currency_problem
from console.ordering.pricing.half_rule import HalfRule
from screens.framework.commands import bindings
from screens.settings.form import SettingField, SettingsForm, form_commands, or_list
from widgets.header import HeaderState
from widgets.text_field import FormField

if TYPE_CHECKING:
    from console.services.settings import SettingsService

COMMANDS = form_commands("profile", "Save this profile")


def _choice_field(key: str, label: str, values: Iterable[str]) -> SettingField:
    text = or_list(values)
    return SettingField(key, label, text, f"is {text}.")


_YES_NO_VALUES = {"yes": True, "y": True, "no": False, "n": False}
_EMPTY_VALUES = {"default_location": "0", "placing.reference_field_id": "0", "placing.price_tolerance": "0"}
"""What an empty field means, where it is not the empty text."""
_YES_NO_KEYS = ("auth.sign_body", "cart.session_needs_token", "time.day_first")
CURRENCY_KEY = "pricing.currency"
FIELDS = (
    SettingField("name", "Name", "name of this store", "is needed: one line, at most 200 characters."),
    SettingField("host", "Host", "https://host.example"),
    SettingField("merchant_id", "Merchant id", "", "is needed: up to 64 letters, digits, dots and dashes."),
    _choice_field("auth.method", "Authentication", AuthMethod),
    SettingField(
        "auth.public_key", "Key", "consumer key or PublicKey", "is one line of at most 200 characters."
    ),
    SettingField("default_location", "Location id", "0 for none", "is a whole number; 0 for none."),
    SettingField(CURRENCY_KEY, "Currency", "KWD", "is three capital letters, such as KWD."),
    SettingField("language", "Language", "en", "is a language code such as en or ar-KW."),
    _choice_field("pricing.half_rule", "Half portions", HalfRule),
    SettingField("menu_supplement", "Menu supplement", "file beside the settings", "is one line of text."),
    SettingField("stock_role", "Stock role", "every operator", "is one line of at most 200 characters."),
    _choice_field("auth.placement", "OAuth travels in", SignaturePlacement),
    _choice_field("auth.signed_path", "Signed path", SignaturePath),
    _choice_field("auth.sign_body", "Sign the body", ("yes", "no")),
    _choice_field("cart.owner", "A cart is the", PlatformCartOwner),
    _choice_field("cart.session_needs_token", "Session by token", ("yes", "no")),
    SettingField("placing.settle_seconds", "Settle seconds", "30", "is a whole number, 0 to 3600."),
    SettingField(
        "placing.reference_field", "Reference field", "order attribute, if any", "is one line of text."
    ),
    SettingField(
        "placing.reference_field_id", "Reference id", "0 for none", "is a whole number; 0 for none."
    ),
    SettingField("placing.price_tolerance", "Price tolerance", "0", "is an amount such as 0.050."),
    _choice_field("placing.sole_console", "Only console", ("yes", "no")),
    SettingField("placing.ask_again_minutes", "Ask again after", "30", "is whole minutes, 1 to 10080."),
    SettingField("timeouts.connect_seconds", "Connect seconds", "5", "is a whole number, 1 to 60."),
    SettingField("timeouts.attempt_seconds", "Attempt seconds", "10", "is a whole number, 1 to 120."),
    SettingField("timeouts.read_seconds", "Read seconds", "25", "is a whole number, 1 to 300."),
    SettingField("timeouts.write_seconds", "Write seconds", "30", "is a whole number, 1 to 300."),
    SettingField("time.zone", "Time zone", "this machine's", "is a zone such as Asia/Kuwait or +03:00."),
    _choice_field("time.day_first", "Day before month", ("yes", "no")),
    SettingField("plain_http", "Plain http", "see the README for the exact words", "is one line of text."),
)


class ProfileScreen(SettingsForm[Profile]):
    """An empty secret leaves the stored one. Closes with the profile's name once saved."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(COMMANDS)
    SCREEN_COMMANDS = COMMANDS
    SCREEN_TITLE = "Store profile"

    def __init__(self, settings: "SettingsService", profile: Profile | None) -> None:
        super().__init__(settings, FIELDS, _initial_values(profile))
        self._profile = profile
        stored = "unchanged if left empty" if profile else ""
        self._secret = FormField("Secret", field_id="secret", password=True, placeholder=stored)

    def header(self) -> HeaderState:
        """Return a header with the profile."""
        return HeaderState(store=self._profile.name if self._profile else "New store profile")

    def field_rows(self) -> Iterable[Widget]:
        """Return the fields, the secret after the key."""
        for row in super().field_rows():
            yield row
            if row is self.form.fields["auth.public_key"]:
                yield self._secret

    @property
    def is_changed(self) -> bool:
        """Return True if leaving would lose something typed, a secret included."""
        return super().is_changed or bool(self._secret.value)

    def validation_errors(self) -> dict[str, str]:
        """Return the errors; a currency also has to be one of ISO 4217."""
        errors = super().validation_errors()
        problem = currency_problem(self.form.values()[CURRENCY_KEY])
        return errors if CURRENCY_KEY in errors or not problem else {**errors, CURRENCY_KEY: problem}

    def read_model(self) -> Profile:
        """Return the profile as typed; values without a field stay."""
        values: dict[str, object] = self._profile.model_dump() if self._profile else {}
        typed = self.form.values()
        for field in FIELDS:
            text = typed[field.key] or _EMPTY_VALUES.get(field.key, "")
            is_choice = field.key in _YES_NO_KEYS
            _set_value(values, field, _YES_NO_VALUES.get(text.casefold(), text) if is_choice else text)
        return Profile.model_validate({**values, "kind": ProfileKind.PLATFORM})

    async def save_model(self, model: Profile) -> str:
        """Save the profile and its secret."""
        replacing = self._profile.name if self._profile else ""
        await self.settings.save_profile(model, self._secret.value, replaces=replacing)
        return model.name


def _initial_values(profile: Profile | None) -> dict[str, str]:
    """Return the initial texts of the fields: the profile's, or the defaults."""
    values = (profile or Profile(name="new", kind=ProfileKind.SANDBOX)).model_dump(mode="json")
    if profile is None:
        values |= {"name": "", "host": "https://"}
    return {field.key: _text_of(_value_at(values, field)) for field in FIELDS}


def _text_of(value: object) -> str:
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)


def _value_at(values: Mapping[str, object], field: SettingField) -> object:
    *groups, name = field.path
    for group in groups:
        values = cast("Mapping[str, object]", values[group])
    return values[name]


def _set_value(values: dict[str, object], field: SettingField, value: object) -> None:
    *groups, name = field.path
    for group in groups:
        values = cast("dict[str, object]", values.setdefault(group, {}))
    values[name] = value
