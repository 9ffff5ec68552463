"""Settings: the store profiles, where secrets are kept, and what is wrong with the settings file.

Loaded when it is first opened; the answer is the name of the profile to work with, or ``None`` for no change.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar

from textual.binding import BindingType
from textual.containers import Vertical
from textual.widget import Widget

from console.config.profiles import Profile, ProfileKind
from console.services.events import PendingWork, ServiceError
from screens.dialogs.confirm import ConfirmScreen, pending_work_text
from screens.framework.commands import BACK, HELP_COMMANDS, Command, bindings
from screens.framework.console_screen import ConsoleScreen
from screens.settings.preferences import PreferencesScreen
from screens.settings.profile import ProfileScreen
from widgets.header import HeaderState
from widgets.lists.columns import Column, ListRow, RowStyle
from widgets.lists.line_list import LineList
from widgets.message_line import MessageKind
from widgets.text_cells import wrap
from widgets.text_rows import Span, Spans, TextRows, Tone

if TYPE_CHECKING:
    from console.services.settings import SettingsService

COMMANDS = (
    Command("settings.use", "enter", "use", "Use", "Work with the marked profile"),
    Command("settings.new", "n,f3", "new", "New", "Make a new store profile"),
    Command("settings.edit", "e,f2", "edit", "Edit", "Change the marked profile"),
    Command("settings.remove", "d,delete,f8", "remove", "Remove", "Forget the marked profile and its secret"),
    Command(
        "settings.prefer", "p,f4", "preferences", "Preferences", "Change printing, what is remembered, looks"
    ),
    Command("settings.replace", "f7", "replace_broken", "", "Set a broken settings file aside and save anew"),
    Command(
        "settings.forget",
        "f6",
        "forget",
        "",
        "Forget customers lately served and saved tickets",
    ),
    *HELP_COMMANDS,
    BACK,
)


LABEL_WIDTH = 18
"""Cells for what a fact is about."""
MAX_TEXT_ROWS = 3


class SettingsSummary(TextRows):
    """Where things are kept, the preferences in force, and problems with the file."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"text-rows--warn"}

    DEFAULT_CSS = "SettingsSummary { margin: 1 2 0 2; }"

    def __init__(self) -> None:
        super().__init__()
        self._facts: tuple[tuple[str, str], ...] = ()
        self._problems: tuple[str, ...] = ()

    def show(self, facts: tuple[tuple[str, str], ...], problems: tuple[str, ...]) -> None:
        """Show labelled facts, and problems below them."""
        self._facts, self._problems = facts, problems
        self.styles.height = max(1, len(self.rows()))
        self.repaint()

    def on_resize(self) -> None:
        """In a wider window they need fewer rows."""
        self.styles.height = max(1, len(self.rows()))

    def rows(self) -> tuple[Spans, ...]:
        """A row for each, and more for what is longer."""
        room = max(1, self.size.width - LABEL_WIDTH)
        rows: list[Spans] = []
        for label, text in self._facts:
            first, *continuation = wrap(text, room, MAX_TEXT_ROWS) or ("",)
            rows.append((Span(f"{label:<{LABEL_WIDTH}}", Tone.DIM), Span(first)))
            rows += ((Span(" " * LABEL_WIDTH), Span(other)) for other in continuation)
        for problem in self._problems:
            first, *continuation = wrap(problem, max(1, self.size.width - 2), MAX_TEXT_ROWS) or ("",)
            rows.append((Span(f"! {first}", Tone.WARN),))
            rows += ((Span(f"  {other}", Tone.WARN),) for other in continuation)
        return tuple(rows)


class SettingsScreen(ConsoleScreen[str | None]):
    """A list of profiles over what else there is to know."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(COMMANDS)
    SCREEN_COMMANDS = COMMANDS
    SCREEN_TITLE = "Settings"
    AUTO_FOCUS = "LineList"
    DEFAULT_CSS = """
    SettingsScreen {
        &> Vertical { height: 1fr; }
        & LineList { height: 1fr; min-height: 4; margin: 1 0 0 0; }
    }
    """

    def __init__(self, settings: "SettingsService", *, pending_work: PendingWork | None) -> None:
        """``unsent`` is what who is signed in has not sent, ``None`` while nobody is."""
        super().__init__()
        self._settings = settings
        self._pending_work = pending_work
        self._list = LineList(Column("Store profile", 24), Column("Reached at"), Column("Signs by", 12))
        self._summary = SettingsSummary()

    def header(self) -> HeaderState:
        """No store: this is about all of them."""
        return HeaderState(store="Settings")

    def body(self) -> Iterable[Widget]:
        """Profiles, then facts."""
        yield Vertical(self._list, self._summary)

    def on_mount(self) -> None:
        """Show everything."""
        self._show()
        self._list.move_to_key(self._settings.settings.active_profile.name)

    def on_line_list_selected(self, event: LineList.Selected) -> None:
        """Enter works with a profile."""
        event.stop()
        self.action_use()

    def action_use(self) -> None:
        """Make the marked profile the active one and open its door; who is signed in is asked first."""
        profile = self._selected_profile()
        if profile is None:
            return

        def use_if_confirmed(yes: bool | None) -> None:
            if yes:
                self.run_worker(self._use(profile), name="use a profile")

        if self._pending_work is None:
            use_if_confirmed(True)
        else:
            question = f"Sign out, and work with {profile.name}?"
            self.app.push_screen(
                ConfirmScreen(question, *pending_work_text(self._pending_work)), use_if_confirmed
            )

    def action_new(self) -> None:
        """A form for a new profile."""
        self.app.push_screen(ProfileScreen(self._settings, None), self._show_saved_profile)

    def action_edit(self) -> None:
        """The form with the marked profile in it."""
        profile = self._selected_profile()
        if profile is not None and profile.kind is ProfileKind.SANDBOX:
            self.say("The sandbox store inside this program has nothing to change.")
        elif profile is not None:
            self.app.push_screen(ProfileScreen(self._settings, profile), self._show_saved_profile)

    def action_preferences(self) -> None:
        """The form of the preferences."""

        def saved(sentence: str | None) -> None:
            if sentence is not None:
                self._show()
                self.say(sentence, MessageKind.GOOD)

        self.app.push_screen(PreferencesScreen(self._settings), saved)

    def action_remove(self) -> None:
        """Forget the marked profile, once that is confirmed."""
        profile = self._selected_profile()
        if profile is None:
            return

        def remove_if_confirmed(yes: bool | None) -> None:
            if yes:
                self.run_worker(self._remove(profile), name="remove a profile")

        kept_note = "Orders made with it stay on this machine."
        self.app.push_screen(
            ConfirmScreen(f"Forget {profile.name} and its secret?", kept_note), remove_if_confirmed
        )

    def action_forget(self) -> None:
        """Forget the customers lately served, once that is confirmed."""

        def forget_if_confirmed(yes: bool | None) -> None:
            if yes:
                self.run_worker(self._forget, name="forget people")

        kept_note = (
            "Saved tickets go, too. Orders on this machine keep their customer until they are done with."
        )
        self.app.push_screen(
            ConfirmScreen("Forget every customer lately served here?", kept_note), forget_if_confirmed
        )

    def action_replace_broken(self) -> None:
        """Start a new settings file beside the broken one."""
        if self._settings.problems:
            self.run_worker(self._replace, name="replace the settings file")
        else:
            self.say("The settings file is sound.")

    def _selected_profile(self) -> Profile | None:
        key = self._list.cursor_key
        return next((p for p in self._settings.settings.profiles if p.name == key), None)

    def _show(self) -> None:
        active = self._settings.settings.active_profile.name
        self._list.set_rows([_row(p, active=p.name == active) for p in self._settings.settings.profiles])
        self.run_worker(self._show_facts, name="facts", group="facts", exclusive=True)

    async def _show_facts(self) -> None:
        settings = self._settings.settings
        print_text = (
            f"printed by {settings.print_command}" if settings.print_command else "no print command is set"
        )
        facts = (
            ("Secrets", await self._settings.describe_secret_storage()),
            ("Settings file", self._settings.file),
            ("Tickets", f"{settings.ticket_width} characters wide, {print_text}"),
            (
                "Recent customers",
                f"kept {settings.recent_customer_days} days, like saved tickets; F6 forgets them all now",
            ),
            ("Offline sign-in", f"for {settings.offline_sign_in_days} days after the last sign-in here"),
        )
        problems = self._settings.problems
        advice = ("F7 sets the file aside and saves anew; until then nothing is saved.",) if problems else ()
        self._summary.show(facts, problems + advice)

    def _show_saved_profile(self, name: str | None) -> None:
        if name is not None:
            self._show()
            self._list.move_to_key(name)
            self.say(f"Saved {name}. Enter works with it.", MessageKind.GOOD)

    async def _use(self, profile: Profile) -> None:
        try:
            await self._settings.use_profile(profile.name)
        except ServiceError as trouble:
            self.say(trouble.message, MessageKind.BAD)
        else:
            self.close(profile.name)

    async def _remove(self, profile: Profile) -> None:
        try:
            await self._settings.remove_profile(profile.name)
        except ServiceError as trouble:
            self.say(trouble.message, MessageKind.BAD)
        else:
            self.say(f"{profile.name} is forgotten.", MessageKind.GOOD)
        self._show()

    async def _forget(self) -> None:
        try:
            self.say(await self._settings.erase_people(), MessageKind.GOOD)
        except ServiceError as trouble:
            self.say(trouble.message, MessageKind.BAD)

    async def _replace(self) -> None:
        try:
            backup = await self._settings.replace_invalid_file()
        except ServiceError as trouble:
            self.say(trouble.message, MessageKind.BAD)
        else:
            self.say(f"A new settings file is in force; the old one is kept as {backup}.", MessageKind.GOOD)
        self._show()


def _row(profile: Profile, *, active: bool) -> ListRow:
    address = "inside this program" if profile.kind is ProfileKind.SANDBOX else profile.host
    name = f"{profile.name} (active)" if active else profile.name
    signing = "" if profile.kind is ProfileKind.SANDBOX else profile.auth.method.name.lower()
    return ListRow(profile.name, (name, address, signing), RowStyle.STRONG if active else RowStyle.NORMAL)
