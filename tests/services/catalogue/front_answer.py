"""A small answer of the Front API in its own shape: a pizza and a deal of two slots, in Turkish."""

from collections.abc import Sequence

Row = dict[str, object]

PIZZA, CRUST, SAUCE, OLIVES, PEPPERS, DEAL, BREAD, TOAST = 501, 502, 503, 504, 505, 506, 507, 508


def variant(
    number: object, price: object, options: str, *, default: bool = False, included: bool = False
) -> Row:
    """A variant; ``options`` is written ``Kenar=İnce;Boy=Orta``."""
    pairs = [pair.split("=") for pair in options.split(";")]
    return {
        "variantproductid": number, "webPrice": price, "isDefault": default, "isIncludeBundlePrice": included,
        "variantProperties": [{"variantPropertyName": n, "variantPropertyValue": v} for n, v in pairs],
    }  # fmt: skip


def item(number: object, title: str, variants: Sequence[Row] = (), **fields: object) -> Row:
    return {
        "productId": number, "primaryProductId": number, "title": title, "minimumQuantity": 0,
        "isDefault": False, "isIncludeBundlePrice": False, "overridedPrice": None, "webPrice": 0,
        "bundleProductVariants": list(variants), **fields,
    }  # fmt: skip


def group(number: object, title: str, items: Sequence[Row], **fields: object) -> Row:
    return {
        "bundleGroupId": number, "title": title, "isRequired": True, "isPrimaryGroup": False, "position": 1,
        "minimumQuantity": 0, "maximumQuantity": None, "inputType": "Radio button",
        "bundleProductItems": list(items), **fields,
    }  # fmt: skip


CRUSTS = (
    variant(11, 2.5, "Kenar=Klasik;Boy=Orta", default=True),
    variant(12, 3.5, "Kenar=Klasik;Boy=Büyük"),
    variant(13, 2.75, "Kenar=İnce;Boy=Orta"),
)
SAUCES = (variant(21, 0.5, "Boy=Orta", default=True, included=True), variant(22, 0.75, "Boy=Büyük"))
IN_THE_DEAL = (
    variant(11, 2.5, "Kenar=Klasik;Boy=Orta", default=True, included=True),
    variant(12, 3.5, "Kenar=Klasik;Boy=Büyük"),
    variant(13, 2.75, "Kenar=İnce;Boy=Orta"),
)


def strengths(first: int, *, included: bool = False) -> tuple[Row, ...]:
    return (
        variant(first, 0.5, "Güç=Normal;Boy=Orta", default=True, included=included),
        variant(first + 1, 0.9, "Güç=Ekstra;Boy=Orta"),
    )


def pizza() -> Row:
    return {
        "productId": PIZZA, "title": "Bahçe Pizza", "catalogCode": "B", "webPrice": 0,
        "bundleProductGroups": [
            group(62, "Soslar", [item(SAUCE, "Domates Sosu", SAUCES, isDefault=True)], position=2),
            group(61, "Hamur", [item(CRUST, "Hamur", CRUSTS, isDefault=True)], isPrimaryGroup=True),
            group(
                63, "Sebzeler",
                [
                    item(OLIVES, "Zeytin", strengths(31, included=True), isDefault=True),
                    item(PEPPERS, "Biber", strengths(33)),
                ],
                position=3, isRequired=False, inputType="Check box", maximumQuantity=4,
            ),
        ],
    }  # fmt: skip


def deal() -> Row:
    return {
        "productId": DEAL, "title": "İkili", "catalogCode": "D", "webPrice": "9.5",
        "bundleProductGroups": [
            group(71, "Pizza", [item(PIZZA, "Bahçe Pizza", IN_THE_DEAL, primaryProductId=CRUST)]),
            group(
                72, "Ekmek",
                [
                    item(BREAD, "Ekmek", isIncludeBundlePrice=True, webPrice=1, isDefault=True),
                    item(TOAST, "Tost", webPrice=0.25),
                ],
            ),
        ],
    }  # fmt: skip


def answer() -> Row:
    """The whole answer, as the platform sends it."""
    return {"resource": [pizza(), deal()], "requestMetadata": {}}
