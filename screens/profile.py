"""The form of one store profile: which platform, which merchant, how requests are signed.

Opened from the settings; the answer is the profile's name once it is saved.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar

from textual.binding import BindingType
from textual.widget import Widget

from console.config.profiles import Authentication, CartOwner, OauthPlace, Profile, ProfileKind, SignedPath
from console.ordering.pricing.half_rule import HalfRule
from screens.commands import bindings
from screens.settings_form import Question, SettingsForm, form_commands, one_of
from widgets.header import HeaderState
from widgets.text_field import FormField

if TYPE_CHECKING:
    from console.services.settings import SettingsService

COMMANDS = form_commands("profile", "Save this profile")


def _one_of(key: str, label: str, values: Iterable[str]) -> Question:
    text = one_of(values)
    return Question(key, label, text, f"is {text}.")


_YES = {"yes": True, "y": True, "no": False, "n": False}
_YES_OR_NO = ("sign_body", "session_needs_token")
QUESTIONS = (
    Question("name", "Name", "how this store is called here", "is needed: one line, at most 200 characters."),
    Question("host", "Host", "https://host.example"),
    Question("merchant_id", "Merchant id", "", "is needed: up to 64 letters, digits, dots and dashes."),
    _one_of("authentication", "Authentication", Authentication),
    Question("public_key", "Key", "consumer key or PublicKey", "is one line of at most 200 characters."),
    Question("default_location", "Location id", "0 for none", "is a whole number; 0 for none."),
    Question("currency", "Currency", "KWD", "is three capital letters, such as KWD."),
    Question("language", "Language", "en", "is a language code such as en or ar-KW."),
    _one_of("half_rule", "Half portions", HalfRule),
    Question("menu_supplement", "Menu supplement", "file beside the settings", "is one line of text."),
    Question("stock_role", "Stock role", "every operator", "is one line of at most 200 characters."),
    _one_of("oauth_place", "OAuth travels in", OauthPlace),
    _one_of("signed_path", "Signed path", SignedPath),
    _one_of("sign_body", "Sign the body", ("yes", "no")),
    _one_of("cart_owner", "A cart is the", CartOwner),
    _one_of("session_needs_token", "Session by token", ("yes", "no")),
    Question("settle_seconds", "Settle seconds", "30", "is a whole number, 0 to 3600."),
    Question("reference_field", "Reference field", "order attribute, if any", "is one line of text."),
    Question("reference_field_id", "Reference id", "0 for none", "is a whole number; 0 for none."),
    Question("price_tolerance", "Price tolerance", "0", "is an amount such as 0.050."),
    Question("plain_http", "Plain http", "only in the words the README gives", "is one line of text."),
)


class ProfileScreen(SettingsForm[Profile]):
    """Every field can be typed; a stored secret stays as it is when its field is left empty."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(COMMANDS)
    COMMANDS_HERE = COMMANDS
    TITLE_HERE = "Store profile"

    def __init__(self, settings: "SettingsService", profile: Profile | None) -> None:
        super().__init__(settings, QUESTIONS, _texts(profile))
        self._profile = profile
        stored = "stays as it is when left empty" if profile else ""
        self._secret = FormField("Secret", field_id="secret", password=True, placeholder=stored)

    def header(self) -> HeaderState:
        """What is being made or changed."""
        return HeaderState(store=self._profile.name if self._profile else "New store profile")

    def rows(self) -> Iterable[Widget]:
        """The fields, the secret after the key."""
        for row in super().rows():
            yield row
            if row is self.fields["public_key"]:
                yield self._secret

    @property
    def is_changed(self) -> bool:
        """Whether something is typed that leaving would lose, be it a secret."""
        return super().is_changed or bool(self._secret.value)

    def entered(self) -> Profile:
        """The profile as it is typed; what the form does not ask stays."""
        known: dict[str, object] = self._profile.model_dump() if self._profile else {}
        typed = self.typed()
        entered: dict[str, object] = {**typed}
        for key in _YES_OR_NO:
            entered[key] = _YES.get(typed[key].casefold(), typed[key])
        for key in ("default_location", "reference_field_id", "price_tolerance"):
            entered[key] = typed[key] or "0"
        return Profile.model_validate({**known, **entered, "kind": ProfileKind.PLATFORM})

    async def keep(self, entered: Profile) -> str:
        """Save the profile and its secret."""
        replacing = self._profile.name if self._profile else ""
        await self.settings.save_profile(entered, self._secret.value, replaces=replacing)
        return entered.name


def _texts(profile: Profile | None) -> dict[str, str]:
    """The fields' first values: the profile's own, or the usual ones."""
    if profile is None:
        usual = Profile(name="new", kind=ProfileKind.SANDBOX).model_dump(mode="json")
        usual |= {"name": "", "host": "https://"}
    else:
        usual = profile.model_dump(mode="json")
    for key in _YES_OR_NO:
        usual[key] = "yes" if usual[key] else "no"
    return {q.key: str(usual[q.key]) for q in QUESTIONS}
