"""A platform that applies, rejects or ignores each change of the checkout."""

from dataclasses import dataclass, field, replace

from console.sync.cart.checkout import (
    ApplyVoucher,
    CheckoutChange,
    RemoveVoucher,
    SetAddress,
    SetDeliverySlot,
    aspect_of,
)
from console.sync.cart.observed_cart import ObservedCart, ObservedCheckout
from console.sync.problems import Aspect
from tests.sync.fake_cart import FakeCart


@dataclass
class FakePlatform:
    """A cart and its checkout. A ``rejected`` aspect is refused; an ``ignored`` one reports success only."""

    cart: FakeCart
    rejected: frozenset[Aspect] = frozenset()
    ignored: frozenset[Aspect] = frozenset()
    checkout: ObservedCheckout = field(default_factory=ObservedCheckout)

    def observe(self) -> ObservedCart:
        return replace(self.cart.observe(), checkout=self.checkout)

    def accepts(self, change: CheckoutChange) -> bool:
        """Return True if the platform reports success."""
        aspect = aspect_of(change)
        if aspect in self.rejected:
            return False
        if aspect not in self.ignored:
            self.checkout = self.checkout_after(change)
        return True

    def checkout_after(self, change: CheckoutChange) -> ObservedCheckout:
        vouchers = self.checkout.vouchers
        match change:
            case SetAddress(a):
                # The reconciler clears a cart's postcode when the address has none.
                city, pin = a.city_code or self.checkout.city, a.pin
                return replace(self.checkout, street=a.street, city=city, pin=pin)
            case SetDeliverySlot(slot):
                return replace(self.checkout, slot_id=slot.slot_id if slot else 0)
            case ApplyVoucher(code):
                return replace(self.checkout, vouchers=(*vouchers, code.casefold()))
            case RemoveVoucher(code):
                return replace(self.checkout, vouchers=tuple(one for one in vouchers if one != code))
