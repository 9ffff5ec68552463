"""A form of settings: every field is typed, and a wrong value is explained beside its field."""

from abc import abstractmethod
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Generic, TypeVar

from pydantic import ValidationError
from pydantic_core import ErrorDetails
from textual import work
from textual.containers import VerticalScroll
from textual.widget import Widget
from textual.widgets import Input

from console.config.profiles import SettingsModel
from screens.dialogs.form import Form, leave_form
from screens.dialogs.select import SelectScreen
from screens.framework.commands import BACK, FORM_HELP_COMMANDS, Command, field_navigation_commands
from screens.framework.console_screen import ConsoleScreen
from screens.framework.work_once import work_once
from widgets.lists.columns import Column, ListRow
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
    stands below the field, or on the message line while the field has the focus. ``choices`` are all that
    fits, or what most enter.
    """

    key: str
    label: str
    hint: str = ""
    requirement: str = ""
    help_text: str = ""
    choices: tuple[str, ...] = ()

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


def form_commands(prefix: str, save_help: str, *others: Command) -> tuple[Command, ...]:
    """Return the commands of a settings form, with others of its own."""
    return (
        Command(f"{prefix}.save", "f2,ctrl+s", "save", "Save", save_help),
        Command(f"{prefix}.choices", "f4", "choose", "Choices", "Choose what the field may hold"),
        *others,
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

    HELP_BELOW: ClassVar[bool] = True
    """The help of each field stands below it; else on the message line, for the field in focus."""

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
            if field.help_text and self.HELP_BELOW:
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

    def inputs(self) -> dict[str, FormField]:
        """Return every field by its key, from top to bottom."""
        return dict(self.form.fields)

    @property
    def _focused_key(self) -> str | None:
        return next((key for key, field in self.inputs().items() if field.field is self.focused), None)

    @property
    def _focused_setting(self) -> SettingField | None:
        return next((field for field in self._setting_fields if field.key == self._focused_key), None)

    def on_descendant_focus(self) -> None:
        """Show the whole error of the field, which may be cut beside it, or what the field is for."""
        if self._validation_errors:
            self._say_validation_error(self._focused_key)
        elif not self.HELP_BELOW:
            self.say(self.read_left_field() or self.help_of(self._focused_key))

    def read_left_field(self) -> str:
        """Take over what was typed in the field that was left; return what is to be said about it."""
        return ""

    def help_of(self, key: str | None) -> str:
        """Return the line of help of a field."""
        field = next((field for field in self._setting_fields if field.key == key), None)
        return f"{field.help_text}{' F4 lists them.' if field.choices else ''}" if field else ""

    @work(exclusive=True, group="choose")
    async def action_choose(self) -> None:
        """Choose what the field in focus may hold."""
        field = self._focused_setting
        if field is None or not field.choices:
            self.say("Nothing to choose from here: type it.")
            return
        rows = [ListRow(choice, (choice,)) for choice in field.choices]
        current = self.form.fields[field.key].value
        choice = await self.ask(SelectScreen(field.label, (Column("Choices"),), rows, current_key=current))
        if choice is not None:
            self.form.fields[field.key].value = choice

    def action_save(self) -> None:
        """Save, if every field is valid."""
        errors = self.validation_errors()
        self.show_validation_errors(errors)
        if not errors:
            self._save(self.read_model())

    def show_validation_errors(self, errors: dict[str, str]) -> None:
        """Show an error beside each invalid field, and go to the first."""
        self._validation_errors = errors
        inputs = self.inputs()
        for key, field in inputs.items():
            field.error = errors.get(key, "")
        if errors:
            first = next(key for key in inputs if key in errors)
            inputs[first].field.focus()
            self._say_validation_error(first)

    def _say_validation_error(self, key: str | None) -> None:
        error = self._validation_errors.get(key or "")
        if key is None or error is None:
            self.say("Not saved: a field is invalid.", MessageKind.WARN)
        else:
            self.say(f"{self.inputs()[key].label} {error}", MessageKind.WARN)

    @work_once("save")
    async def _save(self, model: Model) -> None:
        with self.attempt():
            self.close(await self.save_model(model))


def _error_text(setting_field: SettingField, error: ErrorDetails) -> str:
    """Return why a value is invalid, to follow the field's label."""
    # The settings word their errors to follow a label; a library does not.
    return setting_field.requirement or error["msg"].removeprefix("Value error, ") + "."
