"""Products, tags, categories and the store: requests as printed, sample responses parsed."""

import json
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import AliasChoices, ValidationError

from console.api.errors import NotFound
from console.api.products import categories, detail_models, tasks
from console.api.products.detail_models import Serviceability
from console.api.products.service import WireProductType
from console.api.stores import merchant as store
from console.api.transport.wire_types import WireModel
from tests.api.documents.samples import API_SAMPLES, documented_api, documented_request

pytestmark = pytest.mark.anyio
MERCHANT = "993c939a-a2e8-4934-bbf5-390f37457a55"
OTHER = "f48fdd16-92db-4188-854d-1ecd9b62d066"
GROUPS: dict[type[WireModel], set[str]] = {
    detail_models.WireBundleItem: {
        *("group_id", "group_name", "minimum", "maximum", "free", "default_quantity"),
        *("included", "whole_only", "deal_slot_prices", "extra"),
    },
    detail_models.BundlePricing: {"price", "floor"},
}
"""Group fields of a bundle, which no document prints; parsed if a platform sends them."""
MODELS = [
    value
    for module in (categories, detail_models, store, tasks)
    for value in vars(module).values()
    if isinstance(value, type) and issubclass(value, WireModel) and value is not WireModel
]
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.decimals() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)


def spelling(model: type[WireModel], name: str) -> str:
    alias = model.model_fields[name].validation_alias
    return str(alias.choices[0]) if isinstance(alias, AliasChoices) else name


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_every_field_is_spelt_as_some_document_spells_it(model: type[WireModel]) -> None:
    # The limits of a quantity are printed in the request that sets them, and in no response.
    samples = (*API_SAMPLES.glob("*.answer.json"), API_SAMPLES / "products.update.request.txt")
    text = "".join(path.read_text("utf-8") for path in samples)
    for name in model.model_fields.keys() - GROUPS.get(model, set()):
        assert f'"{spelling(model, name)}"' in text, name


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
@given(data=st.data())
def test_damaged_fields_are_read_or_refused(model: type[WireModel], data: st.DataObject) -> None:
    names = [spelling(model, name) for name in model.model_fields]
    record = data.draw(st.dictionaries(st.sampled_from(names), ANYTHING))
    try:
        read = model.model_validate(record)
    except ValidationError:
        return
    assert isinstance(repr(read), str)


class TestLists:
    async def test_by_tag_and_location(self) -> None:
        api, port = documented_api("products.by_tag_and_location", merchant=MERCHANT)
        first, second = await api.products.by_tag_and_location(tag="Automation9", location_id=24342)
        assert port.path == f"Product/{MERCHANT}/Automation9/24342"
        assert (first.product_id, first.web_price, first.is_parent) == (13038134, 1350, True)
        assert second.starts is None

    async def test_by_tag(self) -> None:
        api, port = documented_api("products.by_tag")
        (product,) = await api.products.by_tag(tag="bestoffers", location_id=16654)
        assert port.path == "Product/6c57599f/bestoffers/16654"
        assert (product.is_available, product.short_description) == (False, "api_test")
        assert product.starts == datetime(2018, 5, 3, 18, 30, tzinfo=UTC)

    async def test_by_type_and_page(self) -> None:
        api, port = documented_api("products.by_type", merchant=OTHER)
        products = await api.products.by_type(
            category_id="CU00333414", product_type=WireProductType.NORMAL, page=1
        )
        assert port.path == f"Product/Category/{OTHER}/CU00333414/P/1"
        assert [product.product_id for product in products][:2] == [11996474, 11997154]

    async def test_featured(self) -> None:
        api, port = documented_api("products.featured", merchant=OTHER)
        product, *_ = await api.products.featured()
        assert port.path == f"Product/Featured/{OTHER}"
        assert (product.product_id, product.category_name) == (11982546, "Flavoured Milk")

    async def test_similar(self) -> None:
        api, port = documented_api("products.similar", merchant=OTHER)
        product, *_ = await api.products.similar(product_id=11997154)
        assert port.path == f"Product/Similar/{OTHER}/11997154/0"
        assert product.title == "Sangam Eggs - Nutri, 6 Pieces Pack"

    async def test_upscale(self) -> None:
        api, port = documented_api("products.upsell", merchant=OTHER)
        products = await api.products.upsell(product_id=11996474)
        assert port.path == f"Product/UpSale/{OTHER}/11996474/0"
        assert [product.web_price for product in products] == [68, 35]

    async def test_parents(self) -> None:
        api, port = documented_api("products.parents", merchant=MERCHANT)
        variants = await api.products.parents(variant_ids=[10603855, 10604855])
        assert port.path == f"Product/{MERCHANT}/GetMultipleParentproducts"
        assert port.form == documented_request("products.parents")
        assert [(v.variant_id, v.product_id) for v in variants] == [
            (10603855, 14577393),
            (10604855, 14577393),
        ]

    async def test_no_parents_of_no_variants(self) -> None:
        api, port = documented_api("products.parents")
        assert await api.products.parents(variant_ids=[]) == ()
        assert port.requests == []


class TestDetails:
    async def test_with_attributes(self) -> None:
        api, port = documented_api("products.with_attributes", merchant=MERCHANT)
        (product,) = await api.products.with_attributes(product_id=13036942)
        # The sample's URL spells InformrationNAttr; its path does not.
        assert port.path == f"Product/InformationNAttr/{MERCHANT}/13036942"
        assert (product.product_id, product.mrp, product.inventory) == (13036942, 9999, 1200)
        assert (product.is_parent, product.is_available, product.is_in_stock) == (True, True, True)
        assert (product.starts, product.ends) == (None, None)
        assert [(a.name, a.value) for a in product.attributes][:2] == [("ClothMaterial", "1"), ("Fit", "1")]
        assert (product.delivery.is_shipped, product.delivery.is_online) == (True, False)
        assert not product.is_priced_by_quantity

    async def test_attributes(self) -> None:
        api, port = documented_api("products.attributes", merchant=MERCHANT)
        first, second = await api.products.attributes(product_id=13036942)
        assert port.path == f"Product/Attribute/{MERCHANT}/13036942"
        assert (first.attribute_id, first.reference_code, first.rank) == ("CU00366336-002", "cmat", 0)
        assert (second.name, second.group, second.data_type) == ("new", "new", "String")

    async def test_location_attributes(self) -> None:
        api, port = documented_api("products.location_attributes", merchant=MERCHANT)
        (attribute,) = await api.products.location_attributes(
            sku="formalshirt-001", variant_sku="formalshirt-var-001", location_code="Begur"
        )
        assert port.path == f"Product/LocationAttribute/{MERCHANT}/formalshirt-001/formalshirt-var-001/Begur"
        assert (attribute.attribute_id, attribute.value) == ("CU00366338-003", "Cotton_test")
        assert (attribute.sku, attribute.location_code) == ("formalshirt-001", "Begur")

    async def test_tags_of_a_product(self) -> None:
        api, port = documented_api("products.tags", merchant=f"20{MERCHANT}")
        first, *_ = await api.products.tags(product_id=13036942)
        assert port.path == f"Product/GetProductsTagsByProductId/20{MERCHANT}/13036942"
        assert (first.name, first.description) == ("Best-Prices", "")
        assert first.created_at == datetime(2018, 6, 1, 8, 46, 7, tzinfo=UTC)

    async def test_tags_of_a_product_at_a_location(self) -> None:
        api, port = documented_api("products.tags_at_location", merchant=OTHER)
        tags = await api.products.tags_at_location(product_id=11995006, location_id=18340)
        assert port.path == f"Product/GetProductsTagsByProductId/{OTHER}/11995006/18340"
        assert [tag.name for tag in tags][:2] == ["Eggtag", "13.3HF"]

    async def test_reviews(self) -> None:
        api, port = documented_api("products.reviews")
        tom, james = await api.products.reviews(sku="PZLG-WM")
        assert port.path == "Product/GetReviews/6c57599f/PZLG-WM"
        assert (tom.user_name, tom.title, tom.rating) == ("Tom", "Special occasion wear", 1)
        assert (tom.is_live, james.is_live) == (True, False)
        assert james.created_at == "10/9/2018 12:44:00 AM"

    async def test_comments(self) -> None:
        api, port = documented_api("products.comments", merchant=MERCHANT)
        first, second = await api.products.comments(product_id=13038134, post_id=28958)
        assert port.path == f"Product/Comments/13038134/28958/{MERCHANT}"
        assert (first.comment_id, first.title, first.rating) == ("5b09ffb12ac24337b48e3e1e", "Title12", 4)
        assert (first.is_live, second.is_live) == (False, True)
        assert first.parent_id == first.root_id == first.comment_id

    async def test_contents(self) -> None:
        api, port = documented_api("products.contents", merchant=OTHER)
        (content,) = await api.products.contents(product_id=14106036)
        assert port.path == f"Product/Contents/{OTHER}/14106036"
        assert (content.product_id, content.group_id) == (14106036, "51429671")
        assert (content.file_type, content.content_type) == ("AdditionalImage", "LargeImage")
        assert content.large_image.startswith("//images.sg.content-cdn.io/")

    async def test_bundle_items_without_groups(self) -> None:
        merchant = "4d00cd2b-28e8-4950-b8b9-2ecf50e88933"
        api, port = documented_api("products.bundle_items", merchant=merchant)
        items = (await api.products.bundle_items(product_id=8284396)).items
        assert port.path == f"Product/GetBundleItemsbyBundleProductId/{merchant}/8284396"
        assert len(items) == 9
        assert (items[0].variant_id, items[0].variant_sku) == (28732, "IN-veg-GreenCapsicum-Rglr-Mdm")
        assert (items[0].product_type, items[0].web_price, items[0].group_id) == ("A", 70, 0)
        assert (items[0].minimum, items[0].free) == (None, None)

    @pytest.mark.parametrize(("only_default", "word"), [(True, "true"), (False, "false")])
    async def test_bundle_items_may_be_the_default_ones_only(self, only_default: bool, word: str) -> None:
        api, port = documented_api("products.bundle_items")
        await api.products.bundle_items(product_id=8284396, only_default=only_default)
        assert port.path == f"Product/GetBundleItemsbyBundleProductId/6c57599f/8284396/{word}"

    async def test_sku_price(self) -> None:
        api, port = documented_api("products.sku_price", merchant="f48fdd16-92db-4188-854d-1ecd9b62e234")
        first, second = await api.products.sku_price(
            sku="TEQUILA11547BLK", variant_sku="11547BLK", user_group_id=67, channel_code="string"
        )
        sample = (API_SAMPLES / "products.sku_price.request.txt").read_text()
        assert port.path == "Product/Price/f48fdd16-92db-4188-854d-1ecd9b62e234"
        assert port.requests[0].headers["Content-Type"] == "application/json"
        assert json.loads(port.requests[0].body) == json.loads(sample)
        assert (first.mrp, first.web_price, first.quantity) == (6402, 6401, 1)
        assert (first.variant_sku, second.location_code) == ("0", "Azmi Nagar")

    async def test_tier_prices(self) -> None:
        user = "0639f7a6-34cc-48b2-9fd9-a80e2ed87458"
        api, port = documented_api("products.tier_prices", merchant=MERCHANT)
        tiers = await api.products.tier_prices(user_id=user, product_id=13037156, location_id=24342)
        assert port.path == f"Product/GetTierPriceDetailsbyproductId/{MERCHANT}/{user}/13037156/24342"
        assert [(t.quantity, t.mrp, t.web_price) for t in tiers] == [
            (1, Decimal(1500), Decimal(1100)),
            (3, Decimal(1400), Decimal(1000)),
        ]

    async def test_a_pin_code_that_is_not_served(self) -> None:
        api, port = documented_api("products.serviceable", merchant=OTHER)
        served = await api.products.serviceable(product_id=11997156, pin="500090", location_id=18340)
        assert port.path == f"Product/PincodeServiceability/{OTHER}/11997156"
        assert port.form == documented_request("products.serviceable")
        assert served == Serviceability(is_serviceable=False, postpaid=False, prepaid=False)


class TestTags:
    async def test_all(self) -> None:
        api, port = documented_api("tags.all", merchant=OTHER)
        tags = await api.tags.all()
        assert port.path == f"ProductTags/{OTHER}"
        assert (tags[0].name, tags[0].description) == ("Best-deals", "Best deals")

    async def test_details(self) -> None:
        api, port = documented_api("tags.details", merchant=OTHER)
        tag = await api.tags.details(tag="Featured")
        assert port.path == f"ProductTags/{OTHER}/Featured"
        assert (tag.name, tag.description, tag.created_at) == ("Featured", "Featured", None)

    async def test_details_of_no_tag(self) -> None:
        api, port = documented_api("tags.details")
        port.body = b'{"messageCode": "1004", "ProductTags": []}'
        with pytest.raises(NotFound):
            await api.tags.details(tag="Featured")

    async def test_count(self) -> None:
        api, port = documented_api("tags.count", merchant=OTHER)
        assert await api.tags.count() == 50
        assert port.path == f"ProductTags/{OTHER}/count"


class TestCategories:
    async def test_information(self) -> None:
        api, port = documented_api("categories.information", merchant="98d18d82")
        category = await api.categories.information(category_id="CU00216534")
        assert port.path == "Category/Information/98d18d82/CU00216534"
        assert (category.name, category.parent_id, category.depth) == ("Desserts", "CU00216530", 1)
        assert (category.lineage, category.is_leaf) == ("/CU00216530/CU00216534/", True)
        assert category.product_count == 2

    async def test_variant_properties(self) -> None:
        api, port = documented_api("categories.variant_properties", merchant=OTHER)
        weight, *_ = await api.categories.variant_properties(category_id="CU00373956")
        assert port.path == f"Category/{OTHER}/CU00373956/variantproperties"
        assert (weight.property_id, weight.name, weight.data_type) == (13068, "Weight", "String")
        assert (weight.values[0].value_id, weight.values[0].value) == (326232, "1000gm")


class TestStore:
    async def test_countries(self) -> None:
        api, port = documented_api("store.countries", merchant="81e77da2")
        first, *_ = await api.store.countries()
        assert port.path == "Store/Countries/81e77da2"
        assert (first.code, first.name, first.phone_code) == ("AF", "AFGHANISTAN", "93")

    async def test_states(self) -> None:
        api, port = documented_api("store.states", merchant=OTHER)
        first, *_ = await api.store.states(country_code="IN")
        assert port.path == f"Store/States/{OTHER}/IN"
        assert (first.code, first.name, first.country_code) == ("AP", "Andhra Pradesh", "IN")

    async def test_cities(self) -> None:
        api, port = documented_api("store.cities", merchant="81e77da2")
        first, *_ = await api.store.cities(state_code="KA")
        assert port.path == "Store/Cities/81e77da2/KA"
        assert (first.city_id, first.name, first.default_pin) == (32, "Bangalore", "560001")

    async def test_information(self) -> None:
        api, port = documented_api("store.information", merchant=OTHER)
        store = await api.store.information()
        assert port.path == f"Store/Information/{OTHER}"
        assert (store.name, store.street, store.pin) == ("Saamag Retail Pvt Ltd", "GachiBowli", "500032")
        assert store.city is not None
        assert store.state is not None
        assert (store.city.name, store.state.name) == ("Hyderabad", "Telangana")
        assert (store.mobile, store.delivers) == ("91-9885296960", False)
