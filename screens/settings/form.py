"""A form of settings: every field is typed, and a wrong value is explained beside its field."""

from abc import abstractmethod
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

from pydantic import ValidationError
from pydantic_core import ErrorDetails
from textual import work
from textual.containers import VerticalScroll
from textual.widget import Widget
from textual.widgets import Input

from console.config.profiles import SettingsModel
from screens.dialogs.form import Form, leave_form
from screens.framework.commands import BACK, FORM_HELP_COMMANDS, Command, field_navigation_commands
from screens.framework.console_screen import ConsoleScreen
from screens.framework.work_once import work_once
from widgets.message_line import MessageKind
from widgets.text_cells import clean
from widgets.text_field import FieldNote, FormField
from widgets.text_rows import Tone

if TYPE_CHECKING:
    from console.services.settings import SettingsService

Model = TypeVar("Model", bound=SettingsModel)


@dataclass(frozen=True, slots=True)
class SettingField:
    """One field: the key of its setting, its label, and what may be entered.

    ``requirement`` completes the label to a sentence; empty if the setting's own error does. ``help_text``
    stands below the field.
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
    """Join values as ``a, b or c``."""
    *others, last = values
    return f"{', '.join(others)} or {last}"


def form_commands(prefix: str, save_help: str) -> tuple[Command, ...]:
    """Return the commands of a settings form."""
    return (
        Command(f"{prefix}.save", "f2,ctrl+s", "save", "Save", save_help),
        *field_navigation_commands(prefix),
        *FORM_HELP_COMMANDS,
        BACK,
    )


class _PlainForm(Form):
    """A form of hosts, keys and figures: letters that are not seen, as web pages paste them, are left out."""

    def values(self) -> dict[str, str]:
        """Return the texts of the fields, cleaned and stripped."""
        return {name: clean(value).strip() for name, value in super().values().items()}


class _FieldScroll(VerticalScroll, inherit_bindings=False):
    """The fields: the arrows go from one to the next; a long form scrolls with the focus."""


class SettingsForm(ConsoleScreen[str], Generic[Model]):
    """Nothing is saved until every field is valid. Closes with the result of ``save_model``."""

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
        self.form = _PlainForm(
            {
                field.key: FormField(
                    field.label, field_id=field.field_id, value=values[field.key], placeholder=field.hint
                )
                for field in setting_fields
            }
        )

    @abstractmethod
    def read_model(self) -> Model:
        """Return what is typed in the fields.

        Raises:
            pydantic.ValidationError: a value is invalid.
        """
        ...

    @abstractmethod
    async def save_model(self, model: Model) -> str:
        """Save the model. Returns the result of the screen.

        Raises:
            ServiceError: it cannot be saved.
        """
        ...

    @property
    def is_changed(self) -> bool:
        """Return True if leaving would lose something typed."""
        return self.form.is_changed

    async def action_back(self) -> None:
        """Leave; ask first if something is typed."""
        self._leave()

    @work(exclusive=True, group="leave")
    async def _leave(self) -> None:
        await leave_form(self, changed=self.is_changed)

    def body(self) -> Iterable[Widget]:
        """Return the fields."""
        yield _FieldScroll(*self.field_rows(), can_focus=False)

    def field_rows(self) -> Iterable[Widget]:
        """Return each field, with its help below."""
        for field in self._setting_fields:
            yield self.form.fields[field.key]
            if field.help_text:
                yield FieldNote(field.help_text, Tone.DIM)

    def validation_errors(self) -> dict[str, str]:
        """Return the error of each invalid field, to follow its label."""
        try:
            self.read_model()
        except ValidationError as error:
            return {
                field.key: _error_text(field, detail)
                for detail in error.errors()
                for field in self._setting_fields
                if field.path == detail["loc"][: len(field.path)]
            }
        return {}

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Go to the next field."""
        event.stop()
        self.app.action_focus_next()

    def on_descendant_focus(self) -> None:
        """Show the whole error of the field: beside it the text may be cut."""
        if self._validation_errors:
            focused_id = self.focused.id if self.focused else None
            self._say_validation_error(
                next((q.key for q in self._setting_fields if q.field_id == focused_id), None)
            )

    def action_save(self) -> None:
        """Save, if every field is valid."""
        errors = self.validation_errors()
        self._show_validation_errors(errors)
        if not errors:
            self._save(self.read_model())

    def _show_validation_errors(self, errors: dict[str, str]) -> None:
        self._validation_errors = errors
        for key, field in self.form.fields.items():
            field.error = errors.get(key, "")
        if errors:
            first = next(key for key in self.form.fields if key in errors)
            self.form.fields[first].field.focus()
            self._say_validation_error(first)

    def _say_validation_error(self, key: str | None) -> None:
        error = self._validation_errors.get(key or "")
        field = next((field for field in self._setting_fields if field.key == key), None)
        if field is None or error is None:
            self.say("Not saved: a field is invalid.", MessageKind.WARN)
        else:
            self.say(f"{field.label} {error}", MessageKind.WARN)

    @work_once("save")
    async def _save(self, model: Model) -> None:
        with self.attempt():
            self.close(await self.save_model(model))


def _error_text(setting_field: SettingField, error: ErrorDetails) -> str:
    """Return why a value is invalid, to follow the field's label."""
    # The settings word their errors to follow a label; a library does not.
    return setting_field.requirement or error["msg"].removeprefix("Value error, ") + "."
