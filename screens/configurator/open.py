"""Opens the configurator for a product, after fetching its bundle if needed."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from console.ordering.catalogue import Product
from console.ordering.configuration import default_configuration
from console.ordering.configuration.bundle import Bundle
from console.ordering.draft import OrderItem
from console.services.events import ServiceError
from screens.configurator.bundle_screen import BundleScreen
from screens.configurator.common import Components
from screens.configurator.deal_screen import DealScreen
from screens.configurator.screen import ConfiguratorRequest, ConfiguratorScreen
from screens.framework.console_screen import OperatorScreen
from widgets.message_line import MessageKind

if TYPE_CHECKING:
    from console.services.operator_session import OperatorSession

CallerScreen = OperatorScreen[str | None]
UnfinishedConfigurations = dict[tuple[int, OrderItem | None], Components]

_UNFINISHED_BY_SCREEN: WeakKeyDictionary[CallerScreen, UnfinishedConfigurations] = WeakKeyDictionary()
"""The configurations left unfinished, by the screen they were opened from, as long as it lives."""


def create_configurator(session: "OperatorSession", request: ConfiguratorRequest) -> ConfiguratorScreen:
    """Make the screen to configure a bundle or a deal."""
    return (DealScreen if request.bundle.is_deal else BundleScreen)(session, request, create_configurator)


def open_configurator(
    screen: CallerScreen,
    session: "OperatorSession",
    product: Product,
    item: OrderItem | None,
    on_done: Callable[[OrderItem], None],
) -> None:
    """Configure a product over ``screen``, as ``item`` has it or as on the menu; ``then`` takes the result.

    Without a result nothing is called: going back leaves everything as it was, and opening the same again
    goes on where it was left.
    """
    bundle = session.menu.bundles.get(product.product_id)
    if bundle is not None and session.menu.has_complete_bundle(product):
        _push_configurator(screen, session, bundle, item, on_done)
        return
    screen.say(f"Reading the contents of {product.title}.")
    read_bundle = partial(_read_and_open, screen, session, product, item, on_done)
    screen.run_worker(read_bundle, name="bundle", group="bundle", exclusive=True)


async def _read_and_open(
    screen: CallerScreen,
    session: "OperatorSession",
    product: Product,
    item: OrderItem | None,
    on_done: Callable[[OrderItem], None],
) -> None:
    try:
        bundle = await session.menu.bundle(product)
    except ServiceError as trouble:
        screen.say(trouble.message, MessageKind.BAD)
        return
    if bundle is None:
        screen.say(f"{product.title} has nothing to choose.")
        return
    screen.say("")
    if screen.is_active:
        _push_configurator(screen, session, bundle, item, on_done)


def _push_configurator(
    screen: CallerScreen,
    session: "OperatorSession",
    bundle: Bundle,
    item: OrderItem | None,
    on_done: Callable[[OrderItem], None],
) -> None:
    bundles = session.menu.bundles
    unfinished = _UNFINISHED_BY_SCREEN.setdefault(screen, {})
    key = (bundle.product_id, item)
    initial = (
        item.components if item is not None and item.components else default_configuration(bundle, bundles)
    )

    def store_unfinished(components: Components) -> None:
        unfinished.pop(key, None)
        if components != initial:
            unfinished[key] = components
            screen.say(f"{bundle.title} is unchanged. Open it again to continue where you left it.")

    def done(configured: OrderItem | None) -> None:
        if configured is not None:
            unfinished.pop(key, None)
            on_done(configured)

    request = ConfiguratorRequest(
        bundle,
        bundles,
        initial,
        customer=screen.customer_name(),
        unfinished=unfinished.get(key),
        on_leave=store_unfinished,
    )
    screen.app.push_screen(create_configurator(session, request), done)
