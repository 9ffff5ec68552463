"""What is known of one customer, beside the list of those found."""

from console.ordering.customer import Customer
from widgets.band import Band, Piece, Pieces, Tone

_LABEL = 9


class CustomerDetails(Band):
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

    def rows(self) -> tuple[Pieces, ...]:
        """One row for each thing that is known."""
        customer = self._customer
        if customer is None:
            return ()
        groups = "reading…" if customer.groups is None else ", ".join(customer.groups) or "none"
        known = (
            ("Mobile", customer.mobile),
            ("E-mail", customer.email),
            ("Address", customer.address),
            ("City", customer.city),
            ("Groups", groups),
            ("User", customer.user_name),
        )
        return ((Piece(customer.name, Tone.STRONG),), *(_row(label, text) for label, text in known if text))


def _row(label: str, text: str) -> Pieces:
    return (Piece(f"{label:<{_LABEL}}", Tone.DIM), Piece(text))
