"""What can be done while a bundle is configured. Letters and digits are no commands: they find toppings.

Bound by the customise screen and told on its keys page.
"""

from screens.framework.commands import HELP_COMMANDS, Command, navigation_commands

COMMANDS = (
    Command(
        "customise.enter", "enter", "enter", "Done", "Take it as it stands; on a bundle in it, open that"
    ),
    Command("customise.done", "f2", "done", "", "Take it as it stands"),
    Command(
        "customise.whole",
        "space",
        "toggle_topping('W')",
        "Whole",
        "The topping on all of it; again takes it off",
    ),
    Command(
        "customise.left",
        "left",
        "toggle_topping('L')",
        "half",
        "The topping on the left half; again takes it off",
    ),
    Command(
        "customise.right",
        "right",
        "toggle_topping('R')",
        "half",
        "The topping on the right half; again takes it off",
    ),
    Command("customise.off", "delete,f8", "remove_topping", "Off", "Take the topping off"),
    Command("customise.more", "plus", "strength(1)", "", "More of the topping: extra"),
    Command("customise.less", "minus", "strength(-1)", "", "Less of the topping: light"),
    Command("customise.size", "f4", "size", "", "The next size"),
    Command("customise.crust", "f5", "crust", "", "The next crust"),
    Command("customise.join", "f6", "merge_halves", "", "What lies on both halves: make it whole"),
    Command("customise.undo", "f7", "undo", "", "Take back the last change"),
    Command("customise.recipe", "slash", "recipe", "", "Another recipe on the right half"),
    Command(
        "customise.group",
        "tab",
        "group(1)",
        "",
        "The next group",
        keys_text="Tab  Shift+Tab",
        in_palette=False,
    ),
    Command("customise.group_before", "shift+tab", "group(-1)", "", ""),
    Command(
        "customise.erase", "backspace", "erase", "", "Take back a letter, else the topping", in_palette=False
    ),
    *navigation_commands("customise"),
    *HELP_COMMANDS,
    Command(
        "customise.back", "escape,f12", "back", "Back", "Go back; what was set is kept for the next time"
    ),
)
LETTERS = (
    Command(
        "customise.find",
        "a",
        "find",
        "",
        "To the topping with a word that begins so",
        keys_text="a to z  0 to 9",
        in_palette=False,
    ),
)
"""Told on the keys page, and not bound: a letter is no command here but a part of a name."""
