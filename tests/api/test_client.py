"""Every service against the sandbox, signed and over ASGI."""

from dataclasses import replace
from decimal import Decimal
from random import Random

import pytest
from pydantic import SecretStr

from console.api.carts.requests import CartItemRequest, WireDeliveryMode
from console.api.client import ApiClient
from console.api.customers.models import CustomerAccountDetails, SessionToken
from console.api.errors import (
    CartRefused,
    InvalidInput,
    NotAuthorised,
    NotFound,
    SessionExpired,
    SignInRefused,
    WrongPassword,
)
from console.api.products.models import ProductSearch
from console.api.transport.auth import AuthToken, OAuth1, SignaturePath, SignaturePlacement
from console.api.transport.endpoint import Endpoint
from console.sandbox import auth as sandbox_auth
from console.sandbox.app import Sandbox, create_app
from console.sandbox.store import Store
from console.sandbox.switches import Switches

pytestmark = pytest.mark.anyio

NOW = 1_753_000_000
HERE = 27299
GARLIC_BREAD = 13047603
WINGS = 13047607
SIX_WINGS = 9758585


@pytest.fixture
async def session(api: ApiClient, store: Store) -> SessionToken:
    demo = store.demo_access()
    operator = demo.operators[0]
    password = SecretStr(operator.password)
    agent = await api.customers.agent_login(user_name=operator.username, password=password)
    walk_in = await api.customers.access_token()
    return await api.customers.start_session(
        user_name="tom.sawyer@example.com",
        operator_id=agent.agent_id,
        password=password,
        location_id=HERE,
        token=walk_in.access_token,
    )


async def test_the_platforms_clock(api: ApiClient) -> None:
    assert (await api.oauth.timestamp()).seconds == NOW


class TestOperators:
    async def test_an_operator_signs_in(self, api: ApiClient, store: Store) -> None:
        operator = store.demo_access().operators[1]

        agent = await api.customers.agent_login(
            user_name=operator.username, password=SecretStr(operator.password)
        )

        assert f"{agent.first_name} {agent.last_name}" == operator.name
        assert tuple(place.location_id for place in agent.locations) == operator.locations

    async def test_a_wrong_password_says_so(self, api: ApiClient, store: Store) -> None:
        with pytest.raises(WrongPassword):
            await api.customers.agent_login(
                user_name=store.demo_access().operators[0].username, password=SecretStr("guess")
            )

    async def test_nobody_of_that_name_says_so(self, api: ApiClient) -> None:
        with pytest.raises(SignInRefused):
            await api.customers.agent_login(user_name="nobody@example.com", password=SecretStr("guess"))


class TestSessions:
    async def test_a_session_lives_until_it_is_logged_out(
        self, api: ApiClient, session: SessionToken
    ) -> None:
        token = session.access_token
        assert await api.customers.validate_token(token=token)

        await api.customers.logout(token=token)

        assert not await api.customers.validate_token(token=token)

    async def test_expired_session_is_distinguished_from_a_wrong_key(
        self, api: ApiClient, store: Store, session: SessionToken
    ) -> None:
        store.expire_sessions()

        with pytest.raises(SessionExpired):
            await api.carts.by_token(token=session.access_token)

    async def test_a_session_wants_a_customer_that_exists(self, api: ApiClient, store: Store) -> None:
        operator = store.demo_access().operators[0]
        password = SecretStr(operator.password)
        agent = await api.customers.agent_login(user_name=operator.username, password=password)

        with pytest.raises(NotFound):
            await api.customers.start_session(
                user_name="nobody@example.com",
                operator_id=agent.agent_id,
                password=password,
                location_id=HERE,
                token=(await api.customers.access_token()).access_token,
            )


class TestCustomers:
    @pytest.mark.parametrize("by", ["user_name", "mobile", "email"])
    async def test_a_part_is_enough_to_find_a_customer(self, api: ApiClient, by: str) -> None:
        part = {"user_name": "tom.saw", "mobile": "741163921", "email": "tom.sawyer"}[by]

        found = await api.customers.search(**{by: part})

        assert "Sawyer" in {customer.last_name for customer in found}

    async def test_nobody_found_is_no_error(self, api: ApiClient) -> None:
        assert await api.customers.search(email="zzzzqq") == ()

    async def test_a_search_for_nothing_is_the_callers_fault(self, api: ApiClient) -> None:
        with pytest.raises(ValueError, match="needs a user name"):
            await api.customers.search()

    async def test_details_and_groups(self, api: ApiClient, session: SessionToken) -> None:
        customer = await api.customers.details(user_id=session.user_id)
        groups = await api.groups.of_customer(user_id=session.user_id)

        assert customer.user_name == "tom.sawyer@example.com"
        assert all(group.name for group in groups)

    async def test_a_customer_who_is_not_there(self, api: ApiClient) -> None:
        with pytest.raises(NotFound):
            await api.customers.details(user_id="132d3c1d-7d71-4b87-9a69-a4d216d634fa")

    async def test_a_new_customer_is_found_by_mobile(self, api: ApiClient) -> None:
        details = CustomerAccountDetails(user_name="new@example.com", first_name="Noor", mobile="96550917263")

        created = await api.customers.create(details=details, password=SecretStr("Abc-12345"))

        (found,) = await api.customers.search(mobile="50917263")
        assert found.user_id == created.user_id

    async def test_a_user_name_is_taken_once(self, api: ApiClient) -> None:
        details = CustomerAccountDetails(
            user_name="tom.sawyer@example.com", first_name="Tom", mobile="96550000002"
        )

        with pytest.raises(InvalidInput, match="taken"):
            await api.customers.create(details=details, password=SecretStr("Abc-12345"))

    async def test_details_are_changed_in_the_customers_session(
        self, api: ApiClient, session: SessionToken
    ) -> None:
        await api.customers.update(
            user_id=session.user_id,
            details=CustomerAccountDetails(first_name="Thomas"),
            token=session.access_token,
        )

        assert (await api.customers.details(user_id=session.user_id)).first_name == "Thomas"

    async def test_markup_and_escapes_in_a_name_are_text(self, api: ApiClient) -> None:
        (hostile,) = await api.customers.search(user_name="escape@example.com")

        assert "\x1b" not in repr(hostile)


class TestProducts:
    async def test_pages_of_ids_lead_to_products(self, api: ApiClient) -> None:
        ids = await api.products.search(ProductSearch(page=1, page_size=10))
        products = await api.products.multiple(product_ids=ids)

        assert len(ids) == 10
        assert [product.product_id for product in products] == list(ids)

    async def test_what_is_typed_is_completed(self, api: ApiClient) -> None:
        ids = await api.products.auto_complete(keyword="garlic", location_id=HERE)

        assert GARLIC_BREAD in ids

    @pytest.mark.parametrize("keyword", ["zzzz", "..", "/", " "])
    async def test_finding_nothing_is_no_error(self, api: ApiClient, keyword: str) -> None:
        assert await api.products.auto_complete(keyword=keyword, location_id=HERE) == ()

    async def test_a_category(self, api: ApiClient) -> None:
        category_id = (await api.products.by_sku(sku="SD-GARLIC-BREAD")).category_id

        products = await api.products.by_category(category_id=category_id)

        assert GARLIC_BREAD in {product.product_id for product in products}
        assert await api.products.by_category(category_id="CU00000000") == ()

    async def test_information_has_the_locations_stock(self, api: ApiClient) -> None:
        product = await api.products.information(product_id=GARLIC_BREAD, location_id=HERE)

        assert product.web_price == Decimal("0.75")
        assert product.inventory is not None

    @pytest.mark.parametrize("sku", ["NO-SUCH", "a/b c?d=1&e#f", "%2e%2e"])
    async def test_a_sku_is_one_segment_of_the_path_whatever_is_in_it(self, api: ApiClient, sku: str) -> None:
        with pytest.raises(NotFound):
            await api.products.by_sku(sku=sku)

    @pytest.mark.parametrize("sku", ["", ".", ".."])
    async def test_a_sku_that_would_name_another_path_is_not_sent(self, api: ApiClient, sku: str) -> None:
        with pytest.raises(InvalidInput):
            await api.products.by_sku(sku=sku)

    async def test_variants_by_parent_and_by_id_agree(self, api: ApiClient) -> None:
        variants = await api.products.variants(product_id=WINGS)

        assert await api.products.variant(variant_id=variants[0].variant_id) == variants[0]
        assert await api.products.variants(product_id=GARLIC_BREAD) == ()

    async def test_a_product_that_is_not_there(self, api: ApiClient) -> None:
        assert await api.products.variants(product_id=1) == ()
        with pytest.raises(NotFound):
            await api.products.variant(variant_id=1)
        with pytest.raises(NotFound):
            await api.products.information(product_id=1, location_id=HERE)

    async def test_stock_at_every_location_by_variant(self, api: ApiClient) -> None:
        stock = await api.products.stock_by_location(product_id=WINGS)

        assert len({row.location_id for row in stock}) >= 6
        assert SIX_WINGS in {row.variant_id for row in stock}

    async def test_a_location_gives_what_it_has(self, api: ApiClient) -> None:
        location = await api.locations.information(location_id=HERE)
        ask = api.products.validate_location

        assert await ask(product_id=GARLIC_BREAD, pin=location.pin, location_id=HERE, quantity=1)
        assert not await ask(product_id=GARLIC_BREAD, pin=location.pin, location_id=HERE, quantity=99_999)
        assert not await ask(product_id=GARLIC_BREAD, pin="99999", location_id=HERE, quantity=1)


class TestLocations:
    async def test_all_stores_and_one(self, api: ApiClient) -> None:
        stores = await api.locations.search()
        here = await api.locations.information(location_id=HERE)

        assert len(stores) >= 6
        assert here.name in {store.name for store in stores}
        assert here.latitude

    async def test_a_store_that_is_not_there(self, api: ApiClient) -> None:
        with pytest.raises(NotFound):
            await api.locations.information(location_id=1)


def bread(quantity: int = 1) -> CartItemRequest:
    return CartItemRequest(product_id=GARLIC_BREAD, location_id=HERE, quantity=quantity)


def wings() -> CartItemRequest:
    return CartItemRequest(product_id=WINGS, variant_id=SIX_WINGS, location_id=HERE)


class TestCarts:
    async def test_a_new_session_has_an_empty_cart(self, api: ApiClient, session: SessionToken) -> None:
        assert (await api.carts.by_token(token=session.access_token)).items == ()

    async def test_a_walk_in_has_a_cart_too(self, api: ApiClient) -> None:
        token = (await api.customers.access_token()).access_token

        await api.carts.add_items(token=token, items=[bread()], delivery_mode=WireDeliveryMode.PICKUP)

        assert [item.product_id for item in (await api.carts.by_token(token=token)).items] == [GARLIC_BREAD]

    async def test_adding_changing_and_removing(self, api: ApiClient, session: SessionToken) -> None:
        token = session.access_token

        added = await api.carts.add_items(
            token=token, items=[bread(2), wings()], delivery_mode=WireDeliveryMode.PICKUP
        )
        key = next(i.reference_key for i in added.cart.items if i.product_id == GARLIC_BREAD)
        changed = await api.carts.update_quantity(token=token, reference_key=key, quantity=5)
        key = next(i.reference_key for i in changed.cart.items if i.product_id == WINGS)
        await api.carts.remove(token=token, reference_key=key, quantity=1)

        cart = await api.carts.by_token(token=token)
        assert added.cart.total == Decimal("3.0")
        assert [(item.product_id, item.quantity) for item in cart.items] == [(GARLIC_BREAD, 5)]
        assert cart.currency == "KWD"

    async def test_a_cart_says_why_it_refuses(self, api: ApiClient, session: SessionToken) -> None:
        with pytest.raises(CartRefused, match="variant") as caught:
            await api.carts.add_items(
                token=session.access_token,
                items=[CartItemRequest(product_id=WINGS, variant_id=1, location_id=HERE)],
                delivery_mode=WireDeliveryMode.PICKUP,
            )

        assert caught.value.code == 5007
        assert not caught.value.outcome_unknown

    async def test_one_of_several_may_fail_alone(
        self, api: ApiClient, session: SessionToken, sandbox: Sandbox
    ) -> None:
        sandbox.state.switches.current = Switches(refuse=frozenset({GARLIC_BREAD}))

        response = await api.carts.add_items(
            token=session.access_token, items=[bread(), wings()], delivery_mode=WireDeliveryMode.PICKUP
        )

        assert [item.product_id for item in response.cart.items] == [WINGS]
        assert [(failed.product_id, failed.code) for failed in response.failed_items] == [
            (GARLIC_BREAD, 5004)
        ]

    async def test_a_key_that_is_gone_is_not_found(self, api: ApiClient, session: SessionToken) -> None:
        with pytest.raises(NotFound):
            await api.carts.update_quantity(
                token=session.access_token, reference_key="18e18f60-a1a9-44f0-b256-536e2fe0a3a7", quantity=2
            )


class TestAuthentication:
    """Each documented authentication, against a sandbox that accepts only that one."""

    @pytest.mark.parametrize("place", list(SignaturePlacement))
    @pytest.mark.parametrize("sign_body", [False, True])
    @pytest.mark.parametrize("signed_path", list(SignaturePath))
    async def test_oauth(
        self, store: Store, place: SignaturePlacement, sign_body: bool, signed_path: SignaturePath
    ) -> None:
        rules = sandbox_auth.AuthRules(
            oauth_place=sandbox_auth.AcceptedOauthPlace(place),
            sign_body=sandbox_auth.AcceptedSignedBody("yes" if sign_body else "no"),
            signed_path=sandbox_auth.AcceptedSignedPath(signed_path),
        )
        demo = store.demo_access()
        auth = OAuth1(
            demo.consumer_key,
            demo.consumer_secret,
            placement=place,
            sign_body=sign_body,
            signed_path=signed_path,
        )
        app = create_app(store, auth=rules)
        api = ApiClient(Endpoint("http://x.localhost", demo.merchant_id, auth, app=app), clock=lambda: NOW)

        assert await api.customers.search(user_name="tom")
        assert await api.locations.search()
        await api.aclose()

    async def test_a_token_made_beforehand(self, store: Store, endpoint: Endpoint) -> None:
        demo = store.demo_access()
        api = ApiClient(replace(endpoint, auth=AuthToken(demo.consumer_key, demo.auth_token)))

        assert await api.locations.search()
        await api.aclose()

    async def test_a_wrong_secret_is_refused(self, store: Store, endpoint: Endpoint) -> None:
        demo = store.demo_access()
        api = ApiClient(
            replace(endpoint, auth=OAuth1(demo.consumer_key, "another")), clock=lambda: NOW, random=Random(1)
        )

        with pytest.raises(NotAuthorised):
            await api.locations.search()
        await api.aclose()
