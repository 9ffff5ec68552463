"""Reviewing an order that was stopped: its conflicts, and its checkout where that is where it is fixed."""

from typing import Any

from screens.checkout.screen import QUEUED, CheckoutScreen
from screens.framework.console_screen import OperatorScreen
from screens.outbox.conflicts_screen import AtCheckout, ConflictsScreen


async def review_conflicts(screen: OperatorScreen[Any], draft_id: str) -> str | None:
    """Show the conflicts, then the checkout if it is asked for; return the id of an order to open.

    ``None`` leaves it where it is: stopped still, or queued for placing again.
    """
    answer = await screen.ask(ConflictsScreen(screen.session, draft_id))
    if not isinstance(answer, AtCheckout):
        return answer
    result = await screen.ask(
        CheckoutScreen(screen.session, draft_id, field=answer.field, message=answer.message)
    )
    if result == QUEUED:
        return None
    return result or draft_id
