"""An address as it is pasted: from a browser, the documents or a request."""

import pytest

from console.config.pasted_url import PastedUrl, read_pasted_url

ID = "98d18d82-ba59-4957-9c92-3f89207a34f6"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("https://store.example", PastedUrl("https://store.example")),
        ("store.example", PastedUrl("https://store.example")),
        (" <https://store.example/> ", PastedUrl("https://store.example")),
        ("HTTPS://Store.example:8443/", PastedUrl("https://Store.example:8443")),
        ("http://127.0.0.1:8600/developerapi/", PastedUrl("http://127.0.0.1:8600")),
        ("https://gate.example/shop/DeveloperAPI/Product", PastedUrl("https://gate.example/shop")),
        (
            f"https://store.example/developerapi/Customer/{ID}/Search",
            PastedUrl("https://store.example", merchant_id=ID),
        ),
        (
            "store.example/developerapi/OAuth/GetAccessToken?merchantId=m-1&oauth_consumer_key=K2&languagecode=ar",
            PastedUrl("https://store.example", "m-1", "K2", "ar"),
        ),
        ("https://store.example/login?next=/home#top", PastedUrl("https://store.example", left_out="/login")),
        ("https://", PastedUrl("https://")),
        ("not an address", PastedUrl("not an address")),
        ("https://user@store.example", PastedUrl("https://user@store.example")),
        ("", PastedUrl("")),
    ],
)
def test_what_a_profile_needs_is_read_from_a_pasted_url(text: str, found: PastedUrl) -> None:
    assert read_pasted_url(text) == found
