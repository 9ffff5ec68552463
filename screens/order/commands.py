"""The commands of the order screen, in the menu and in the order."""

from dataclasses import replace

from screens.framework.commands import HELP_COMMANDS, Command, hints, navigation_commands

SWITCH_TO_ORDER = Command(
    "order.side", "f2,tab,shift+tab", "switch_side", "Order", "Between the menu and the order"
)
COMMANDS = (
    SWITCH_TO_ORDER,  # first: its label changes, and a key bar is painted from its start to what changed
    Command("order.enter", "enter", "enter", "Add", "Add the selected product; in the order, set quantity"),
    Command(
        "order.quick", "semicolon", "quick_order", "Type order", "Type the order in one line", priority=True
    ),
    Command("order.customise", "slash", "customise", "Change", "Change what is in it", priority=True),
    Command("order.checkout", "f10", "checkout", "Pay", "Checkout: delivery, payment, and placing it"),
    Command("order.undo", "f7", "undo", "Undo", "Undo the last change"),
    Command("order.remove", "f8", "remove", "Remove", "Remove the selected or last line"),
    Command("order.stock", "f3", "stock", "Stock", "Which stores have the selected product or line"),
    Command("order.category", "f4", "category", "Category", "Show one category of the menu"),
    Command("order.refresh", "f5", "refresh", "", "Fetch the menu again; again to stop"),
    Command("order.send", "f6", "retry", "", "Send pending changes now"),
    Command("order.park", "f11", "park", "", "Park the order under a name"),
    Command("order.stores", "ctrl+t", "stores", "", "Which stores have all of it; move it to one"),
    Command("order.whose", "ctrl+g", "reassign", "", "Reassign it, while the customer has no account"),
    Command("order.past", "ctrl+o", "past_orders", "", "The customer's past orders"),
    *navigation_commands("order"),
    *HELP_COMMANDS,
    Command("order.back", "escape,f12", "back", "Back", "Clear the text, then go back; the order stays open"),
)


KEY_HINTS = hints(COMMANDS)
# Padded to the width of "Order", so that the rest of the key bar stays where it is.
KEY_HINTS_IN_ORDER = hints(replace(c, label="Menu ") if c is SWITCH_TO_ORDER else c for c in COMMANDS)


def _symbol_command(name: str, key: str, action: str, help_text: str) -> Command:
    """A symbol key, which is a command while the text field is empty."""
    return Command(f"order.{name}", key, action, "", help_text, priority=True)


SYMBOL_COMMANDS = (
    _symbol_command("more", "plus", "step(1)", "One more of the selected or last line"),
    _symbol_command("less", "minus", "step(-1)", "One less of it"),
    _symbol_command("checkout_sign", "equals_sign", "checkout_by_symbol", "Checkout, as F10"),
    _symbol_command("read_back", "colon", "read_back", "Read the order to the customer"),
    _symbol_command("accept", "exclamation_mark", "accept", "Accept what the platform has instead"),
    _symbol_command("offer", "comma", "accept_suggestion", "Accept the suggested deal or product"),
    _symbol_command("repeat", "percent_sign", "reorder", "Repeat the customer's last order"),
    _symbol_command("copy", "full_stop", "copy", "Copy this line's configuration to another"),
    _symbol_command("outbox", "at", "outbox", "The outbox: all unfinished orders"),
    _symbol_command("next", "greater_than_sign", "switch(1)", "The next open order"),
    _symbol_command("previous", "less_than_sign", "switch(-1)", "The previous open order"),
)
"""Symbol keys work on both sides; once a text is begun they belong to it.

None of them is a digit key of a French keyboard without Shift, where a quantity is easily mistyped, but for
the minus, which the order has a second key for.
"""
SYMBOL_ACTIONS = frozenset(command.action.partition("(")[0] for command in SYMBOL_COMMANDS) | {
    "customise",
    "quick_order",
}
"""Actions of symbol keys, also of those in ``COMMANDS``."""
LIST_KEYS = (
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
    Command("order.erase", "backspace", "erase", "", "Delete a digit", in_palette=False),
    Command("order.delete", "delete", "remove", "", "Remove the selected line", in_palette=False),
    Command("order.right", "right", "step(1)", "", "One more of the selected line", in_palette=False),
    Command("order.left", "left", "step(-1)", "", "One less of it", in_palette=False),
)
"""Keys that reach the screen only while the order has the focus."""
LETTERS = (
    *LIST_KEYS,
    Command(
        "order.find",
        "a",
        "find",
        "",
        "Search the menu, as letters do everywhere",
        keys_text="a to z",
        in_palette=False,
    ),
)
"""The same and the letters, for the keys page: ``OrderScreen.on_key`` handles letters."""
