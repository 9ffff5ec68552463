"""What configuring a bundle and filling a deal have in common: one configuration, its price, undo, done.

The base of the customise and the deal screen, each of which can open either for what is inside.
"""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING

from textual import events

from console.ordering.configuration import default_configuration, problems
from console.ordering.configuration.bundle import Bundle, BundleItem, Bundles
from console.ordering.configuration.deal import configure_place
from console.ordering.configuration.defaults import bundles_without, component_parts
from console.ordering.descriptions import build_order_item
from console.ordering.draft import OrderItem
from console.ordering.pricing.estimate import estimate_bundle
from console.services.events import ServiceError
from screens.base import DeskScreen
from screens.builder_figures import BuilderFigures
from screens.builder_rows import Components, Price, difference
from screens.choose import ChooseScreen
from screens.moving import MovesMark
from widgets.lists.line_list import LineList
from widgets.message_line import MessageKind

if TYPE_CHECKING:
    from console.services.operator_session import OperatorSession


@dataclass(frozen=True, slots=True)
class Work:
    """What is to be configured: ``bundle``, which stands at ``components`` now.

    ``slot`` is its place in another bundle; ``price`` then says what all of that costs with it.
    ``unfinished`` is where to go on. ``keep`` is told where the operator stopped when he goes back.
    """

    bundle: Bundle
    bundles: Bundles
    components: Components
    title: str = ""
    customer: str = ""
    slot: BundleItem | None = None
    price: Price | None = None
    unfinished: Components | None = None
    keep: Callable[[Components], None] | None = None


class BuilderScreen(MovesMark, DeskScreen[OrderItem]):
    """One configuration. Every key changes it, what is shown of it and the price in the same frame."""

    def __init__(self, desk: "OperatorSession", work: Work, opened: "Opener", shown: LineList) -> None:
        """``opened`` makes the screen for what is inside, ``shown`` is the list that keys move in."""
        super().__init__(desk)
        self.work = work
        self.now = work.unfinished or work.components
        """The configuration as it stands."""
        self.bundles = dict(work.bundles)
        self.figures = BuilderFigures()
        self._opened = opened
        self._list = shown
        self._before: list[Components] = [work.components] if work.unfinished else []
        self._menu_price = self.price(default_configuration(work.bundle, work.bundles, deal_slot=work.slot))

    def customer_name(self) -> str:
        """Whose session this was opened from."""
        return self.work.customer

    def on_mount(self) -> None:
        """Show it as it stands."""
        self.paint()
        self.go_on(0)
        if self._before:
            self.say("This is where it was left. F7 takes it back to how it is in the order.")

    def paint(self) -> None:
        """Show it as it stands now."""

    def go_on(self, index: int) -> None:
        """Put the mark where something is missing, else on this row."""

    def price(self, components: Components) -> Decimal:
        """What a configuration costs, with all that it is a part of."""
        return self.work.price(components) if self.work.price else self.own_price(components)

    def own_price(self, components: Components) -> Decimal:
        """What a configuration costs without what it is a part of."""
        return estimate_bundle(
            self.work.bundle,
            components,
            bundles=self.bundles,
            currency=self.desk.currency,
            half_rule=self.desk.half_rule,
            deal_slot=self.work.slot,
        ).total

    @property
    def more(self) -> str:
        """How much more or less it costs than as on the menu."""
        return difference(self.price(self.now) - self._menu_price, self.desk.currency)

    @property
    def problems(self) -> tuple[str, ...]:
        """Why it cannot be ordered as it stands."""
        return problems(self.work.bundle, self.now, self.bundles, deal_slot=self.work.slot)

    def change_to(self, components: Components) -> None:
        """Let it stand at something else; undo comes back to how it stood."""
        if components != self.now:
            self._before.append(self.now)
            self.now = components
            self.paint()

    def open_inside(
        self, index: int, item: BundleItem, title: str = "", then: Callable[[], None] | None = None
    ) -> None:
        """Configure the bundle at this index; ``then`` is called once that is done."""
        if item.product_id in bundles_without(self.work.bundle, self.bundles):
            self._open_inside(index, item, title, then)
        else:
            reading = partial(self._read_inside, index, item, title, then)
            self.run_worker(reading, name="bundle inside", group="inside", exclusive=True)

    async def _read_inside(
        self, index: int, item: BundleItem, title: str, then: Callable[[], None] | None
    ) -> None:
        self.reply(f"Reading what {item.title} is made of.")
        now, product = self.now, self.desk.menu.product(item.product_id)
        try:
            inner = await self.desk.menu.bundle(product) if product is not None else None
        except ServiceError as trouble:
            self.reply(trouble.message, MessageKind.BAD)
            return
        if inner is None:
            self.reply(
                f"What {item.title} is made of is not known; it comes as on the menu.", MessageKind.WARN
            )
            return
        self.reply("")
        self.bundles[item.product_id] = inner
        if self.is_active and self.now == now:
            self._open_inside(index, item, title, then)

    def _open_inside(self, index: int, item: BundleItem, title: str, then: Callable[[], None] | None) -> None:
        inside, whole = bundles_without(self.work.bundle, self.bundles), self.now
        inner = inside[item.product_id]
        parts = component_parts(whole[index], item, inner, inside)

        def keep(components: Components) -> None:
            if components != parts:
                self.change_to(configure_place(whole, index, components))

        def done(configured: OrderItem | None) -> None:
            if configured is not None:
                keep(configured.components)
                if then is not None:
                    then()

        work = Work(
            inner,
            inside,
            parts,
            title=title or f"{self.work.bundle.title}: {inner.title}",
            customer=self.work.customer,
            slot=item,
            price=lambda components: self.price(configure_place(whole, index, components)),
            keep=keep,
        )
        self.app.push_screen(self._opened(self.desk, work), done)

    def reply(self, text: str, kind: MessageKind = MessageKind.INFO) -> None:
        """Say it in answer to a key."""
        self.say(text, kind)

    def on_key(self, event: events.Key) -> None:
        """A letter or a digit is a part of a name."""
        if event.character is not None and event.character.isalnum():
            event.stop()
            # The application runs what keys are bound to: in its queue letters stay in order with them.
            self.app.call_later(self._letter, event.character)

    def letter(self, letter: str) -> None:
        """A letter or a digit was typed."""

    def _letter(self, letter: str) -> None:
        if self.is_active:
            self.letter(letter)
        elif isinstance(self.app.screen, ChooseScreen):
            self.app.screen.type_ahead(letter)

    def on_line_list_selected(self, event: LineList.Selected) -> None:
        """A row was clicked twice: the same as Enter on it."""
        event.stop()
        if self.is_active:
            self.action_enter()

    def action_enter(self) -> None:
        """Enter on the marked row."""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Keys that were on their way when another screen opened over this one do nothing here."""
        return super().check_action(action, parameters) if self.is_active else False

    def action_undo(self) -> None:
        """Take back the last change made here."""
        if self._before:
            self.now = self._before.pop()
            self.paint()
            self.reply("The last change is taken back.")
        else:
            self.reply("There is nothing to take back.")

    def action_done(self) -> None:
        """Answer with the configured item, where it can be ordered."""
        if wrong := self.problems:
            self.reply(wrong[0], MessageKind.WARN)
            return
        self.close(
            build_order_item(
                self.work.bundle,
                self.now,
                bundles=self.bundles,
                currency=self.desk.currency,
                half_rule=self.desk.half_rule,
            )
        )

    async def action_back(self) -> None:
        """Go back; what was set is kept."""
        if self.work.keep is not None:
            self.work.keep(self.now)
        self.close()


Opener = Callable[["OperatorSession", Work], BuilderScreen]
"""Makes the screen that a bundle is configured on."""
