"""Settings: the store profiles, where secrets are stored, and problems of the settings file.

Loaded when it is first opened.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.binding import BindingType
from textual.containers import Vertical
from textual.widget import Widget

from console.config.profiles import Profile, ProfileKind
from console.services.events import PendingWork
from screens.dialogs.confirm import ConfirmScreen, pending_work_text
from screens.framework.commands import BACK, HELP_COMMANDS, Command, bindings
from screens.framework.console_screen import ConsoleScreen
from screens.framework.work_once import work_once
from screens.settings.preferences import PreferencesScreen
from screens.settings.profile import ProfileScreen
from widgets.base_app import BaseApp
from widgets.header import HeaderState
from widgets.lists.columns import Column, ListRow, RowStyle
from widgets.lists.line_list import LineList
from widgets.message_line import MessageKind
from widgets.text_cells import wrap
from widgets.text_rows import Span, Spans, TextRows, Tone

if TYPE_CHECKING:
    from console.services.settings import SettingsService

COMMANDS = (
    Command("settings.use", "enter", "use", "Use", "Work with the selected profile"),
    Command("settings.new", "n,f3", "new", "New", "Create a store profile"),
    Command("settings.edit", "e,f2", "edit", "Edit", "Edit the selected profile"),
    Command(
        "settings.remove", "d,delete,f8", "remove", "Remove", "Remove the selected profile and its secret"
    ),
    Command("settings.prefer", "p,f4", "preferences", "Preferences", "Edit printing, retention and looks"),
    Command("settings.replace", "f7", "replace_broken", "", "Replace a broken settings file"),
    Command(
        "settings.forget",
        "f6",
        "forget",
        "",
        "Forget recent customers and saved tickets",
    ),
    *HELP_COMMANDS,
    BACK,
)


ASK, CHANGES = "ask", "changes"
"""Groups of workers: the last one asked counts; of those that write, one runs at a time."""
LABEL_WIDTH = 18
"""Width of the labels in cells."""
MAX_TEXT_ROWS = 3


class SettingsSummary(TextRows):
    """Where things are stored, the preferences in force, and problems of the file."""

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
        """Fit the height: a wider window needs fewer rows."""
        self.styles.height = max(1, len(self.rows()))

    def rows(self) -> tuple[Spans, ...]:
        """Return a row for each, and more for a long text."""
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


class SettingsScreen(ConsoleScreen[str]):
    """The profiles above a summary. Closes with the name of the profile to work with."""

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
        """``pending_work`` is the signed-in operator's, None before the sign-in."""
        super().__init__()
        self._settings = settings
        self._pending_work = pending_work
        self._list = LineList(Column("Store profile", 24), Column("Address"), Column("Signs by", 12))
        self._summary = SettingsSummary()

    def header(self) -> HeaderState:
        """Return a header without a store."""
        return HeaderState(store="Settings")

    def body(self) -> Iterable[Widget]:
        """Return profiles, then summary."""
        yield Vertical(self._list, self._summary)

    def on_mount(self) -> None:
        """Show everything."""
        self._show()
        if active := self._settings.active_profile:
            self._list.move_to_key(active.name)

    def on_line_list_selected(self, event: LineList.Selected) -> None:
        """Use the profile on Enter."""
        event.stop()
        self.action_use()

    @work(exclusive=True, group=ASK)
    async def action_use(self) -> None:
        """Make the selected profile the active one; a signed-in operator confirms first."""
        profile = self._selected_profile()
        if profile is None:
            self._say_broken()
            return
        if self._pending_work is not None:
            question = f"Sign out, and work with {profile.name}?"
            if not await self.ask(ConfirmScreen(question, *pending_work_text(self._pending_work))):
                return
        self._use(profile)

    @work_once(CHANGES)
    async def _use(self, profile: Profile) -> None:
        with self.attempt():
            await self._settings.use_profile(profile.name)
            self.close(profile.name)

    def action_new(self) -> None:
        """Create a profile."""
        self._edit(None)

    def action_edit(self) -> None:
        """Edit the selected profile."""
        profile = self._selected_profile()
        if profile is not None and profile.kind is ProfileKind.SANDBOX:
            self.say("The built-in sandbox store has nothing to edit.")
        elif profile is not None:
            self._edit(profile)
        else:
            self._say_broken()

    @work(exclusive=True, group=ASK)
    async def _edit(self, profile: Profile | None) -> None:
        if (name := await self.ask(ProfileScreen(self._settings, profile))) is not None:
            self._show()
            self._list.move_to_key(name)
            self.say(f"Saved {name}. Enter uses it.", MessageKind.GOOD)

    @work(exclusive=True, group=ASK)
    async def action_preferences(self) -> None:
        """Edit the preferences."""
        if (message := await self.ask(PreferencesScreen(self._settings))) is not None:
            self._show()
            self.say(message, MessageKind.GOOD)

    @work(exclusive=True, group=ASK)
    async def action_remove(self) -> None:
        """Remove the selected profile, once confirmed."""
        profile = self._selected_profile()
        if profile is None:
            self._say_broken()
            return
        question = f"Remove {profile.name} and its secret?"
        if await self.ask(ConfirmScreen(question, "Its orders stay on this machine.")):
            self._remove(profile)

    @work_once(CHANGES)
    async def _remove(self, profile: Profile) -> None:
        with self.attempt():
            await self._settings.remove_profile(profile.name)
            self.say(f"Removed {profile.name}.", MessageKind.GOOD)
        self._show()

    @work(exclusive=True, group=ASK)
    async def action_forget(self) -> None:
        """Forget the recent customers, once confirmed."""
        question = ConfirmScreen(
            "Forget all recent customers?",
            "Saved tickets are deleted, too. Open orders keep their customer until they are closed.",
        )
        if await self.ask(question):
            self._forget()

    @work_once(CHANGES)
    async def _forget(self) -> None:
        with self.attempt():
            self.say(await self._settings.erase_people(), MessageKind.GOOD)

    def action_replace_broken(self) -> None:
        """Start a new settings file beside the broken one."""
        if self._settings.problems:
            self._replace()
        else:
            self.say("The settings file has no problems.")

    @work_once(CHANGES)
    async def _replace(self) -> None:
        with self.attempt():
            backup = await self._settings.replace_invalid_file()
            self.say(f"New settings file in use; the old one is saved as {backup}.", MessageKind.GOOD)
        self._show()

    def _selected_profile(self) -> Profile | None:
        key = self._list.cursor_key
        return next((p for p in self._settings.settings.profiles if p.name == key), None)

    def _say_broken(self) -> None:
        """Say why the selected profile cannot be used."""
        for key, message in self._settings.broken_profiles:
            if key == self._list.cursor_key:
                self.say(message, MessageKind.BAD)

    def _show(self) -> None:
        active = self._settings.active_profile
        rows = [_row(p, active=p is active) for p in self._settings.settings.profiles]
        broken = [
            ListRow(key, (key, message, ""), RowStyle.WARN) for key, message in self._settings.broken_profiles
        ]
        self._list.set_rows([*rows, *broken])
        if isinstance(self.app, BaseApp):
            self.app.show_standing_notice(self._settings.notice)
        self._show_facts()

    @work(exclusive=True, group="facts")
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
                f"kept {settings.recent_customer_days} days, like saved tickets; F6 forgets them now",
            ),
            ("Offline sign-in", f"for {settings.offline_sign_in_days} days after the last sign-in here"),
        )
        problems = self._settings.problems
        advice = ("F7 replaces the file and saves again; until then nothing is saved.",) if problems else ()
        self._summary.show(facts, problems + advice)


def _row(profile: Profile, *, active: bool) -> ListRow:
    address = "built in" if profile.kind is ProfileKind.SANDBOX else profile.host
    name = f"{profile.name} (active)" if active else profile.name
    signing = "" if profile.kind is ProfileKind.SANDBOX else profile.auth.method.name.lower()
    return ListRow(profile.name, (name, address, signing), RowStyle.STRONG if active else RowStyle.NORMAL)
