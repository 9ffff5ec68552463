"""What is bought with a cart, and what an order on the platform bought: one value for both."""

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from console.api.orders.models import WireOrder, WireOrderLine
from console.ordering.checkout import Checkout, DeliveryMode, address_line, without_placeholder
from console.ordering.draft import Component, Draft, Portion
from console.ordering.money import ZERO, Currency, without_noise
from console.ordering.placed.order_states import CANCELLED, OrderStates
from console.ordering.placed.past_orders import PastLine, is_all_cancelled
from console.ordering.placed.purchased_order import AS_SOON_AS_POSSIBLE, PurchasedOrder
from console.ordering.property_names import CRUST, STRENGTH, PartProperties, PropertyNames
from console.ordering.vocabulary import Vocabulary
from console.sync.cart.observed_cart import CartLine, Configuration, ObservedCart, PartName
from console.sync.placement.fulfilment_terms import terms_from_order

_TITLE_WITH_VARIANT = re.compile(r"(?P<title>[^=]+?)\((?P<variant>[^=()]+=.+)\)")

_VARIANT = re.compile(r"[^=;]+=[^=;]+(;[^=;]+=[^=;]+)*")

_Names = dict[tuple[int, int], PartName]


def draft_digest(draft: Draft) -> str:
    """Digest of the lines and the checkout of a draft: equal for what would be ordered equally."""
    return hashlib.sha256(repr((draft.lines, draft.checkout)).encode()).hexdigest()[:16]


def purchase_from_cart(cart: ObservedCart, draft: Draft) -> PurchasedOrder:
    """What Place Order buys with this cart: its lines, its amounts, and the checkout sent for it.

    Titles are the cart's; the draft's stand in where the platform sends none.
    """
    titles = _draft_titles(draft)
    checkout, totals = draft.checkout, cart.totals
    return PurchasedOrder(
        lines=tuple(_line_from_cart(number, line, titles) for number, line in enumerate(cart.lines, 1)),
        total=totals.total,
        delivery=totals.shipping,
        discount=totals.discount - cart.checkout.voucher_discount,
        voucher_discount=cart.checkout.voucher_discount,
        voucher=", ".join(cart.checkout.vouchers),
        tax=totals.tax,
        mode=checkout.mode,
        address=_address(checkout),
        wanted_time=checkout.delivery_slot.label if checkout.delivery_slot else AS_SOON_AS_POSSIBLE,
        payment=(checkout.payment.title or checkout.payment.option) if checkout.payment else "",
        notes=checkout.notes,
        tendered=checkout.tendered,
        draft_digest=draft_digest(draft),
    )


def purchase_from_order(
    order: WireOrder, sent: PurchasedOrder | None, currency: Currency, vocabulary: Vocabulary
) -> PurchasedOrder:
    """What an order on the platform bought; what its record leaves out is as it was ``sent``."""
    mode = terms_from_order(order).mode or (sent.mode if sent else DeliveryMode.PICKUP)
    lines = nest_lines(order, vocabulary)
    state = vocabulary.states.state(order.status, order.sub_status, mode)
    if not (state.is_void or order.unreadable_lines) and is_all_cancelled(lines):
        state = CANCELLED
    known = sent or PurchasedOrder(lines, ZERO)
    return PurchasedOrder(
        lines=lines,
        total=currency.round(order.total),
        delivery=line_shipping(order, currency),
        discount=currency.round(order.promotion_discount),
        voucher_discount=currency.round(order.voucher_discount),
        voucher=order.voucher_code,
        tax=currency.round(order.tax),
        mode=mode,
        address=ship_address(order) if mode is DeliveryMode.DELIVERY else "",
        wanted_time=known.wanted_time,
        payment=known.payment or ", ".join(payment.option or payment.kind for payment in order.payments),
        notes=known.notes or order.gift_message,
        tendered=known.tendered,
        draft_digest=known.draft_digest,
        unreadable_lines=order.unreadable_lines,
        is_cancelled=state.is_void,
        cancelled_text=state.text if state.is_void else CANCELLED.text,
    )


def line_shipping(order: WireOrder, currency: Currency) -> Decimal | None:
    """The delivery charge of an order by its lines, ``None`` where they name none: it may be in the total."""
    charged = sum((line.shipping_cost for line in order.lines), ZERO)
    return currency.round(charged) if charged else None


def ship_address(order: WireOrder) -> str:
    """The address of an order on one line, without the placeholders that stand for an empty part."""
    area, pin = without_placeholder(order.ship_area), without_placeholder(order.ship_pin)
    return address_line(order.ship_street, area, order.ship_city, pin)


def nest_lines(order: WireOrder, vocabulary: Vocabulary) -> tuple[PastLine, ...]:
    """Nest the parts of an order under their lines; a part whose line is missing becomes a line.

    Where a line cannot be read, its parts go with it. Prices are as the platform sends them: a line's amount
    is rounded once, for its whole quantity.
    """
    ids = {0, *(line.line_id for line in order.lines)}
    children: dict[int, list[WireOrderLine]] = {}
    for line in order.lines:
        if order.unreadable_lines and line.parent_line_id not in ids:
            continue
        parent = line.parent_line_id if line.parent_line_id in ids else 0
        children.setdefault(0 if parent == line.line_id else parent, []).append(line)

    properties, inferred = vocabulary.properties, _infer_names(children, vocabulary.properties)

    def build(line: WireOrderLine, parent_quantity: int) -> PastLine:
        # Pop to guard against cyclic parent ids.
        parts = children.pop(line.line_id, [])
        title, named = _title_and_variant(line)
        variant = {properties.internal_name(name, inferred): value for name, value in named.items()}
        strength = variant.pop(STRENGTH, "")
        return PastLine(
            line_id=line.line_id,
            product_id=line.product_id,
            variant_id=line.variant_id,
            title=title,
            quantity=_per_unit(line.quantity, parent_quantity),
            price=without_noise(line.price),
            # A topping's size is its pizza's and need not be shown.
            options="" if strength else " ".join(variant.values()),
            strength=strength,
            cancelled_quantity=_cancelled_quantity(line, vocabulary.states, parent_quantity),
            portion=Portion(line.portion) if line.portion in set(Portion) else Portion.WHOLE,
            is_base=line.is_primary or CRUST in variant,
            parts=tuple(build(part, line.quantity) for part in parts),
        )

    # A line of nothing was not bought.
    return tuple(build(line, 1) for line in children.pop(0, []) if line.quantity)


def _cancelled_quantity(line: WireOrderLine, states: OrderStates, parent_quantity: int) -> int:
    """Return how many are cancelled: a cancelled line is so as a whole, whatever quantity it names."""
    is_cancelled = states.is_cancelled_line(line.status, line.status_code)
    cancelled = line.quantity if is_cancelled else line.cancelled_quantity
    return _per_unit(cancelled, parent_quantity) if cancelled else 0


def _infer_names(
    children: Mapping[int, Sequence[WireOrderLine]], properties: PropertyNames
) -> dict[str, str]:
    """Return the meaning of names that the menu has not taught, by the bundles of the order itself."""
    inferred: dict[str, str] = {}
    for lines in (lines for parent, lines in children.items() if parent):
        parts = [PartProperties(tuple(_title_and_variant(line)[1]), line.is_primary) for line in lines]
        inferred = {**properties.infer(parts), **inferred}
    return inferred


def _title_and_variant(line: WireOrderLine) -> tuple[str, dict[str, str]]:
    """Split ``Olives(Strength=Extra;Size=Medium)``, as platforms print a variant, into title and options."""
    title = line.title or line.description or _unnamed(line.product_id)
    if found := _TITLE_WITH_VARIANT.fullmatch(title):
        return found["title"].strip(), _options(found["variant"])
    # Platforms that print the variant print it here as well.
    return title, _options(line.description) if _VARIANT.fullmatch(line.description) else {}


def _options(text: str) -> dict[str, str]:
    pairs = (pair.partition("=") for pair in text.split(";"))
    return {name.strip(): value.strip() for name, _, value in pairs}


def _per_unit(quantity: int, parent_quantity: int) -> int:
    return max(1, quantity // parent_quantity) if parent_quantity > 0 else quantity


def _address(checkout: Checkout) -> str:
    is_delivery = checkout.mode is DeliveryMode.DELIVERY and checkout.address is not None
    return checkout.address.one_line if is_delivery and checkout.address else ""


def _line_from_cart(number: int, line: CartLine, titles: dict[int, str]) -> PastLine:
    names = {(name.product_id, name.variant_id): name for name in line.part_names}
    configuration = line.configuration
    return PastLine(
        line_id=number,
        product_id=configuration.product_id,
        variant_id=configuration.variant_id,
        title=line.title or titles.get(configuration.product_id) or _unnamed(configuration.product_id),
        quantity=line.quantity,
        # With its parts, which carry no price of their own here.
        price=line.unit_price,
        options=line.options,
        parts=_parts(configuration.components, names, titles),
        is_free=line.free,
    )


def _parts(
    components: Iterable[Configuration], names: _Names, titles: dict[int, str]
) -> tuple[PastLine, ...]:
    """The parts in the platform's order, which a configuration does not keep."""
    positions = {key: position for position, key in enumerate(names)}

    def position(part: Configuration) -> int:
        return positions.get((part.product_id, part.variant_id), len(positions))

    return tuple(_part(part, names, titles) for part in sorted(components, key=position))


def _part(part: Configuration, names: _Names, titles: dict[int, str]) -> PastLine:
    name = names.get((part.product_id, part.variant_id), PartName(part.product_id, part.variant_id, ""))
    return PastLine(
        line_id=0,
        product_id=part.product_id,
        variant_id=part.variant_id,
        title=name.title or titles.get(part.product_id) or _unnamed(part.product_id),
        quantity=part.quantity,
        price=ZERO,
        # A topping's size is its pizza's and need not be shown.
        options="" if name.strength else name.options,
        strength=name.strength,
        portion=part.portion,
        is_base=name.is_base,
        parts=_parts(part.components, names, titles),
    )


def _draft_titles(draft: Draft) -> dict[int, str]:
    titles: dict[int, str] = {}

    def add(components: Iterable[Component]) -> None:
        for component in components:
            titles.setdefault(component.product_id, component.title)
            add(component.components)

    for line in draft.lines:
        titles.setdefault(line.item.product_id, line.item.title)
        add(line.item.components)
    return titles


def _unnamed(product_id: int) -> str:
    return f"Product {product_id}"
