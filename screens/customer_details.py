"""What is known of one customer, beside the list of those found.

Shown by the customer search, for whom the mark rests on.
"""

from console.ordering.customer import Customer
from widgets.text_cells import wrap
from widgets.text_rows import Span, Spans, TextRows, Tone

_LABEL = 9


class CustomerDetails(TextRows):
    """Name, mobile, e-mail, address and groups; empty while nobody is marked."""

    DEFAULT_CSS = "CustomerDetails { height: 1fr; padding: 0 1; }"

    def __init__(self) -> None:
        super().__init__()
        self._customer: Customer | None = None

    def show(self, customer: Customer | None) -> None:
        """Show this customer."""
        if customer != self._customer:
            self._customer = customer
            self.repaint()

    def rows(self) -> tuple[Spans, ...]:
        """One row for each thing that is known."""
        customer = self._customer
        if customer is None:
            return ()
        groups = "not read yet" if customer.groups is None else ", ".join(customer.groups) or "none"
        known = (
            ("Mobile", customer.mobile),
            ("E-mail", customer.email),
            ("Address", customer.address),
            ("City", customer.city),
            ("Groups", groups),
            ("User", customer.user_name),
        )
        room = max(1, self.size.width - _LABEL)
        found = (row for label, text in known if text for row in _rows(label, text, room))
        return ((Span(customer.name, Tone.STRONG),), *found)


def _rows(label: str, text: str, room: int) -> tuple[Spans, ...]:
    """The text beside its label; the rest of a long one goes on below."""
    first, *others = wrap(text, room, 3) or ("",)
    return (
        (Span(f"{label:<{_LABEL}}", Tone.DIM), Span(first)),
        *((Span(" " * _LABEL), Span(other)) for other in others),
    )
