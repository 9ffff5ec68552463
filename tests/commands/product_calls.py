"""Calls that reach every operation of products, tags, categories, locations and the store, and refusals.

A table for ``every_operation``: later steps use what earlier ones saved.
"""

from tests.commands.customer_calls import NOBODY
from tests.commands.steps import Call, Step

GARLIC, GARLIC_SKU, CAESAR = "13047603", "SD-GARLIC-BREAD", "13047619"
PEPSI, PEPSI_SKU, PEPSI_LITRE, PEPSI_LITRE_SKU = "13047633", "DR-PEPSI", "9758599", "DR-PEPSI-BOTTLE1L"
SUPREME = "13047273"
HERE, HERE_CODE = "27299", "SALM"
QUEUED = {"task": "Taskid"}
FINISHED = Call(
    "products.task_errors", path={"taskid": "{task}"}, expect_fields={"TaskMsmqDetails.TaskStatus": "C"}
)
"""The update that was queued last has been done without a fault."""


def update(kind: str = "", expect: int = 0, **changed: str) -> Call:
    """Update Product Information."""
    row = {
        "CategoryReference": "CU00357461",
        "sku": GARLIC_SKU,
        "variantsku": "",
        "BrandID": "BB1760",
        "ProductTitle": "Garlic Bread",
        "ProductType": "P",
    }
    keep = {} if expect else QUEUED
    data = {"products": {"product": [row | changed]}}
    return Call(f"products.update{kind}", data=data, expect=expect, save=keep)


def stock_and_price(expect: int = 0, **changed: str) -> Call:
    """Update Location wise Stock & Price."""
    row = {"sku": GARLIC_SKU, "variantsku": "", "locationrefcode": HERE_CODE, "Quantity": "1", "stock": "90"}
    keep = {} if expect else QUEUED
    data = {"products": {"product": row | changed}}
    return Call("products.update_stock_and_price", data=data, expect=expect, save=keep)


def attribute(expect: int = 0, **changed: str) -> Call:
    """Update Product Attribute."""
    row = {
        "sku": GARLIC_SKU,
        "locationrefcode": HERE_CODE,
        "AttributeId": "{attribute}",
        "AttributeValue": "7",
    }
    keep = {} if expect else QUEUED
    return Call(
        "products.update_attribute", data={"ProductAttribute": row | changed}, expect=expect, save=keep
    )


def review(user_id: str = "{tom}", sku: str = GARLIC_SKU, title: str = "Good", expect: int = 0) -> Call:
    """Add Review."""
    data = {"title": title, "message": "And warm.", "isGoLive": "True"}
    return Call("products.add_review", path={"UserId": user_id, "SKU": sku}, data=data, expect=expect)


def validate(product: str, pin: str, quantity: str, *, variant: str = "0", expect: int = 0) -> Call:
    """Validate Location."""
    path = {
        "productId": product,
        "variantProductId": variant,
        "pinCode": pin,
        "locationId": HERE,
        "quantity": quantity,
    }
    return Call("products.validate_location", path=path, expect=expect)


def by_type(category: str, page: str, expect: int = 0) -> Call:
    """Get Products (by Type & Page Number)."""
    path = {"categoryId": category, "productType": "B", "pageNumber": page}
    return Call("products.by_type", path=path, expect=expect)


def serviceable(product: str, pin: str, place: str = HERE, expect: int = 0) -> Call:
    """Check PIN Code Serviceability of a Product."""
    form = {"pincode": pin, "locationid": place}
    return Call("products.serviceable", path={"productId": product}, form=form, expect=expect)


def tiers(user_id: str, product: str, expect: int = 0) -> Call:
    """Get Tier Price Details."""
    path = {"userId": user_id, "productId": product, "locationId": "0"}
    return Call("products.tier_prices", path=path, expect=expect)


def tag(name: str, place: str, expect: int = 0, form: str = "by_tag") -> Call:
    """Get Products by Tag, under either of its titles."""
    return Call(f"products.{form}", path={"productTag": name, "locationId": place}, expect=expect)


def place_attributes(place: str, expect: int = 0) -> Call:
    """Get Attributes of Variant Products."""
    path = {"sku": PEPSI_SKU, "variantSku": PEPSI_LITRE_SKU, "locationRefCode": place}
    return Call("products.location_attributes", path=path, expect=expect)


CHANGES: tuple[Step, ...] = (
    stock_and_price(),
    stock_and_price(1016, sku=""),
    Call("products.task", path={"taskid": "{task}"}),
    Call("products.task", path={"taskid": "999999"}, expect=1009),
    FINISHED,
    update(ShortDescription="New"),
    FINISHED,
    Call(
        "products.information",
        path={"productId": GARLIC, "locationId": HERE},
        expect_fields={"Product.ShortDescription": "New", "Product.Inventory": "90"},
    ),
    update(expect=1016, sku=""),
    update(
        "_variant",
        CategoryReference="CU00357465",
        sku=PEPSI_SKU,
        variantsku=PEPSI_LITRE_SKU,
        ProductTitle="Pepsi",
        VariantProperty1="Size",
        Value1="Bottle 1 L",
    ),
    FINISHED,
    Call(
        "products.attach_images",
        data=[{"sku": GARLIC_SKU, "images": [{"filename": "a.jpg", "sequence": 1}]}],
        save=QUEUED,
    ),
    FINISHED,
    Call(
        "products.attributes",
        path={"productid": GARLIC},
        save={"attribute": "ProductAttributes.0.Attributeid"},
    ),
    attribute(),
    FINISHED,
    attribute(expect=1016, AttributeId=""),
    Call("products.with_attributes", path={"productid": GARLIC}),
    place_attributes(HERE_CODE),
    place_attributes("NOWHERE", 1046),
    Call(
        "products.add_tag",
        data={
            "products": {"product": {"sku": GARLIC_SKU, "locationrefcode": HERE_CODE, "tag": "Discounted"}}
        },
        save=QUEUED,
    ),
    FINISHED,
    Call("products.tags", path={"productid": GARLIC}),
    Call("products.tags_at_location", path={"productid": GARLIC, "locationid": HERE}),
    Call("products.tags_at_location", path={"productid": GARLIC, "locationid": "1"}, expect=1046),
    tag("Discounted", HERE),
    tag("Nonsense", HERE, 1009),
    tag("Discounted", HERE, form="by_tag_and_location"),
    Call("tags.all"),
    Call("tags.count"),
    Call("tags.details", path={"ProductTag": "Discounted"}),
    Call("tags.details", path={"ProductTag": "Nonsense"}, expect=1009),
    Call("products.remove_tag", form={"sku": GARLIC_SKU, "producttag": "Discounted", "locationid": HERE}),
    Call(
        "products.remove_tag",
        form={"sku": GARLIC_SKU, "producttag": "Discounted", "locationid": HERE},
        expect=1009,
    ),
    review(),
    review(NOBODY, expect=1017),
    review(sku="NOTHING", expect=1009),
    review(title="", expect=1016),
    Call("products.reviews", path={"Sku": GARLIC_SKU}),
    Call("products.comments", path={"productid": GARLIC, "postid": "0"}),
    Call("products.set_stock", form={"sku": GARLIC_SKU, "Inventory": "90"}),
    Call("products.set_stock", form={"sku": "NOTHING", "Inventory": "90"}, expect=1009),
    Call(
        "products.set_stock_at_location",
        form={"sku": PEPSI_LITRE_SKU, "locationReferenceCode": "HAWL", "Inventory": "9"},
    ),
    Call("products.remove_offer_text"),
)

READS: tuple[Step, ...] = (
    Call("products.search", data={"keyword": "pepsi"}),
    Call("products.search", data={"pageNumber": 0}, expect=1028),
    Call("products.sku_price", data={"sku": GARLIC_SKU}),
    Call("products.sku_price", data={"sku": GARLIC_SKU, "locationrefcode": "NOWHERE"}, expect=1046),
    Call("products.stock_by_location", form={"sku": GARLIC_SKU, "locationId": HERE}),
    Call("products.information", path={"productId": GARLIC, "locationId": HERE}),
    Call("products.information", path={"productId": "1", "locationId": HERE}, expect=5005),
    Call("products.information", path={"productId": GARLIC, "locationId": "1"}, expect=1046),
    Call("products.by_sku", path={"sku": GARLIC_SKU}),
    Call("products.by_sku", path={"sku": "NOTHING"}, expect=1009),
    by_type("CU00357451", "1"),
    by_type("CU00357451", "0", 1028),
    by_type("CU1", "1", 1009),
    Call("products.by_category", path={"CatagoryId": "CU00357467", "availibility": "All"}),
    Call("products.parents", form={"varientProductIds": PEPSI_LITRE}),
    Call("products.variants", path={"ParentProductId": PEPSI, "availability": "true"}),
    Call("products.variant", path={"variantProductId": PEPSI_LITRE}),
    Call("products.variant", path={"variantProductId": "1"}, expect=5007),
    Call("products.multiple", form={"productIds": f"{PEPSI},{GARLIC}", "locationId": HERE}),
    Call("products.bundle_items", path={"Productid": SUPREME, "isdefault": "true"}),
    Call("products.bundle_items", path={"Productid": GARLIC, "isdefault": "true"}, expect=5001),
    Call("products.contents", path={"productId": GARLIC}),
    Call("products.featured"),
    Call("products.similar", path={"productId": GARLIC, "LocationId": HERE}),
    Call("products.upsell", path={"productId": GARLIC, "locationId": HERE}),
    tiers("{tom}", GARLIC),
    tiers(NOBODY, GARLIC, 1017),
    tiers("{tom}", "1", 5005),
    serviceable(CAESAR, "22001"),
    serviceable(CAESAR, "32001", expect=1027),
    serviceable(CAESAR, "22001", "1", expect=1046),
    Call("products.auto_complete", path={"keyword": "pep", "limit": "3", "locationId": HERE}),
    validate(CAESAR, "22001", "1"),
    validate(CAESAR, "99999", "1", expect=1024),
    validate(CAESAR, "22001", "99999", expect=5004),
    validate(PEPSI, "22001", "1", variant="1", expect=5007),
)

PLACES: tuple[Step, ...] = (
    Call("categories.information", path={"CategoryId": "CU00357469"}),
    Call("categories.information", path={"CategoryId": "CU1"}, expect=1009),
    Call("categories.variant_properties", path={"cateogryId": "CU00357465"}),
    Call("locations.search", form={}),
    Call("locations.search_areas", form={"cityid": "{city}"}),
    Call("locations.search_areas", form={"cityid": "x"}, expect=1016),
    Call("locations.details", path={"LocationId": HERE}),
    Call("locations.information", path={"locationId": HERE}),
    Call("locations.information", path={"locationId": "1"}, expect=1046),
    Call("locations.delivery_areas", path={"locationId": HERE}),
    Call("locations.reason_codes"),
    Call("locations.eta", path={"LocationCode": HERE_CODE, "OrderDeliveryType": "ALL"}),
    Call("locations.eta", path={"LocationCode": HERE_CODE, "OrderDeliveryType": "X"}, expect=6225),
    Call("locations.eta", path={"LocationCode": " ", "OrderDeliveryType": "H"}, expect=6226),
    Call("locations.eta", path={"LocationCode": "NOWHERE", "OrderDeliveryType": "H"}, expect=6227),
    Call("store.countries"),
    Call("store.states", path={"Countrycode": "KW"}),
    Call("store.cities", path={"StateCode": "KW2"}),
    Call("store.information"),
)

STEPS: tuple[Step, ...] = (
    *CHANGES,
    *READS,
    Call("locations.delivery_cities", save={"city": "DeliveryCities.0.DeliveryCityID"}),
    *PLACES,
)
