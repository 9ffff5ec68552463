"""Products and variants in the documented form, with the current prices at a location."""

from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal

from console.sandbox import price_lookup
from console.sandbox.menu.configuration import default_parts
from console.sandbox.menu.configured_part import ConfiguredPart
from console.sandbox.menu.menu import Menu, MenuProduct, MenuVariant
from console.sandbox.menu.sale_rules import sale_rules
from console.sandbox.pricing.rules import PricingRules, price_part
from console.sandbox.requests import Call
from console.sandbox.responses import Json, money, wire_date

NO_END_DATE = "/Date(-2209008600000+0300)/"
UPDATED_FIELDS = (
    "PaymentOptionOnline", "PaymentOptionChequeOrDD", "PaymentOptionBankTransfer", "PaymentOptionCOD",
    "DeliveryOptionOffline", "DeliveryOptionOnline", "LocationBased", "ShippingCode", "TaxCode",
    "BankProductId", "OfferProductImage", "PageTitle", "Keywords", "KeywordDescription", "LargeImage",
    "LargeImageAltText", "StartTime", "EndTime", "PeriodicityType", "PeriodicityRange",
    "PeriodicityRangeWeekly", "ShowExpired", "LBH", "BuyingWeight", "MinimumOrderQuantity",
    "MaximumOrderQuantity", "StockAvailableMessage", "ProductCondition", "Warrantybearer", "WarrantyInMonths",
    "Reorderstocklevel", "ModelNumber", "PurchaseDate", "ProductNote", "FormCode", "HidePrice",
    "StdProductCode", "MPN", "Vendor", "VendorSKU", "StdProductType", "FulfillmentServiceRefCode",
    "SectionRefCode",
)  # fmt: skip
"""Fields of Update Product Information that no documented response has: in a record once they are set."""
FIRST_PROPERTY = 13068
FIRST_VALUE = 326232


def location_or_default(call: Call, location_id: int) -> int:
    """Return the given location; 0 is the merchant's default one.

    Raises:
        RefusalError: 1046, the merchant has no such location.
    """
    return call.location(location_id or call.store.merchant.default_location).location_id


def product_record(call: Call, product: MenuProduct, location_id: int = 0) -> dict[str, Json]:
    """Return a product in the documented form; without a location, at the prices of every location."""
    merchant, menu = call.store.merchant, call.menu
    rules = price_lookup.pricing_rules(call, location_or_default(call, location_id))
    amount, updated = product_price(call, product, rules), product.updates
    listed, sale = rules.prices.list_price(product, None), sale_rules(updated)
    return {
        "ProductId": product.product_id,
        "ProductTitle": product.title,
        "MRP": None if sale.hides_price else money(max(listed, amount)),
        "WebPrice": None if sale.hides_price else money(amount),
        "CostPrice": _number(updated, "costprice"),
        "Rating": _rating(call, product),
        "IsParentProduct": bool(product.variants),
        "Availability": product.active,
        "BrandId": merchant.brand_id,
        "CatlogSequence": int(updated.get("catalogsequence", "0")),
        "CatalogCode": updated.get("catalogcode", ""),
        "SKU": product.sku,
        "Taxtotal": 0,
        "MarkupPrice": 0,
        "MarkupType": "",
        "BulkQuantity": sale.lot,
        "ProductWeight": _number(updated, "productweight"),
        "ProductType": product.kind.value,
        "SmallImageAltText": updated.get("smallimagealttext", product.title),
        "IsShippingConfigured": False,
        "IsTaxConfigured": False,
        "StartDate": _date(updated, "startdate"),
        "EndDate": _date(updated, "enddate"),
        "SeoURL": updated.get("seourl", ""),
        "DeliveryTime": updated.get("deliverytime", ""),
        "TokenPriceCheckout": updated.get("checkoutwithtokenprice") == "Y",
        "IsReferPrice": False,
        "ShortDescription": product.description,
        "TokenPrice": _number(updated, "tokenprice"),
        "SmallImage": updated.get("smallimage", ""),
        "Brandname": merchant.brand,
        "CategoryId": product.category_id,
        "CategoryName": menu.categories[product.category_id].name,
        "Fulldescription": updated.get("productdescription", product.description),
        "NoofReview": str(_review_count(call, product)),
        "BarCode": product.barcode,
        "ProductSequence": 0,
        "UOM": updated.get("uom", "Pieces"),
        **updated_fields(updated),
    }


def updated_fields(updated: Mapping[str, str]) -> dict[str, Json]:
    """Return the fields that an update set and no documented response has, by their documented names."""
    return {name: updated[name.casefold()] for name in UPDATED_FIELDS if name.casefold() in updated}


def order_flags(updated: Mapping[str, str]) -> dict[str, Json]:
    """Return whether a product can be ordered before its sale, and beyond its stock, as a response has it."""
    sale = sale_rules(updated)
    return {"PreOrder": str(int(sale.pre_order)), "BackOrder": str(int(sale.back_order > 0))}


def variant_record(call: Call, product: MenuProduct, variant: MenuVariant) -> Json:
    """Return a variant in the documented form, with the stock and price of the default location."""
    merchant, updated = call.store.merchant, variant.updates
    book, sale = price_lookup.prices_at(call, merchant.default_location), sale_rules(updated)
    inventory = call.stock(merchant.default_location, product.product_id, variant.variant_id)
    return {
        "variantProductId": str(variant.variant_id),
        "productId": product.product_id,
        "MRP": None if sale.hides_price else money(book.list_price(product, variant)),
        "WebPrice": None if sale.hides_price else money(book.price(product, variant)),
        "SKU": variant.sku,
        "Inventory": inventory,
        "ReferenceProductVariantId": 0,
        "productType": "",
        "merchantId": merchant.merchant_id,
        "BulkQuantity": sale.lot,
        "Availability": product.active and variant.active,
        "StartDate": _date(updated, "startdate"),
        "EndDate": _date(updated, "enddate"),
        "CostPrice": _number(updated, "costprice"),
        "BarCode": variant.barcode,
        "CatalogCode": updated.get("catalogcode", ""),
        "IsDropShipping": False,
        "MarkupPrice": 0,
        "MarkupType": "",
        "IsReferProductInfo": False,
        "IsReferPrice": False,
        "TokenPrice": _number(updated, "tokenprice"),
        "Flag": "",
        "ReserveQuantity": int(updated.get("reservequantity", "0")),
        "ReOrderStockLevel": int(updated.get("reorderstocklevel", "0")),
        "StockAlertQuantity": int(updated.get("stockalertquantity", "0")),
        "PreOrderMessage": "",
        "PreOrder": sale.pre_order,
        "BackOrder": sale.back_order > 0,
        "IsStockEnabled": True,
        "WebPriceWithoutDiscount": 0,
        "ProductVariantValueViews": [
            _option_record(call.menu, variant, name, value) for name, value in variant.options
        ],
        **updated_fields(updated),
    }


def property_id(menu: Menu, name: str) -> int:
    """Return the id of a property; the same for every product and category."""
    return FIRST_PROPERTY + list(menu.properties).index(name)


def value_id(menu: Menu, name: str, value: str) -> int:
    """Return the id of a property's value."""
    return FIRST_VALUE + list(menu.properties).index(name) * 100 + menu.properties[name].index(value)


def _option_record(menu: Menu, variant: MenuVariant, name: str, value: str) -> Json:
    """Return one option of a variant. Its value's rank is its position among the product's values."""
    values = list(dict.fromkeys(v.option(name) for v in menu.products[variant.product_id].variants))
    names = [option for option, _ in variant.options]
    return {
        "valueId": variant.variant_id * 10 + names.index(name),
        "variantProductId": variant.variant_id,
        "variantPropertyId": property_id(menu, name),
        "variantPropertyValueId": value_id(menu, name, value),
        "IsDisplaySwatch": False,
        "Rank": values.index(value) + 1,
        "variantPropertyName": name,
        "variantValue": value,
        "flag": "",
    }


def product_price(call: Call, product: MenuProduct, rules: PricingRules) -> Decimal:
    """Return a product's price by these rules; a pizza or a deal in its default configuration."""
    parts = () if rules.prices.is_empty else default_parts(call.menu, product.product_id)
    if parts:
        return price_part(call.menu, ConfiguredPart(product.product_id, parts=parts), rules).unit_price
    return rules.prices.price(product, None)


def _review_count(call: Call, product: MenuProduct) -> int:
    row = call.store.row("SELECT count(*) AS n FROM review WHERE product_id = ? AND live", product.product_id)
    return 0 if row is None else int(row["n"])


def _rating(call: Call, product: MenuProduct) -> int:
    """Return the average rating."""
    row = call.store.row(
        "SELECT avg(rating) AS rating FROM review WHERE product_id = ? AND live AND rating",
        product.product_id,
    )
    return 0 if row is None or row["rating"] is None else round(float(row["rating"]))


def _number(updated: Mapping[str, str], field: str) -> Json:
    return money(Decimal(updated.get(field, "0")))


def _date(updated: Mapping[str, str], field: str) -> Json:
    day = updated.get(field)
    return (
        NO_END_DATE if day is None else wire_date(datetime.fromisoformat(day).replace(tzinfo=UTC).timestamp())
    )
