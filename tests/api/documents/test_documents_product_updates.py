"""Product updates: every request as printed, and the receipts and tasks parsed."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from console.api.errors import UnreadableResponse
from console.api.products.requests import (
    Attachment,
    MediaSet,
    ProductImage,
    ProductMedia,
    ProductUpdate,
    StockAndPrice,
    Swatch,
    VariantUpdate,
)
from console.api.products.tasks import TaskStatus
from tests.api.documents.samples import API_SAMPLES, documented_api, documented_request

pytestmark = pytest.mark.anyio
MERCHANT = "0639f7a6-34cc-48b2-9fd9-a80e2ed8xxxx"
OTHER = "f48fdd16-92db-4188-854d-1ecd9b62d066"
TYPED = {
    "CategoryReference",
    "sku",
    "variantsku",
    "BrandID",
    "ProductTitle",
    "Inventory",
    "MRP",
    "Webprice",
    "Availability",
    "ProductType",
    "ShortDescription",
    "ProductDescription",
    "DeliveryOptionShip",
    "DeliveryOptionInStorePickup",
    "UOM",
    "BarCode",
    "VariantProperty1",
    "Value1",
    "VariantProperty2",
    "Value2",
}
"""Sample fields with an argument of their own; the rest are further fields."""


async def test_update_stock_and_price() -> None:
    api, port = documented_api("products.update_stock_and_price", merchant=MERCHANT)
    task = await api.products.update_stock_and_price(
        StockAndPrice(
            sku="sun1234121",
            location_code="48976",
            stock=10,
            quantity=2,
            mrp=Decimal(200),
            web_price=Decimal(190),
            token_price=Decimal(50),
        )
    )
    # The sample repeats its key; a JSON parser keeps the second product.
    assert port.path == "product/UpdateLocationWiseStock"
    assert port.form == documented_request("products.update_stock_and_price")
    assert task.task_id == 2718751


async def test_what_is_not_given_is_not_sent() -> None:
    api, port = documented_api("products.update_stock_and_price", merchant=MERCHANT)
    await api.products.update_stock_and_price(StockAndPrice(sku="a", location_code="b", dissociate=True))
    assert port.form["InputData"] == {
        "products": {"product": {"sku": "a", "variantsku": "", "stock": "NA", "locationrefcode": "b"}}
    }


def sample_products(name: str) -> list[dict[str, str]]:
    payload = documented_request(name)["InputData"]
    assert isinstance(payload, dict)
    return payload["products"]["product"]


def as_update(sample: dict[str, str]) -> ProductUpdate:
    return ProductUpdate(
        category_id=sample["CategoryReference"],
        sku=sample["sku"],
        brand_id=sample["BrandID"],
        title=sample["ProductTitle"],
        product_type=sample["ProductType"],
        inventory=int(sample["Inventory"]),
        mrp=Decimal(sample["MRP"]),
        web_price=Decimal(sample["Webprice"]),
        is_available=sample["Availability"] == "Y",
        barcode=sample["BarCode"],
        short_description=sample["ShortDescription"],
        description=sample["ProductDescription"],
        is_shipped=sample["DeliveryOptionShip"] == "Y",
        is_picked_up=sample["DeliveryOptionInStorePickup"] == "Y",
        unit=sample["UOM"],
        extra_fields={name: value for name, value in sample.items() if name not in TYPED},
    )


async def test_update_a_product() -> None:
    api, port = documented_api("products.update", merchant=MERCHANT)
    (sample,) = sample_products("products.update")
    task = await api.products.update(as_update(sample))
    assert port.path == "Product/UpdateProductInfo"
    assert port.form == documented_request("products.update")
    assert task.task_id == 2718747


async def test_update_a_variant_beside_its_product() -> None:
    api, port = documented_api("products.update_variant", merchant=MERCHANT)
    product, variant = sample_products("products.update_variant")
    await api.products.update_variant(
        as_update(product),
        VariantUpdate(
            category_id="CU00378158",
            sku=variant["sku"],
            variant_sku=variant["variantsku"],
            options=(("Color", "Red"), ("Size", "S")),
            brand_id=variant["BrandID"],
            title=variant["ProductTitle"],
            inventory=int(variant["Inventory"]),
            mrp=Decimal(variant["MRP"]),
            web_price=Decimal(variant["Webprice"]),
            is_available=True,
            barcode=variant["BarCode"],
            short_description=variant["ShortDescription"],
            description=variant["ProductDescription"],
            is_shipped=True,
            is_picked_up=True,
            unit=variant["UOM"],
            # Its properties are printed twice, at first as "value1" and "value2".
            extra_fields={name: value for name, value in variant.items() if name not in TYPED},
        ),
    )
    sent = port.form["InputData"]
    assert isinstance(sent, dict)
    assert port.path == "Product/UpdateProductInfo"
    assert sent["products"]["product"][0] == product
    assert sent["products"]["product"][1] == variant | {"CategoryReference": "CU00378158"}


async def test_attach_images() -> None:
    api, port = documented_api("products.attach_images", merchant=MERCHANT)
    document = Attachment("Specifications", "filename.Doc", "specifications of the product ")
    video = Attachment("Youtube", "filename.etxn", "video description of the product")
    view = Attachment("Local_flash", "filename.png", "desc of the product", sequence=0)
    of_variant = ProductImage(
        "filnemae.jpg",
        deep_zoom="file.xml(deprecated",
        zoom="filename.png",
        small_image="filename.jpg",
        thumbnail="filename.jpg",
        alt_text="product image text",
        viewport="Front",
    )
    own = ProductImage(
        "Filename.png",
        variant_property="Color",
        variant_value="Yellow",
        deep_zoom="file.xml",
        zoom="filename.xml",
        small_image="filename.jpg",
        thumbnail="filename.png",
        alt_text="test of the image",
        viewport="Back",
    )
    attached = MediaSet(documents=(document,), videos=(video,), views=(view,))
    media = replace(attached, images=(own,), swatches=(Swatch("color", "Red", "filename.png"),))
    variants = (("sku4113231", replace(attached, images=(of_variant,))),)

    task = await api.products.attach_images([ProductMedia("sku42134125", media, variants)])

    sample = json.loads((API_SAMPLES / "products.attach_images.request.txt").read_text())
    assert port.path == f"Product/AttachImages/{MERCHANT}"
    assert port.requests[0].headers["Content-Type"] == "application/json"
    assert json.loads(port.requests[0].body) == sample
    assert task.task_id == 2718747


async def test_update_an_attribute() -> None:
    api, port = documented_api("products.update_attribute", merchant=MERCHANT)
    task = await api.products.update_attribute(
        attribute_id="CU00325850-001",
        value="NewValue",
        sku="Fruits0023",
        variant_sku="Fruits0023-1",
        location_code="Hyd001",
        product_id=11631696,
    )
    assert port.path == f"Product/UpdateProductAttribute/{MERCHANT}"
    assert port.form == documented_request("products.update_attribute")
    assert task.task_id == 2718747


async def test_add_a_tag() -> None:
    api, port = documented_api("products.add_tag", merchant=MERCHANT)
    task = await api.products.add_tag(sku="100040621", tag="Discounted", location_code="4702")
    assert port.path == f"product/AddLocationTagtoProduct/{MERCHANT}"
    assert port.form == documented_request("products.add_tag")
    assert task.task_id == 2718751


async def test_remove_a_tag() -> None:
    api, port = documented_api("products.remove_tag", merchant=OTHER)
    await api.products.remove_tag(sku="100359979", tag="MixTag", location_id=18340)
    assert port.path == f"Product/RemoveLocationTagFromProduct/{OTHER}"
    assert port.form == documented_request("products.remove_tag")


async def test_set_the_stock_of_the_default_location() -> None:
    api, port = documented_api("products.set_stock", merchant=OTHER)
    await api.products.set_stock(sku="100556", inventory=100)
    assert port.path == "product/updatestock"
    assert port.form == documented_request("products.set_stock")


async def test_set_the_stock_of_a_location() -> None:
    api, port = documented_api("products.set_stock_at_location", merchant=OTHER)
    await api.products.set_stock_at_location(sku="100359979", location_code="Hyd001", inventory=100)
    assert port.path == "Product/UpdateLocationProductStock"
    assert port.form == documented_request("products.set_stock_at_location")


async def test_add_a_review() -> None:
    api, port = documented_api("products.add_review", merchant="81e77da2")
    await api.products.add_review(user_id=MERCHANT, sku="PZLG-WM", title="Title31", message="message75")
    sample = json.loads((API_SAMPLES / "products.add_review.request.txt").read_text())
    assert port.path == f"Product/AddReview/81e77da2/{MERCHANT}/PZLG-WM"
    assert json.loads(port.requests[0].body) == sample


async def test_remove_offer_text() -> None:
    api, port = documented_api("products.remove_offer_text", merchant=OTHER)
    await api.products.remove_offer_text()
    assert (port.requests[0].method, port.path) == ("GET", f"Product/RemoveOfferText/{OTHER}")


@pytest.mark.parametrize(
    ("method", "segment"), [("task", "MSMQTaskDetails"), ("task_errors", "MSMQErrorDetails")]
)
async def test_a_task(method: str, segment: str) -> None:
    api, port = documented_api(f"products.{method}", merchant=MERCHANT)
    ask = api.products.task if method == "task" else api.products.task_errors
    task = await ask(task_id=7374227)
    assert port.path == f"Product/{segment}/{MERCHANT}/7374227"
    assert (task.task_id, task.status, task.rows) == (7374227, TaskStatus.COMPLETED, 1)
    assert (task.name, task.validations) == ("LctnWiseStocknPriceUploadTask", ())
    assert task.parameter == " (stock-price) "
    assert task.file.startswith("/mnt/bulkupload/Resources/")
    assert task.started_at == datetime(2019, 2, 22, 7, 19, 15, tzinfo=UTC)


@pytest.mark.parametrize(
    ("validations", "lines"),
    [('""', ()), ('"no such SKU"', ("no such SKU",)), ('["a", null, 5]', ("a", "5")), ("null", ())],
)
async def test_what_was_wrong_is_read_however_it_comes(validations: str, lines: tuple[str, ...]) -> None:
    api, port = documented_api("products.task_errors")
    port.body = port.body.replace(b"null", validations.encode(), 1)
    assert (await api.products.task_errors(task_id=1)).validations == lines


async def test_a_status_that_is_not_documented_is_not_read() -> None:
    api, port = documented_api("products.task")
    port.body = port.body.replace(b'"C"', b'"X"')
    with pytest.raises(UnreadableResponse):
        await api.products.task(task_id=1)
