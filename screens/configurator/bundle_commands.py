"""The commands of the bundle screen. Letters and digits are no commands: they find toppings."""

from screens.framework.commands import HELP_COMMANDS, Command, navigation_commands

COMMANDS = (
    Command(
        "customise.enter", "enter", "enter", "Done", "Accept the configuration; on a nested bundle, open it"
    ),
    Command("customise.done", "f2", "done", "", "Accept the configuration"),
    Command(
        "customise.whole",
        "space",
        "toggle_topping('W')",
        "Whole",
        "Topping on the whole; again removes it",
    ),
    Command(
        "customise.left",
        "left",
        "toggle_topping('L')",
        "half",
        "Topping on the left half; again removes it",
    ),
    Command(
        "customise.right",
        "right",
        "toggle_topping('R')",
        "half",
        "Topping on the right half; again removes it",
    ),
    Command("customise.off", "delete,f8", "remove_topping", "Remove", "Remove the topping"),
    Command("customise.more", "plus", "strength(1)", "", "More of the topping: extra"),
    Command("customise.less", "minus", "strength(-1)", "", "Less of the topping: light"),
    Command("customise.size", "f4", "size", "", "Next size"),
    Command("customise.crust", "f5", "crust", "", "Next crust"),
    Command("customise.join", "f6", "merge_halves", "", "Merge toppings on both halves into whole ones"),
    Command("customise.undo", "f7", "undo", "", "Undo the last change"),
    Command("customise.recipe", "slash", "recipe", "", "Choose another recipe for the right half"),
    Command(
        "customise.group",
        "tab",
        "group(1)",
        "",
        "Next group",
        keys_text="Tab  Shift+Tab",
        in_palette=False,
    ),
    Command("customise.group_before", "shift+tab", "group(-1)", "", ""),
    Command(
        "customise.erase", "backspace", "erase", "", "Delete a letter, or else the topping", in_palette=False
    ),
    *navigation_commands("customise"),
    *HELP_COMMANDS,
    Command("customise.back", "escape,f12", "back", "Back", "Go back; changes are kept for the next time"),
)
LETTERS = (
    Command(
        "customise.find",
        "a",
        "find",
        "",
        "Find a topping by the beginning of a word",
        keys_text="a to z  0 to 9",
        in_palette=False,
    ),
)
"""For the keys page only, not bound: letters are parts of names here."""
