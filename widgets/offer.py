"""What is offered with an order, with the key that takes it; empty while there is nothing to offer.

Used by the order screen: a product in one row, a deal in the place of a line in two.
"""

from decimal import Decimal

from console.ordering.catalogue import Product
from console.ordering.draft import DraftLine, OrderItem
from console.ordering.money import Currency
from widgets.band import Band, Piece, Pieces, Tone, push_right


class OfferLine(Band):
    """Shows what it is given, a deal before a product."""

    DEFAULT_CSS = """
    OfferLine.-deal { height: 2; }
    """

    def __init__(self, currency: Currency, *, key: str) -> None:
        super().__init__()
        self._currency = currency
        self._key = key
        self._product: Product | None = None
        self._deal: tuple[OrderItem, DraftLine] | None = None

    @property
    def product(self) -> Product | None:
        """The product that is offered, beside a deal or without one."""
        return self._product

    def show(self, product: Product | None) -> None:
        """Offer this product, or none."""
        if product != self._product:
            self._product = product
            self.repaint()

    def show_deal(self, deal: OrderItem, line: DraftLine) -> None:
        """Offer this deal in the place of a line."""
        self._show_deal((deal, line))

    def show_no_deal(self) -> None:
        """Offer no deal."""
        self._show_deal(None)

    def rows(self) -> tuple[Pieces, ...]:
        """Key, title and price; under a deal what it takes the place of."""
        if self._deal is not None:
            deal, line = self._deal
            many = f"{line.quantity} " if line.quantity > 1 else ""
            below = Piece(f"    the deal, in place of {many}{line.item.title}", Tone.DIM)
            return (self._offered(deal.title, deal.unit_price), (below,))
        if self._product is None:
            return ((),)
        start = "from " if self._product.has_variants else ""
        return (self._offered(self._product.title, self._product.price, start),)

    def _offered(self, title: str, price: Decimal, start: str = "") -> Pieces:
        left = (Piece(f" {self._key} ", Tone.KEY), Piece(f" {title}", Tone.DIM))
        figures = Piece(f" {start}{self._currency.format_number(price)}  ", Tone.DIM)
        return push_right(left, (figures,), self.size.width)

    def _show_deal(self, deal: tuple[OrderItem, DraftLine] | None) -> None:
        if deal != self._deal:
            self._deal = deal
            self.set_class(deal is not None, "-deal")
            self.repaint()
