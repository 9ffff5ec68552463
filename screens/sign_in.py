"""The first screen: who works here, checked by the platform or, with the line down, by this machine.

Painted before anything heavy is loaded; the door of the store profile opens behind it.
"""

import asyncio
from collections.abc import Iterable
from importlib import import_module
from typing import TYPE_CHECKING, ClassVar

from textual.binding import BindingType
from textual.containers import Vertical
from textual.widget import Widget
from textual.widgets import Input

from console.config.startup_settings import StartupSettings
from console.ordering.stores import Location
from console.services.events import ConnectionChanged, ConnectionState, Event, ServiceError, SignInResult
from screens.dialogs.select import SelectScreen
from screens.framework.commands import FORM_HELP_COMMANDS, Command, bindings, field_navigation_commands
from screens.framework.console_screen import HEADER_CONNECTIONS, ConsoleScreen
from widgets.header import HeaderState
from widgets.lists.columns import Column, ListRow
from widgets.message_line import MessageKind
from widgets.text_field import FormField
from widgets.text_rows import Span, Spans, TextRows, Tone

if TYPE_CHECKING:
    from console.services.profile_connection import ProfileConnection
    from console.services.startup import ConnectResult

COMMANDS = (
    Command("sign_in.enter", "enter", "sign_in", "Sign in", "Sign in with this name and password"),
    *field_navigation_commands("sign_in"),
    Command("sign_in.demo", "f2", "demo", "", "Fill in the sandbox store's demo sign-in"),
    *FORM_HELP_COMMANDS,
    Command("settings", "f9", "app.settings", "Settings", "Settings and store profiles"),
    Command("quit", "ctrl+q", "app.leave", "Quit", "Quit the console", priority=True),
)


class Welcome(TextRows):
    """Which store this is, and for the sandbox how to get in."""

    DEFAULT_CSS = "Welcome { height: 6; }"

    def __init__(self, first: StartupSettings) -> None:
        super().__init__()
        self._first = first
        self._demo = ""

    def show_demo(self, sign_in: str) -> None:
        """Show how to sign in to the sandbox store."""
        self._demo = sign_in
        self.repaint()

    def rows(self) -> tuple[Spans, ...]:
        """Name of the console, name of the store, and a hint."""
        sandbox = self._first.kind == "sandbox"
        hint = "A store to learn and to test with: nothing in it is real." if sandbox else ""
        demo = (Span("F2", Tone.KEY), Span(f" fills in  {self._demo}")) if self._demo else ()
        return (
            (Span("Store Console", Tone.STRONG),),
            (Span(self._first.profile),),
            (Span(hint, Tone.DIM),),
            (),
            demo,
        )


class SignInScreen(ConsoleScreen[None]):
    """Name and password; wrong ones leave the form as it is, but for the password."""

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
        self._busy = False
        self._demo_requested = False

    def header(self) -> HeaderState:
        """The store; nobody is signed in yet."""
        return HeaderState(store=self._first.profile, connection=HEADER_CONNECTIONS[self._connection])

    def body(self) -> Iterable[Widget]:
        """Welcome and form."""
        yield Vertical(self._welcome, self._operator, self._password, id="sign-in")

    def on_mount(self) -> None:
        """Begin with what is missing."""
        (self._password if self._operator.value else self._operator).field.focus()
        self.run_worker(self._wait_for_connection, name="wait for the door")

    def on_screen_resume(self) -> None:
        """Nobody's password stays in the form."""
        self._password.value = ""

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter goes on to what is missing, then signs in."""
        event.stop()
        self.action_sign_in()

    def action_sign_in(self) -> None:
        """Check name and password."""
        if not self._operator.value.strip():
            self._focus_missing(self._operator, "Type your user name.")
        elif not self._password.value:
            self._focus_missing(self._password, "Type your password.")
        elif not self._busy:
            self._busy = True
            self.say("Signing in.")
            self.run_worker(self._sign_in, name="sign in")

    def _focus_missing(self, form: FormField, sentence: str) -> None:
        """To what is missing; where the operator is there already, the key needs an answer."""
        if form.field.has_focus:
            self.say(sentence)
        form.field.focus()

    def action_demo(self) -> None:
        """Fill in the demo sign-in, where the store has one; before the door is open, once it is."""
        if not self._connect_future.done():
            self._demo_requested = True
        elif (connection := self._connect_future.result().connection) and connection.demo_credentials:
            self._operator.value, self._password.value = (
                connection.demo_credentials.user_name,
                connection.demo_credentials.password,
            )
            self._password.field.focus()

    def handle_event(self, event: Event) -> None:
        """The line came or went."""
        if isinstance(event, ConnectionChanged):
            self._connection = event.state
        super().handle_event(event)

    async def _wait_for_connection(self) -> None:
        result = await asyncio.shield(self._connect_future)
        for problem in result.settings.problems[:1]:
            self.say(f"Defaults are used, F9 tells more. {problem}", MessageKind.WARN)
        if result.connection is None:
            self.say(result.problem, MessageKind.BAD)
        elif result.connection.demo_credentials:
            self._welcome.show_demo(
                f"{result.connection.demo_credentials.user_name}  {result.connection.demo_credentials.password}"
            )
        if self._demo_requested and not self._operator.value and not self._password.value:
            self.action_demo()

    async def _sign_in(self) -> None:
        try:
            result = await asyncio.shield(self._connect_future)
            if result.connection is None:
                raise ServiceError(result.problem)
            offer = await result.connection.sign_in_service.sign_in(
                self._operator.value, self._password.value
            )
            await self._choose_store(result.connection, offer)
        except ServiceError as trouble:
            self._password.value = ""
            self._password.field.focus()
            self.say(trouble.message, MessageKind.BAD)
        finally:
            self._busy = False

    async def _choose_store(self, connection: "ProfileConnection", offer: SignInResult) -> None:
        first, *others = offer.locations
        if not others:
            await self._enter_store(connection, offer, first)
            return
        stores = {str(location.location_id): location for location in offer.locations}

        def enter_chosen(key: str | None) -> None:
            if key is not None:
                self.run_worker(self._enter_store(connection, offer, stores[key]), name="enter the store")
            else:
                self.say("Nobody is signed in: no store was taken.")

        columns = (Column("Store"), Column("City", 16), Column("Code", 10))
        rows = [ListRow(key, (store.name, store.city, store.code)) for key, store in stores.items()]
        default = str(connection.context.profile.default_location)
        self.app.push_screen(
            SelectScreen("Which store do you work at?", columns, rows, current_key=default), enter_chosen
        )

    async def _enter_store(
        self, connection: "ProfileConnection", offer: SignInResult, location: Location
    ) -> None:
        try:
            session = await connection.start_session(offer, location)
        except ServiceError as trouble:
            self.say(trouble.message, MessageKind.BAD)
            return
        # Loaded while the operator typed.
        home = await asyncio.to_thread(import_module, "screens.home.customer_search")
        self.say("")
        customers = home.CustomerSearchScreen(session)
        await self.app.push_screen(customers, lambda _: self.say("Signed out.", MessageKind.GOOD))
        if offer.offline:
            customers.say("The line is down. Work as usual; orders are sent once it is back.")
        customers.resume_orders()
