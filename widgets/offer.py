"""One row that offers a product, with the key that adds it; empty while there is nothing to offer.

Used by the order screen.
"""

from console.ordering.menu import Product
from console.ordering.money import Currency
from widgets.band import Band, Piece, Pieces, Tone, push_right


class OfferLine(Band):
    """Shows the product it is given."""

    def __init__(self, currency: Currency, *, key: str) -> None:
        super().__init__()
        self._currency = currency
        self._key = key
        self._product: Product | None = None

    @property
    def product(self) -> Product | None:
        """What is offered."""
        return self._product

    def show(self, product: Product | None) -> None:
        """Offer this product, or nothing."""
        if product != self._product:
            self._product = product
            self.repaint()

    def rows(self) -> tuple[Pieces, ...]:
        """Key, title and price."""
        if self._product is None:
            return ((),)
        price = ("from " if self._product.has_variants else "") + self._currency.figures(self._product.price)
        left = (Piece(f" {self._key} ", Tone.KEY), Piece(f" {self._product.title}", Tone.DIM))
        return (push_right(left, (Piece(f" {price}  ", Tone.DIM),), self.size.width),)
