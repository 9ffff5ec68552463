"""The proof after a run: what the machine keeps and its operators saw, against the platform's own record.

Used by ``fault_run.py`` once everything has come to rest.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import cast

from benchmarks.faults.counts import Counts
from benchmarks.faults.deciding import ABANDONED
from benchmarks.faults.kept_drafts import Kind, SavedDraft, load_saved_drafts
from benchmarks.faults.log import OperatorLog, digest
from benchmarks.faults.order_record import (
    Contents,
    Json,
    OrderTerms,
    amount,
    contents,
    difference,
    expected_discount,
    terms,
    total,
)
from benchmarks.faults.plan import REFERENCE, RunPlan
from console.sandbox.self_description import WALK_IN
from console.sync.placement.state import PlacementStage

NOT_ON_PLATFORM = "no such order on the platform, and no reference that would prove it"
IDENTICAL_ORDERS = "orders that are alike, fewer of them on the platform than were sent"


@dataclass(slots=True)
class Verdict:
    """What became of the orders of a run. Each finding is a sentence; ``left`` counts causes.

    ``needless`` are orders left to the operator although what became of them could be known.
    """

    begun: int = 0
    requested: int = 0
    placed: int = 0
    parked: int = 0
    lost: list[str] = field(default_factory=list[str])
    duplicated: list[str] = field(default_factory=list[str])
    wrong: list[str] = field(default_factory=list[str])
    needlessly_unresolved: list[str] = field(default_factory=list[str])
    unresolved: Counter[str] = field(default_factory=Counter[str])
    resolved: Counter[str] = field(default_factory=Counter[str])
    """What operators said who were asked what became of an order."""
    counts: Counts = field(default_factory=Counts)
    fixed_conflicts: Counter[str] = field(default_factory=Counter[str])
    """Why their operator gave up something of an order before it was placed."""

    @property
    def findings(self) -> list[str]:
        """Everything that must not be."""
        groups = (("lost", self.lost), ("duplicated", self.duplicated), ("wrong", self.wrong))
        return [
            f"{name}: {what}"
            for name, found in (*groups, ("needless", self.needlessly_unresolved))
            for what in found
        ]


async def check(
    plan: RunPlan, drafts_file: Path, log: OperatorLog, *, orders: Sequence[Json], carts: Sequence[Json]
) -> Verdict:
    """Compare all of it. ``carts`` are those that may hold an order that is open still."""
    return judge(plan, await load_saved_drafts(drafts_file), log, orders=orders, carts=carts)


def judge(
    plan: RunPlan,
    drafts: Sequence[SavedDraft],
    log: OperatorLog,
    *,
    orders: Sequence[Json],
    carts: Sequence[Json],
) -> Verdict:
    """The verdict on these drafts."""
    saved = {draft.draft_id: draft for draft in drafts}
    requested = {draft_id for draft_id, draft in saved.items() if draft.is_requested}
    verdict = Verdict(
        begun=len(saved),
        requested=len(requested),
        parked=len(log.parked),
        fixed_conflicts=Counter(log.fix_reasons),
    )
    # A console may be killed between what it kept and what its operator saw, and never the other way about.
    for draft_id in (log.requested & set(saved)) - requested - log.withdrawn:
        verdict.lost.append(f"draft {draft_id} was to be placed, and that is not kept")
    _check_resolutions(verdict, plan, saved, log)
    verdict.placed = sum(draft.is_placed for draft in saved.values())
    by_number = {int(str(order["order_id"])): order for order in orders}
    _check_saved_drafts(verdict, saved, log)
    _check_placed_orders(verdict, saved, log, by_number)
    _check_no_duplicates(verdict, plan, saved, by_number)
    _check_open_orders(verdict, plan, [saved[draft_id] for draft_id in sorted(requested)], log, by_number)
    _check_carts(verdict, plan, saved, log, carts)
    return verdict


def _check_resolutions(
    verdict: Verdict, plan: RunPlan, saved: Mapping[str, SavedDraft], log: OperatorLog
) -> None:
    """What operators said, and that they were asked only where nobody else could know."""
    for draft_id, answers in log.resolutions.items():
        verdict.resolved.update(what for what, _ in answers)
        if plan.with_reference:
            verdict.needlessly_unresolved.append(
                f"draft {draft_id}: the operator was asked, and the reference would tell"
            )
    for draft_id, draft in saved.items():
        answers_given = {what for what, _ in log.resolutions.get(draft_id, ())}
        if draft.stage is PlacementStage.ABANDONED and ABANDONED not in answers_given:
            verdict.lost.append(f"draft {draft_id} is put away, and nobody said so")


def _check_saved_drafts(verdict: Verdict, saved: Mapping[str, SavedDraft], log: OperatorLog) -> None:
    """Every draft is there as it was last seen saved, and whatever was saved after."""
    for draft_id in {*log.begun, *log.saved, *log.requested} - set(saved):
        verdict.lost.append(f"draft {draft_id} is not on the machine any more")
    for draft_id, states in log.saved.items():
        if draft_id not in saved:
            continue
        edits = saved[draft_id].stored.draft.edits
        if saved[draft_id].stored.corruption:
            verdict.wrong.append(f"draft {draft_id} is damaged")
        for count, what in states.items():
            if len(edits) < count:
                verdict.lost.append(f"draft {draft_id}: {count} edits were saved, {len(edits)} are there")
            elif digest(edits[:count]) != what:
                verdict.wrong.append(f"draft {draft_id} is not as it was seen saved")


def _check_placed_orders(
    verdict: Verdict, saved: Mapping[str, SavedDraft], log: OperatorLog, orders: Mapping[int, Json]
) -> None:
    """Every order that is said to be placed is on the platform, as it was wished and to the last digit."""
    for draft_id, numbers in log.placed.items():
        known = saved[draft_id].order_id if draft_id in saved else 0
        if numbers != {known}:
            verdict.wrong.append(f"draft {draft_id} was shown placed as {numbers}, and is kept as {known}")
    for draft in saved.values():
        if not draft.is_placed:
            continue
        order = orders.get(draft.order_id)
        if order is None:
            verdict.lost.append(f"draft {draft.draft_id} is placed as {draft.order_id}, which is no order")
            continue
        verdict.counts.add(order)
        quoted_totals = log.quoted_totals.get(draft.draft_id, [])
        subject = f"order {draft.order_id} of draft {draft.draft_id}"
        verdict.wrong += [f"{subject} {what}" for what in order_mismatches(draft, order, quoted_totals)]


def order_mismatches(draft: SavedDraft, order: Json, quoted_totals: Sequence[Decimal]) -> list[str]:
    """What of an order is not as its draft wishes it, or not at a total that its customer was told."""
    found: list[str] = []
    if (user_id := str(order["user_id"]).casefold()) != draft.user_id:
        found.append(f"is of {user_id}, not of {draft.user_id}")
    if (actual := contents(order)) != draft.contents:
        found.append(difference(draft.contents, actual))
    if (actual_terms := terms(order)) != draft.terms:
        found.append(f"is {actual_terms}, not {draft.terms}")
    if (order_total := amount(order, "total")) not in quoted_totals:
        found.append(f"costs {order_total}, and {quoted_totals} was told")
    if total(order) != order_total:
        found.append(f"adds up to {total(order)}, and not to {order_total}")
    if (discount := expected_discount(order)) != amount(order, "discount"):
        found.append(f"has {order['discount']} taken off, and not {discount}")
    if order["authorised_at"] is None:
        found.append("is not authorised")
    if order["cancelled_at"] is not None:
        found.append("is cancelled")
    return found


def _check_no_duplicates(
    verdict: Verdict, plan: RunPlan, saved: Mapping[str, SavedDraft], orders: Mapping[int, Json]
) -> None:
    """No order is on the platform that no draft accounts for, and none for two."""
    claims = Counter(draft.order_id for draft in saved.values() if draft.is_placed)
    verdict.duplicated += [f"order {number} is kept by {n} drafts" for number, n in claims.items() if n > 1]
    unclaimed = {number: order for number, order in orders.items() if number not in claims}
    if plan.with_reference:
        references = Counter(_reference(order) for order in orders.values())
        for draft_id, count in references.items():
            if count > 1 or draft_id not in saved:
                verdict.duplicated.append(f"{count} orders carry the reference {draft_id!r}")
        for number, order in unclaimed.items():
            verdict.lost.append(f"order {number} is draft {_reference(order)}, which does not know of it")
        for draft in saved.values():
            number = draft.order_id
            if draft.is_placed and number in orders and _reference(orders[number]) != draft.draft_id:
                verdict.wrong.append(f"order {number} carries another reference than {draft.draft_id}")
        return
    may_be = Counter(
        draft.kind
        for draft in saved.values()
        if draft.stage in (PlacementStage.SENT, PlacementStage.NEEDS_DECISION)
    )
    for kind, numbers in _by_kind(unclaimed).items():
        if len(numbers) > may_be[kind]:
            verdict.duplicated.append(f"orders {numbers}: {may_be[kind]} drafts may be them, {kind}")


def _check_open_orders(
    verdict: Verdict,
    plan: RunPlan,
    requested: Sequence[SavedDraft],
    log: OperatorLog,
    orders: Mapping[int, Json],
) -> None:
    """What was to be placed is, or is left to the operator with a cause that nobody could do away with."""
    claimed = {draft.order_id for draft in requested if draft.is_placed}
    unclaimed = _by_kind({number: order for number, order in orders.items() if number not in claimed})
    undecided_kinds = Counter(
        draft.kind for draft in requested if draft.stage is PlacementStage.NEEDS_DECISION
    )
    for draft in requested:
        if draft.is_placed or draft.stage is PlacementStage.ABANDONED:
            continue
        undecided, why = log.unfinished.get(draft.draft_id, (False, ""))
        matching = len(unclaimed.get(draft.kind, ()))
        if plan.with_reference or not undecided or draft.stage is not PlacementStage.NEEDS_DECISION:
            verdict.needlessly_unresolved.append(
                f"draft {draft.draft_id} was to be placed and is {draft.stage}: {why!r}"
            )
        elif not matching:
            verdict.unresolved[NOT_ON_PLATFORM] += 1
        elif matching < undecided_kinds[draft.kind]:
            verdict.unresolved[IDENTICAL_ORDERS] += 1
        else:
            verdict.needlessly_unresolved.append(
                f"draft {draft.draft_id} is on the platform, and was not found: {why!r}"
            )


def _check_carts(
    verdict: Verdict, plan: RunPlan, saved: Mapping[str, SavedDraft], log: OperatorLog, carts: Iterable[Json]
) -> None:
    """The carts that hold anything are those of the orders that are not placed, part by part."""
    carts_by_customer: dict[str, list[tuple[OrderTerms, Contents, Decimal]]] = defaultdict(list)
    for cart in carts:
        if lines := contents(cart):
            customer = str(cart["customer"])
            cart_contents = terms(cart), lines, amount(cart, "order_total")
            carts_by_customer["" if customer == WALK_IN else customer].append(cart_contents)
    for draft in saved.values():
        if draft.is_placed or draft.stored.draft.is_empty or draft.stage is not PlacementStage.READY:
            continue
        customer_carts, shown_total = carts_by_customer[draft.customer], log.shown_totals.get(draft.draft_id)
        expected = draft.terms.cart_terms, draft.contents
        same_contents = [held for held in customer_carts if held[:2] == expected]
        matching = [held for held in same_contents if shown_total in (None, held[2])]
        if matching:
            customer_carts.remove(matching[0])
        else:
            verdict.wrong.append(
                f"draft {draft.draft_id} wishes {expected} at {shown_total},"
                f" {draft.customer or 'a walk-in'} has {customer_carts}"
            )
    undecided = {
        draft.customer
        for draft in saved.values()
        if draft.stage in (PlacementStage.NEEDS_DECISION, PlacementStage.ABANDONED)
    }
    for customer, remaining in carts_by_customer.items():
        # What was asked to be placed, and perhaps is not, lies there still where a cart is a customer's.
        if remaining and not (plan.carts_are_customers and customer in undecided):
            verdict.wrong.append(f"carts of {customer or 'walk-ins'} that no draft wishes: {remaining}")


def _reference(order: Json) -> str:
    return str(cast("dict[str, str]", order["attributes"]).get(REFERENCE, ""))


def _kind(order: Json) -> Kind:
    return str(order["user_id"]).casefold(), amount(order, "total"), terms(order), contents(order)


def _by_kind(orders: Mapping[int, Json]) -> Mapping[Kind, list[int]]:
    found: dict[Kind, list[int]] = defaultdict(list)
    for number, order in orders.items():
        found[_kind(order)].append(number)
    return found
