"""Builds an operator's session: every service of one operator at one store."""

from collections.abc import Awaitable, Callable
from decimal import Decimal
from functools import partial

from console.config.profiles import Profile, ProfileKind
from console.ordering.customer import Operator
from console.ordering.money import Currency
from console.ordering.stores import Location
from console.ordering.vocabulary import Vocabulary
from console.services.catalogue.quick_order import QuickOrderService
from console.services.catalogue.service import MenuService
from console.services.catalogue.suggestions import SuggestionService
from console.services.catalogue.variant_names import VariantNameService
from console.services.history.reorder import ReorderService
from console.services.history.service import HistoryService
from console.services.operator_session import OperatorSession
from console.services.orders.checkout import CheckoutService
from console.services.orders.open_orders import OpenOrders
from console.services.orders.placement import PlacementService
from console.services.orders.platform_records import PlatformRecords
from console.services.orders.purchase_reader import PurchaseReader
from console.services.orders.service import OrderService
from console.services.people.customers import CustomerService
from console.services.session_context import SessionContext
from console.services.stores.delivery_fees import DeliveryFeeService
from console.services.stores.order_availability import OrderAvailabilityService
from console.services.stores.product_stock import StockService
from console.services.stores.stock_adjustment import StockAdjustmentService
from console.services.stores.store_services import StoreRegistry, StoreServices
from console.services.tickets.service import TicketService
from console.sync.context import SyncContext
from console.sync.engine import Engine
from console.sync.platform_rules import OrderData, PlatformRules, ReferenceAttribute
from console.sync.status import OrderStatus


def build_session(
    context: SessionContext,
    operator: Operator,
    location: Location,
    *,
    on_signed_out: Callable[[], Awaitable[None]],
) -> OperatorSession:
    """Build the session of this operator at this store; nothing runs before its ``begin``."""

    def on_order_status(status: OrderStatus) -> None:
        # The engine is built before the service it reports to; it reports nothing until the session begins.
        orders.on_order_status(status)

    engine = _build_engine(context, on_order_status)
    fees = DeliveryFeeService(context)
    platform_records = PlatformRecords()
    open_orders = OpenOrders(context, location, engine, fees=fees, platform_records=platform_records)
    placement = PlacementService(context, operator, open_orders, engine)
    build_store = partial(_build_store, context, operator, platform_records)
    home = build_store(location)
    orders = OrderService(
        context,
        operator,
        location,
        open_orders=open_orders,
        placement=placement,
        purchases=PurchaseReader(home.history, context.publish),
        engine=engine,
        fees=fees,
    )
    return OperatorSession(
        context=context,
        operator=operator,
        location=location,
        customers=CustomerService(context, location),
        menu=home.menu,
        suggestions=home.suggestions,
        quick_order=home.quick_order,
        stock=home.stock,
        stock_adjustment=home.stock_adjustment,
        order_availability=OrderAvailabilityService(context),
        orders=orders,
        placement=placement,
        checkout=CheckoutService(context, location),
        history=home.history,
        reorder=home.reorder,
        tickets=TicketService(context, location, VariantNameService(context, home.menu)),
        stores=StoreRegistry(home, build=build_store, publish=context.publish),
        on_signed_out=on_signed_out,
    )


def _build_store(
    context: SessionContext, operator: Operator, platform_records: PlatformRecords, location: Location
) -> StoreServices:
    menu = MenuService(context, location)
    history = HistoryService(context, operator, location, VariantNameService(context, menu), platform_records)
    return StoreServices(
        location=location,
        menu=menu,
        suggestions=SuggestionService(context, location, menu),
        quick_order=QuickOrderService(context, menu),
        stock=StockService(context, location),
        stock_adjustment=StockAdjustmentService(context, operator, location),
        history=history,
        reorder=ReorderService(context, history, menu),
    )


def _build_engine(context: SessionContext, report: Callable[[OrderStatus], None]) -> Engine:
    return Engine(
        SyncContext(
            api=context.api,
            rules=_platform_rules(context.profile, context.vocabulary),
            clock=context.clock,
            random=context.random,
            checkpoint=context.checkpoint,
        ),
        drafts=context.storage.drafts,
        placement_store=context.storage.placements,
        monitor=context.monitor,
        sessions=context.customer_sessions,
        owner=context.owner,
        report=report,
    )


def _platform_rules(profile: Profile, vocabulary: Vocabulary) -> PlatformRules:
    placing, carried = profile.placing, profile.order_data
    return PlatformRules(
        currency=Currency(profile.pricing.currency),
        store_time=profile.store_time,
        cart_owner=profile.cart.owner,
        settle_seconds=placing.settle_seconds,
        reference=_attribute(placing.reference_field_id, placing.reference_field),
        price_tolerance=Decimal(placing.price_tolerance),
        # The store inside this program belongs to this home alone.
        sole_console=placing.sole_console or profile.kind is ProfileKind.SANDBOX,
        max_request_age=placing.ask_again_minutes * 60.0,
        order_data=OrderData(
            immediate=_attribute(carried.immediate_field_id, carried.immediate_field),
            channel=_attribute(carried.channel_field_id, carried.channel_field),
            channel_value=carried.channel,
            note_as_gift_message=carried.note_as_gift_message,
        ),
        vocabulary=vocabulary,
    )


def _attribute(field_id: int, name: str) -> ReferenceAttribute | None:
    return ReferenceAttribute(field_id, name) if field_id and name else None
