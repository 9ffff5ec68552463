"""Opens the configurator for a product, after fetching its bundle if needed."""

from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from console.ordering.catalogue import Product
from console.ordering.configuration import default_configuration
from console.ordering.configuration.bundle import Bundle
from console.ordering.draft import OrderItem
from screens.configurator.bundle_screen import BundleScreen
from screens.configurator.common import Components
from screens.configurator.deal_screen import DealScreen
from screens.configurator.screen import ConfiguratorRequest, ConfiguratorScreen
from screens.framework.console_screen import OperatorScreen

if TYPE_CHECKING:
    from console.services.operator_session import OperatorSession

CallerScreen = OperatorScreen[str | None]
UnfinishedConfigurations = dict[tuple[int, OrderItem | None], Components]

_UNFINISHED_BY_SCREEN: WeakKeyDictionary[CallerScreen, UnfinishedConfigurations] = WeakKeyDictionary()
"""The configurations left unfinished, by the screen they were opened from, as long as it lives."""


def create_configurator(session: "OperatorSession", request: ConfiguratorRequest) -> ConfiguratorScreen:
    """Make the screen to configure a bundle or a deal."""
    return (DealScreen if request.bundle.is_deal else BundleScreen)(session, request, create_configurator)


async def configure_product(
    screen: CallerScreen, product: Product, item: OrderItem | None
) -> OrderItem | None:
    """Configure a product, starting with ``item`` or as on the menu; only in a worker of ``screen``.

    Returns None if the operator goes back. Opening the same again then continues where it was left.
    """
    menu = screen.session.menu
    bundle = menu.bundles.get(product.product_id)
    if bundle is None or not menu.has_complete_bundle(product):
        with screen.attempt(progress=f"Reading the contents of {product.title}.") as reading:
            bundle = await menu.bundle(product)
        if reading.failed:
            return None
    if bundle is None:
        screen.say(f"{product.title} has nothing to choose.")
        return None
    return await _configure(screen, bundle, item)


async def _configure(screen: CallerScreen, bundle: Bundle, item: OrderItem | None) -> OrderItem | None:
    bundles = screen.session.menu.bundles
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

    request = ConfiguratorRequest(
        bundle,
        bundles,
        initial,
        customer=screen.customer_name(),
        unfinished=unfinished.get(key),
        on_leave=store_unfinished,
    )
    configured = await screen.ask(create_configurator(screen.session, request))
    if configured is not None:
        unfinished.pop(key, None)
    return configured
