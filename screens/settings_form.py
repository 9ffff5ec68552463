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
from screens.commands import BACK, FORM_KEYS, Command, between_fields
from screens.form_screen import FormScreen
from widgets.message_line import MessageKind
from widgets.text_field import FieldNote, FormField
from widgets.text_rows import Tone

if TYPE_CHECKING:
    from console.services.settings import SettingsService

Model = TypeVar("Model", bound=SettingsModel)


@dataclass(frozen=True, slots=True)
class Question:
    """One field: the setting's own name for it, its label, and what may be entered.

    ``needs`` goes on after the label as a sentence; empty where the setting's own refusal does. ``tells``
    stands below the field; empty for none.
    """

    key: str
    label: str
    hint: str = ""
    needs: str = ""
    tells: str = ""


def one_of(values: Iterable[str]) -> str:
    """The values as words: ``a, b or c``."""
    *others, last = values
    return f"{', '.join(others)} or {last}"


def form_commands(prefix: str, saves: str) -> tuple[Command, ...]:
    """The keys of such a form."""
    return (
        Command(f"{prefix}.save", "f2,ctrl+s", "save", "Save", saves),
        *between_fields(prefix),
        *FORM_KEYS,
        BACK,
    )


class _Fields(VerticalScroll, inherit_bindings=False):
    """The fields: the arrows go from one to the next, and what does not fit scrolls with the focus."""


class SettingsForm(FormScreen[str | None], Generic[Model]):
    """Nothing is saved until all fits. The answer is what ``keep`` gives."""

    DEFAULT_CSS = """
    SettingsForm {
        &> _Fields { padding: 1 2 0 2; height: 1fr; scrollbar-size: 0 0; }
        & FormField { &> TextField { width: 38; } }
        & _Fields > FieldNote { height: 1; margin: 0 0 0 18; }
    }
    """

    def __init__(
        self, settings: "SettingsService", questions: tuple[Question, ...], values: Mapping[str, str]
    ) -> None:
        super().__init__()
        self.settings = settings
        self._questions = questions
        self._misfits: dict[str, str] = {}
        self.give(
            {
                q.key: FormField(q.label, field_id=q.key, value=values[q.key], placeholder=q.hint)
                for q in questions
            }
        )

    def entered(self) -> Model:
        """What is in the fields.

        Raises:
            pydantic.ValidationError: a value does not fit.
        """
        raise NotImplementedError

    async def keep(self, entered: Model) -> str:
        """Save it; the answer of the screen.

        Raises:
            ServiceError: it cannot be saved.
        """
        raise NotImplementedError

    def body(self) -> Iterable[Widget]:
        """The fields."""
        yield _Fields(*self.rows(), can_focus=False)

    def rows(self) -> Iterable[Widget]:
        """A row for each field, and below it what it is about."""
        for question in self._questions:
            yield self.fields[question.key]
            if question.tells:
                yield FieldNote(question.tells, Tone.DIM)

    def misfits(self) -> dict[str, str]:
        """Why which field does not fit, to go on after its label."""
        try:
            self.entered()
        except ValidationError as error:
            return {
                q.key: _misfit(q, e) for e in error.errors() for q in self._questions if q.key in e["loc"]
            }
        return {}

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
        misfits = self.misfits()
        self._show_misfits(misfits)
        if not misfits:
            self.run_worker(partial(self._save, self.entered()), name="save", group="save", exclusive=True)

    def _show_misfits(self, misfits: dict[str, str]) -> None:
        self._misfits = misfits
        for key, field in self.fields.items():
            field.error = misfits.get(key, "")
        if misfits:
            first = next(key for key in self.fields if key in misfits)
            self.fields[first].field.focus()
            self._say_misfit(first)

    def _say_misfit(self, key: str | None) -> None:
        question = next((q for q in self._questions if q.key == key and q.key in self._misfits), None)
        if question is None:
            self.say("Not saved: a field does not fit.", MessageKind.WARN)
        else:
            self.say(f"{question.label} {self._misfits[question.key]}", MessageKind.WARN)

    async def _save(self, entered: Model) -> None:
        try:
            answer = await self.keep(entered)
        except ServiceError as trouble:
            self.say(trouble.message, MessageKind.BAD)
        else:
            self.close(answer)


def _misfit(question: Question, error: ErrorDetails) -> str:
    """Why the answer does not fit, to go on after the field's label."""
    # What the setting itself says goes on after a label already; a library's own wording does not.
    return question.needs or error["msg"].removeprefix("Value error, ") + "."
