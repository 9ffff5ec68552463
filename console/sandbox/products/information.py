"""Update Product Information: queued, then applied everywhere; and the texts of offers.

A row with a variant's SKU is about the variant, any other about the product: both operations share a path.
"""

from collections.abc import Mapping, Sequence

from console.sandbox.menu.menu import MenuProduct, MenuProductKind, MenuVariant
from console.sandbox.price_lookup import EVERYWHERE
from console.sandbox.products import number_parsing
from console.sandbox.products.lookup import NO_SKU, TaskError, require_product
from console.sandbox.products.stock import MAX_STOCK, set_stock
from console.sandbox.products.stock_prices import set_prices
from console.sandbox.products.task_queue import UpdateRow, enqueue, read_rows
from console.sandbox.requests import Call, Handler
from console.sandbox.responses import Code, Json, RefusalError, Reply, ok
from console.sandbox.store import Store

REQUIRED = ("sku", "brandid", "producttitle", "producttype")
YES_NO_FIELDS = frozenset(
    (
        "availability",
        "paymentoptiononline",
        "paymentoptionchequeordd",
        "paymentoptionbanktransfer",
        "paymentoptioncod",
        "deliveryoptionship",
        "deliveryoptionoffline",
        "deliveryoptiononline",
        "deliveryoptioninstorepickup",
        "locationbased",
        "showexpired",
        "preorder",
        "checkoutwithtokenprice",
        "hideprice",
    )
)
"""Fields with the values Y or N."""
COUNT_FIELDS = frozenset(
    (
        "inventory",
        "catalogsequence",
        "pkgqty",
        "minimumorderquantity",
        "maximumorderquantity",
        "warrantyinmonths",
        "reservequantity",
        "stockalertquantity",
        "reorderstocklevel",
    )
)
AMOUNT_FIELDS = frozenset(("mrp", "webprice", "tokenprice", "costprice", "productweight", "buyingweight"))
DATE_FIELDS = frozenset(("startdate", "enddate"))
TIME_FIELDS = frozenset(("starttime", "endtime"))
CHOICE_FIELDS: Mapping[str, frozenset[str]] = {
    "uom": frozenset(("ltrs", "kgs", "gms", "pieces")),
    "periodicitytype": frozenset(("monthly", "weekly", "onetime")),
    "productcondition": frozenset(("new", "used")),
    "warrantybearer": frozenset(("no warranty", "manufacturer", "dealer")),
}
"""Fields with documented values. A field whose own sample breaks the list is not checked."""
TEXT_FIELDS = frozenset(
    (
        "categoryreference",
        "producttitle",
        "barcode",
        "smallimage",
        "largeimage",
        "shortdescription",
        "productdescription",
        "deliverytime",
        "seourl",
        "smallimagealttext",
        "largeimagealttext",
        "catalogcode",
        "productnote",
        "modelnumber",
        "shippingcode",
        "taxcode",
        "bankproductid",
        "offerproductimage",
        "pagetitle",
        "keywords",
        "keyworddescription",
        "periodicityrange",
        "periodicityrangeweekly",
        "lbh",
        "stockavailablemessage",
        "purchasedate",
        "formcode",
        "stdproductcode",
        "mpn",
        "vendor",
        "vendorsku",
        "stdproducttype",
        "fulfillmentservicerefcode",
        "sectionrefcode",
    )
)
STORED_FIELDS = (
    YES_NO_FIELDS
    | COUNT_FIELDS - {"inventory"}
    | AMOUNT_FIELDS - {"mrp", "webprice"}
    | DATE_FIELDS
    | TIME_FIELDS
    | TEXT_FIELDS
    | {"backorder"}
    | CHOICE_FIELDS.keys()
)


def update(call: Call) -> Reply:
    """Update Product Information, of normal products and of variants."""
    rows = read_rows(call, "products", "product", required=REQUIRED)
    for row in rows:
        if not _variant_sku(row) and not row.get("categoryreference"):
            raise RefusalError(Code.INVALID_INPUT, "CategoryReference is missing")
        if _variant_sku(row) and not _options(row):
            raise RefusalError(Code.INVALID_INPUT, "VariantProperty is missing")
    return enqueue(call, [dict[str, Json](row) for row in rows], rows=len(rows))


def apply_rows(store: Store, rows: Sequence[dict[str, Json]], _now: float) -> None:
    """Apply each row's information, price and stock."""
    for row in rows:
        fields = {name: str(value) for name, value in row.items() if value != ""}
        product, variant = require_product(store, fields["sku"], _variant_sku(fields))
        _check(store, product, variant, fields)
        checked = {
            name: _validated_value(store, name, fields[name]) for name in STORED_FIELDS & fields.keys()
        }
        variant_id = 0 if variant is None else variant.variant_id
        for name, value in checked.items():
            store.run(
                "INSERT OR REPLACE INTO product_change VALUES (?, ?, ?, ?)",
                product.product_id,
                variant_id,
                name,
                value,
            )
        if "mrp" in fields or "webprice" in fields:
            set_prices(store, EVERYWHERE, product, variant, fields, quantity=1)
        if "inventory" in fields:
            _set_inventory(store, product, variant, fields["inventory"])
        if "offerproductdescription" in fields and variant is None:
            store.run(
                "INSERT OR REPLACE INTO offer VALUES (?, ?)",
                product.product_id,
                fields["offerproductdescription"],
            )
        store.invalidate_menu()


def _check(store: Store, product: MenuProduct, variant: MenuVariant | None, fields: UpdateRow) -> None:
    category = fields.get("categoryreference", product.category_id)
    kind = MenuProductKind.BUNDLE if product.kind is MenuProductKind.DEAL else product.kind
    if category not in store.menu.categories:
        raise TaskError(f"There is no category {category}")
    if fields["brandid"] != store.merchant.brand_id:
        raise TaskError(f"There is no brand {fields['brandid']}")
    if fields["producttype"] not in (kind, product.kind):
        raise TaskError(f"{product.sku} is of type {kind}")
    if variant is None:
        return
    for name, value in _options(fields):
        variant_value = next((v for option, v in variant.options if option.casefold() == name.casefold()), "")
        if variant_value.casefold() != value.casefold():
            raise TaskError(f"The {name} of {variant.sku} is not {value}")


def _set_inventory(store: Store, product: MenuProduct, variant: MenuVariant | None, text: str) -> None:
    quantity = number_parsing.parse_count(text, "Inventory")
    if quantity > MAX_STOCK:
        raise TaskError(f"Inventory is above {MAX_STOCK}")
    if product.variants and variant is None:
        return  # A product sold by variant has no stock of its own.
    set_stock(store, store.merchant.default_location, product, variant, quantity)


def _validated_value(store: Store, name: str, value: str) -> str:
    """Return the value to store.

    Raises:
        TaskError: it is none that the documents allow.
    """
    if name in YES_NO_FIELDS and value not in ("Y", "N"):
        raise TaskError(f"{name} is neither Y nor N")
    if name in COUNT_FIELDS:
        return str(number_parsing.parse_count(value, name))
    if name in AMOUNT_FIELDS:
        return str(number_parsing.parse_amount(value, name, digits=store.merchant.digits))
    if name in DATE_FIELDS:
        return number_parsing.parse_day(value, name)
    if name in TIME_FIELDS:
        return number_parsing.parse_time(value, name)
    if name == "backorder" and value not in ("Y", "N"):
        return str(number_parsing.parse_count(value, name))
    if name in CHOICE_FIELDS and value.casefold() not in CHOICE_FIELDS[name]:
        raise TaskError(f"{name} is none of {', '.join(sorted(CHOICE_FIELDS[name]))}")
    return value


def _variant_sku(row: Mapping[str, str]) -> str:
    sku = row.get("variantsku", "")
    return "" if sku in NO_SKU else sku


def _options(row: Mapping[str, str]) -> list[tuple[str, str]]:
    """Return the variant's options: the key is unnumbered as documented, or numbered as printed."""
    pairs = [(row.get("variantproperty", ""), row.get("variantvalue", ""))]
    pairs += [(row.get(f"variantproperty{n}", ""), row.get(f"value{n}", "")) for n in (1, 2, 3)]
    return [(name, value) for name, value in pairs if name and value]


def remove_offers(call: Call) -> Reply:
    """Remove Offer Text: delete the offer descriptions of all products."""
    call.store.run("DELETE FROM offer")
    return ok()


HANDLERS: dict[str, Handler] = {
    "products.update": update,
    "products.update_variant": update,
    "products.remove_offer_text": remove_offers,
}
