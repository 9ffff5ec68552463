"""The menu side of the order screen: a search field, the category and the matching products."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical

from console.ordering.catalogue import Product
from console.ordering.money import Currency
from console.ordering.number_input import parse_quantity
from widgets.lists.columns import Column, ListRow, RowStyle
from widgets.lists.line_list import LineList
from widgets.staleness import age_text, is_stale
from widgets.text_cells import Align
from widgets.text_field import FieldNote, TextField

_QUANTITY_PREFIX = re.compile(r"\s*([^*]*\d[^*]*?)\s*\*\s*(.*)", re.DOTALL)
"""Any text with a digit before a ``*`` is meant as a quantity, and read as one or refused."""


@dataclass(frozen=True, slots=True)
class EntryRequest:
    """A request to add a product: quantity, search text, and the whole text as typed."""

    quantity: int
    query: str
    raw_text: str


class MenuPanel(Vertical):
    """Shows the products it is given; the typed text is split into quantity and query."""

    DEFAULT_CSS = """
    MenuPanel {
        &> Horizontal { height: 1; &> FieldNote { width: 6; } }
        &> #category { margin: 0; }
    }
    """

    def __init__(self, currency: Currency) -> None:
        super().__init__()
        self._currency = currency
        self._products: dict[str, Product] = {}
        self.search_field = TextField(placeholder="name or SKU; 3* adds three")
        self.product_list = LineList(Column("Item"), Column("Price", 11, Align.RIGHT), can_focus=False)
        self._category = FieldNote()
        self._category.id = "category"

    def compose(self) -> ComposeResult:
        """Field, category, products."""
        yield Horizontal(FieldNote("Menu"), self.search_field)
        yield self._category
        yield self.product_list

    @property
    def quantity(self) -> int:
        """The quantity to add: the figure before a ``*``, or 1.

        Raises:
            NumberInputError: what stands there is no quantity.
        """
        match = _QUANTITY_PREFIX.fullmatch(self.search_field.value)
        return parse_quantity(match[1]) if match else 1

    @property
    def query_text(self) -> str:
        """The text to search for."""
        match = _QUANTITY_PREFIX.fullmatch(self.search_field.value)
        return match[2] if match else self.search_field.value

    @property
    def entry_request(self) -> EntryRequest:
        """The request that Enter would make now.

        Raises:
            NumberInputError: what stands before a ``*`` is no quantity.
        """
        return EntryRequest(self.quantity, self.query_text, self.search_field.value)

    @property
    def selected_product(self) -> Product | None:
        """The product under the cursor."""
        return self._products.get(self.product_list.cursor_key or "")

    def show(
        self,
        products: Sequence[Product],
        *,
        empty: str,
        home: bool,
        stale: bool = False,
        guesses: bool = False,
    ) -> None:
        """Show these products; ``home`` selects the first.

        ``stale`` prices are marked ``~``, ``guesses`` with a ``?`` before the title.
        """
        self._products = {str(product.product_id): product for product in products}
        self.product_list.empty = empty
        self.product_list.set_rows(
            [self._row(product, stale=stale, guess=guesses) for product in products], home=home
        )

    def show_category(self, text: str, age: float | None = None) -> None:
        """Show which part of the menu is listed, and its age (in seconds) once it is stale."""
        self._category.text = f"{text}  ! {age_text(age)}" if age is not None and is_stale(age) else text

    def _row(self, product: Product, *, stale: bool, guess: bool) -> ListRow:
        price = self._currency.format_number(product.price)
        if stale:
            # Shorter than "from": the symbol takes its room.
            price = f"~{price}+" if product.has_variants else f"~{price}"
        elif product.has_variants:
            price = f"from {price}"
        cells = (f"? {product.title}" if guess else product.title, price)
        key = str(product.product_id)
        if product.stock is not None and product.stock <= 0:
            return ListRow(key, cells, RowStyle.DIM, notes=("  none in this store",))
        return ListRow(key, cells, RowStyle.DIM if stale else RowStyle.NORMAL)
