"""What can be done on the order screen, from the menu's side and in the order itself.

Bound by the order screen and told on its keys page.
"""

from screens.commands import KEYS, Command, moving

COMMANDS = (
    Command("order.enter", "enter", "enter", "Add", "Add the marked product; in the order, set quantity"),
    Command("order.quick", "semicolon", "quick", "Line", "Type the order in one line", priority=True),
    Command("order.customise", "slash", "customise", "Change", "Change what is in it", priority=True),
    Command("order.checkout", "f10", "checkout", "Pay", "Checkout: delivery, payment, and placing it"),
    Command("order.side", "f2,tab,shift+tab", "side", "Side", "Between the menu and the order"),
    Command("order.undo", "f7", "undo", "Undo", "Take back the last change"),
    Command("order.remove", "f8", "remove", "Del", "Remove the marked or last line"),
    Command("order.stock", "f3", "stock", "Stock", "Which stores have the marked product or line"),
    Command("order.category", "f4", "category", "Category", "Show one category of the menu"),
    Command("order.refresh", "f5", "refresh", "", "Fetch the menu anew; stop that"),
    Command("order.send", "f6", "send", "", "Try again now to send what waits"),
    Command("order.park", "f11", "park", "", "Park the order under a name"),
    Command("order.stores", "ctrl+t", "stores", "", "Which stores have all of it; move it to one"),
    Command("order.whose", "ctrl+g", "whose", "", "Whose it is, while the customer has no account"),
    Command("order.past", "ctrl+o", "past_orders", "", "The customer's past orders"),
    *moving("order"),
    *KEYS,
    Command("order.back", "escape,f12", "back", "Back", "Clear what is typed; then back; the order is kept"),
)


def _sign(name: str, key: str, action: str, help_text: str) -> Command:
    """A sign that is a command while no text is begun."""
    return Command(f"order.{name}", key, action, "", help_text, priority=True)


SIGNS = (
    _sign("more", "plus", "step(1)", "One more of the marked or last line"),
    _sign("less", "minus", "step(-1)", "One less of it"),
    _sign("checkout_sign", "equals_sign", "checkout_sign", "Checkout, as F10"),
    _sign("read_back", "quotation_mark", "read_back", "Read the order to the customer"),
    _sign("accept", "exclamation_mark", "accept", "Accept what the platform has instead"),
    _sign("offer", "ampersand", "take_offer", "Take what is offered: a deal, a product"),
    _sign("repeat", "percent_sign", "repeat", "The customer's last order once more"),
    _sign("outbox", "at", "outbox", "The outbox: every order that is not over"),
    _sign("next", "greater_than_sign", "switch(1)", "Go on with the next open order"),
    _sign("previous", "less_than_sign", "switch(-1)", "Go on with the one before"),
)
"""Signs work on both sides, and belong to a text once one is begun."""
LETTERS = (
    Command(
        "order.digit_0",
        "0",
        "digit(0)",
        "",
        "A digit of the quantity; Enter sets it",
        shown="0 to 9",
        in_palette=False,
    ),
    *(Command(f"order.digit_{digit}", str(digit), f"digit({digit})", "", "") for digit in range(1, 10)),
    Command("order.erase", "backspace", "erase", "", "Take back a digit", in_palette=False),
    Command("order.letter_undo", "u", "undo", "", "Undo", in_palette=False),
    Command("order.letter_remove", "d,delete", "remove", "", "Remove the marked line", in_palette=False),
    Command(
        "order.letter_accept", "a", "accept", "", "Accept what the platform has instead", in_palette=False
    ),
    Command("order.letter_customise", "c", "customise", "", "Change what is in it", in_palette=False),
    Command("order.letter_repeat", "r", "repeat", "", "The customer's last order", in_palette=False),
    Command("order.copy", "y", "copy", "", "Put what is on this line onto another", in_palette=False),
    Command("order.letter_stock", "s", "stock", "", "Stock of the marked line", in_palette=False),
)
"""Plain letters and digits: they reach the screen only while no text is being typed."""
