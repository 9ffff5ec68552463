"""The dialog to choose one of several variants of a product."""

from console.ordering.catalogue import Product, Variant
from console.ordering.money import Currency
from screens.dialogs.select import SelectScreen
from widgets.lists.columns import Column, ListRow, RowStyle
from widgets.text_cells import Align


class VariantSelectScreen(SelectScreen):
    """The result is the id of the chosen variant."""

    def __init__(self, product: Product, variants: tuple[Variant, ...], currency: Currency) -> None:
        columns = (Column("Variant"), Column("Stock", 6, Align.RIGHT), Column("Price", 9, Align.RIGHT))
        super().__init__(product.title, columns, [_row(variant, currency) for variant in variants])


def _row(variant: Variant, currency: Currency) -> ListRow:
    stock_text = "" if variant.stock is None else str(variant.stock) if variant.stock > 0 else "none"
    style = RowStyle.DIM if variant.stock == 0 else RowStyle.NORMAL
    cells = (variant.label or variant.sku, stock_text, currency.format_number(variant.price))
    return ListRow(str(variant.variant_id), cells, style)
