"""The operation rows of carts, checkout included."""

from console.operations.operation import READ, WRITE, Body, Operation, fields

# Three rows name no header in the documents but take the session's token, since nothing else identifies
# the cart: add_free_products, add_at_location and coupon_suggestions.

# fmt: off
# One row each: name, resource, title, method / path, effect, body, session, envelope / parameters.
ROWS: tuple[Operation, ...] = (
    Operation(
        "carts.send_otp", "Carts", "Send OTP", "POST",
        "carts/V2/SendOTP/{merchantId}", WRITE, Body.INPUT_DATA, envelope="OTPToken",
        headers=fields("APISessionRequired*"),
        fields=fields("UserName*", "MobileNo*"),
    ),
    Operation(
        "carts.validate_otp", "Carts", "Validate OTP", "POST",
        "carts/V2/ValidateOTP/{merchantId}", WRITE, Body.FORM,
        headers=fields("APISessionRequired*"),
        fields=fields("mobile*", "OTP*"),
    ),
    Operation(
        "carts.add_items", "Carts", "Add Items to Cart (Normal/Variant)", "POST",
        "carts/AddCartItems/{merchantId}", WRITE, Body.INPUT_DATA, session=True, envelope="Carts",
        fields=fields(
            "DelveryMode*", "Status*", "VariantProductID", "LocationId", "CartReferenceKey",
            "ProductID*", "Quantity*",
        ),
    ),
    Operation(
        "carts.add_default_deal", "Carts", "Add Items to Cart (Default Deal)", "POST",
        "carts/AddCartItems/{merchantId}", WRITE, Body.INPUT_DATA, session=True, envelope="Carts",
        fields=fields(
            "ShipCity", "ShipCountry", "ShipState", "DelveryMode", "Item", "ProductID",
            "VariantProductID", "Quantity", "Status", "LocationId", "Portion", "CartReferenceKey",
            "ChildItem", "GroupID",
        ),
    ),
    Operation(
        "carts.add_customised_deal", "Carts", "Add to Cart (Customized Deal)", "POST",
        "carts/AddCartItems/{merchantId}", WRITE, Body.INPUT_DATA, session=True, envelope="Carts",
        fields=fields(
            "ShipCity", "ShipCountry", "ShipState", "DelveryMode", "ProductID", "VariantProductID",
            "Quantity", "Status", "LocationId", "Portion", "CartReferenceKey", "Price", "ChildItem",
            "GroupID",
        ),
    ),
    Operation(
        "carts.add_customised_bundle", "Carts", "Add Items to Cart (Customized Bundle)", "POST",
        "carts/AddCartItems/{merchantId}", WRITE, Body.INPUT_DATA, session=True, envelope="Carts",
        fields=fields(
            "ShipCity", "ShipCountry", "ShipState", "DelveryMode", "Item", "ProductID",
            "VariantProductID", "Quantity", "Status", "LocationId", "Portion", "CartReferenceKey",
            "Price", "ChildItem", "GroupID",
        ),
    ),
    Operation(
        "carts.add_free_products", "Carts", "Add Free Products to Cart", "POST",
        "Carts/AddFreeProducts/{merchantId}/{promotionruleid}", WRITE, Body.INPUT_DATA, session=True, envelope="Carts",
        fields=fields(
            "DelveryMode", "Status", "VariantProductID", "LocationId", "CartReferenceKey", "ProductID",
            "Quantity",
        ),
    ),
    Operation(
        "carts.add_at_location", "Carts", "Location Add to Cart", "GET",
        "Carts/LocationCart/{merchantId}/{productId}/{varProductId}/{quantity}/{locationId}/{currency}", WRITE, session=True, envelope="Carts",
    ),
    Operation(
        "carts.edit", "Carts", "Edit Cart Item", "POST",
        "carts/edit/{merchantId}", WRITE, Body.INPUT_DATA, session=True, envelope="Carts",
        fields=fields(
            "CartID*", "DeliveryMode", "ProductID", "VariantProductID", "Quantity", "Status",
            "LocationId", "Portion", "CartReferenceKey", "ChildItem", "GroupID",
        ),
    ),
    Operation(
        "carts.update_quantity", "Carts", "Update Quantity of a Cart Item", "GET",
        "Carts/Update/{merchantId}/{cartReferenceKey}/{quantity}", WRITE, session=True, envelope="Carts",
    ),
    Operation(
        "carts.update_properties", "Carts", "Update Cart Properties", "POST",
        "carts/UpdateCartProperties/{merchantId}", WRITE, Body.INPUT_DATA, session=True, envelope="Carts",
        fields=fields(
            "DeliverySlotID*", "DemandedDeliveryDate*", "ShippingModeId", "locationID", "BillingAddress",
            "ShippingAddress", "OrderAttributes", "EntityFieldID", "EntityFieldName", "Type",
            "IsPredefined", "IsMandatory", "SelectedValue", "lstOMSEntityFieldValues",
            "EntityFieldValueID", "Value", "IsSelected",
        ),
    ),
    Operation(
        "carts.get", "Carts", "Get Cart Items", "GET",
        "Carts/cart/{merchantId}", READ, session=True, envelope="Carts",
        query=fields("promotionDetails*"),
        headers=fields("languageCode"),
    ),
    Operation(
        "carts.by_token", "Carts", "Get Cart Items (by AccessToken)", "GET",
        "Carts/cart/{merchantId}/{accesstoken}", READ, session=True, envelope="Carts",
    ),
    Operation(
        "carts.remove", "Carts", "Remove a Cart Item", "GET",
        "Carts/Remove/{merchantId}/{cartReferenceKey}/{quantity}", WRITE, session=True,
    ),
    Operation(
        "carts.remove_all", "Carts", "Remove All Cart Items", "GET",
        "Carts/RemoveAll/{merchantId}", WRITE, session=True,
    ),
    Operation(
        "carts.clear", "Carts", "Clear Cart Items", "GET",
        "Carts/clear/{merchantId}", WRITE, session=True,
    ),
    Operation(
        "carts.add_attributes", "Carts", "Add Order Attributes", "POST",
        "carts/AddOrderAttributes/{merchantId}", WRITE, Body.INPUT_DATA, session=True, own_connection=True,
        fields=fields(
            "EntityFieldID*", "EntityFieldName", "Type", "IsPredefined", "IsMandatory", "SelectedValue",
        ),
    ),
    Operation(
        "carts.update_address", "Carts", "Update Address", "POST",
        "carts/UpdateAddress/{merchantId}", WRITE, Body.INPUT_DATA, session=True, envelope="Carts",
        fields=fields(
            "BillingAddress", "ShippingAddress", "BillMobile", "BillCountry", "BillZip", "BillCity",
            "BillCountryCode", "BillLastName", "BillState", "BillAddress", "BillAddress1",
            "BillTelephone", "BillTelephoneCode", "BillMobileCode", "ShipLastName", "ShipTelephone",
            "SkipDeliveryAreaValidation", "IsShippingAddressDifferent",
        ),
    ),
    Operation(
        "carts.apply_voucher", "Carts", "Apply Voucher to Cart Items", "GET",
        "Carts/ApplyVoucher/{merchantId}/{voucherCode}", WRITE, session=True, envelope="Carts",
    ),
    Operation(
        "carts.remove_voucher", "Carts", "Remove Applied Voucher", "GET",
        "Carts/RemoveVoucher/{merchantId}/{voucherCode}", WRITE, session=True, envelope="Carts",
    ),
    Operation(
        "carts.promotions", "Carts", "Get Cart Promotions", "POST",
        "carts/GetAllPromotions/{merchantId}", READ, Body.INPUT_DATA, session=True, envelope="EligiblePromotions",
        fields=fields(
            "locationcode", "deliverymode", "promotiontype", "hasvouchers", "fromdate", "todate",
            "activestatus", "channeltype", "externalcouponmapped", "userid",
        ),
    ),
    Operation(
        "carts.payment_options", "Carts", "Get Cart Payment Options", "GET",
        "Carts/PaymentOptions/{merchantId}", READ, session=True, envelope="PaymentOptionsChannel",
    ),
    Operation(
        "carts.set_shipping_mode", "Carts", "Update Shipping Mode", "GET",
        "Carts/ShippingMode/{merchantId}/{shippingModeID}/Change/{ispickupshippingMode}", WRITE, session=True, envelope="Carts",
    ),
    Operation(
        "carts.set_slot", "Carts", "Set Delivery Slot", "POST",
        "Carts/SetDeliverySlot/{merchantId}", WRITE, Body.INPUT_DATA, session=True, envelope="Carts",
        fields=fields("DeliverySlotId*", "DeliveryDate*"),
    ),
    Operation(
        "carts.slots", "Carts", "Get Delivery Slots", "GET",
        "Carts/DeliverySlots/{merchantId}", READ, session=True, envelope="DaySlots",
    ),
    Operation(
        "carts.recommendations", "Carts", "Get Product Recommendations", "GET",
        "Carts/TargetBlocks/{merchantId}", READ, session=True, envelope="ProductIds",
    ),
    Operation(
        "carts.common_stores", "Carts", "Get Common Stores for Cart Items", "POST",
        "Carts/GetCommonStoresforCartItems/{merchantId}", READ, Body.MERCHANT_INPUT_DATA, envelope="Locations",
        fields=fields(
            "ProductId", "VariantProductId", "ProductSku", "VariantProductSKU", "Quantity", "Latitude", "Longitude",
        ),
    ),
    Operation(
        "carts.coupon_suggestions", "Carts", "Get Coupon Suggestions", "GET",
        "carts/CouponSuggestion/{merchantId}", READ, session=True, envelope="CouponSuggestions",
    ),
)
# fmt: on
