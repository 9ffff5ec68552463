"""The base of the bundle and the deal screen: one configuration, its price, undo and done."""

from abc import abstractmethod
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from textual import events

from console.ordering.configuration import default_configuration, problems
from console.ordering.configuration.bundle import Bundle, BundleItem, Bundles
from console.ordering.configuration.deal import configure_place
from console.ordering.configuration.defaults import bundles_without, component_parts
from console.ordering.descriptions import build_order_item
from console.ordering.draft import OrderItem
from console.ordering.pricing.estimate import estimate_bundle
from screens.configurator.common import Components, PriceFunction, signed_amount
from screens.configurator.price_bar import PriceBar
from screens.dialogs.select import SelectScreen
from screens.framework.console_screen import OperatorScreen
from widgets.lists.line_list import LineList
from widgets.message_line import MessageKind

if TYPE_CHECKING:
    from console.services.operator_session import OperatorSession


@dataclass(frozen=True, slots=True)
class ConfiguratorRequest:
    """A request to configure ``bundle``, which is configured as ``components`` now.

    For a nested bundle, ``deal_slot`` is its item in the outer one and ``total_price`` the price of all.
    ``unfinished`` is a configuration to continue. ``on_leave`` is called with the configuration when the
    operator goes back.
    """

    bundle: Bundle
    bundles: Bundles
    components: Components
    title: str = ""
    customer: str = ""
    deal_slot: BundleItem | None = None
    total_price: PriceFunction | None = None
    unfinished: Components | None = None
    on_leave: Callable[[Components], None] | None = None


class ConfiguratorScreen(OperatorScreen[OrderItem]):
    """One configuration; each key changes it, its rows and its price in the same frame."""

    def __init__(
        self,
        session: "OperatorSession",
        request: ConfiguratorRequest,
        screen_factory: "ScreenFactory",
        row_list: LineList,
    ) -> None:
        """``screen_factory`` opens nested bundles; ``row_list`` is the list that keys move in."""
        super().__init__(session)
        self.request = request
        self.components = request.unfinished or request.components
        """The current configuration."""
        self.bundles = dict(request.bundles)
        self.price_bar = PriceBar()
        self._screen_factory = screen_factory
        self.navigated_list = row_list
        self._undo_stack: list[Components] = [request.components] if request.unfinished else []
        self._menu_price = self.price(
            default_configuration(request.bundle, request.bundles, deal_slot=request.deal_slot)
        )

    def customer_name(self) -> str:
        """The customer of the order."""
        return self.request.customer

    def on_mount(self) -> None:
        """Show the configuration, with the first problem selected."""
        self.paint()
        self.select_next_problem(0)
        if self._undo_stack:
            self.say("Continued where you left it. F7 restores the version in the order.")

    @abstractmethod
    def paint(self) -> None:
        """Show the current configuration."""

    def select_next_problem(self, index: int) -> None:
        """Select the first row with a problem, or else the one at ``index``; nothing by default."""

    def price(self, components: Components) -> Decimal:
        """The price of a configuration, including the outer bundle."""
        return (
            self.request.total_price(components) if self.request.total_price else self.own_price(components)
        )

    def own_price(self, components: Components) -> Decimal:
        """The price of a configuration alone."""
        return estimate_bundle(
            self.request.bundle,
            components,
            bundles=self.bundles,
            currency=self.session.currency,
            half_rule=self.session.half_rule,
            deal_slot=self.request.deal_slot,
        ).total

    @property
    def price_difference(self) -> str:
        """The difference to the price on the menu, with its sign."""
        return signed_amount(self.price(self.components) - self._menu_price, self.session.currency)

    @property
    def problems(self) -> tuple[str, ...]:
        """The reasons why it cannot be ordered yet."""
        return problems(self.request.bundle, self.components, self.bundles, deal_slot=self.request.deal_slot)

    def set_components(self, components: Components) -> None:
        """Change the configuration; undo restores the one before."""
        if components != self.components:
            self._undo_stack.append(self.components)
            self.components = components
            self.paint()

    async def configure_nested(self, index: int, item: BundleItem, title: str = "") -> bool:
        """Configure the bundle at this index, only in a worker; return False if it was not accepted."""
        if item.product_id not in bundles_without(self.request.bundle, self.bundles):
            components = self.components
            if not await self._read_nested(item) or self.components != components:
                return False
        return await self._ask_nested(index, item, title)

    async def _read_nested(self, item: BundleItem) -> bool:
        """Read the contents of a nested bundle; show why and return False if they are unknown."""
        self.reply(f"Reading the contents of {item.title}.")
        product, inner = self.session.menu.product(item.product_id), None
        with self.attempt() as reading:
            inner = await self.session.menu.bundle(product) if product is not None else None
        if inner is not None:
            self.reply("")
            self.bundles[item.product_id] = inner
        elif not reading.failed:
            self.reply(
                f"The contents of {item.title} are unknown; it comes as on the menu.", MessageKind.WARN
            )
        return inner is not None

    async def _ask_nested(self, index: int, item: BundleItem, title: str) -> bool:
        inner_bundles, outer_components = bundles_without(self.request.bundle, self.bundles), self.components
        inner = inner_bundles[item.product_id]
        parts = component_parts(outer_components[index], item, inner, inner_bundles)

        def set_inner(components: Components) -> None:
            if components != parts:
                self.set_components(configure_place(outer_components, index, components))

        request = ConfiguratorRequest(
            inner,
            inner_bundles,
            parts,
            title=title or f"{self.request.bundle.title}: {inner.title}",
            customer=self.request.customer,
            deal_slot=item,
            total_price=lambda components: self.price(configure_place(outer_components, index, components)),
            on_leave=set_inner,
        )
        configured = await self.ask(self._screen_factory(self.session, request))
        if configured is not None:
            set_inner(configured.components)
        return configured is not None

    def reply(self, text: str, kind: MessageKind = MessageKind.INFO) -> None:
        """Show a message in reply to a key."""
        self.say(text, kind)

    def on_key(self, event: events.Key) -> None:
        """Queue a letter or digit, which is part of a name."""
        if event.character is not None and event.character.isalnum():
            event.stop()
            # The application dispatches key bindings: in its queue, letters stay in order with them.
            self.app.call_later(self._dispatch_letter, event.character)

    @abstractmethod
    def handle_letter(self, letter: str) -> None:
        """Handle a typed letter or digit."""

    def _dispatch_letter(self, letter: str) -> None:
        if self.is_active:
            self.handle_letter(letter)
        elif isinstance(self.app.screen, SelectScreen):
            self.app.screen.type_ahead(letter)

    def on_line_list_selected(self, event: LineList.Selected) -> None:
        """Handle a double click like Enter."""
        event.stop()
        if self.is_active:
            self.action_enter()

    @abstractmethod
    def action_enter(self) -> None:
        """Open or accept the selected row."""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Return False while covered: keys that were on their way do nothing here."""
        return super().check_action(action, parameters) if self.is_active else False

    def action_undo(self) -> None:
        """Undo the last change made here."""
        if self._undo_stack:
            self.components = self._undo_stack.pop()
            self.paint()
            self.reply("Undone.")
        else:
            self.reply("Nothing to undo.")

    def action_done(self) -> None:
        """Close with the configured item, if it can be ordered."""
        if problems := self.problems:
            self.reply(problems[0], MessageKind.WARN)
            return
        self.close(
            build_order_item(
                self.request.bundle,
                self.components,
                bundles=self.bundles,
                currency=self.session.currency,
                half_rule=self.session.half_rule,
            )
        )

    async def action_back(self) -> None:
        """Go back; changes are kept."""
        if self.request.on_leave is not None:
            self.request.on_leave(self.components)
        self.close()


ScreenFactory = Callable[["OperatorSession", ConfiguratorRequest], ConfiguratorScreen]
"""Makes the screen to configure a bundle."""
