"""The suggestion for an order: a product in one row, or a deal that replaces a line in two."""

from decimal import Decimal

from console.ordering.catalogue import Product
from console.ordering.draft import DraftLine, OrderItem
from console.ordering.money import Currency
from widgets.text_rows import Span, Spans, TextRows, Tone, justify


class SuggestionLine(TextRows):
    """Shows a suggested deal, or else a suggested product, with the key that accepts it."""

    DEFAULT_CSS = """
    SuggestionLine.-deal { height: 2; }
    """

    def __init__(self, currency: Currency, *, key: str) -> None:
        super().__init__()
        self._currency = currency
        self._key = key
        self._product: Product | None = None
        self._deal: tuple[OrderItem, DraftLine] | None = None

    @property
    def product(self) -> Product | None:
        """The suggested product, hidden while a deal is suggested."""
        return self._product

    def show(self, product: Product | None) -> None:
        """Suggest this product, or none."""
        if product != self._product:
            self._product = product
            self.repaint()

    def show_deal(self, deal: OrderItem, line: DraftLine) -> None:
        """Suggest this deal as a replacement for a line."""
        self._set_deal((deal, line))

    def clear_deal(self) -> None:
        """Suggest no deal."""
        self._set_deal(None)

    def rows(self) -> tuple[Spans, ...]:
        """Key, title and price; for a deal, the replaced line below."""
        if self._deal is not None:
            deal, line = self._deal
            quantity = f"{line.quantity} " if line.quantity > 1 else ""
            replaced = Span(f"    deal, replaces {quantity}{line.item.title}", Tone.DIM)
            return (self._suggestion_row(deal.title, deal.unit_price), (replaced,))
        if self._product is None:
            return ((),)
        price_prefix = "from " if self._product.has_variants else ""
        return (self._suggestion_row(self._product.title, self._product.price, price_prefix),)

    def _suggestion_row(self, title: str, price: Decimal, price_prefix: str = "") -> Spans:
        left = (Span(f" {self._key} ", Tone.KEY), Span(f" {title}", Tone.DIM))
        price_span = Span(f" {price_prefix}{self._currency.format_number(price)}  ", Tone.DIM)
        return justify(left, (price_span,), self.size.width)

    def _set_deal(self, deal: tuple[OrderItem, DraftLine] | None) -> None:
        if deal != self._deal:
            self._deal = deal
            self.set_class(deal is not None, "-deal")
            self.repaint()
