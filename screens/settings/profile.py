"""The form of a store profile: platform, merchant, how requests are signed."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, ClassVar, cast

from textual import work
from textual.binding import BindingType
from textual.widget import Widget

from console.config.pasted_url import read_pasted_url
from console.config.profiles import (
    PLAIN_HTTP_CONSENT,
    AuthMethod,
    PlatformCartOwner,
    Profile,
    ProfileKind,
    SignaturePath,
    SignaturePlacement,
)
from console.ordering.currency_codes import currency_problem
from console.ordering.pricing.half_rule import HalfRule
from screens.framework.commands import Command, bindings
from screens.framework.work_once import work_once
from screens.settings.form import SettingField, SettingsForm, form_commands, or_list
from widgets.header import HeaderState
from widgets.message_line import MessageKind
from widgets.text_cells import clean
from widgets.text_field import FormField

if TYPE_CHECKING:
    from console.services.settings import SettingsService

COMMANDS = form_commands(
    "profile",
    "Save this profile",
    Command("profile.test", "f5", "test", "Test", "Test the connection with what is typed here"),
)


def _choice_field(key: str, label: str, values: Iterable[str], help_text: str) -> SettingField:
    choices = tuple(values)
    text = or_list(choices)
    return SettingField(key, label, text, f"is {text}.", help_text, choices)


_YES_NO_VALUES = {"yes": True, "y": True, "no": False, "n": False}
_YES_NO = ("yes", "no")
_EMPTY_VALUES = {"default_location": "0", "placing.reference_field_id": "0", "placing.price_tolerance": "0"}
"""What an empty field means, where it is not the empty text."""
_YES_NO_KEYS = ("auth.sign_body", "cart.session_needs_token", "time.day_first")
CURRENCY_KEY, KEY, SECRET = "pricing.currency", "auth.public_key", "secret"
HIDDEN_FIELD_HELP = "Goes with the key; kept with this machine's secrets, never in the settings."
FIELDS = (
    SettingField(
        "name", "Name", "name of this store", "is needed: one line, at most 200 characters.",
        "What this console calls the store.",
    ),
    SettingField(
        "host", "Host", "https://host.example", "",
        "The platform's address; any address of it may be pasted here.",
    ),
    SettingField(
        "merchant_id", "Merchant id", "", "is needed: up to 64 letters, digits, dots and dashes.",
        "The merchant's id on the platform, from whoever set up the API access.",
    ),
    _choice_field("auth.method", "Authentication", AuthMethod, "oauth signs; token sends AuthToken."),
    SettingField(
        KEY, "Key", "consumer key or PublicKey", "is needed: one line of at most 200 characters.",
        "The consumer key, or the PublicKey where the method is token.",
    ),
    SettingField(
        "default_location", "Location id", "0 for none", "is a whole number; 0 for none.",
        "The store offered first at sign-in; 0 for none.",
    ),
    SettingField(
        CURRENCY_KEY, "Currency", "KWD", "is three capital letters, such as KWD.",
        "The code of the currency.", ("KWD", "SAR", "AED", "BHD", "OMR", "QAR", "INR", "TRY", "USD", "EUR"),
    ),
    SettingField(
        "language", "Language", "en", "is a language code such as en or ar-KW.",
        "The language asked of the platform.", ("en", "ar", "tr", "hi", "fr"),
    ),
    _choice_field("pricing.half_rule", "Half portions", HalfRule, "What half a topping costs, estimated."),
    SettingField(
        "menu_supplement", "Menu supplement", "file beside the settings", "is one line of text.",
        "A file that describes bundles and deals; empty for none.",
    ),
    SettingField(
        "stock_role", "Stock role", "every operator", "is one line of at most 200 characters.",
        "The role that may mark a product as sold out.", ("Order Manager",),
    ),
    _choice_field("auth.placement", "OAuth travels in", SignaturePlacement, "Where the signature travels."),
    _choice_field("auth.signed_path", "Signed path", SignaturePath, "The path that is signed."),
    _choice_field("auth.sign_body", "Sign the body", _YES_NO, "Whether a form is signed too."),
    _choice_field("cart.owner", "A cart is the", PlatformCartOwner, "Who owns a cart on the platform."),
    _choice_field("cart.session_needs_token", "Session by token", _YES_NO, "A session wants a token first."),
    SettingField(
        "placing.settle_seconds", "Settle seconds", "30", "is a whole number, 0 to 3600.",
        "Seconds after which a lost request can no longer take effect.",
    ),
    SettingField(
        "placing.reference_field", "Reference field", "order attribute, if any", "is one line of text.",
        "The order attribute that carries the console's reference; empty for none.",
    ),
    SettingField(
        "placing.reference_field_id", "Reference id", "0 for none", "is a whole number; 0 for none.",
        "The id of that attribute.",
    ),
    SettingField(
        "placing.price_tolerance", "Price tolerance", "0", "is an amount such as 0.050.",
        "By how much a total may differ and still be placed.",
    ),
    _choice_field("placing.sole_console", "Only console", _YES_NO, "Whether nobody else places them."),
    SettingField(
        "placing.ask_again_minutes", "Ask again after", "30", "is whole minutes, 1 to 10080.",
        "Minutes after which an unplaced order asks again.",
    ),
    SettingField(
        "timeouts.connect_seconds", "Connect seconds", "5", "is a whole number, 1 to 60.",
        "Seconds that a connection may take.",
    ),
    SettingField(
        "timeouts.attempt_seconds", "Attempt seconds", "10", "is a whole number, 1 to 120.",
        "Seconds that one of the three attempts of a read may take.",
    ),
    SettingField(
        "timeouts.read_seconds", "Read seconds", "25", "is a whole number, 1 to 300.",
        "Seconds that a read may take with all its attempts.",
    ),
    SettingField(
        "timeouts.write_seconds", "Write seconds", "30", "is a whole number, 1 to 300.",
        "Seconds that a change may take.",
    ),
    SettingField(
        "time.zone", "Time zone", "this machine's", "is a zone such as Asia/Kuwait or +03:00.",
        "The store's own zone: every time shown is the store's.",
    ),
    _choice_field("time.day_first", "Day before month", _YES_NO, "How the platform writes a date."),
    SettingField(
        "plain_http", "Plain http", "see the README for the exact words", "is one line of text.",
        f'Only "{PLAIN_HTTP_CONSENT}" allows http to another machine.',
    ),
)  # fmt: skip


class ProfileScreen(SettingsForm[Profile]):
    """An empty secret leaves the stored one, if there is one. Closes with the profile's name once saved."""

    HELP_BELOW = False

    BINDINGS: ClassVar[list[BindingType]] = bindings(COMMANDS)
    SCREEN_COMMANDS = COMMANDS
    SCREEN_TITLE = "Store profile"

    def __init__(self, settings: "SettingsService", profile: Profile | None) -> None:
        super().__init__(settings, FIELDS, _initial_values(profile))
        self._profile = profile
        self._has_secret = profile is not None
        """Whether one is stored; assumed of a profile until it is looked up."""
        stored = "unchanged if left empty" if profile else ""
        self._secret = FormField("Secret", field_id=SECRET, password=True, placeholder=stored)

    def header(self) -> HeaderState:
        """Return a header with the profile."""
        return HeaderState(store=self._profile.name if self._profile else "New store profile")

    def field_rows(self) -> Iterable[Widget]:
        """Return the fields, the secret after the key."""
        for row in super().field_rows():
            yield row
            if row is self.form.fields[KEY]:
                yield self._secret

    def inputs(self) -> dict[str, FormField]:
        """Return the fields, the secret after the key."""
        found: dict[str, FormField] = {}
        for key, field in super().inputs().items():
            found[key] = field
            if key == KEY:
                found[SECRET] = self._secret
        return found

    def help_of(self, key: str | None) -> str:
        """Return the help of a field, the secret's too."""
        return HIDDEN_FIELD_HELP if key == SECRET else super().help_of(key)

    def on_mount(self) -> None:
        """Look up whether the secret is on this machine."""
        self._look_up_secret()

    @work
    async def _look_up_secret(self) -> None:
        if self._profile is not None:
            with self.attempt():
                self._has_secret = await self.settings.has_secret(self._profile.name)

    def read_left_field(self) -> str:
        """Take a pasted address apart once its field is left."""
        return "" if self._focused_key == "host" else self._split_host()

    def _split_host(self) -> str:
        """Leave the host in its field; put what else the address says into the empty fields."""
        fields = self.form.fields
        # Web pages paste letters that are not seen, too.
        pasted = read_pasted_url(clean(fields["host"].value))
        if pasted.host == fields["host"].value:
            return ""
        said = {"merchant_id": pasted.merchant_id, KEY: pasted.public_key}
        taken = {key: value for key, value in said.items() if value and not fields[key].value}
        for key, value in {"host": pasted.host, **taken}.items():
            fields[key].value = value
        if pasted.language and self._profile is None:
            fields["language"].value = pasted.language
        if pasted.left_out:
            return f"The host is {pasted.host}; {pasted.left_out} is left out."
        names = ", ".join(fields[key].label.lower() for key in ("host", *taken))
        return f"Read from the address: {names}."

    @property
    def is_changed(self) -> bool:
        """Return True if leaving would lose something typed, a secret included."""
        return super().is_changed or bool(self._secret.value)

    def validation_errors(self) -> dict[str, str]:
        """Return the errors; key and secret are needed, and a currency has to be one of ISO 4217."""
        self._split_host()
        errors = super().validation_errors()
        typed = self.form.values()
        if not typed[KEY]:
            errors[KEY] = next(field.requirement for field in FIELDS if field.key == KEY)
        if not self._secret.value and not self._has_secret:
            errors[SECRET] = "is needed: it goes with the key."
        if CURRENCY_KEY not in errors and (problem := currency_problem(typed[CURRENCY_KEY])):
            errors[CURRENCY_KEY] = problem
        return errors

    def action_test(self) -> None:
        """Test the connection, if every field is valid."""
        errors = self.validation_errors()
        self.show_validation_errors(errors)
        if not errors:
            self._test(self.read_model(), self._secret.value)

    @work_once("test")
    async def _test(self, profile: Profile, secret: str) -> None:
        stored_as = self._profile.name if self._profile else ""
        with self.attempt(progress="Testing the connection."):
            text = await self.settings.check_connection(profile, secret, stored_as=stored_as)
            self.say(text, MessageKind.GOOD)

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
