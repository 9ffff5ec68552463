"""The way into the builder: reads what a product may be made of, opens it, and hands on the configured item.

Used by the order screen for a new line and for one that is there already.
"""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from console.ordering.catalogue import Product
from console.ordering.configuration import default_configuration
from console.ordering.configuration.bundle import Bundle
from console.ordering.draft import OrderItem
from console.services.events import ServiceError
from screens.base import DeskScreen
from screens.builder_rows import Components
from screens.builder_screen import BuilderScreen, Work
from screens.customise import CustomiseScreen
from screens.deal import DealScreen
from widgets.message_line import MessageKind

if TYPE_CHECKING:
    from console.services.operator_session import OperatorSession

Caller = DeskScreen[str | None]
Unfinished = dict[tuple[int, OrderItem | None], Components]

_UNFINISHED: WeakKeyDictionary[Caller, Unfinished] = WeakKeyDictionary()
"""For each screen, as long as it lives, what was left unfinished on the way back to it."""


def screen_of(desk: "OperatorSession", work: Work) -> BuilderScreen:
    """The screen that a bundle or a deal is configured on."""
    return (DealScreen if work.bundle.is_deal else CustomiseScreen)(desk, work, screen_of)


def open_builder(
    screen: Caller,
    desk: "OperatorSession",
    product: Product,
    item: OrderItem | None,
    then: Callable[[OrderItem], None],
) -> None:
    """Configure a product over ``screen``, as ``item`` has it or as on the menu; ``then`` takes the result.

    Without a result nothing is called: going back leaves everything as it was, and opening the same again
    goes on where it was left.
    """
    bundle = desk.menu.bundles.get(product.product_id)
    if bundle is not None and desk.menu.has_complete_bundle(product):
        _open(screen, desk, bundle, item, then)
        return
    screen.say(f"Reading what {product.title} is made of.")
    reading = partial(_read, screen, desk, product, item, then)
    screen.run_worker(reading, name="bundle", group="bundle", exclusive=True)


async def _read(
    screen: Caller,
    desk: "OperatorSession",
    product: Product,
    item: OrderItem | None,
    then: Callable[[OrderItem], None],
) -> None:
    try:
        bundle = await desk.menu.bundle(product)
    except ServiceError as trouble:
        screen.say(trouble.message, MessageKind.BAD)
        return
    if bundle is None:
        screen.say(f"{product.title} comes as it is: there is nothing to choose.")
        return
    screen.say("")
    if screen.is_active:
        _open(screen, desk, bundle, item, then)


def _open(
    screen: Caller,
    desk: "OperatorSession",
    bundle: Bundle,
    item: OrderItem | None,
    then: Callable[[OrderItem], None],
) -> None:
    bundles = desk.menu.bundles
    unfinished = _UNFINISHED.setdefault(screen, {})
    key = (bundle.product_id, item)
    begun = (
        item.components if item is not None and item.components else default_configuration(bundle, bundles)
    )

    def keep(components: Components) -> None:
        unfinished.pop(key, None)
        if components != begun:
            unfinished[key] = components
            screen.say(f"{bundle.title} stays as it was. Opened again, it goes on where it was left.")

    def done(configured: OrderItem | None) -> None:
        if configured is not None:
            unfinished.pop(key, None)
            then(configured)

    work = Work(
        bundle,
        bundles,
        begun,
        customer=screen.customer_name(),
        unfinished=unfinished.get(key),
        keep=keep,
    )
    screen.app.push_screen(screen_of(desk, work), done)
