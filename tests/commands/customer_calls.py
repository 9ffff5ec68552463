"""Calls that reach every operation of OAuth, customers and groups, and what these refuse.

A table for ``every_operation``: later steps use what earlier ones saved.
"""

from tests.commands.steps import Call, Control, Step

TOM, TOM_MOBILE = "tom.sawyer@example.com", "91-7411639213"
ANA, ANA_MOBILE, SECRET, CHANGED = "ana@example.com", "965-59990000", "secret-1", "another-2"
NOBODY = "00000000-0000-0000-0000-000000000000"
LAYLA, LAYLA_SECRET = "layla@sandbox.example", "counter-1"
ROLE = "b88fa8bb-b916-11e0-9bb5-001d7d24e786"
ANAS_DETAILS = {"UserId": "{ana}", "FirstName": "Ana", "CityName": "Salmiya", "PreferredLanguage": "ar"}
SIGNED = {
    "public_key": "{key}",
    "secret_key": "{secret}",
    "timeStamp": "{time}",
    "nonce": "{nonce}",
    "http_method": "GET",
}


def login(password: str, *, name: str = ANA, expect: int = 0) -> Call:
    """Customer Login (with Credentials)."""
    keep = {} if expect else {"ana_token": "Token.AccessToken"}
    return Call(
        "customers.login", data={"username": name, "password": password}, expect=expect, save=keep, session=""
    )


def serve(customer: str, *, expect: int = 0, keep: str = "tom_token", **other: str) -> Call:
    """Start Customer Session as the demo operator."""
    data = {"username": customer, "operatorid": "{layla}", "password": LAYLA_SECRET, "locationid": "27299"}
    found = {} if expect else {keep: "Token.AccessToken"}
    return Call("customers.start_session", data=data | other, expect=expect, save=found)


def send_otp(name: str, mobile: str, *, expect: int = 0, **more: str) -> Call:
    """Send OTP, shown to nobody but the control endpoint."""
    data = {"customer": {"UserName": name, "MobileNo": mobile, **more}}
    return Call("carts.send_otp", headers={"APISessionRequired": "true"}, data=data, expect=expect)


def validate_otp(sent: str, expect: int = 0) -> Call:
    """Validate OTP."""
    headers, form = {"APISessionRequired": "true"}, {"mobile": ANA_MOBILE, "OTP": sent}
    return Call("carts.validate_otp", headers=headers, form=form, expect=expect)


def login_with_otp(name: str, sent: str, *, expect: int = 0) -> Call:
    """Customer Login (with OTP)."""
    return Call(
        "customers.login_with_otp",
        query={"username": name, "oTP": sent},
        data={"OTP": sent, "UserName": name},
        expect=expect,
    )


def third_party(name: str = "", **fields: str) -> Call:
    """Customer Login (with Third Party Authentication), or its asynchronous sister."""
    data = {"provider": "google", "profileId": "example123", "email": ANA, **fields}
    return Call(f"customers.login_with_third_party{name}", data=data)


def register_with_third_party(name: str = "", **fields: str) -> Call:
    """A customer who comes through a third party for the first time, with all that it reports."""
    known = {"firstName": "Eva", "lastName": "Blue", "mobileNo": "965-59990001", "subscribeToOffers": "true"}
    data = {"provider": "google", "profileId": f"new{name}", "email": f"eva{name}@example.com"}
    return Call(f"customers.login_with_third_party{name}", data=data | known | fields)


def reset(name: str, *, expect: int = 0) -> Call:
    """Generate Reset ID."""
    asked = {"UserName": name, "Url": "https://store.example/reset?id="}
    return Call("customers.reset_password", data={"ResetPasswordRequest": asked}, expect=expect)


def validate_reset(name: str, kind: str, *, expect: int = 0, **proof: str) -> Call:
    """Validate Reset Request."""
    asked = {"UserName": name, "Resettype": kind, **proof}
    return Call("customers.validate_reset", data={"ResetPasswordDetails": asked}, expect=expect)


def create(expect: int = 0, **changed: str) -> Call:
    """Create Customer Account."""
    fields = {"UserName": ANA, "Password": SECRET, "MobileNo": ANA_MOBILE} | changed
    keep = {} if expect else {"ana": "Customer.UserId"}
    return Call("customers.create", data={"customer": fields}, expect=expect, save=keep)


def agent(name: str, password: str, expect: int = 0) -> Call:
    """Agent Login."""
    return Call("customers.agent_login", form={"username": name, "password": password}, expect=expect)


def attribute(user_id: str, number: str, expect: int = 0) -> Call:
    """Update Profile Attributes."""
    given = {"ProfileAttributeId": number, "ProfileAttributeValue": "Chess"}
    profile = {"UserId": user_id, "ProfileAttributes": {"ProfileAttribute": given}}
    return Call("customers.update_attributes", data={"UserProfile": profile}, expect=expect)


def address(user_id: str, address_id: str = "0", expect: int = 0) -> Call:
    """Add/Update Shipping Address."""
    fields = {
        "shippingaddressid": address_id,
        "userId": user_id,
        "firstname": "Tom",
        "lastname": "Sawyer",
        "address1": "Baghdad Street 10",
        "state": "KW2",
        "pin": "22001",
        "countrycode": "KW",
        "citycode": "846",
        "AddressType": "Home Address",
    }
    keep = {} if expect else {"address": "ShippingAddresses.0.shippingaddressid"}
    return Call("customers.save_address", data={"shippingaddress": fields}, expect=expect, save=keep)


def member(word: str, user_id: str, group: str = "8718", expect: int = 0) -> Call:
    """Add User to a Customer Group, or Remove User."""
    return Call(f"groups.{word}_member", path={"userGroupId": group, "userId": user_id}, expect=expect)


def change_v2(user_id: str, old: str, expect: int = 0) -> Call:
    """Change Password (V2)."""
    return Call(
        "customers.change_password_v2",
        path={"userId": user_id},
        headers={"APIversion": "1"},
        data={"OldPassword": old, "NewPassword": CHANGED},
        expect=expect,
        session="ana_token",
    )


OAUTH: tuple[Step, ...] = (
    Call("oauth.timestamp", save={"time": "TimeStamp"}),
    Call("oauth.nonce", save={"nonce": "Nonce"}),
    Call("oauth.signature", path=SIGNED, query={"url": "{base_url}/x"}),
    Call("oauth.signature", path=SIGNED, query={"url": "nowhere"}, expect=1016),
    Call("oauth.auth_token", path={"PublicKey": "{key}"}),
    Call("oauth.auth_token", path={"PublicKey": "SOMEBODY"}, expect=1003),
    Call("customers.all", secret="WRONG", expect=1003),
    Call("customers.all", merchant=NOBODY, expect=1045),
)

SESSIONS: tuple[Step, ...] = (
    Call(
        "customers.store_operators",
        path={"locationId": "27299", "roleid": ROLE},
        save={"layla": "StoreOperators.0.OperatorId"},
    ),
    Call("customers.store_operators", path={"locationId": "1", "roleid": ROLE}, expect=1046),
    agent(LAYLA, LAYLA_SECRET),
    agent("", "x", 1012),
    agent("nobody", "x", 1017),
    agent(LAYLA, "wrong", 1040),
    Call("customers.access_token", save={"token": "Token.AccessToken"}),
    Call("customers.validate_token", path={"accesstoken": "{token}"}),
    serve(TOM, expect=1017, operatorid=NOBODY),
    serve(TOM, expect=1046, locationid="1"),
    serve("nobody@example.com", expect=1041),
    serve("asleep@example.com", expect=1042),
    serve(TOM),
)

ACCOUNTS: tuple[Step, ...] = (
    create(1012, UserName=""),
    create(1040, Password="short"),
    create(5001, UserName=TOM),
    create(),
    Call("customers.update", data={"customer": {"UserId": "{ana}", "FirstName": "Ana"}}, expect=5001),
    Call("customers.update", data={"customer": {"UserId": NOBODY, "FirstName": "Ana"}}, expect=1017),
    login("x", name="", expect=1012),
    login("x", name="nobody@example.com", expect=1041),
    login("guess", expect=1040),
    login("x", name="asleep@example.com", expect=1042),
    login(SECRET),
    Call("customers.update", data={"customer": ANAS_DETAILS}, session="ana_token"),
    third_party(),
    third_party("_async", Token="ya29"),
    register_with_third_party(),
    register_with_third_party("_async", Token="ya29"),
    Call(
        "customers.search",
        data={
            "customerSearch": {"SearchType": "CreateDate", "FromDate": "2024/01/01", "ToDate": "2040/01/01"}
        },
    ),
    change_v2("{ana}", "wrong", 1040),
    change_v2("{ana}", SECRET),
    change_v2("{ana}", SECRET, 1040),
    Call("customers.change_password", path={"UserId": NOBODY}, query={"password": CHANGED}, expect=1017),
    Call("customers.change_password", path={"UserId": "{ana}"}, query={"password": "x"}, expect=1040),
    Call("customers.change_password", path={"UserId": "{ana}"}, query={"password": SECRET}),
    Call("customers.deactivate", path={"UserId": "{ana}"}),
    login(SECRET, expect=1042),
    Call("customers.activate", path={"UserId": "{ana}"}),
    Call("customers.activate", path={"UserId": NOBODY}, expect=1017),
    login(SECRET),
    send_otp("", ANA_MOBILE, expect=1012),
    send_otp(TOM, ANA_MOBILE, expect=5001),
    send_otp(ANA, ANA_MOBILE, expect=1045, merchantId=NOBODY),
    send_otp(ANA, ANA_MOBILE),
    Control("otps", save={"sent": "otps.0.code"}),
    login_with_otp(ANA, "wrong", expect=1038),
    login_with_otp(ANA, "{sent}"),
    send_otp(ANA, ANA_MOBILE),
    Control("otps", save={"sent": "otps.0.code"}),
    validate_otp("wrong", 1038),
    validate_otp("{sent}"),
    reset("", expect=1012),
    reset("nobody@example.com", expect=1041),
    reset(ANA),
    Control("otps", save={"reset": "resets.0.reset_id"}),
    validate_reset(ANA, "post", expect=1016),
    validate_reset(ANA, "mobile", expect=1038, OTP="wrong"),
    validate_reset(ANA, "email", resetid="{reset}"),
    *(login("guess", expect=1040) for _ in range(5)),
    login(SECRET, expect=1032),
    Call("customers.logout", session="ana_token"),
    Call("customers.logout", session="ana_token", expect=1003),
)

PROFILES: tuple[Step, ...] = (
    Call(
        "customers.search",
        data={"customerSearch": {"UserName": "tom.sawyer"}},
        save={"tom": "Customers.0.UserId"},
    ),
    Call("customers.search", data={"customerSearch": {"FromDate": "soon"}}, expect=1016),
    Call("customers.details", path={"UserId": "{tom}"}),
    Call("customers.details", path={"UserId": NOBODY}, expect=1017),
    Call("customers.all"),
    Call("customers.count"),
    attribute("{tom}", "660"),
    attribute("{tom}", "1", 1016),
    address("{tom}"),
    address("{tom}", "77", 1009),
    address(NOBODY, expect=1017),
    Call("customers.addresses", path={"UserId": "{tom}"}, headers={"apiversion": "4"}),
    Call("customers.delete_address", path={"UserId": "{tom}", "ShippingAddressId": "{address}"}),
    Call("customers.delete_address", path={"UserId": "{tom}", "ShippingAddressId": "{address}"}, expect=1009),
    Call("customers.saved_cart", path={"UserId": "{tom}"}),
    Call("customers.saved_cart", path={"UserId": NOBODY}, expect=1017),
    member("add", "{tom}"),
    member("add", NOBODY, expect=1017),
    Call("groups.details", path={"userGroupId": "8718"}),
    Call("groups.details", path={"userGroupId": "1"}, expect=1009),
    Call("groups.members", path={"userGroupId": "8718"}),
    Call("groups.of_customer", path={"userId": "{tom}"}),
    Call("groups.all"),
    member("remove", "{tom}"),
    member("remove", "{tom}", expect=1009),
)

STEPS: tuple[Step, ...] = (*OAUTH, *SESSIONS, *ACCOUNTS, *PROFILES)
