"""The platform's cart as observed, in values that can be compared with a draft."""

from collections import Counter
from dataclasses import dataclass
from decimal import Decimal

from console.ordering.draft import Component, OrderItem, Portion
from console.ordering.money import ZERO
from console.sync.problems import Rejection

NO_PIN = "0"
"""How the documents print the postcode of a place that has none; sent to clear an earlier one."""


@dataclass(frozen=True, slots=True, order=True)
class Configuration:
    """A cart line without its quantity: lines of one configuration are interchangeable.

    ``quantity`` is per unit of the parent, 1 at the top. Group ids are left out: the documents' own
    echoes give some where the request had none.
    """

    product_id: int
    variant_id: int = 0
    quantity: int = 1
    portion: Portion = Portion.WHOLE
    components: tuple["Configuration", ...] = ()

    @classmethod
    def of(cls, item: OrderItem) -> "Configuration":
        """The configuration of an item of the draft."""
        return cls(item.product_id, item.variant_id, components=_of_components(item.components))

    @classmethod
    def of_part(cls, part: Component) -> "Configuration":
        """The configuration of a part of an item."""
        parts = _of_components(part.components)
        return cls(part.product_id, part.variant_id, part.quantity, part.portion, parts)


def _of_components(components: tuple[Component, ...]) -> tuple[Configuration, ...]:
    return tuple(sorted(Configuration.of_part(component) for component in components))


@dataclass(frozen=True, slots=True)
class PartName:
    """The platform's name for a part of a cart line; ``options`` are its variant's, in words.

    ``strength`` is that of a topping. ``is_base`` marks the part whose variant is a bundle's crust and size.
    """

    product_id: int
    variant_id: int
    title: str
    options: str = ""
    strength: str = ""
    is_base: bool = False


@dataclass(frozen=True, slots=True)
class CartLine:
    """One line of the cart. ``key`` is good for this observation only.

    ``unit_price`` is for one with all its parts: exact, to be rounded where it is shown.
    ``part_names`` are those of its parts, at any depth. ``promotion`` is the one that gives a free line,
    where the platform names it.
    """

    key: str
    configuration: Configuration
    quantity: int
    title: str
    options: str
    unit_price: Decimal
    free: bool = False
    part_names: tuple[PartName, ...] = ()
    promotion: str = ""

    @property
    def exact_amount(self) -> Decimal:
        """The platform's price of the whole line before rounding: no cart in the documents prints one."""
        return self.unit_price * self.quantity


@dataclass(frozen=True, slots=True)
class CartTotals:
    """The platform's own figures for the whole cart, in ``currency``, rounded to its digits."""

    currency: str
    products: Decimal
    shipping: Decimal
    tax: Decimal
    discount: Decimal
    total: Decimal


@dataclass(frozen=True, slots=True)
class ObservedCheckout:
    """The cart's checkout. ``vouchers`` are codes as the cart spells them; slot 0 is none.

    ``area`` and ``pin`` are empty where the cart has a placeholder for none.
    """

    slot_id: int = 0
    street: str = ""
    area: str = ""
    city: str = ""
    pin: str = ""
    vouchers: tuple[str, ...] = ()
    voucher_discount: Decimal = ZERO
    gift_message: str = ""


@dataclass(frozen=True, slots=True)
class ObservedCart:
    """One observation of the cart.

    ``complete`` is false where a child's bundle is missing: then nothing may be written.
    ``rejected`` are product ids that the platform did not add, with its reasons. ``unavailable`` are
    product and variant ids of items in the cart that cannot be ordered any more, with the reasons.
    ``converted_deals`` are products that the platform made deals of, each with the deal's product id;
    ``suggested_deals`` are those that it would make deals of. ``user_id`` is the account whose cart it is,
    empty where the platform does not say.
    """

    lines: tuple[CartLine, ...]
    totals: CartTotals
    complete: bool = True
    rejected: tuple[tuple[int, Rejection], ...] = ()
    observed_at: float = 0.0
    checkout: ObservedCheckout = ObservedCheckout()
    unavailable: tuple[tuple[int, int, Rejection], ...] = ()
    converted_deals: tuple[tuple[int, int], ...] = ()
    suggested_deals: tuple[tuple[int, int], ...] = ()
    user_id: str = ""

    def counts(self) -> Counter[Configuration]:
        """The quantity of each configuration, without free items."""
        counts: Counter[Configuration] = Counter()
        for line in self.lines:
            if not line.free:
                counts[line.configuration] += line.quantity
        return counts

    def lines_of(self, configuration: Configuration) -> tuple[CartLine, ...]:
        """The lines of one configuration; the platform may have split them."""
        return tuple(line for line in self.lines if not line.free and line.configuration == configuration)

    def unavailability(self, configuration: Configuration) -> Rejection | None:
        """Why a configuration in the cart cannot be ordered any more, ``None`` while it can."""
        return next(
            (
                rejection
                for product_id, variant_id, rejection in self.unavailable
                if product_id == configuration.product_id and variant_id in (0, configuration.variant_id)
            ),
            None,
        )
