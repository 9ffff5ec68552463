"""The commands of the checkout screen: a letter for each field, one key to place."""

from screens.framework.commands import HELP_COMMANDS, Command, navigation_commands

COMMANDS = (
    Command("checkout.place", "f10,equals_sign", "place", "Place", "Place the order; one more key confirms"),
    Command("checkout.enter", "enter", "enter", "", "Change the selected field, or place", in_palette=False),
    Command("checkout.read_back", "colon", "read_back", "", "Read the order to the customer"),
    Command("checkout.undo", "f7", "undo", "Undo", "Undo the last change"),
    Command("checkout.send", "f6", "retry", "", "Retry sending now"),
    *navigation_commands("checkout"),
    *HELP_COMMANDS,
    Command("checkout.back", "escape,f12", "back", "Back", "Back to the order; the choices are saved"),
)
LETTERS = (
    Command("checkout.mode", "d", "mode", "", "Pickup or delivery"),
    Command("checkout.address", "a", "address", "", "Delivery address"),
    Command("checkout.time", "t", "time", "", "As soon as possible, or a delivery slot"),
    Command("checkout.voucher", "v", "voucher", "", "Apply or remove a voucher"),
    Command("checkout.notes", "n", "notes", "", "Notes, printed on the ticket"),
    Command("checkout.payment", "m", "payment", "", "Payment"),
    Command("checkout.cash", "c", "cash", "", "Cash given, for the change"),
)
"""Each letter is shown before its field."""
