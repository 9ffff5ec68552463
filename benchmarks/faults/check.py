"""Check a settled run: compare saved drafts and operators' logs with the platform's own record."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import cast

from benchmarks.faults.counts import Counts
from benchmarks.faults.deciding import ABANDONED
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
    without_kept,
    without_product,
)
from benchmarks.faults.placing_requests import PlacingRequests
from benchmarks.faults.plan import REFERENCE, RunPlan
from benchmarks.faults.printed import record_differences_of
from benchmarks.faults.saved_drafts import Kind, SavedDraft, load_saved_drafts
from console.sandbox.self_description import WALK_IN
from console.sync.placement.state import PlacementStage

OTHER_HOME = "one that another home could own, and no reference to prove it"
NOT_ON_PLATFORM = "no such order on the platform, and no reference to prove it"
LEFT_BY_REFUSAL = "left unknown because of a refusal"
IDENTICAL_ORDERS = "identical orders, fewer on the platform than were sent"
NO_REQUESTS = PlacingRequests()


@dataclass(slots=True)
class Verdict:
    """Result of the check. Each finding is a sentence; ``unresolved`` counts causes.

    ``needlessly_unresolved`` are orders left to the operator although their outcome could be known.
    """

    begun: int = 0
    requested: int = 0
    placed: int = 0
    parked: int = 0
    lost: list[str] = field(default_factory=list[str])
    duplicated: list[str] = field(default_factory=list[str])
    wrong: list[str] = field(default_factory=list[str])
    printed_differently: list[str] = field(default_factory=list[str])
    """Orders of which a ticket, or a screen, says something else than was bought."""
    needlessly_unresolved: list[str] = field(default_factory=list[str])
    unknown_by_refusal: list[str] = field(default_factory=list[str])
    """Orders whose refusal a console took for an unknown outcome, and asked about."""
    refused: Counter[str] = field(default_factory=Counter[str])
    """Refusals that the platform stated, by validator and type."""
    shown_refusals: Counter[str] = field(default_factory=Counter[str])
    """Refusals that screens showed, by their name here."""
    unresolved: Counter[str] = field(default_factory=Counter[str])
    asked: Counter[str] = field(default_factory=Counter[str])
    """Questions put to operators about orders with an unknown outcome, by their cause."""
    resolved: Counter[str] = field(default_factory=Counter[str])
    """Decisions of operators about orders with an unknown outcome."""
    counts: Counts = field(default_factory=Counts)
    fixed_conflicts: Counter[str] = field(default_factory=Counter[str])
    """What operators decided about differences, with the reasons."""

    @property
    def findings(self) -> list[str]:
        """Every finding, with its category."""
        groups = (
            ("lost", self.lost),
            ("duplicated", self.duplicated),
            ("wrong", self.wrong),
            ("printed differently", self.printed_differently),
            (LEFT_BY_REFUSAL, self.unknown_by_refusal),
        )
        return [
            f"{name}: {finding}"
            for name, findings in (*groups, ("needlessly unresolved", self.needlessly_unresolved))
            for finding in findings
        ]


async def check(
    plan: RunPlan,
    drafts_files: Sequence[Path],
    log: OperatorLog,
    *,
    orders: Sequence[Json],
    carts: Sequence[Json],
    requests: PlacingRequests = NO_REQUESTS,
) -> Verdict:
    """Check the drafts of every home. ``carts`` are those that may hold an open order."""
    drafts = [draft for file in drafts_files for draft in await load_saved_drafts(file)]
    return judge(plan, drafts, log, orders=orders, carts=carts, requests=requests)


def judge(
    plan: RunPlan,
    drafts: Sequence[SavedDraft],
    log: OperatorLog,
    *,
    orders: Sequence[Json],
    carts: Sequence[Json],
    requests: PlacingRequests = NO_REQUESTS,
) -> Verdict:
    """Check the drafts against the log and the platform's orders and carts."""
    saved = {draft.draft_id: draft for draft in drafts}
    requested = {draft_id for draft_id, draft in saved.items() if draft.is_requested}
    verdict = Verdict(
        begun=len(saved),
        requested=len(requested),
        parked=len(log.parked),
        asked=Counter(log.question_causes),
        fixed_conflicts=Counter(log.fix_reasons),
        refused=requests.refusals,
        shown_refusals=Counter(log.refusals),
        unknown_by_refusal=[
            f"draft {question.draft_id} was refused by {refusal}, and the operator was asked"
            for question in log.questions
            if (refusal := requests.refusal_behind(question))
        ],
    )
    # The console saves before the screen shows it, so a logged request must be saved. The reverse need
    # not hold: a kill may come between the two.
    for draft_id in (log.requested & set(saved)) - requested - log.withdrawn:
        verdict.lost.append(f"draft {draft_id} was requested, and the request is not saved")
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
    """Count decisions; operators must be asked only without a reference, and only they may abandon."""
    for draft_id, resolutions in log.resolutions.items():
        verdict.resolved.update(decision for decision, _ in resolutions)
        if plan.with_reference:
            verdict.needlessly_unresolved.append(
                f"draft {draft_id}: the operator was asked although it has a reference"
            )
    for draft_id, draft in saved.items():
        decisions = {decision for decision, _ in log.resolutions.get(draft_id, ())}
        if draft.stage is PlacementStage.ABANDONED and ABANDONED not in decisions:
            verdict.lost.append(f"draft {draft_id} is abandoned without a decision")


def _check_saved_drafts(verdict: Verdict, saved: Mapping[str, SavedDraft], log: OperatorLog) -> None:
    """Check that every draft has the edits that the screen showed as saved."""
    for draft_id in {*log.begun, *log.saved, *log.requested} - set(saved):
        verdict.lost.append(f"draft {draft_id} is not on the machine")
    for draft_id, states in log.saved.items():
        if draft_id not in saved:
            continue
        edits = saved[draft_id].stored.draft.edits
        if saved[draft_id].stored.corruption:
            verdict.wrong.append(f"draft {draft_id} is corrupt")
        for count, saved_digest in states.items():
            if len(edits) < count:
                verdict.lost.append(f"draft {draft_id}: {count} edits were saved, {len(edits)} exist")
            elif digest(edits[:count]) != saved_digest:
                verdict.wrong.append(f"draft {draft_id} differs from what was shown as saved")


def _check_placed_orders(
    verdict: Verdict, saved: Mapping[str, SavedDraft], log: OperatorLog, orders: Mapping[int, Json]
) -> None:
    """Check that every placed order is on the platform and matches its draft exactly."""
    for draft_id, numbers in log.placed.items():
        known = saved[draft_id].order_id if draft_id in saved else 0
        if numbers != {known}:
            verdict.wrong.append(f"draft {draft_id} was shown placed as {numbers}, and is saved as {known}")
    for draft in saved.values():
        if not draft.is_placed:
            continue
        order = orders.get(draft.order_id)
        if order is None:
            verdict.lost.append(f"draft {draft.draft_id} is placed as {draft.order_id}, which does not exist")
            continue
        verdict.counts.add(order)
        quoted_totals = log.quoted_totals.get(draft.draft_id, [])
        subject = f"order {draft.order_id} of draft {draft.draft_id}"
        verdict.wrong += [
            f"{subject} {mismatch}" for mismatch in order_mismatches(draft, order, quoted_totals)
        ]
        verdict.printed_differently += [
            f"{subject} {difference}" for difference in record_differences_of(draft, order)
        ]


def order_mismatches(draft: SavedDraft, order: Json, quoted_totals: Sequence[Decimal]) -> list[str]:
    """Return the differences between an order and its draft, or its quoted totals."""
    found: list[str] = []
    if (user_id := str(order["user_id"]).casefold()) != draft.user_id:
        found.append(f"is of {user_id}, not of {draft.user_id}")
    if (actual := without_kept(contents(order), draft.contents, draft.kept)) != draft.contents:
        found.append(difference(draft.contents, actual))
    if (actual_terms := terms(order)) != draft.terms:
        found.append(f"is {actual_terms}, not {draft.terms}")
    if (order_total := amount(order, "total")) not in quoted_totals:
        found.append(f"costs {order_total}, and the quoted totals are {quoted_totals}")
    if total(order) != order_total:
        found.append(f"adds up to {total(order)}, not to {order_total}")
    if (discount := expected_discount(order)) != amount(order, "discount"):
        found.append(f"has a discount of {order['discount']}, not {discount}")
    if order["authorised_at"] is None:
        found.append("is not authorised")
    if order["cancelled_at"] is not None:
        found.append("is cancelled")
    return found


def _check_no_duplicates(
    verdict: Verdict, plan: RunPlan, saved: Mapping[str, SavedDraft], orders: Mapping[int, Json]
) -> None:
    """Check that every order on the platform belongs to exactly one draft."""
    claims = Counter(draft.order_id for draft in saved.values() if draft.is_placed)
    verdict.duplicated += [f"order {number} belongs to {n} drafts" for number, n in claims.items() if n > 1]
    unclaimed = {number: order for number, order in orders.items() if number not in claims}
    if plan.with_reference:
        references = Counter(_reference(order) for order in orders.values())
        for draft_id, count in references.items():
            if count > 1 or draft_id not in saved:
                verdict.duplicated.append(f"{count} orders carry the reference {draft_id!r}")
        for number, order in unclaimed.items():
            verdict.lost.append(f"order {number} is unknown to its draft {_reference(order)}")
        for draft in saved.values():
            number = draft.order_id
            if draft.is_placed and number in orders and _reference(orders[number]) != draft.draft_id:
                verdict.wrong.append(f"order {number} carries another reference than {draft.draft_id}")
        return
    possible = Counter(
        draft.kind(plan.oddities.extra)
        for draft in saved.values()
        if draft.stage in (PlacementStage.SENT, PlacementStage.NEEDS_DECISION)
    )
    for kind, numbers in _by_kind(unclaimed, plan).items():
        if len(numbers) > possible[kind]:
            verdict.duplicated.append(f"orders {numbers} match {possible[kind]} unconfirmed drafts: {kind}")


def _check_open_orders(
    verdict: Verdict,
    plan: RunPlan,
    requested: Sequence[SavedDraft],
    log: OperatorLog,
    orders: Mapping[int, Json],
) -> None:
    """Check that each requested order is placed, abandoned, or unresolved without a way to resolve it."""
    claimed = {draft.order_id for draft in requested if draft.is_placed}
    unclaimed = _by_kind({number: order for number, order in orders.items() if number not in claimed}, plan)
    undecided_kinds = Counter(
        draft.kind(plan.oddities.extra) for draft in requested if draft.stage is PlacementStage.NEEDS_DECISION
    )
    for draft in requested:
        if draft.is_placed or draft.stage is PlacementStage.ABANDONED:
            continue
        undecided, reason = log.unfinished.get(draft.draft_id, (False, ""))
        kind = draft.kind(plan.oddities.extra)
        matching = len(unclaimed.get(kind, ()))
        if plan.with_reference or not undecided or draft.stage is not PlacementStage.NEEDS_DECISION:
            verdict.needlessly_unresolved.append(
                f"draft {draft.draft_id} was requested and is {draft.stage}: {reason!r}"
            )
        elif not matching:
            verdict.unresolved[NOT_ON_PLATFORM] += 1
        elif plan.two_homes:
            verdict.unresolved[OTHER_HOME] += 1
        elif matching < undecided_kinds[kind]:
            verdict.unresolved[IDENTICAL_ORDERS] += 1
        else:
            verdict.needlessly_unresolved.append(
                f"draft {draft.draft_id} is on the platform, and was not found: {reason!r}"
            )


def _check_carts(
    verdict: Verdict, plan: RunPlan, saved: Mapping[str, SavedDraft], log: OperatorLog, carts: Iterable[Json]
) -> None:
    """Check that every cart that is not empty matches an order that is not placed, part by part.

    A parked order may have differences that nobody decided yet: its cart is what the platform makes of it.
    """
    carts_by_customer: dict[str, list[tuple[OrderTerms, Contents, Decimal]]] = defaultdict(list)
    for cart in carts:
        if lines := contents(cart):
            customer = str(cart["customer"])
            cart_contents = terms(cart), plan.oddities.with_deals(lines), amount(cart, "order_total")
            carts_by_customer["" if customer == WALK_IN else customer].append(cart_contents)
    for draft in saved.values():
        if draft.is_placed or draft.stored.draft.is_empty or draft.stage is not PlacementStage.READY:
            continue
        customer_carts, shown_total = carts_by_customer[draft.customer], log.shown_totals.get(draft.draft_id)
        expected = draft.terms.cart_terms, draft.contents
        same_contents = [
            cart
            for cart in customer_carts
            if (cart[0], without_kept(cart[1], draft.contents, draft.kept)) == expected
            or (cart[0] == expected[0] and plan.oddities.left_undecided(cart[1], draft.contents))
        ]
        matching = [cart for cart in same_contents if shown_total in (None, cart[2])]
        if matching:
            customer_carts.remove(matching[0])
        else:
            verdict.wrong.append(
                f"draft {draft.draft_id} expects {expected} at {shown_total},"
                f" {draft.customer or 'a walk-in'} has {customer_carts}"
            )
    undecided = {
        draft.customer
        for draft in saved.values()
        if draft.stage in (PlacementStage.NEEDS_DECISION, PlacementStage.ABANDONED)
    }
    for customer, remaining in carts_by_customer.items():
        # A customer's cart still holds an order that was sent and perhaps not placed.
        if remaining and not (plan.carts_are_customers and customer in undecided):
            verdict.wrong.append(f"carts of {customer or 'walk-ins'} that match no draft: {remaining}")


def _reference(order: Json) -> str:
    return str(cast("dict[str, str]", order["attributes"]).get(REFERENCE, ""))


def _kind(order: Json, plan: RunPlan) -> Kind:
    lines = without_product(contents(order), plan.oddities.extra)
    return str(order["user_id"]).casefold(), amount(order, "total"), terms(order), lines


def _by_kind(orders: Mapping[int, Json], plan: RunPlan) -> Mapping[Kind, list[int]]:
    found: dict[Kind, list[int]] = defaultdict(list)
    for number, order in orders.items():
        found[_kind(order, plan)].append(number)
    return found
