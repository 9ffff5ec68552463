"""The form of one store profile: which platform, which merchant, how requests are signed.

Opened from the settings; the answer is the profile's name once it is saved.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from pydantic import ValidationError
from pydantic_core import ErrorDetails
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.widget import Widget
from textual.widgets import Input

from console.desk.values import Trouble
from console.ordering.half_rule import HalfRule
from console.profiles import (
    Authentication,
    CartOwner,
    Kind,
    OauthPlace,
    Profile,
    SignedPath,
)
from screens.base import ConsoleScreen
from screens.commands import BACK, FORM_KEYS, Command, between_fields, bindings
from widgets.header import HeaderState
from widgets.message_line import MessageKind
from widgets.search_field import FormField

if TYPE_CHECKING:
    from console.desk.settings import SettingsDesk

COMMANDS = (
    Command("profile.save", "f2,ctrl+s", "save", "Save", "Save this profile"),
    *between_fields("profile"),
    *FORM_KEYS,
    BACK,
)


@dataclass(frozen=True, slots=True)
class _Question:
    """One field: the profile's own name for it, its label, and what may be entered.

    ``needs`` goes on after the label as a sentence; empty where the profile's own refusal does.
    """

    key: str
    label: str
    hint: str = ""
    needs: str = ""


def _one_of(key: str, label: str, values: Iterable[str]) -> _Question:
    *others, last = values
    text = f"{', '.join(others)} or {last}"
    return _Question(key, label, text, f"is {text}.")


_YES = {"yes": True, "y": True, "no": False, "n": False}
QUESTIONS = (
    _Question(
        "name", "Name", "how this store is called here", "is needed: one line, at most 200 characters."
    ),
    _Question("host", "Host", "https://host.example"),
    _Question("merchant_id", "Merchant id", "", "is needed: up to 64 letters, digits, dots and dashes."),
    _one_of("authentication", "Authentication", Authentication),
    _Question("public_key", "Key", "consumer key or PublicKey", "is one line of at most 200 characters."),
    _Question("default_location", "Location id", "0 for none", "is a whole number; 0 for none."),
    _Question("currency", "Currency", "KWD", "is three capital letters, such as KWD."),
    _Question("language", "Language", "en", "is a language code such as en or ar-KW."),
    _one_of("half_rule", "Half portions", HalfRule),
    _Question("menu_supplement", "Menu supplement", "file beside the settings", "is one line of text."),
    _one_of("oauth_place", "OAuth travels in", OauthPlace),
    _one_of("signed_path", "Signed path", SignedPath),
    _one_of("sign_body", "Sign the body", ("yes", "no")),
    _one_of("cart_owner", "A cart is the", CartOwner),
    _Question("settle_seconds", "Settle seconds", "30", "is a whole number, 0 to 3600."),
    _Question("reference_field", "Reference field", "order attribute, if any", "is one line of text."),
    _Question("reference_field_id", "Reference id", "0 for none", "is a whole number; 0 for none."),
    _Question("price_tolerance", "Price tolerance", "0", "is an amount such as 0.050."),
    _Question("plain_http", "Plain http", "only in the words the README gives", "is one line of text."),
)


class _Fields(VerticalScroll, inherit_bindings=False):
    """The fields: the arrows go from one to the next, and what does not fit scrolls with the focus."""


class ProfileScreen(ConsoleScreen[str | None]):
    """Every field can be typed; what does not fit is said beside it, and nothing is saved until all fits."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(COMMANDS)
    COMMANDS_HERE = COMMANDS
    TITLE_HERE = "Store profile"
    DEFAULT_CSS = """
    ProfileScreen {
        &> _Fields { padding: 1 2 0 2; height: 1fr; scrollbar-size: 0 0; }
        & FormField { &> SearchField { width: 38; } }
    }
    """

    def __init__(self, settings: "SettingsDesk", profile: Profile | None) -> None:
        super().__init__()
        self._settings = settings
        self._profile = profile
        self._misfits: dict[str, str] = {}
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
        yield _Fields(*fields, can_focus=False)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter goes to the next field."""
        event.stop()
        self.app.action_focus_next()

    def on_descendant_focus(self) -> None:
        """Beside the field its misfit may be cut; here it is said whole."""
        if self._misfits:
            self._say_misfit(self.focused.id if self.focused else None)

    def action_save(self) -> None:
        """Save, if everything fits."""
        try:
            profile = self._entered()
        except ValidationError as error:
            self._show_misfits(
                {q.key: _misfit(q, e) for e in error.errors() for q in QUESTIONS if q.key in e["loc"]}
            )
            return
        self._show_misfits({})
        self.run_worker(partial(self._save, profile), name="save a profile", group="save", exclusive=True)

    def _entered(self) -> Profile:
        known: dict[str, object] = self._profile.model_dump() if self._profile else {}
        entered: dict[str, object] = {key: field.value.strip() for key, field in self._fields.items()}
        entered["sign_body"] = _YES.get(str(entered["sign_body"]).casefold(), entered["sign_body"])
        for key in ("default_location", "reference_field_id", "price_tolerance"):
            entered[key] = entered[key] or "0"
        return Profile.model_validate({**known, **entered, "kind": Kind.PLATFORM})

    def _show_misfits(self, misfits: Mapping[str, str]) -> None:
        self._misfits = dict(misfits)
        for key, field in self._fields.items():
            field.error = misfits.get(key, "")
        if misfits:
            first = next(key for key in self._fields if key in misfits)
            self._fields[first].field.focus()
            self._say_misfit(first)

    def _say_misfit(self, key: str | None) -> None:
        question = next((q for q in QUESTIONS if q.key == key and q.key in self._misfits), None)
        if question is None:
            self.say("Not saved: a field does not fit.", MessageKind.WARN)
        else:
            self.say(f"{question.label} {self._misfits[question.key]}", MessageKind.WARN)

    async def _save(self, profile: Profile) -> None:
        replacing = self._profile.name if self._profile else ""
        try:
            await self._settings.keep_profile(profile, self._secret.value, replacing=replacing)
        except Trouble as trouble:
            self.say(trouble.sentence, MessageKind.BAD)
        else:
            self.leave(profile.name)


def _misfit(question: _Question, error: ErrorDetails) -> str:
    """Why the answer does not fit, to go on after the field's label."""
    # What the profile itself says goes on after a label already; a library's own wording does not.
    return question.needs or error["msg"].removeprefix("Value error, ") + "."


def _texts(profile: Profile | None) -> dict[str, str]:
    """The fields' first values: the profile's own, or the usual ones."""
    if profile is None:
        usual = Profile(name="new", kind=Kind.SANDBOX).model_dump(mode="json")
        usual |= {"name": "", "host": "https://"}
    else:
        usual = profile.model_dump(mode="json")
    usual["sign_body"] = "yes" if usual["sign_body"] else "no"
    return {q.key: str(usual[q.key]) for q in QUESTIONS}
