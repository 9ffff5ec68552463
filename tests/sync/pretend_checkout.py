"""A platform that is told a checkout: it takes, refuses or ignores each thing, and loses answers."""

from dataclasses import dataclass, field, replace

from console.sync.cart import ObservedCart, ObservedCheckout
from console.sync.checkout import ApplyVoucher, Aspect, RemoveVoucher, SetAddress, SetSlot, Telling, aspect_of
from tests.sync.pretend_cart import PretendCart


@dataclass
class PretendPlatform:
    """A cart with what it was told. ``refuse`` is answered in words, ``ignore`` with success and no deed."""

    cart: PretendCart
    refuse: frozenset[Aspect] = frozenset()
    ignore: frozenset[Aspect] = frozenset()
    told: ObservedCheckout = field(default_factory=ObservedCheckout)

    def look(self) -> ObservedCart:
        return replace(self.cart.look(), checkout=self.told)

    def takes(self, telling: Telling) -> bool:
        """Whether it answers success."""
        aspect = aspect_of(telling)
        if aspect in self.refuse:
            return False
        if aspect not in self.ignore:
            self.told = self.after(telling)
        return True

    def after(self, telling: Telling) -> ObservedCheckout:
        vouchers = self.told.vouchers
        match telling:
            case SetAddress(a):
                # The settler tells a cart that has a postcode when there is none.
                city, pin = a.city_code or self.told.city, a.pin
                return replace(self.told, street=a.street, city=city, pin=pin)
            case SetSlot(slot):
                return replace(self.told, slot_id=slot.slot_id if slot else 0)
            case ApplyVoucher(code):
                return replace(self.told, vouchers=(*vouchers, code.casefold()))
            case RemoveVoucher(code):
                return replace(self.told, vouchers=tuple(one for one in vouchers if one != code))
