"""The details of the selected customer, beside the list."""

from console.ordering.customer import Customer
from widgets.text_cells import wrap
from widgets.text_rows import Span, Spans, TextRows, Tone

_LABEL_WIDTH = 9


class CustomerDetailsPanel(TextRows):
    """Name, mobile, e-mail, address and groups; empty without a customer."""

    DEFAULT_CSS = "CustomerDetailsPanel { height: 1fr; padding: 0 1; }"

    def __init__(self) -> None:
        super().__init__()
        self._customer: Customer | None = None

    def show(self, customer: Customer | None) -> None:
        """Show this customer."""
        if customer != self._customer:
            self._customer = customer
            self.repaint()

    def rows(self) -> tuple[Spans, ...]:
        """Return a row for each known detail."""
        customer = self._customer
        if customer is None:
            return ()
        groups = "not read yet" if customer.groups is None else ", ".join(customer.groups) or "none"
        fields = (
            ("Mobile", customer.mobile),
            ("E-mail", customer.email),
            ("Address", customer.address),
            ("City", customer.city),
            ("Groups", groups),
            ("User", customer.user_name),
        )
        room = max(1, self.size.width - _LABEL_WIDTH)
        field_rows = (row for label, text in fields if text for row in _field_rows(label, text, room))
        return ((Span(customer.name, Tone.STRONG),), *field_rows)


def _field_rows(label: str, text: str, room: int) -> tuple[Spans, ...]:
    """Return the text beside its label; a long text continues below."""
    first, *continuation = wrap(text, room, 3) or ("",)
    return (
        (Span(f"{label:<{_LABEL_WIDTH}}", Tone.DIM), Span(first)),
        *((Span(" " * _LABEL_WIDTH), Span(other)) for other in continuation),
    )
