"""From the text in the menu's field to an item of the order: search, variants, type-ahead."""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from time import monotonic

from console.ordering.catalogue import MenuMatches, Product, Variant
from console.ordering.draft import OrderItem
from console.ordering.number_input import NumberInputError
from screens.framework.console_screen import OperatorScreen
from screens.framework.key_buffer import is_typed_after
from screens.order.menu_panel import EntryRequest, MenuPanel
from screens.order.variant_dialog import VariantSelectScreen
from screens.order_view.rows import added_message
from widgets.message_line import MessageKind
from widgets.staleness import is_stale


@dataclass(frozen=True, slots=True)
class Guess:
    """A product that a mistyped text may mean, and the moment at which the operator was asked."""

    request: EntryRequest
    product_id: int
    asked_at: float


class ProductEntry:
    """Finds the requested product and adds it through ``add_item``, which returns False if it is refused.

    A guess is added only by an Enter of its own, typed after the question: see ``_offer_guess``.
    """

    def __init__(
        self, screen: OperatorScreen[str | None], panel: MenuPanel, add_item: Callable[[OrderItem, int], bool]
    ) -> None:
        self._order_screen = screen
        self._menu_panel = panel
        self._add_item = add_item
        self._queue: deque[EntryRequest] = deque()
        self._shown_query: str | None = None
        self._shown_at = 0.0
        self._shows_guesses = False
        self._guess: Guess | None = None
        self._unmatched_query = self._unmatched_text = ""
        """The text that was not found, and what was said about it."""
        self.category = ""
        """The id of the category that is shown, empty for all."""

    def handle_text_change(self) -> None:
        """Search for the new text, and clear the message about an earlier one."""
        if self._unmatched_query and self._unmatched_query != self._menu_panel.query_text:
            if self._order_screen.message == self._unmatched_text:
                self._order_screen.say("")
            self._unmatched_query = self._unmatched_text = ""
        self.search()

    def search(self, *, home: bool = True) -> None:
        """Search the local menu for the text; ``home`` selects the first match."""
        self._order_screen.run_worker(
            partial(self._run_search, home=home), name="menu", group="menu", exclusive=True
        )

    def submit(self) -> None:
        """Add the selected product, or the best match once the list has caught up with the keys."""
        is_shown = self._shown_query == self._menu_panel.query_text
        if not self._menu_panel.query_text.strip() and not (is_shown and self._is_seen):
            return
        try:
            request = self._menu_panel.entry_request
        except NumberInputError as error:
            self._order_screen.say(str(error), MessageKind.WARN)
            return
        if is_shown:
            self._submit_shown(request)
            return
        self._queue.append(request)
        self._menu_panel.search_field.value = ""
        # What is listed belongs to the empty field from now on, and not to the Enters that wait already.
        self._shown_at = monotonic()
        if len(self._queue) == 1:
            self._order_screen.run_worker(self._process_queue, name="add what was typed ahead", group="ahead")

    @property
    def _is_seen(self) -> bool:
        """Return True if the key that is being handled was typed after the list was shown for this text.

        A second Enter typed ahead finds an empty field: it must not add the first product.
        """
        return is_typed_after(self._order_screen.app, self._shown_at)

    def _submit_shown(self, request: EntryRequest) -> None:
        """Add the selected product of a list that has caught up with the keys."""
        product = self._menu_panel.selected_product
        if product is None:
            self._say_no_match(request.query)
        elif self._shows_guesses and not self._is_confirmed(product, request):
            self._offer_guess(product, request)
        else:
            self._enter_product(product, request)

    def _is_confirmed(self, product: Product, request: EntryRequest) -> bool:
        """Return True if this guess was offered before the key that is being handled was typed."""
        guess = self._guess
        return (
            guess is not None
            and (guess.request, guess.product_id) == (request, product.product_id)
            and is_typed_after(self._order_screen.app, guess.asked_at)
        )

    def _offer_guess(self, product: Product, request: EntryRequest) -> None:
        """Say what the next Enter would add; one that was typed ahead offers it again."""
        self._guess = Guess(request, product.product_id, monotonic())
        quantity = _quantity_of(product, request)
        text = f"{request.query.strip()} is not on the menu. Enter adds {quantity} {product.title}."
        self._say_unmatched(request.query, text)

    def add_product(self, product: Product) -> None:
        """Add one of a product that was not searched for."""
        self._enter_product(product, EntryRequest(1, "", ""))

    async def _run_search(self, *, home: bool) -> None:
        menu, query = self._order_screen.session.menu, self._menu_panel.query_text
        matches: MenuMatches | None = None
        with self._order_screen.attempt():
            matches = await menu.search(query, self.category)
        if matches is None:
            return
        products = matches.products
        categories = [c for c in menu.categories if self.category in {"", c.category_id}]
        name = next((c.name for c in categories), "All") if self.category else "All"
        total = len(products) if query.strip() else sum(c.product_count for c in categories)
        of_total = f" of {total}" if total > len(products) else ""
        kind = (" guess" if total == 1 else " guesses") if matches.is_guess else ""
        self._menu_panel.show_category(f"F4 {name}: {len(products)}{of_total}{kind}", menu.age)
        empty_text = _no_match_text(query) if query.strip() else "No menu yet."
        self._menu_panel.show(
            products, empty=empty_text, home=home, stale=is_stale(menu.age), guesses=matches.is_guess
        )
        if query != self._shown_query:
            self._shown_at = monotonic()
        self._shown_query, self._shows_guesses = query, matches.is_guess

    async def _process_queue(self) -> None:
        """Add what was typed faster than the list could follow: the best match for each Enter, no guess."""
        while self._queue:
            request = self._queue[0]
            matches = MenuMatches()
            with self._order_screen.attempt() as search:
                matches = await self._order_screen.session.menu.search(request.query, self.category)
            products = matches.products
            if search.failed:
                self._restore_text(request)
            elif not products:
                self._restore_text(request)
                self._say_no_match(request.query)
            elif matches.is_guess:
                self._restore_text(request)
                self._offer_guess(products[0], request)
            elif products[0].variants is not None:
                # Ask before the next request: its dialog could not open over this one.
                await self._add_chosen_variant(products[0], request)
            else:
                self._enter_product(products[0], request)
            self._queue.popleft()

    def _say_no_match(self, query: str) -> None:
        self._say_unmatched(query, _no_match_text(query))

    def _say_unmatched(self, query: str, text: str) -> None:
        self._unmatched_query, self._unmatched_text = query, text
        self._order_screen.say(text, MessageKind.WARN)

    def _restore_text(self, request: EntryRequest) -> None:
        """Put the text of a failed request back into the field, unless it holds another by now."""
        if not self._menu_panel.search_field.value:
            self._menu_panel.search_field.value = request.raw_text

    def _enter_product(self, product: Product, request: EntryRequest) -> None:
        if product.has_variants:
            add_variant = partial(self._add_chosen_variant, product, request)
            self._order_screen.run_worker(add_variant, name="variants", group="variants")
        else:
            self._add_variant(product, None, request)

    async def _add_chosen_variant(self, product: Product, request: EntryRequest) -> None:
        """Add a product in the variant that the operator chooses, if there are several."""
        variants = product.variants
        if variants is None:
            with self._order_screen.attempt(progress=f"Reading the variants of {product.title}."):
                variants = await self._order_screen.session.menu.variants(product)
        if variants is None or not self._order_screen.is_active:
            # Nothing is added to an order that the operator has left for another screen meanwhile.
            self._restore_text(request)
        elif len(variants) < 2:
            self._add_variant(product, variants[0] if variants else None, request)
        elif (variant := await self._ask_variant(product, variants)) is not None:
            self._add_variant(product, variant, request)
        else:
            self._restore_text(request)

    async def _ask_variant(self, product: Product, variants: tuple[Variant, ...]) -> Variant | None:
        screen = VariantSelectScreen(product, variants, self._order_screen.session.currency)
        variant_id = await self._order_screen.ask(screen)
        return next((variant for variant in variants if str(variant.variant_id) == variant_id), None)

    def _add_variant(self, product: Product, variant: Variant | None, request: EntryRequest) -> None:
        item = OrderItem(
            product_id=product.product_id,
            variant_id=variant.variant_id if variant else 0,
            title=product.title,
            options=variant.label if variant else "",
            unit_price=variant.price if variant else product.price,
        )
        quantity = _quantity_of(product, request)
        if not self._add_item(item, quantity):
            return
        if self._menu_panel.search_field.value == request.raw_text:
            self._menu_panel.search_field.value = ""
        self._order_screen.say(*added_message(product, variant, quantity))


def _quantity_of(product: Product, request: EntryRequest) -> int:
    """Return how many are added: without a figure, the fewest that the product is sold by."""
    if request.quantity == 1 and product.limits is not None:
        return product.limits.smallest
    return request.quantity


def _no_match_text(query: str) -> str:
    return f"No menu item matches {query.strip()}."
