"""A key of the one-line order on a menu of 2,000 products costs no frame: see benchmarks/quick_order.py."""

import time
from statistics import median

from benchmarks.quick_order import lines, menu_parts, time_lines
from console.ordering.money import Currency
from console.ordering.pricing.half_rule import HalfRule
from console.ordering.quick_order import build_quick_menu, interpret

BUDGET_MS = 25
"""Of this process's own time, on a machine that others use too; alone it is a fifth of this."""


def test_reading_pricing_and_completing_takes_milliseconds() -> None:
    parts = menu_parts(2000, 400, seed=3)
    menu = build_quick_menu(*parts, currency=Currency("KWD"), half_rule=HalfRule.HALF)
    texts = lines(parts, 70, seed=3)
    assert len(menu.products) == 2000
    assert any(interpret(text, menu).is_ready for text in texts)
    assert median(time_lines(menu, texts, clock=time.process_time)) < BUDGET_MS
    odd = time_lines(menu, ["l " * 12, "p l m " * 4, "l p; " * 3], clock=time.process_time)
    assert max(odd) < 10 * BUDGET_MS
