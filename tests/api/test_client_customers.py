"""Customers, groups, one-time passwords and OAuth against the sandbox: each write is confirmed by a read."""

from dataclasses import replace
from datetime import UTC, date, datetime

import httpx
import pytest
from pydantic import SecretStr

from console.api.carts.requests import CartItemRequest, WireDeliveryMode
from console.api.client import ApiClient
from console.api.customers.models import CustomerAccountDetails
from console.api.customers.requests import AddressDetails, AddressType, Provider, ResetType, ThirdPartyProfile
from console.api.errors import (
    AccountLocked,
    InvalidInput,
    NotAuthorised,
    NotFound,
    SignInRefused,
    WrongPassword,
)
from console.api.transport.auth import AuthToken
from console.api.transport.endpoint import Endpoint
from console.sandbox.app import Sandbox
from console.sandbox.store import Store

pytestmark = pytest.mark.anyio

NOW = 1_753_000_000
TOM, TOM_MOBILE = "tom.sawyer@example.com", "91-7411639213"
ANA, SECRET, OTHER = "ana@example.com", SecretStr("secret-1"), SecretStr("another-2")
NOBODY = "00000000-0000-0000-0000-000000000000"
STAFF = 8718


@pytest.fixture
async def ana(api: ApiClient) -> str:
    """Create a customer with a password; return her id."""
    details = CustomerAccountDetails(user_name=ANA, first_name="Ana", mobile="965-59990000")
    return (await api.customers.create(details=details, password=SECRET)).user_id


@pytest.fixture
async def tom(api: ApiClient) -> str:
    """Return Tom's id."""
    (found,) = await api.customers.search(user_name=TOM)
    return found.user_id


async def shown(sandbox: Sandbox) -> dict:
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=sandbox)) as client:
        return (await client.get("http://sandbox.localhost/sandbox/otps")).json()


async def the_code(sandbox: Sandbox) -> SecretStr:
    (one,) = (await shown(sandbox))["otps"]
    return SecretStr(one["code"])


class TestLogin:
    async def test_a_password_opens_a_session(self, api: ApiClient, ana: str) -> None:
        token = await api.customers.login(user_name=ANA, password=SECRET)

        assert token.user_id == ana
        assert await api.customers.validate_token(token=token.access_token)

    async def test_five_wrong_passwords_lock_the_account(self, api: ApiClient, ana: str) -> None:
        for _ in range(5):
            with pytest.raises(WrongPassword):
                await api.customers.login(user_name=ANA, password=OTHER)

        with pytest.raises(AccountLocked):
            await api.customers.login(user_name=ANA, password=SECRET)

    async def test_nobody_of_that_name_says_so(self, api: ApiClient) -> None:
        with pytest.raises(NotFound):
            await api.customers.login(user_name=ANA, password=SECRET)

    async def test_a_one_time_password_opens_a_session_once(
        self, api: ApiClient, sandbox: Sandbox, tom: str
    ) -> None:
        issued = await api.carts.send_otp(user_name=TOM, mobile=TOM_MOBILE)
        otp = await the_code(sandbox)

        token = await api.customers.login_with_otp(user_name=TOM, otp=otp, otp_token=issued.token)

        assert token.user_id == tom
        with pytest.raises(InvalidInput, match="one-time password"):
            await api.customers.login_with_otp(user_name=TOM, otp=otp)

    async def test_a_one_time_password_is_checked_by_its_mobile(
        self, api: ApiClient, sandbox: Sandbox
    ) -> None:
        await api.carts.send_otp(user_name=TOM, mobile=TOM_MOBILE)

        with pytest.raises(InvalidInput):
            await api.carts.validate_otp(mobile=TOM_MOBILE, otp=SecretStr("x"))
        await api.carts.validate_otp(mobile=TOM_MOBILE, otp=await the_code(sandbox))

    async def test_a_third_party_vouches_for_old_and_new(self, api: ApiClient, ana: str) -> None:
        profile = ThirdPartyProfile(Provider.GOOGLE, "1", email=ANA, token=SecretStr("ya29"))

        known = await api.customers.login_with_third_party_async(profile=profile)
        again = await api.customers.login_with_third_party(profile=replace(profile, email="new@example.com"))
        other = replace(profile, profile_id="2", email="new@example.com")
        new = await api.customers.login_with_third_party(profile=other)

        assert known.user_id == again.user_id == ana
        assert (await api.customers.details(user_id=new.user_id)).user_name == "new@example.com"


class TestPasswords:
    async def test_a_changed_one_is_what_login_accepts(self, api: ApiClient, ana: str) -> None:
        session = await api.customers.login(user_name=ANA, password=SECRET)
        await api.customers.change_password_v2(user_id=ana, old=SECRET, new=OTHER, token=session.access_token)
        await api.customers.login(user_name=ANA, password=OTHER)

        await api.customers.change_password(user_id=ana, password=SECRET)
        await api.customers.login(user_name=ANA, password=SECRET)

    @pytest.mark.parametrize("kind", list(ResetType))
    async def test_a_reset_is_proved_by_what_was_sent(
        self, api: ApiClient, sandbox: Sandbox, ana: str, kind: ResetType
    ) -> None:
        name = ANA if kind is ResetType.EMAIL else "965-59990000"
        token = (await api.customers.access_token()).access_token
        await api.customers.reset_password(user_name=name, url="https://store.example/?id=", token=token)
        sent = await shown(sandbox)
        proof = sent["resets"][0]["reset_id"] if kind is ResetType.EMAIL else sent["otps"][0]["code"]

        proved = await api.customers.validate_reset(
            user_name=name, kind=kind, proof=SecretStr(proof), token=token
        )

        assert proved == ana
        with pytest.raises(InvalidInput):
            await api.customers.validate_reset(user_name=name, kind=kind, proof=SecretStr(proof), token=token)


class TestDirectory:
    async def test_deactivating_stops_sign_in_until_activated(self, api: ApiClient, ana: str) -> None:
        await api.customers.deactivate(user_id=ana)
        with pytest.raises(SignInRefused):
            await api.customers.login(user_name=ANA, password=SECRET)
        assert not (await api.customers.details(user_id=ana)).is_activated

        await api.customers.activate(user_id=ana)
        assert (await api.customers.login(user_name=ANA, password=SECRET)).user_id == ana

    async def test_a_new_customer_is_counted_listed_and_found_by_day(
        self, api: ApiClient, store: Store
    ) -> None:
        before = await api.customers.count()
        await api.customers.create(details=CustomerAccountDetails(user_name=ANA), password=SECRET)
        today = datetime.fromtimestamp(NOW, UTC).date()

        assert await api.customers.count() == before + 1 == len(await api.customers.all())
        found = await api.customers.search_by_date(first_day=today, last_day=today)
        assert [customer.user_name for customer in found] == [ANA]
        assert (
            await api.customers.search_by_date(first_day=date(2019, 4, 25), last_day=date(2019, 4, 25)) == ()
        )

    async def test_operators_of_a_role(self, api: ApiClient, store: Store) -> None:
        layla = store.merchant.operators[0]

        found = await api.customers.store_operators(role_id=layla.role_id)
        elsewhere = await api.customers.store_operators(role_id=layla.role_id, location_id=22612)

        assert layla.operator_id in {operator.operator_id for operator in found}
        assert [operator.first_name for operator in elsewhere] == ["Omar"]
        with pytest.raises(InvalidInput):
            await api.customers.store_operators(role_id=layla.role_id, location_id=1)


class TestProfile:
    async def test_an_attribute_is_in_the_details(self, api: ApiClient, tom: str) -> None:
        token = (await api.customers.access_token()).access_token

        await api.customers.update_attributes(user_id=tom, attribute_id=660, value="Chess", token=token)

        (stored,) = (await api.customers.details(user_id=tom)).attributes
        assert (stored.attribute_id, stored.name, stored.value) == (660, "Favorite Game", "Chess")

    async def test_an_address_is_added_changed_and_deleted(self, api: ApiClient, tom: str) -> None:
        address = AddressDetails(
            user_id=tom, first_name="Tom", last_name="Sawyer", address1="Baghdad Street 10", city="846"
        )
        address_id = await api.customers.save_address(address=address)
        changed = replace(address, address_id=address_id, pin="32001", kind=AddressType.OFFICE)
        assert await api.customers.save_address(address=changed) == address_id

        (stored,) = await api.customers.addresses(user_id=tom)
        assert (stored.address_id, stored.pin, stored.city_name, stored.kind) == (
            address_id,
            "32001",
            "Hawalli",
            "2",
        )

        await api.customers.delete_address(user_id=tom, address_id=address_id)
        assert await api.customers.addresses(user_id=tom) == ()
        with pytest.raises(NotFound):
            await api.customers.delete_address(user_id=tom, address_id=address_id)

    async def test_a_cart_left_behind_is_saved(self, api: ApiClient, ana: str) -> None:
        token = (await api.customers.login(user_name=ANA, password=SECRET)).access_token
        item = CartItemRequest(product_id=13047603, location_id=27299)
        await api.carts.add_items(token=token, items=[item], delivery_mode=WireDeliveryMode.PICKUP)
        assert await api.customers.saved_cart(user_id=ana) == ()

        await api.customers.logout(token=token)

        (saved,) = await api.customers.saved_cart(user_id=ana)
        assert (saved.product_id, saved.is_in_stock) == (13047603, True)


class TestGroups:
    async def test_members_and_their_count_follow_a_change(self, api: ApiClient, ana: str) -> None:
        before = await api.groups.details(group_id=STAFF)

        await api.groups.add_member(group_id=STAFF, user_id=ana)

        assert (await api.groups.details(group_id=STAFF)).member_count == before.member_count + 1
        assert ana in {member.user_id for member in await api.groups.members(group_id=STAFF)}
        assert [group.group_id for group in await api.groups.of_customer(user_id=ana)] == [STAFF]

        await api.groups.remove_member(group_id=STAFF, user_id=ana)

        assert before in await api.groups.all()
        with pytest.raises(NotFound):
            await api.groups.remove_member(group_id=STAFF, user_id=ana)

    async def test_what_is_not_there_says_so(self, api: ApiClient) -> None:
        with pytest.raises(NotFound):
            await api.groups.details(group_id=1)
        with pytest.raises(NotFound):
            await api.groups.add_member(group_id=STAFF, user_id=NOBODY)


class TestOAuth:
    async def test_the_token_of_a_key_is_accepted(
        self, api: ApiClient, endpoint: Endpoint, store: Store
    ) -> None:
        key = store.demo_access().consumer_key
        token = await api.oauth.auth_token(public_key=key)
        by_token = replace(endpoint, auth=AuthToken(key, token.get_secret_value()))

        other = ApiClient(by_token, clock=lambda: NOW)
        assert await other.customers.count() > 0
        await other.aclose()

    async def test_no_nonce_is_given_twice(self, api: ApiClient) -> None:
        assert await api.oauth.nonce() != await api.oauth.nonce()

    async def test_a_signature_is_made_of_the_right_secret_alone(self, api: ApiClient, store: Store) -> None:
        async def signature(secret: str) -> str:
            return await api.oauth.signature(
                public_key=store.demo_access().consumer_key,
                secret_key=SecretStr(secret),
                seconds=NOW,
                nonce="5681074",
                method="GET",
                url="http://sandbox.localhost/developerapi/Customer/x/Count?a=b&c=d",
            )

        assert len(await signature(store.demo_access().consumer_secret)) == 28
        with pytest.raises(NotAuthorised) as caught:
            await signature("WRONG0SECRET")
        assert "WRONG0" not in f"{caught.value}{caught.value.diagnostics}"
