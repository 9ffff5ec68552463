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
from console.desk.cart_stock import CartStockDesk
from console.desk.changes import Change, SignInOffer
from console.desk.checkout import CheckoutDesk
from console.desk.customers import CustomersDesk
from console.desk.desk import Desk
from console.desk.files import Files
from console.desk.history import HistoryDesk
from console.desk.locations import LocationsDesk
from console.desk.menu import MenuDesk
from console.desk.orders import OrdersDesk
from console.desk.outbox import OutboxDesk
from console.desk.repeating import RepeatDesk
from console.desk.shelf import ShelfDesk
from console.desk.stock import StockDesk
from console.desk.suggestions import SuggestionsDesk
from console.desk.tickets import TicketsDesk
from console.desk.variants import VariantsDesk
from console.ordering.money import Currency
from console.ordering.stores import Location
from console.sync.clock import Clock
from console.sync.connection.customer_sessions import CustomerSessions
from console.sync.connection.monitor import ConnectionMonitor
from console.sync.engine import Engine
from console.sync.platform_rules import PlatformCartOwner, PlatformRules, ReferenceAttribute
from console.sync.status import OrderStatus

_OWNERS = {
    ProfileCartOwner.SESSION: PlatformCartOwner.TOKEN,
    ProfileCartOwner.CUSTOMER: PlatformCartOwner.CUSTOMER,
}


@dataclass(frozen=True, slots=True)
class Means:
    """What the services of a desk share. ``owner`` names this console among those on this machine."""

    profile: Profile
    preferences: Callable[[], Settings]
    api: ApiClient
    link: ConnectionMonitor
    files: Files
    sessions: CustomerSessions
    locations: LocationsDesk
    supplement: Supplement
    tickets: Path
    owner: str
    tell: Callable[[Change], None]
    note: AuditRecorder
    timer: Clock
    random: Random


def desk_for(
    means: Means, offer: SignInOffer, location: Location, *, signed_out: Callable[[], Awaitable[None]]
) -> Desk:
    """The desk of this operator at this store; it does nothing before it is begun."""
    currency = Currency(means.profile.currency)

    def heard(status: OrderStatus) -> None:
        # The engine is made before the orders that it reports of, and reports nothing until then.
        orders.heard(status)

    engine = Engine(
        api=means.api,
        drafts=means.files.drafts,
        placement_store=means.files.outbox,
        monitor=means.link,
        sessions=means.sessions,
        rules=_rules(means.profile),
        clock=means.timer,
        random=means.random,
        owner=means.owner,
        report=heard,
        checkpoint=_no_crash,
    )
    outbox = OutboxDesk(
        drafts=means.files.drafts,
        outbox=means.files.outbox,
        engine=engine,
        profile=means.profile.name,
        operator=offer.operator,
        owner=means.owner,
        currency=currency,
        timer=means.timer,
        note=means.note,
    )
    orders = OrdersDesk(
        drafts=means.files.drafts,
        outbox=outbox,
        engine=engine,
        profile=means.profile.name,
        operator=offer.operator,
        location=location,
        locations=means.locations,
        currency=currency,
        timer=means.timer,
        random=means.random,
        tell=means.tell,
        note=means.note,
    )
    menu = MenuDesk(
        api=means.api,
        link=means.link,
        store=means.files.catalogue,
        pages=means.files.pages,
        bundle_store=means.files.bundles,
        supplement=means.supplement,
        profile=means.profile.name,
        location=location,
        currency=currency,
        timer=means.timer,
        tell=means.tell,
    )
    variants = VariantsDesk(api=means.api, menu=menu, currency=currency)
    history = HistoryDesk(
        api=means.api,
        link=means.link,
        variants=variants,
        operator=offer.operator,
        here=location,
        currency=currency,
        timer=means.timer,
        note=means.note,
    )
    return Desk(
        operator=offer.operator,
        location=location,
        currency=currency,
        customers=CustomersDesk(
            api=means.api,
            link=means.link,
            people=means.files.people,
            profile=means.profile.name,
            preferences=means.preferences,
            timer=means.timer,
            random=means.random,
        ),
        menu=menu,
        suggestions=SuggestionsDesk(api=means.api, link=means.link, menu=menu, location=location),
        stock=StockDesk(
            api=means.api,
            link=means.link,
            locations=means.locations,
            store=means.files.catalogue,
            profile=means.profile.name,
            here=location,
            currency=currency,
            timer=means.timer,
        ),
        cart_stock=CartStockDesk(
            api=means.api,
            link=means.link,
            locations=means.locations,
            currency=currency,
            timer=means.timer,
        ),
        shelf=ShelfDesk(
            api=means.api,
            link=means.link,
            operator=offer.operator,
            role=means.profile.stock_role,
            here=location,
            note=means.note,
        ),
        orders=orders,
        checkout=CheckoutDesk(
            api=means.api,
            link=means.link,
            locations=means.locations,
            token=means.sessions.existing_token,
        ),
        history=history,
        repeating=RepeatDesk(
            history=history, menu=menu, currency=currency, half_rule=means.profile.half_rule
        ),
        tickets=TicketsDesk(
            folder=means.tickets,
            preferences=means.preferences,
            here=location,
            currency=currency,
            variants=variants,
            timer=means.timer,
        ),
        link=means.link,
        half_rule=means.profile.half_rule,
        preferences=means.preferences,
        sign_out=signed_out,
    )


def _rules(profile: Profile) -> PlatformRules:
    reference = ReferenceAttribute(profile.reference_field_id, profile.reference_field)
    return PlatformRules(
        currency=Currency(profile.currency),
        cart_owner=_OWNERS[profile.cart_owner],
        settle_seconds=profile.settle_seconds,
        reference=reference if reference.field_id and reference.name else None,
        price_tolerance=Decimal(profile.price_tolerance),
    )


def _no_crash(_point: str) -> None:
    """A console that is used does not end itself; a test does."""
