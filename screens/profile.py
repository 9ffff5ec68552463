"""The form of one store profile: which platform, which merchant, how requests are signed.

Opened from the settings; the answer is the profile's name once it is saved.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from pydantic import ValidationError
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.widget import Widget
from textual.widgets import Input

from console.desk.values import Trouble
from console.profiles import (
    Authentication,
    CartOwner,
    HalfRule,
    Kind,
    OauthPlace,
    Profile,
    SignedPath,
)
from screens.base import ConsoleScreen
from screens.commands import BACK, Command, bindings
from widgets.header import HeaderState
from widgets.message_line import MessageKind
from widgets.search_field import FormField

if TYPE_CHECKING:
    from console.desk.settings import SettingsDesk

COMMANDS = (
    Command("profile.save", "f2,ctrl+s", "save", "Save", "Save this profile"),
    Command("profile.next", "tab,down", "app.focus_next", "Next field", "To the next field"),
    Command("profile.previous", "shift+tab,up", "app.focus_previous", "", "To the field before"),
    Command("keys", "f1", "keys", "Keys", "Show the keys of this screen"),
    BACK,
)


@dataclass(frozen=True, slots=True)
class _Question:
    """One field: the profile's own name for it, its label, and what may be entered."""

    key: str
    label: str
    hint: str = ""


QUESTIONS = (
    _Question("name", "Name", "how this store is called here"),
    _Question("host", "Host", "https://host.example"),
    _Question("merchant_id", "Merchant id"),
    _Question("authentication", "Authentication", " or ".join(Authentication)),
    _Question("public_key", "Key", "consumer key or PublicKey"),
    _Question("default_location", "Location id", "0 for none"),
    _Question("currency", "Currency", "KWD"),
    _Question("language", "Language", "en"),
    _Question("half_rule", "Half portions", ", ".join(HalfRule)),
    _Question("oauth_place", "OAuth travels in", ", ".join(OauthPlace)),
    _Question("signed_path", "Signed path", ", ".join(SignedPath)),
    _Question("sign_body", "Sign the body", "yes or no"),
    _Question("cart_owner", "A cart is the", ", ".join(CartOwner)),
    _Question("plain_http", "Plain http", "only in the words the README gives"),
)


class ProfileScreen(ConsoleScreen[str | None]):
    """Every field can be typed; what does not fit is said beside it, and nothing is saved until all fits."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(COMMANDS)
    COMMANDS_HERE = COMMANDS
    TITLE_HERE = "Store profile"
    DEFAULT_CSS = """
    ProfileScreen {
        &> VerticalScroll { padding: 1 2 0 2; height: 1fr; scrollbar-size: 0 0; }
        & FormField { &> SearchField { width: 38; } }
    }
    """

    def __init__(self, settings: "SettingsDesk", profile: Profile | None) -> None:
        super().__init__()
        self._settings = settings
        self._profile = profile
        values = _texts(profile)
        self._fields = {
            q.key: FormField(q.label, field_id=q.key, value=values[q.key], placeholder=q.hint)
            for q in QUESTIONS
        }
        stored = "stays as it is when left empty" if profile else ""
        self._secret = FormField("Secret", field_id="secret", password=True, placeholder=stored)

    def header(self) -> HeaderState:
        """What is being made or changed."""
        return HeaderState(store=self._profile.name if self._profile else "New store profile")

    def body(self) -> Iterable[Widget]:
        """The fields, the secret after the key."""
        fields = list(self._fields.values())
        fields.insert([q.key for q in QUESTIONS].index("public_key") + 1, self._secret)
        yield VerticalScroll(*fields, can_focus=False)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter goes to the next field."""
        event.stop()
        self.app.action_focus_next()

    def action_save(self) -> None:
        """Save, if everything fits."""
        try:
            profile = self._entered()
        except ValidationError as error:
            self._show_misfits({str(e["loc"][0]): e["msg"] for e in error.errors() if e["loc"]})
            return
        self._show_misfits({})
        self.run_worker(self._save(profile), name="save a profile")

    def action_back(self) -> None:
        """Back; what was typed is not saved."""
        self.dismiss(None)

    def _entered(self) -> Profile:
        known: dict[str, object] = self._profile.model_dump() if self._profile else {}
        entered: dict[str, object] = {key: field.value.strip() for key, field in self._fields.items()}
        entered["sign_body"] = str(entered["sign_body"]).casefold() in {"yes", "y", "true"}
        entered["default_location"] = entered["default_location"] or 0
        return Profile.model_validate({**known, **entered, "kind": Kind.PLATFORM})

    def _show_misfits(self, misfits: Mapping[str, str]) -> None:
        for key, field in self._fields.items():
            field.error = misfits.get(key, "").removeprefix("Value error, ")
        first = next((self._fields[key] for key in misfits if key in self._fields), None)
        if first is not None:
            first.field.focus()
            self.say("Not saved: a field does not fit.", MessageKind.WARN)

    async def _save(self, profile: Profile) -> None:
        replacing = self._profile.name if self._profile else ""
        try:
            await self._settings.keep_profile(profile, self._secret.value, replacing=replacing)
        except Trouble as trouble:
            self.say(trouble.sentence, MessageKind.BAD)
        else:
            self.dismiss(profile.name)


def _texts(profile: Profile | None) -> dict[str, str]:
    """The fields' first values: the profile's own, or the usual ones."""
    if profile is None:
        usual = Profile(name="new", kind=Kind.SANDBOX).model_dump(mode="json")
        usual |= {"name": "", "host": "https://"}
    else:
        usual = profile.model_dump(mode="json")
    usual["sign_body"] = "yes" if usual["sign_body"] else "no"
    return {q.key: str(usual[q.key]) for q in QUESTIONS}
