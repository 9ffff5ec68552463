"""The proof after a run: what the machine keeps and its operators saw, against the platform's own record.

Used by ``fault_run.py`` once everything has come to rest.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import cast

from fault_counts import Counts
from fault_deciding import AWAY
from fault_kept import Kept, Kind, kept_drafts
from fault_log import Seen, digest
from fault_plan import REFERENCE, RunPlan
from fault_record import Contents, Json, Terms, amount, contents, difference, taken_off, terms, total

from console.sandbox.records import WALK_IN
from console.sync.placing_state import Stage

ABSENT = "no such order on the platform, and no reference that would prove it"
ALIKE = "orders that are alike, fewer of them on the platform than were sent"


@dataclass(slots=True)
class Verdict:
    """What became of the orders of a run. Each finding is a sentence; ``left`` counts causes.

    ``needless`` are orders left to the operator although what became of them could be known.
    """

    begun: int = 0
    asked: int = 0
    placed: int = 0
    parked: int = 0
    lost: list[str] = field(default_factory=list[str])
    duplicated: list[str] = field(default_factory=list[str])
    wrong: list[str] = field(default_factory=list[str])
    needless: list[str] = field(default_factory=list[str])
    left: Counter[str] = field(default_factory=Counter[str])
    decided: Counter[str] = field(default_factory=Counter[str])
    """What operators said who were asked what became of an order."""
    counts: Counts = field(default_factory=Counts)
    mended: Counter[str] = field(default_factory=Counter[str])
    """Why their operator gave up something of an order before it was placed."""

    @property
    def findings(self) -> list[str]:
        """Everything that must not be."""
        groups = (("lost", self.lost), ("duplicated", self.duplicated), ("wrong", self.wrong))
        return [f"{name}: {what}" for name, found in (*groups, ("needless", self.needless)) for what in found]


async def check(
    plan: RunPlan, drafts_file: Path, seen: Seen, *, orders: Sequence[Json], carts: Sequence[Json]
) -> Verdict:
    """Compare all of it. ``carts`` are those that may hold an order that is open still."""
    return judged(plan, await kept_drafts(drafts_file), seen, orders=orders, carts=carts)


def judged(
    plan: RunPlan, drafts: Sequence[Kept], seen: Seen, *, orders: Sequence[Json], carts: Sequence[Json]
) -> Verdict:
    """The verdict on these drafts."""
    kept = {draft.draft_id: draft for draft in drafts}
    wished = {draft_id for draft_id, draft in kept.items() if draft.is_wished}
    verdict = Verdict(
        begun=len(kept), asked=len(wished), parked=len(seen.parked), mended=Counter(seen.mended)
    )
    # A console may be killed between what it kept and what its operator saw, and never the other way about.
    for draft_id in (seen.asked & set(kept)) - wished - seen.withdrawn:
        verdict.lost.append(f"draft {draft_id} was to be placed, and that is not kept")
    _decided(verdict, plan, kept, seen)
    verdict.placed = sum(draft.is_placed for draft in kept.values())
    by_number = {int(str(order["order_id"])): order for order in orders}
    _saved(verdict, kept, seen)
    _placed(verdict, kept, seen, by_number)
    _once(verdict, plan, kept, by_number)
    _open(verdict, plan, [kept[draft_id] for draft_id in sorted(wished)], seen, by_number)
    _carts(verdict, plan, kept, seen, carts)
    return verdict


def _decided(verdict: Verdict, plan: RunPlan, kept: Mapping[str, Kept], seen: Seen) -> None:
    """What operators said, and that they were asked only where nobody else could know."""
    for draft_id, answers in seen.decided.items():
        verdict.decided.update(what for what, _ in answers)
        if plan.with_reference:
            verdict.needless.append(f"draft {draft_id}: the operator was asked, and the reference would tell")
    for draft_id, draft in kept.items():
        said = {what for what, _ in seen.decided.get(draft_id, ())}
        if draft.stage is Stage.LEFT and AWAY not in said:
            verdict.lost.append(f"draft {draft_id} is put away, and nobody said so")


def _saved(verdict: Verdict, kept: Mapping[str, Kept], seen: Seen) -> None:
    """Every draft is there as it was last seen saved, and whatever was saved after."""
    for draft_id in {*seen.begun, *seen.saved, *seen.asked} - set(kept):
        verdict.lost.append(f"draft {draft_id} is not on the machine any more")
    for draft_id, states in seen.saved.items():
        if draft_id not in kept:
            continue
        edits = kept[draft_id].stored.draft.edits
        if kept[draft_id].stored.damage:
            verdict.wrong.append(f"draft {draft_id} is damaged")
        for count, what in states.items():
            if len(edits) < count:
                verdict.lost.append(f"draft {draft_id}: {count} edits were saved, {len(edits)} are there")
            elif digest(edits[:count]) != what:
                verdict.wrong.append(f"draft {draft_id} is not as it was seen saved")


def _placed(verdict: Verdict, kept: Mapping[str, Kept], seen: Seen, orders: Mapping[int, Json]) -> None:
    """Every order that is said to be placed is on the platform, as it was wished and to the last digit."""
    for draft_id, numbers in seen.placed.items():
        known = kept[draft_id].order_id if draft_id in kept else 0
        if numbers != {known}:
            verdict.wrong.append(f"draft {draft_id} was shown placed as {numbers}, and is kept as {known}")
    for draft in kept.values():
        if not draft.is_placed:
            continue
        order = orders.get(draft.order_id)
        if order is None:
            verdict.lost.append(f"draft {draft.draft_id} is placed as {draft.order_id}, which is no order")
            continue
        verdict.counts.add(order)
        told = seen.told.get(draft.draft_id, [])
        whose = f"order {draft.order_id} of draft {draft.draft_id}"
        verdict.wrong += [f"{whose} {what}" for what in wrongs(draft, order, told)]


def wrongs(draft: Kept, order: Json, told: Sequence[Decimal]) -> list[str]:
    """What of an order is not as its draft wishes it, or not at a total that its customer was told."""
    found: list[str] = []
    if (user_id := str(order["user_id"]).casefold()) != draft.user_id:
        found.append(f"is of {user_id}, not of {draft.user_id}")
    if (there := contents(order)) != draft.contents:
        found.append(difference(draft.contents, there))
    if (how := terms(order)) != draft.terms:
        found.append(f"is {how}, not {draft.terms}")
    if (costs := amount(order, "total")) not in told:
        found.append(f"costs {costs}, and {told} was told")
    if total(order) != costs:
        found.append(f"adds up to {total(order)}, and not to {costs}")
    if (off := taken_off(order)) != amount(order, "discount"):
        found.append(f"has {order['discount']} taken off, and not {off}")
    if order["authorised_at"] is None:
        found.append("is not authorised")
    if order["cancelled_at"] is not None:
        found.append("is cancelled")
    return found


def _once(verdict: Verdict, plan: RunPlan, kept: Mapping[str, Kept], orders: Mapping[int, Json]) -> None:
    """No order is on the platform that no draft accounts for, and none for two."""
    claims = Counter(draft.order_id for draft in kept.values() if draft.is_placed)
    verdict.duplicated += [f"order {number} is kept by {n} drafts" for number, n in claims.items() if n > 1]
    unclaimed = {number: order for number, order in orders.items() if number not in claims}
    if plan.with_reference:
        references = Counter(_reference(order) for order in orders.values())
        for draft_id, count in references.items():
            if count > 1 or draft_id not in kept:
                verdict.duplicated.append(f"{count} orders carry the reference {draft_id!r}")
        for number, order in unclaimed.items():
            verdict.lost.append(f"order {number} is draft {_reference(order)}, which does not know of it")
        for draft in kept.values():
            number = draft.order_id
            if draft.is_placed and number in orders and _reference(orders[number]) != draft.draft_id:
                verdict.wrong.append(f"order {number} carries another reference than {draft.draft_id}")
        return
    may_be = Counter(draft.kind for draft in kept.values() if draft.stage in (Stage.SENT, Stage.ASKING))
    for kind, numbers in _by_kind(unclaimed).items():
        if len(numbers) > may_be[kind]:
            verdict.duplicated.append(f"orders {numbers}: {may_be[kind]} drafts may be them, {kind}")


def _open(
    verdict: Verdict, plan: RunPlan, wished: Sequence[Kept], seen: Seen, orders: Mapping[int, Json]
) -> None:
    """What was to be placed is, or is left to the operator with a cause that nobody could do away with."""
    claimed = {draft.order_id for draft in wished if draft.is_placed}
    unclaimed = _by_kind({number: order for number, order in orders.items() if number not in claimed})
    asking = Counter(draft.kind for draft in wished if draft.stage is Stage.ASKING)
    for draft in wished:
        if draft.is_placed or draft.stage is Stage.LEFT:
            continue
        undecided, why = seen.rests.get(draft.draft_id, (False, ""))
        there = len(unclaimed.get(draft.kind, ()))
        if plan.with_reference or not undecided or draft.stage is not Stage.ASKING:
            verdict.needless.append(f"draft {draft.draft_id} was to be placed and is {draft.stage}: {why!r}")
        elif not there:
            verdict.left[ABSENT] += 1
        elif there < asking[draft.kind]:
            verdict.left[ALIKE] += 1
        else:
            verdict.needless.append(f"draft {draft.draft_id} is on the platform, and was not found: {why!r}")


def _carts(
    verdict: Verdict, plan: RunPlan, kept: Mapping[str, Kept], seen: Seen, carts: Iterable[Json]
) -> None:
    """The carts that hold anything are those of the orders that are not placed, part by part."""
    there: dict[str, list[tuple[Terms, Contents, Decimal]]] = defaultdict(list)
    for cart in carts:
        if lines := contents(cart):
            customer = str(cart["customer"])
            held = terms(cart), lines, amount(cart, "order_total")
            there["" if customer == WALK_IN else customer].append(held)
    for draft in kept.values():
        if draft.is_placed or draft.stored.draft.is_empty or draft.stage is not Stage.READY:
            continue
        has, shown = there[draft.customer], seen.shown.get(draft.draft_id)
        wish = draft.terms.of_cart, draft.contents
        alike = [held for held in has if held[:2] == wish]
        fitting = [held for held in alike if shown in (None, held[2])]
        if fitting:
            has.remove(fitting[0])
        else:
            verdict.wrong.append(
                f"draft {draft.draft_id} wishes {wish} at {shown}, {draft.customer or 'a walk-in'} has {has}"
            )
    undecided = {draft.customer for draft in kept.values() if draft.stage in (Stage.ASKING, Stage.LEFT)}
    for customer, left in there.items():
        # What was asked to be placed, and perhaps is not, lies there still where a cart is a customer's.
        if left and not (plan.carts_are_customers and customer in undecided):
            verdict.wrong.append(f"carts of {customer or 'walk-ins'} that no draft wishes: {left}")


def _reference(order: Json) -> str:
    return str(cast("dict[str, str]", order["attributes"]).get(REFERENCE, ""))


def _kind(order: Json) -> Kind:
    return str(order["user_id"]).casefold(), amount(order, "total"), terms(order), contents(order)


def _by_kind(orders: Mapping[int, Json]) -> Mapping[Kind, list[int]]:
    found: dict[Kind, list[int]] = defaultdict(list)
    for number, order in orders.items():
        found[_kind(order)].append(number)
    return found
