"""The first screen: name and password, checked by the platform or, offline, by this machine.

Painted before anything heavy is loaded; the store profile is connected in the background.
"""

import asyncio
from collections.abc import Iterable
from importlib import import_module
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.binding import BindingType
from textual.containers import Vertical
from textual.widget import Widget
from textual.widgets import Input

from console.config.startup_settings import StartupSettings
from console.ordering.stores import Location
from console.services.events import (
    ConnectionChanged,
    ConnectionState,
    Event,
    OrderChanged,
    ServiceError,
    SignInResult,
)
from screens.dialogs.select import Choice, choose
from screens.framework.commands import FORM_HELP_COMMANDS, Command, bindings, field_navigation_commands
from screens.framework.console_screen import HEADER_CONNECTIONS, ConsoleScreen
from screens.framework.key_buffer import KeyBuffer
from screens.framework.work_once import work_once
from widgets.header import HeaderState
from widgets.lists.columns import Column
from widgets.message_line import MessageKind
from widgets.text_field import FormField
from widgets.text_rows import Span, Spans, TextRows, Tone

if TYPE_CHECKING:
    from console.services.profile_connection import ProfileConnection
    from console.services.startup import ConnectResult

COMMANDS = (
    Command("sign_in.enter", "enter", "sign_in", "Sign in", "Sign in with this name and password"),
    *field_navigation_commands("sign_in"),
    Command("sign_in.demo", "f2", "demo", "", "Fill in the demo sign-in of the practice store"),
    *FORM_HELP_COMMANDS,
    Command("settings", "f9", "app.settings", "Settings", "Settings and store profiles"),
    Command("quit", "ctrl+q", "app.leave", "Quit", "Quit the console", priority=True),
)


SIGNED_IN_OFFLINE = "Offline. Work as usual; orders are sent once online."


class Welcome(TextRows):
    """The name of the store, and for the sandbox a demo sign-in."""

    DEFAULT_CSS = "Welcome { height: 6; }"

    def __init__(self, first: StartupSettings) -> None:
        super().__init__()
        self._first = first
        self._demo = ""

    def show_demo(self, sign_in: str) -> None:
        """Show the demo sign-in of the sandbox store."""
        self._demo = sign_in
        self.repaint()

    def rows(self) -> tuple[Spans, ...]:
        """Return the names of console and store, and a hint."""
        sandbox = self._first.kind == "sandbox"
        hint = "Practice store: nothing here is real." if sandbox else ""
        demo = (Span("F2", Tone.KEY), Span(f" fills in  {self._demo}")) if self._demo else ()
        return (
            (Span("Store Console", Tone.STRONG),),
            (Span(self._first.profile),),
            (Span(hint, Tone.DIM),),
            (),
            demo,
        )


class SignInScreen(ConsoleScreen[None]):
    """Name and password; after a refusal only the password is cleared."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(COMMANDS)
    SCREEN_COMMANDS = COMMANDS
    SCREEN_TITLE = "Sign in"
    DEFAULT_CSS = """
    SignInScreen {
        &> #sign-in { padding: 2 4; height: 1fr; }
        & FormField { margin-bottom: 1; &> TextField { width: 40; } }
    }
    """

    def __init__(self, first: StartupSettings, connect_future: "asyncio.Future[ConnectResult]") -> None:
        super().__init__()
        self._first = first
        self._connect_future = connect_future
        self._connection = ConnectionState.UNKNOWN
        self._welcome = Welcome(first)
        self._operator = FormField("Operator", field_id="operator", value=first.operator)
        self._password = FormField("Password", field_id="password", password=True)
        self._demo_requested = False
        self._sign_in_requested = False
        """Enter was pressed before the demo sign-in that was asked for could be filled in."""
        self._is_signing_in = False

    def header(self) -> HeaderState:
        """Return the store and the connection; there is no operator yet."""
        future = self._connect_future
        is_closed = future.done() and future.result().connection is None
        connection = None if is_closed else HEADER_CONNECTIONS[self._connection]
        return HeaderState(store=self._first.profile, connection=connection)

    def body(self) -> Iterable[Widget]:
        """Return welcome and form."""
        yield Vertical(self._welcome, self._operator, self._password, id="sign-in")

    def on_mount(self) -> None:
        """Focus the first empty field."""
        (self._password if self._operator.value else self._operator).field.focus()
        self._wait_for_connection()

    def receive_event(self, event: Event, *, covered: bool) -> None:
        """Handle an event. Orders are not shown here, and this screen is covered for a whole shift."""
        if not isinstance(event, OrderChanged):
            super().receive_event(event, covered=covered)

    def on_screen_resume(self) -> None:
        """Clear the password: it must not stay in the form."""
        self._password.value = ""

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Go to an empty field; without one, sign in."""
        event.stop()
        self.action_sign_in()

    def action_sign_in(self) -> None:
        """Check name and password."""
        if self._is_signing_in:
            return
        is_empty = not self._operator.value and not self._password.value
        if is_empty and self._demo_requested and not self._connect_future.done():
            self._sign_in_requested = True
        elif not self._operator.value.strip():
            self._focus_missing(self._operator, "Type your user name.")
        elif not self._password.value:
            self._focus_missing(self._password, "Type your password.")
        else:
            self._hold_typing(hold=True)
            self._sign_in(self._operator.value, self._password.value)

    def _hold_typing(self, *, hold: bool) -> None:
        """Take no text while signing in: it would be part of the next password."""
        self._is_signing_in = hold
        for form in (self._operator, self._password):
            form.field.can_focus = not hold
        self.set_focus(None if hold else self._password.field)

    def _focus_missing(self, form: FormField, message: str) -> None:
        """Focus an empty field; say the message if it has the focus already."""
        if form.field.has_focus:
            self.say(message)
        form.field.focus()

    def action_demo(self) -> None:
        """Fill in the demo sign-in, if the store has one; while connecting, as soon as connected."""
        if self._is_signing_in:
            return
        if not self._connect_future.done():
            self._demo_requested = True
        elif (connection := self._connect_future.result().connection) and connection.demo_credentials:
            self._operator.value, self._password.value = (
                connection.demo_credentials.user_name,
                connection.demo_credentials.password,
            )
            self._password.field.focus()

    def handle_event(self, event: Event) -> None:
        """Show the connection."""
        if isinstance(event, ConnectionChanged):
            self._connection = event.state
        super().handle_event(event)

    @work
    async def _wait_for_connection(self) -> None:
        result = await asyncio.shield(self._connect_future)
        if result.connection is None:
            self.say(result.problem, MessageKind.BAD)
            self.show_header()
        elif result.connection.demo_credentials:
            demo = result.connection.demo_credentials
            self._welcome.show_demo(f"{demo.user_name}  {demo.password}")
        if self._demo_requested and not self._operator.value and not self._password.value:
            self.action_demo()
            if self._sign_in_requested and result.connection:
                self.action_sign_in()

    @work_once("sign in")
    async def _sign_in(self, user_name: str, password: str) -> None:
        self.say("Signing in.")
        with self.attempt() as signing_in:
            result = await asyncio.shield(self._connect_future)
            if result.connection is None:
                raise ServiceError(result.problem)
            sign_in = await result.connection.sign_in_service.sign_in(user_name, password)
            await self._enter_store(result.connection, sign_in)
        if signing_in.failed:
            self._password.value = ""
            if isinstance(self.app, KeyBuffer):
                self.app.discard_waiting_keys()
        self._hold_typing(hold=False)

    async def _enter_store(self, connection: "ProfileConnection", sign_in: SignInResult) -> None:
        store = await self._choose_store(connection, sign_in)
        if store is None:
            self.say("Not signed in: no store was chosen.")
            return
        session = await connection.start_session(sign_in, store)
        # Preloaded while the operator typed.
        home = await asyncio.to_thread(import_module, "screens.home.customer_search")
        self.say("")
        notice = (sign_in.offline_reason or SIGNED_IN_OFFLINE) if sign_in.offline else ""
        await self.ask(home.CustomerSearchScreen(session, offline_notice=notice))
        self.say("Signed out.", MessageKind.GOOD)

    async def _choose_store(self, connection: "ProfileConnection", sign_in: SignInResult) -> Location | None:
        first, *others = sign_in.locations
        if not others:
            return first
        columns = (Column("Store"), Column("City", 16), Column("Code", 10))
        choices = [Choice(store, (store.name, store.city, store.code)) for store in sign_in.locations]
        default = connection.context.profile.default_location
        current = next((store for store in sign_in.locations if store.location_id == default), None)
        choice = await choose(self, "Which store do you work at?", columns, choices, current)
        return None if choice is None else choice.value
