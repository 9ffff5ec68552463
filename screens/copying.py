"""One line's configuration put onto another: the same toppings where the other product has them.

Used by the order screen.
"""

from console.ordering.configuration import default_configuration, problems
from console.ordering.configuration.copying import can_copy, copy_configuration
from console.ordering.descriptions import build_order_item
from console.ordering.draft import AddLine, DraftLine, Edit, ReplaceItem
from screens.choose import ChooseScreen
from screens.open_order import OpenOrderScreen
from widgets.lists.columns import Column, ListRow
from widgets.message_line import MessageKind
from widgets.text_cells import Align

NEW = "new"
NOT_CONFIGURED = "This line has no configuration to put onto another."


def open_copy(screen: OpenOrderScreen, line: DraftLine) -> None:
    """Choose where the line's configuration goes: a new line, or another line that can be made like it."""
    bundles = screen.desk.menu.bundles
    if line.item.product_id not in bundles:
        screen.say(NOT_CONFIGURED)
        return
    mine = bundles[line.item.product_id]
    others = [
        other
        for other in screen.view.draft.lines
        if other.line_id != line.line_id
        and (bundle := bundles.get(other.item.product_id)) is not None
        and can_copy(mine, bundle)
    ]
    numbers = {other.line_id: number for number, other in enumerate(screen.view.draft.lines, 1)}
    rows = [ListRow(NEW, ("", f"A new line, the same {line.item.title}"))]
    rows += [ListRow(other.line_id, (str(numbers[other.line_id]), _name(other))) for other in others]

    def chosen(key: str | None) -> None:
        if key == NEW:
            _say(
                screen,
                line,
                AddLine(DraftLine(screen.desk.orders.new_line_id(), line.item, line.quantity)),
                (),
            )
        elif key is not None and (onto := screen.view.draft.line(key)) is not None:
            _put(screen, line, onto)

    columns = (Column("#", 3, Align.RIGHT), Column("Onto"))
    screen.app.push_screen(ChooseScreen(f"As line {numbers[line.line_id]}", columns, rows), chosen)


def _put(screen: OpenOrderScreen, line: DraftLine, onto: DraftLine) -> None:
    desk, bundles = screen.desk, screen.desk.menu.bundles
    bundle, other = bundles[line.item.product_id], bundles[onto.item.product_id]
    made = copy_configuration(
        bundle, line.item.components or default_configuration(bundle, bundles), other, bundles
    )
    if wrong := problems(other, made.components, bundles):
        screen.say(f"{onto.item.title} stays as it was: {wrong[0]}", MessageKind.WARN)
        return
    item = build_order_item(
        other, made.components, bundles=bundles, currency=desk.currency, half_rule=desk.half_rule
    )
    _say(screen, onto, ReplaceItem(onto.line_id, item), made.not_copied)


def _say(screen: OpenOrderScreen, line: DraftLine, edit: Edit, missing: tuple[str, ...]) -> None:
    if not screen.change(edit):
        return
    if missing:
        screen.say(f"{line.item.title} has no {', '.join(missing)}; the rest is on it.", MessageKind.WARN)
    else:
        screen.say(f"{line.item.title} has the same on it. F7 takes it back.", MessageKind.GOOD)


def _name(line: DraftLine) -> str:
    return f"{line.item.options} {line.item.title}".strip()
