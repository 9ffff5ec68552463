"""The operation rows of products and their tags."""

from console.operations.operation import READ, WRITE, Body, Operation, fields

# fmt: off
INFORMATION = (
    "ProductTitle*", "ProductType*", "CategoryRefCode", "Inventory", "MRP", "Webprice",
    "Availability", "BarCode", "SmallImage", "LargeImage", "ShortDescription",
    "ProductDescription", "PaymentOptionOnline", "PaymentOptionChequeOrDD",
    "PaymentOptionBankTransfer", "PaymentOptionCOD", "DeliveryOptionShip",
    "DeliveryOptionOffline", "DeliveryOptionOnline", "DeliveryOptionInStorePickup",
    "LocationBased", "ShippingCode", "TaxCode", "DeliveryTime", "CatalogSequence",
    "ProductWeight", "BankProductId", "OfferProductDescription", "OfferProductImage", "Keywords",
    "KeywordDescription", "SEOURL", "SmallImageAltText", "LargeImageAltText", "StartDate",
    "EndDate", "StartTime", "EndTime", "PeriodicityType", "PeriodicityRange", "ShowExpired",
    "UOM", "LBH", "BuyingWeight", "PkgQty", "MinimumOrderQuantity", "MaximumOrderQuantity",
    "PreOrder", "BackOrder", "StockAvailableMessage", "ProductCondition", "Warrantybearer",
    "WarrantyInMonths", "ReserveQuantity", "StockAlertQuantity", "ModelNumber", "CatalogCode",
    "PurchaseDate", "ProductNote", "FormCode", "CheckoutWithTokenPrice", "TokenPrice",
    "CostPrice", "HidePrice", "StdProductCode", "MPN", "Vendor", "VendorSKU", "StdProductType",
    "FulfillmentServiceRefCode",
)
"""Fields, after the brand, of both operations that update a product's information."""

# One row each: name, resource, title, method / path, effect, body, session, envelope / parameters.
ROWS: tuple[Operation, ...] = (
    Operation(
        "products.update_stock_and_price", "Product", "Update Location wise Stock & Price", "POST",
        "product/UpdateLocationWiseStock", WRITE, Body.MERCHANT_INPUT_DATA, envelope="Taskid",
        fields=fields(
            "sku*", "variantsku*", "stock", "locationrefcode*", "Quantity", "MRP", "WebPrice",
            "TokenPrice",
        ),
    ),
    Operation(
        "products.update", "Product", "Update Product Information (normal product)", "POST",
        "Product/UpdateProductInfo", WRITE, Body.MERCHANT_INPUT_DATA, envelope="Taskid",
        fields=fields(
            "CategoryReference*", "SKU*", "VariantSKU", "VariantProperty", "VariantValue", "BrandID*",
            *INFORMATION,
        ),
    ),
    Operation(
        "products.update_variant", "Product", "Update Product Information (Variant)", "POST",
        "Product/UpdateProductInfo", WRITE, Body.MERCHANT_INPUT_DATA, envelope="Taskid",
        fields=fields(
            "CategoryReference*", "SKU*", "VariantSKU*", "VariantProperty*", "VariantValue*", "BrandID*",
            *INFORMATION,
        ),
    ),
    Operation(
        "products.attach_images", "Product", "Attach Product Images", "POST",
        "Product/AttachImages/{merchantId}", WRITE, Body.JSON, envelope="Taskid",
        fields=fields(
            "sku", "images", "filename", "deepzoom", "zoom", "smallimage", "thumbnail", "alttext",
            "viewport", "swatchimages", "variantproperty", "variantvalue", "documents", "type",
            "seoinfo", "sequence", "videos", "view360",
        ),
    ),
    Operation(
        "products.sku_price", "Product", "Get SKU Price", "POST",
        "Product/Price/{merchantId}", READ, Body.JSON, envelope="CurrentPrice",
        fields=fields("sku*", "variantsku", "usergroupid", "locationrefcode", "channelrefcode"),
    ),
    Operation(
        "products.stock_by_location", "Product", "Get Product Price and Inventory (LocationStockPrice)", "POST",
        "Product/{merchantId}/LocationStockPrice", READ, Body.MERCHANT_FORM, envelope="LocationStockPrices",
        fields=fields("sku", "variantSKU", "productId", "locationId"),
    ),
    Operation(
        "products.information", "Product", "Get Product Information (by Location)", "GET",
        "Product/Information/{merchantId}/{productId}/{locationId}", READ, envelope="Product",
    ),
    Operation(
        "products.with_attributes", "Product", "Get Product Information with Attributes", "GET",
        "Product/InformationNAttr/{merchantId}/{productid}", READ, envelope="Products",
    ),
    Operation(
        "products.by_sku", "Product", "Get Product Details (by SKU)", "GET",
        "Product/SKU/{merchantId}/{sku}", READ, envelope="Product",
    ),
    Operation(
        "products.by_tag_and_location", "Product", "Get Products by Product Tag & Location", "GET",
        "Product/{merchantId}/{productTag}/{locationId}", READ, envelope="Products",
    ),
    Operation(
        "products.by_type", "Product", "Get Products (by Type & Page Number)", "GET",
        "Product/Category/{merchantId}/{categoryId}/{productType}/{pageNumber}", READ, envelope="Products",
    ),
    Operation(
        "products.parents", "Product", "Get Multiple Parent Products", "POST",
        "Product/{merchantId}/GetMultipleParentproducts", READ, Body.MERCHANT_FORM, envelope="ProductVarient",
        fields=fields("varientProductIds*"),  # named variantProductId, but printed like this
    ),
    Operation(
        "products.variants", "Product", "Get Product Variants (by Parent Product ID)", "GET",
        "Product/Varients/{merchantId}/{ParentProductId}/{availability}", READ, envelope="ProductVarient",
    ),
    Operation(
        "products.variant", "Product", "Get Product Variants (by Variant ID)", "GET",
        "Product/ProductVarient/{merchantId}/{variantProductId}", READ, envelope="ProductVarient",
    ),
    Operation(
        "products.location_attributes", "Product", "Get Attributes of Variant Products", "GET",
        "Product/LocationAttribute/{merchantId}/{sku}/{variantSku}/{locationRefCode}", READ, envelope="LocationProductAttribute",
    ),
    Operation(
        "products.by_tag", "Product", "Get Products by Tag", "GET",
        "Product/{merchantId}/{productTag}/{locationId}", READ, envelope="Products",
    ),
    Operation(
        "products.multiple", "Product", "Get Multiple Products Information", "POST",
        "Product/{merchantId}/GetMultipleProductInformation", READ, Body.MERCHANT_FORM, envelope="Products",
    ),
    Operation(
        "products.tags", "Product", "Get Products Tags", "GET",
        "Product/GetProductsTagsByProductId/{merchantId}/{productid}", READ, envelope="ProductTags",
    ),
    Operation(
        "products.by_category", "Product", "Get Products by Category", "GET",
        "Product/Category/{merchantId}/{CatagoryId}/{availibility}", READ, envelope="Products",
    ),
    Operation(
        "products.add_review", "Product", "Add Review", "POST",
        "Product/AddReview/{merchantId}/{UserId}/{SKU}", WRITE, Body.JSON,
        fields=fields("title", "message", "isGoLive"),
    ),
    Operation(
        "products.reviews", "Product", "Get Product Reviews", "GET",
        "Product/GetReviews/{merchantId}/{Sku}", READ, envelope="Reviews",
    ),
    Operation(
        "products.update_attribute", "Product", "Update Product Attribute", "POST",
        "Product/UpdateProductAttribute/{merchantId}", WRITE, Body.MERCHANT_INPUT_DATA, envelope="Taskid",
        fields=fields("sku", "variantsku", "locationrefcode", "AttributeId", "AttributeValue", "ProductId"),
    ),
    Operation(
        "products.bundle_items", "Product", "Get Bundle Items by Bundle Product ID", "GET",
        "Product/GetBundleItemsbyBundleProductId/{merchantId}/{Productid}/{isdefault}", READ, envelope="BundleItems",
        optional=("isdefault",),
    ),
    Operation(
        "products.task", "Product", "Get MSMQ Task Details", "GET",
        "Product/MSMQTaskDetails/{merchantId}/{taskid}", READ, envelope="TaskMsmqDetails",
    ),
    Operation(
        "products.task_errors", "Product", "Get MSMQ Error Details", "GET",
        "Product/MSMQErrorDetails/{merchantId}/{taskid}", READ, envelope="TaskMsmqDetails",
    ),
    Operation(
        "products.add_tag", "Product", "Add Product Tags", "POST",
        "product/AddLocationTagtoProduct/{merchantId}", WRITE, Body.MERCHANT_INPUT_DATA, envelope="Taskid",
        fields=fields("sku*", "locationrefcode", "tag*"),
    ),
    Operation(
        "products.remove_tag", "Product", "Remove Product Tag", "POST",
        "Product/RemoveLocationTagFromProduct/{merchantId}", WRITE, Body.MERCHANT_FORM,
        fields=fields("sku", "producttag", "locationid"), merchant_field="merchantid",
    ),
    Operation(
        "products.search", "Product", "Search Products", "POST",
        "Product/{merchantId}/Search", READ, Body.INPUT_DATA, envelope="ProductIds",
        fields=fields(
            "keyword", "SKU", "catalogcode", "category", "brand", "productTag", "pageNumber", "pageSize",
        ),
    ),
    Operation(
        "products.tags_at_location", "Product", "Get Product Tags (By ProductId)", "GET",
        "Product/GetProductsTagsByProductId/{merchantId}/{productid}/{locationid}", READ, envelope="ProductTags",
    ),
    Operation(
        "products.attributes", "Product", "Get Product Attributes", "GET",
        "Product/Attribute/{merchantId}/{productid}", READ, envelope="ProductAttributes",
    ),
    Operation(
        "products.comments", "Product", "Get Product Comments", "GET",
        "Product/Comments/{productid}/{postid}/{merchantId}", READ, envelope="ProductComment",
    ),
    Operation(
        "products.contents", "Product", "Get Product Contents", "GET",
        "Product/Contents/{merchantId}/{productId}", READ, envelope="ProductContent",
    ),
    Operation(
        "products.featured", "Product", "Get Featured Products", "GET",
        "Product/Featured/{merchantId}", READ, envelope="Products",
    ),
    Operation(
        "products.set_stock", "Product", "Update Product Stock (of Default Location)", "POST",
        "product/updatestock", WRITE, Body.MERCHANT_FORM,
        fields=fields("sku*", "Inventory*"), merchant_field="merchantid",
    ),
    Operation(
        "products.set_stock_at_location", "Product", "Update Product Stock (by Location)", "POST",
        "Product/UpdateLocationProductStock", WRITE, Body.MERCHANT_FORM,
        fields=fields("sku*", "locationReferenceCode*", "Inventory*"), merchant_field="merchantid",
    ),
    Operation(
        "products.similar", "Product", "Get Similar Products", "GET",
        "Product/Similar/{merchantId}/{productId}/{LocationId}", READ, envelope="Products",
    ),
    Operation(
        "products.tier_prices", "Product", "Get Tier Price Details", "GET",
        "Product/GetTierPriceDetailsbyproductId/{merchantId}/{userId}/{productId}/{locationId}", READ, envelope="TierPrice",
    ),
    Operation(
        "products.serviceable", "Product", "Check PIN Code Serviceability of a Product", "POST",
        "Product/PincodeServiceability/{merchantId}/{productId}", READ, Body.MERCHANT_FORM, envelope="IsServiceable",
        fields=fields("pincode*", "locationid*"),
    ),
    Operation(
        "products.auto_complete", "Product", "Get Product IDs (Auto Complete)", "GET",
        "ProductAutoComplete/{merchantId}/{keyword}/{limit}/{locationId}", READ, envelope="Suggestions",
    ),
    Operation(
        "products.upsell", "Product", "Get Upscale Products", "GET",
        "Product/UpSale/{merchantId}/{productId}/{locationId}", READ, envelope="Products",
    ),
    Operation(
        "products.validate_location", "Product", "Validate Location", "GET",
        "Product/ValidateLocation/{merchantId}/{productId}/{variantProductId}/{pinCode}/{locationId}/{quantity}", READ,
    ),
    Operation(
        "products.remove_offer_text", "Product", "Remove Offer Text", "GET",
        "Product/RemoveOfferText/{merchantId}", WRITE,
    ),
    # Product Tags
    Operation(
        "tags.all", "Product Tags", "Get Product Tags", "GET",
        "ProductTags/{merchantId}", READ, envelope="ProductTags",
    ),
    Operation(
        "tags.details", "Product Tags", "Get Tag Details", "GET",
        "ProductTags/{merchantId}/{ProductTag}", READ, envelope="ProductTags",
    ),
    Operation(
        "tags.count", "Product Tags", "Get Tag Count", "GET",
        "ProductTags/{merchantId}/count", READ, envelope="Count",
    ),
)
# fmt: on
