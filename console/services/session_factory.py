"""A desk put together: every service of one operator at one store, on what its door owns.

Used by the door when an operator enters; nothing else knows which service needs which other.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from random import Random

from console.api.client import ApiClient
from console.audit import AuditRecorder
from console.config.menu_supplement import Supplement
from console.config.profiles import CartOwner as ProfileCartOwner
from console.config.profiles import Profile
from console.config.settings import Settings
from console.ordering.money import Currency
from console.ordering.stores import Location
from console.services.catalogue.service import MenuService
from console.services.catalogue.suggestions import SuggestionService
from console.services.catalogue.variant_names import VariantNameService
from console.services.events import Event, SignInResult
from console.services.history.reorder import ReorderService
from console.services.history.service import HistoryService
from console.services.operator_session import OperatorSession
from console.services.orders.checkout import CheckoutService
from console.services.orders.placement import PlacementService
from console.services.orders.service import OrderService
from console.services.people.customers import CustomerService
from console.services.storage import Storage
from console.services.stores.locations import LocationService
from console.services.stores.order_availability import OrderAvailabilityService
from console.services.stores.product_stock import StockService
from console.services.stores.stock_adjustment import StockAdjustmentService
from console.services.tickets.service import TicketService
from console.sync.clock import Clock
from console.sync.connection.customer_sessions import CustomerSessions
from console.sync.connection.monitor import ConnectionMonitor
from console.sync.context import SyncContext
from console.sync.engine import Engine
from console.sync.platform_rules import PlatformCartOwner, PlatformRules, ReferenceAttribute
from console.sync.status import OrderStatus

_CART_OWNERS = {
    ProfileCartOwner.SESSION: PlatformCartOwner.TOKEN,
    ProfileCartOwner.CUSTOMER: PlatformCartOwner.CUSTOMER,
}


@dataclass(frozen=True, slots=True)
class SessionDependencies:
    """What the services of a desk share. ``owner`` names this console among those on this machine."""

    profile: Profile
    preferences: Callable[[], Settings]
    api: ApiClient
    monitor: ConnectionMonitor
    storage: Storage
    sessions: CustomerSessions
    locations: LocationService
    supplement: Supplement
    tickets: Path
    owner: str
    publish: Callable[[Event], None]
    note: AuditRecorder
    clock: Clock
    random: Random


def build_session(
    dependencies: SessionDependencies,
    sign_in: SignInResult,
    location: Location,
    *,
    on_signed_out: Callable[[], Awaitable[None]],
) -> OperatorSession:
    """The desk of this operator at this store; it does nothing before it is begun."""
    currency = Currency(dependencies.profile.currency)

    def on_order_status(status: OrderStatus) -> None:
        # The engine is made before the orders that it reports of, and reports nothing until then.
        orders.on_order_status(status)

    engine = Engine(
        SyncContext(
            api=dependencies.api,
            rules=_platform_rules(dependencies.profile),
            clock=dependencies.clock,
            random=dependencies.random,
        ),
        drafts=dependencies.storage.drafts,
        placement_store=dependencies.storage.outbox,
        monitor=dependencies.monitor,
        sessions=dependencies.sessions,
        owner=dependencies.owner,
        report=on_order_status,
    )
    placement = PlacementService(
        drafts=dependencies.storage.drafts,
        placements=dependencies.storage.outbox,
        engine=engine,
        profile=dependencies.profile.name,
        operator=sign_in.operator,
        owner=dependencies.owner,
        currency=currency,
        clock=dependencies.clock,
        note=dependencies.note,
    )
    orders = OrderService(
        drafts=dependencies.storage.drafts,
        placement=placement,
        engine=engine,
        profile=dependencies.profile.name,
        operator=sign_in.operator,
        location=location,
        locations=dependencies.locations,
        currency=currency,
        clock=dependencies.clock,
        random=dependencies.random,
        publish=dependencies.publish,
        note=dependencies.note,
    )
    menu = MenuService(
        api=dependencies.api,
        monitor=dependencies.monitor,
        catalogue_store=dependencies.storage.catalogue,
        pages=dependencies.storage.fetched_pages,
        bundle_store=dependencies.storage.bundles,
        supplement=dependencies.supplement,
        profile=dependencies.profile.name,
        location=location,
        currency=currency,
        clock=dependencies.clock,
        publish=dependencies.publish,
    )
    variants = VariantNameService(api=dependencies.api, menu=menu, currency=currency)
    history = HistoryService(
        api=dependencies.api,
        monitor=dependencies.monitor,
        variants=variants,
        operator=sign_in.operator,
        location=location,
        currency=currency,
        clock=dependencies.clock,
        note=dependencies.note,
    )
    return OperatorSession(
        operator=sign_in.operator,
        location=location,
        currency=currency,
        customers=CustomerService(
            api=dependencies.api,
            monitor=dependencies.monitor,
            people=dependencies.storage.people,
            profile=dependencies.profile.name,
            preferences=dependencies.preferences,
            clock=dependencies.clock,
            random=dependencies.random,
        ),
        menu=menu,
        suggestions=SuggestionService(
            api=dependencies.api, monitor=dependencies.monitor, menu=menu, location=location
        ),
        stock=StockService(
            api=dependencies.api,
            monitor=dependencies.monitor,
            locations=dependencies.locations,
            catalogue_store=dependencies.storage.catalogue,
            profile=dependencies.profile.name,
            location=location,
            currency=currency,
            clock=dependencies.clock,
        ),
        order_availability=OrderAvailabilityService(
            api=dependencies.api,
            monitor=dependencies.monitor,
            locations=dependencies.locations,
            currency=currency,
            clock=dependencies.clock,
        ),
        stock_adjustment=StockAdjustmentService(
            api=dependencies.api,
            monitor=dependencies.monitor,
            operator=sign_in.operator,
            role=dependencies.profile.stock_role,
            location=location,
            note=dependencies.note,
        ),
        orders=orders,
        checkout=CheckoutService(
            api=dependencies.api,
            monitor=dependencies.monitor,
            locations=dependencies.locations,
            token_for=dependencies.sessions.existing_token,
        ),
        history=history,
        reorder=ReorderService(
            history=history, menu=menu, currency=currency, half_rule=dependencies.profile.half_rule
        ),
        tickets=TicketService(
            folder=dependencies.tickets,
            preferences=dependencies.preferences,
            location=location,
            currency=currency,
            variants=variants,
            clock=dependencies.clock,
        ),
        monitor=dependencies.monitor,
        half_rule=dependencies.profile.half_rule,
        preferences=dependencies.preferences,
        sign_out=on_signed_out,
    )


def _platform_rules(profile: Profile) -> PlatformRules:
    reference = ReferenceAttribute(profile.reference_field_id, profile.reference_field)
    return PlatformRules(
        currency=Currency(profile.currency),
        cart_owner=_CART_OWNERS[profile.cart_owner],
        settle_seconds=profile.settle_seconds,
        reference=reference if reference.field_id and reference.name else None,
        price_tolerance=Decimal(profile.price_tolerance),
    )
