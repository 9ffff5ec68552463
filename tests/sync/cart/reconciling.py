"""Helpers of the tests of reconcile that other tests use too."""

from decimal import Decimal

from hypothesis import strategies as st

from console.ordering.draft import AddLine, Draft, DraftLine, OrderItem
from console.ordering.money import Currency
from console.sync.cart.observed_cart import Configuration
from tests.sync.fake_cart import FakeCart

KWD = Currency("KWD")


MANY_STEPS = 200


def item(product_id: int, variant_id: int = 0) -> OrderItem:
    return OrderItem(product_id, variant_id, f"Product {product_id}", "", Decimal(1))


def draft_of(*requested: tuple[int, int]) -> Draft:
    return Draft.replay(AddLine(DraftLine(f"L{n}", item(p), q)) for n, (p, q) in enumerate(requested))


PLATFORMS = st.builds(
    FakeCart,
    seed=st.integers(0, 1000),
    merge=st.booleans(),
    split=st.booleans(),
    substitute=st.dictionaries(st.integers(1, 5), st.integers(6, 8), max_size=2),
    expand=st.frozensets(st.integers(1, 8), max_size=3),
    lines=st.lists(st.tuples(st.integers(1, 9).map(Configuration), st.integers(1, 3)), max_size=3),
)
