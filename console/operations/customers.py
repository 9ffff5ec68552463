"""The operation rows of customers and their groups."""

from console.operations.operation import READ, WRITE, Body, Operation, fields

# fmt: off
# One row each: name, resource, title, method / path, effect, body, session, envelope / parameters.
ROWS: tuple[Operation, ...] = (
    Operation(
        "customers.create", "Customer", "Create Customer Account", "POST",
        "Customer/{merchantId}/Create", WRITE, Body.INPUT_DATA, own_connection=True, envelope="Customer",
        fields=fields(
            "UserName*", "Password*", "CommunicationType", "City", "CityName", "State", "StateName",
            "Country", "CountryName", "IsReceiveOffers", "PreferredLanguage",
        ),
    ),
    Operation(
        "customers.update", "Customer", "Update Customer Details", "POST",
        "Customer/{merchantId}/Update", WRITE, Body.INPUT_DATA, session=True,
        fields=fields(
            "UserId*", "City", "CityName", "State", "StateName", "Country", "CountryName",
            "PreferredLanguage",
        ),
    ),
    Operation(
        "customers.login_with_otp", "Customer", "Customer Login (with OTP)", "POST",
        "Customer/{merchantId}/LoginWithOTP/true", WRITE, Body.INPUT_DATA, session=True, token_optional=True,
        envelope="Token",
        query=fields("username*", "oTP*"),
        headers=fields("otptoken"),
        fields=fields("OTP*", "UserName*"),
    ),
    Operation(
        "customers.login", "Customer", "Customer Login (with Credentials)", "POST",
        "Customer/{merchantId}/login", WRITE, Body.INPUT_DATA, envelope="Token",
        fields=fields("username*", "password*"),
    ),
    Operation(
        "customers.login_with_third_party", "Customer", "Customer Login (with Third Party Authentication)", "POST",
        "Customer/{merchantId}/LoginWithThirdPartyProvider", WRITE, Body.INPUT_DATA, envelope="Token",
        fields=fields(
            "provider", "profileId", "email", "firstName", "lastName", "gender", "loginId", "mobileNo",
            "subscribeToOffers",
        ),
    ),
    Operation(
        "customers.login_with_third_party_async", "Customer", "Customer Login (with Third Party Async)", "POST",
        "Customer/{merchantId}/LoginWithThirdPartyProviderAsync", WRITE, Body.INPUT_DATA, envelope="Token",
        fields=fields(
            "provider*", "profileId*", "email", "firstName", "lastName", "gender", "loginId", "Token*",
            "mobileNo", "subscribeToOffers",
        ),
    ),
    Operation(
        "customers.start_session", "Customer", "Start Customer Session", "POST",
        "Customer/{merchantId}/StartCustomerSession", WRITE, Body.MERCHANT_INPUT_DATA, session=True, own_connection=True,
        envelope="Token",
        fields=fields("username", "operatorid", "password", "locationid"),
    ),
    Operation(
        "customers.change_password", "Customer", "Change Password", "POST",
        "Customer/{merchantId}/{UserId}/ChangePassword", WRITE,
        query=fields("password*"),
    ),
    Operation(
        "customers.change_password_v2", "Customer", "Change Password (V2)", "POST",
        "Customer/v2/changePassword/{merchantId}/{userId}", WRITE, Body.INPUT_DATA, session=True,
        headers=fields("APIversion*"),
        fields=fields("OldPassword*", "NewPassword*"),
    ),
    Operation(
        "customers.reset_password", "Customer", "Generate Reset ID (V2 - ResetPassword)", "POST",
        "Customer/{merchantId}/v2/resetPassword", WRITE, Body.INPUT_DATA, session=True,
        fields=fields("UserName*", "Url"),
    ),
    Operation(
        "customers.validate_reset", "Customer", "Validate Reset Request", "POST",
        "Customer/{merchantId}/ValidateResetRequest", WRITE, Body.INPUT_DATA, session=True, envelope="UserId",
        fields=fields("UserName*", "Resettype*", "resetid", "OTP"),
    ),
    Operation(
        "customers.logout", "Customer", "Customer Logout", "POST",
        "Customer/{merchantId}/Logout", WRITE, session=True,
    ),
    Operation(
        "customers.access_token", "Customer", "Get Access Token", "POST",
        "Customer/GetAccessToken/{merchantId}", WRITE, own_connection=True, envelope="Token",
    ),
    Operation(
        "customers.validate_token", "Customer", "Validate Access Token", "GET",
        "Customer/{merchantId}/{accesstoken}/ValidateToken", READ, envelope="SessionValid",
    ),
    Operation(
        "customers.activate", "Customer", "Activate User Account", "GET",
        "Customer/Activation/{merchantId}/{UserId}", WRITE,
    ),
    Operation(
        "customers.deactivate", "Customer", "Deactivate User Account", "GET",
        "Customer/DeActivation/{merchantId}/{UserId}", WRITE,
    ),
    Operation(
        "customers.search", "Customer", "Search Customers", "POST",
        "Customer/{merchantId}/Search", READ, Body.INPUT_DATA, envelope="Customers",
        fields=fields("UserName", "mobile", "email", "SearchType", "FromDate", "ToDate"),
    ),
    Operation(
        "customers.details", "Customer", "Get Customer Details", "GET",
        "Customer/{merchantId}/{UserId}", READ, envelope="Customer",
    ),
    Operation(
        "customers.all", "Customer", "Get All Customers", "GET",
        "Customer/{merchantId}/All", READ, envelope="Customers",
    ),
    Operation(
        "customers.saved_cart", "Customer", "Get Saved Cart Items", "GET",
        "Customer/SavedCart/{merchantId}/{UserId}", READ, envelope="SavedCartItems",
    ),
    Operation(
        "customers.count", "Customer", "Get Customer Count", "GET",
        "Customer/{merchantId}/Count", READ, envelope="Count",
    ),
    Operation(
        "customers.update_attributes", "Customer", "Update Profile Attributes (Custom Fields)", "POST",
        "Customer/{merchantId}/UpdateUserProfile", WRITE, Body.INPUT_DATA, session=True,
        fields=fields("UserId", "ProfileAttributeId*", "ProfileAttributeValue"),
    ),
    Operation(
        "customers.save_address", "Customer", "Add/Update Shipping Address", "POST",
        "Customer/AddShippingAddress/{merchantId}", WRITE, Body.INPUT_DATA, envelope="ShippingAddresses",
        fields=fields(
            "ShippingAddressId*", "userId*", "firstname*", "lastname*", "address1*", "address2", "state",
            "pin", "countrycode", "citycode", "phoneno", "mobileno", "email", "addressType",
        ),
    ),
    Operation(
        "customers.addresses", "Customer", "Get Customer's Shipping Address", "GET",
        "Customer/GetShippingAddress/{merchantId}/{UserId}", READ, envelope="ShippingAddresses",
        headers=fields("apiversion*"),
    ),
    Operation(
        "customers.delete_address", "Customer", "Delete Shipping Address", "GET",
        "Customer/DeleteShippingAddress/{merchantId}/{UserId}/{ShippingAddressId}", WRITE,
    ),
    Operation(
        "customers.store_operators", "Customer", "Get Store Operators", "GET",
        "Customer/GetStoreOperators/{merchantId}/{locationId}/{roleid}", READ, envelope="StoreOperators",
    ),
    Operation(
        "customers.agent_login", "Customer", "Agent Login", "POST",
        "Customer/{merchantId}/AgentLogin", READ, Body.MERCHANT_FORM, own_connection=True, envelope="AgentDetails",
        fields=fields("username*", "password*"),
    ),
    # Customer Groups
    Operation(
        "groups.add_member", "Customer Groups", "Add User to a Customer Group", "GET",
        "CustomerGroups/Consumer/{merchantId}/{userGroupId}/{userId}/Add", WRITE,
    ),
    Operation(
        "groups.details", "Customer Groups", "Get Group Details", "GET",
        "CustomerGroups/{merchantId}/{userGroupId}", READ, envelope="CostumerGroup",
    ),
    Operation(
        "groups.members", "Customer Groups", "Get Users of a Group", "GET",
        "CustomerGroups/Consumer/{merchantId}/{userGroupId}", READ, envelope="Customers",
    ),
    Operation(
        "groups.of_customer", "Customer Groups", "Get Customer Groups by User ID", "GET",
        "CustomerGroups/Group/{merchantId}/{userId}", READ, envelope="CostumerGroup",
    ),
    Operation(
        "groups.all", "Customer Groups", "Get All Groups of the Merchant", "GET",
        "CustomerGroups/{merchantId}", READ, envelope="CostumerGroup",
    ),
    Operation(
        "groups.remove_member", "Customer Groups", "Remove User", "GET",
        "CustomerGroups/Consumer/{merchantId}/{userGroupId}/{userId}/Remove", WRITE,
    ),
)
# fmt: on
