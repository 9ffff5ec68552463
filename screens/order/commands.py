"""What can be done on the order screen, from the menu's side and in the order itself.

Bound by the order screen and told on its keys page.
"""

from screens.framework.commands import HELP_COMMANDS, Command, navigation_commands

COMMANDS = (
    Command("order.enter", "enter", "enter", "Add", "Add the marked product; in the order, set quantity"),
    Command("order.quick", "semicolon", "quick_order", "Line", "Type the order in one line", priority=True),
    Command("order.customise", "slash", "customise", "Change", "Change what is in it", priority=True),
    Command("order.checkout", "f10", "checkout", "Pay", "Checkout: delivery, payment, and placing it"),
    Command("order.side", "f2,tab,shift+tab", "switch_side", "Side", "Between the menu and the order"),
    Command("order.undo", "f7", "undo", "Undo", "Take back the last change"),
    Command("order.remove", "f8", "remove", "Del", "Remove the marked or last line"),
    Command("order.stock", "f3", "stock", "Stock", "Which stores have the marked product or line"),
    Command("order.category", "f4", "category", "Category", "Show one category of the menu"),
    Command("order.refresh", "f5", "refresh", "", "Fetch the menu anew; stop that"),
    Command("order.send", "f6", "retry", "", "Try again now to send what waits"),
    Command("order.park", "f11", "park", "", "Park the order under a name"),
    Command("order.stores", "ctrl+t", "stores", "", "Which stores have all of it; move it to one"),
    Command("order.whose", "ctrl+g", "reassign", "", "Whose it is, while the customer has no account"),
    Command("order.past", "ctrl+o", "past_orders", "", "The customer's past orders"),
    *navigation_commands("order"),
    *HELP_COMMANDS,
    Command("order.back", "escape,f12", "back", "Back", "Clear what is typed; then back; the order is kept"),
)


def _symbol_command(name: str, key: str, action: str, help_text: str) -> Command:
    """A sign that is a command while no text is begun."""
    return Command(f"order.{name}", key, action, "", help_text, priority=True)


SYMBOL_COMMANDS = (
    _symbol_command("more", "plus", "step(1)", "One more of the marked or last line"),
    _symbol_command("less", "minus", "step(-1)", "One less of it"),
    _symbol_command("checkout_sign", "equals_sign", "checkout_by_symbol", "Checkout, as F10"),
    _symbol_command("read_back", "quotation_mark", "read_back", "Read the order to the customer"),
    _symbol_command("accept", "exclamation_mark", "accept", "Accept what the platform has instead"),
    _symbol_command("offer", "ampersand", "accept_suggestion", "Take what is offered: a deal, a product"),
    _symbol_command("repeat", "percent_sign", "reorder", "The customer's last order once more"),
    _symbol_command("outbox", "at", "outbox", "The outbox: every order that is not over"),
    _symbol_command("next", "greater_than_sign", "switch(1)", "Go on with the next open order"),
    _symbol_command("previous", "less_than_sign", "switch(-1)", "Go on with the one before"),
)
"""Signs work on both sides, and belong to a text once one is begun."""
LETTERS = (
    Command(
        "order.digit_0",
        "0",
        "digit(0)",
        "",
        "A digit of the quantity; Enter sets it",
        keys_text="0 to 9",
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
    Command("order.letter_repeat", "r", "reorder", "", "The customer's last order", in_palette=False),
    Command("order.copy", "y", "copy", "", "Put what is on this line onto another", in_palette=False),
    Command("order.letter_stock", "s", "stock", "", "Stock of the marked line", in_palette=False),
)
"""Plain letters and digits: they reach the screen only while no text is being typed."""
