"""Copies the configuration of an order line to another: the toppings that both products have."""

from console.ordering.configuration import default_configuration, problems
from console.ordering.configuration.copying import can_copy, copy_configuration
from console.ordering.descriptions import build_order_item
from console.ordering.draft import AddLine, DraftLine, Edit, ReplaceItem
from screens.dialogs.select import SelectScreen
from screens.order.order_editor import OrderEditor
from widgets.lists.columns import Column, ListRow
from widgets.message_line import MessageKind
from widgets.text_cells import Align

NEW_LINE = "new"
NOT_CONFIGURED = "This line has no configuration to copy."


async def copy_to_line(screen: OrderEditor, line: DraftLine) -> None:
    """Copy a configuration to a new line, or to one that can be configured like it; ask which."""
    bundles = screen.session.menu.bundles
    if line.item.product_id not in bundles:
        screen.say(NOT_CONFIGURED)
        return
    source_bundle = bundles[line.item.product_id]
    targets = [
        other
        for other in screen.view.draft.lines
        if other.line_id != line.line_id
        and (bundle := bundles.get(other.item.product_id)) is not None
        and can_copy(source_bundle, bundle)
    ]
    numbers = {other.line_id: number for number, other in enumerate(screen.view.draft.lines, 1)}
    rows = [ListRow(NEW_LINE, ("", f"New line, the same {line.item.title}"))]
    rows += [ListRow(other.line_id, (str(numbers[other.line_id]), _line_name(other))) for other in targets]
    columns = (Column("#", 3, Align.RIGHT), Column("To"))
    key = await screen.ask(SelectScreen(f"Copy line {numbers[line.line_id]}", columns, rows))
    if key == NEW_LINE:
        copied = DraftLine(screen.session.orders.new_line_id(), line.item, line.quantity)
        _apply_edit(screen, line, AddLine(copied), ())
    elif key is not None and (target := screen.view.draft.line(key)) is not None:
        _copy_configuration(screen, line, target)


def _copy_configuration(screen: OrderEditor, line: DraftLine, target: DraftLine) -> None:
    session, bundles = screen.session, screen.session.menu.bundles
    bundle, target_bundle = bundles[line.item.product_id], bundles[target.item.product_id]
    copied = copy_configuration(
        bundle, line.item.components or default_configuration(bundle, bundles), target_bundle, bundles
    )
    if violations := problems(target_bundle, copied.components, bundles):
        screen.say(f"{target.item.title} is unchanged: {violations[0]}", MessageKind.WARN)
        return
    item = build_order_item(
        target_bundle,
        copied.components,
        bundles=bundles,
        currency=session.currency,
        half_rule=session.half_rule,
    )
    _apply_edit(screen, target, ReplaceItem(target.line_id, item), copied.not_copied)


def _apply_edit(screen: OrderEditor, line: DraftLine, edit: Edit, missing: tuple[str, ...]) -> None:
    if not screen.apply_edit(edit):
        return
    if missing:
        screen.say(f"{line.item.title} has no {', '.join(missing)}; the rest is copied.", MessageKind.WARN)
    else:
        screen.say(f"{line.item.title} is configured the same. F7 undoes it.", MessageKind.GOOD)


def _line_name(line: DraftLine) -> str:
    return f"{line.item.options} {line.item.title}".strip()
