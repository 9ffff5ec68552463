"""A form of settings: every field can be typed, and what does not fit is said beside it.

The store profile's form and the preferences' are made of it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Generic, TypeVar

from pydantic import ValidationError
from pydantic_core import ErrorDetails
from textual.containers import VerticalScroll
from textual.widget import Widget
from textual.widgets import Input

from console.config.profiles import SettingsModel
from console.services.events import ServiceError
from screens.dialogs.form_screen import FormScreen
from screens.framework.commands import BACK, FORM_HELP_COMMANDS, Command, field_navigation_commands
from widgets.message_line import MessageKind
from widgets.text_field import FieldNote, FormField
from widgets.text_rows import Tone

if TYPE_CHECKING:
    from console.services.settings import SettingsService

Model = TypeVar("Model", bound=SettingsModel)


@dataclass(frozen=True, slots=True)
class SettingField:
    """One field: the setting's own name for it, its label, and what may be entered.

    ``needs`` goes on after the label as a sentence; empty where the setting's own refusal does. ``tells``
    stands below the field; empty for none.
    """

    key: str
    label: str
    hint: str = ""
    requirement: str = ""
    help_text: str = ""

    @property
    def path(self) -> tuple[str, ...]:
        """The key's parts: ``auth.public_key`` is a key in a group."""
        return tuple(self.key.split("."))

    @property
    def field_id(self) -> str:
        """The id of the field, in which Textual allows no dots."""
        return "-".join(self.path)


def or_list(values: Iterable[str]) -> str:
    """The values as words: ``a, b or c``."""
    *others, last = values
    return f"{', '.join(others)} or {last}"


def form_commands(prefix: str, save_help: str) -> tuple[Command, ...]:
    """The keys of such a form."""
    return (
        Command(f"{prefix}.save", "f2,ctrl+s", "save", "Save", save_help),
        *field_navigation_commands(prefix),
        *FORM_HELP_COMMANDS,
        BACK,
    )


class _FieldScroll(VerticalScroll, inherit_bindings=False):
    """The fields: the arrows go from one to the next, and what does not fit scrolls with the focus."""


class SettingsForm(FormScreen[str | None], Generic[Model]):
    """Nothing is saved until all fits. The answer is what ``keep`` gives."""

    DEFAULT_CSS = """
    SettingsForm {
        &> _FieldScroll { padding: 1 2 0 2; height: 1fr; scrollbar-size: 0 0; }
        & FormField { &> TextField { width: 38; } }
        & _FieldScroll > FieldNote { height: 1; margin: 0 0 0 18; }
    }
    """

    def __init__(
        self, settings: "SettingsService", setting_fields: tuple[SettingField, ...], values: Mapping[str, str]
    ) -> None:
        super().__init__()
        self.settings = settings
        self._setting_fields = setting_fields
        self._validation_errors: dict[str, str] = {}
        self.set_fields(
            {
                q.key: FormField(q.label, field_id=q.field_id, value=values[q.key], placeholder=q.hint)
                for q in setting_fields
            }
        )

    def read_model(self) -> Model:
        """What is in the fields.

        Raises:
            pydantic.ValidationError: a value does not fit.
        """
        raise NotImplementedError

    async def save_model(self, model: Model) -> str:
        """Save it; the answer of the screen.

        Raises:
            ServiceError: it cannot be saved.
        """
        raise NotImplementedError

    def body(self) -> Iterable[Widget]:
        """The fields."""
        yield _FieldScroll(*self.field_rows(), can_focus=False)

    def field_rows(self) -> Iterable[Widget]:
        """A row for each field, and below it what it is about."""
        for question in self._setting_fields:
            yield self.fields[question.key]
            if question.help_text:
                yield FieldNote(question.help_text, Tone.DIM)

    def validation_errors(self) -> dict[str, str]:
        """Why which field does not fit, to go on after its label."""
        try:
            self.read_model()
        except ValidationError as error:
            return {
                q.key: _error_text(q, e)
                for e in error.errors()
                for q in self._setting_fields
                if q.path == e["loc"][: len(q.path)]
            }
        return {}

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter goes to the next field."""
        event.stop()
        self.app.action_focus_next()

    def on_descendant_focus(self) -> None:
        """Beside the field its misfit may be cut; here it is said whole."""
        if self._validation_errors:
            focused_id = self.focused.id if self.focused else None
            self._say_validation_error(
                next((q.key for q in self._setting_fields if q.field_id == focused_id), None)
            )

    def action_save(self) -> None:
        """Save, if everything fits."""
        errors = self.validation_errors()
        self._show_validation_errors(errors)
        if not errors:
            self.run_worker(partial(self._save, self.read_model()), name="save", group="save", exclusive=True)

    def _show_validation_errors(self, errors: dict[str, str]) -> None:
        self._validation_errors = errors
        for key, field in self.fields.items():
            field.error = errors.get(key, "")
        if errors:
            first = next(key for key in self.fields if key in errors)
            self.fields[first].field.focus()
            self._say_validation_error(first)

    def _say_validation_error(self, key: str | None) -> None:
        question = next(
            (q for q in self._setting_fields if q.key == key and q.key in self._validation_errors), None
        )
        if question is None:
            self.say("Not saved: a field does not fit.", MessageKind.WARN)
        else:
            self.say(f"{question.label} {self._validation_errors[question.key]}", MessageKind.WARN)

    async def _save(self, model: Model) -> None:
        try:
            result = await self.save_model(model)
        except ServiceError as trouble:
            self.say(trouble.message, MessageKind.BAD)
        else:
            self.close(result)


def _error_text(setting_field: SettingField, error: ErrorDetails) -> str:
    """Why the answer does not fit, to go on after the field's label."""
    # What the setting itself says goes on after a label already; a library's own wording does not.
    return setting_field.requirement or error["msg"].removeprefix("Value error, ") + "."
