"""The tickets' service: an order's tickets as text, kept as a file or handed to the operator's own command.

Called by the ticket screen, and after an order was placed.
"""

import asyncio
import os
import signal
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from console.config.private_files import write_private_file
from console.config.settings import Settings
from console.ordering.money import Currency
from console.ordering.past_orders import PastOrder
from console.ordering.stores import Location
from console.ordering.ticket import Ticket, TicketCopy, ticket_text
from console.services.catalogue.variant_names import VariantNameService
from console.services.events import ServiceError
from console.services.tickets.files import delete_old_tickets, ticket_file_name
from console.services.tickets.mapping import ticket_from_draft, ticket_from_past_order
from console.services.views import OrderView
from console.sync.clock import Clock

PRINT_SECONDS = 10.0
"""After this the command is ended: a printer without paper must not keep the console."""


class TicketService:
    """Makes, keeps and prints tickets, as wide and by the command that the settings say at that moment."""

    def __init__(
        self,
        *,
        folder: Path,
        preferences: Callable[[], Settings],
        location: Location,
        currency: Currency,
        variants: VariantNameService,
        clock: Clock,
        deadline: float = PRINT_SECONDS,
    ) -> None:
        self._folder = folder
        self._preferences = preferences
        self._location = location
        self._currency = currency
        self._variants = variants
        self._clock = clock
        self._deadline = deadline
        self._printed_copies: set[tuple[str, TicketCopy]] = set()

    def ticket_from_draft(self, view: OrderView, *, number: str = "") -> Ticket:
        """The ticket of an order under way, with its number once it is placed."""
        return ticket_from_draft(
            view, number=number, find_variant=self._variants.find, find_parts=self._variants.parts_of
        )

    def ticket_from_past_order(self, order: PastOrder) -> Ticket:
        """The ticket of an order that was placed."""
        is_own_store = order.location_id in (0, self._location.location_id)
        return ticket_from_past_order(
            order, store=self._location.name if is_own_store else "", currency=self._currency
        )

    def render(self, ticket: Ticket, copy: TicketCopy, *, reprint: bool) -> str:
        """The ticket as it is printed."""
        return ticket_text(ticket, copy, width=self._preferences().ticket_width, reprint=reprint)

    def was_printed(self, ticket: Ticket, copy: TicketCopy) -> bool:
        """Whether this copy of a placed order was printed since the sign-in: the next is a reprint."""
        return bool(ticket.number) and (ticket.number, copy) in self._printed_copies

    async def save(self, ticket: Ticket, copy: TicketCopy, *, reprint: bool) -> str:
        """Keep the ticket as a file; the answer is where. What was kept long enough is forgotten.

        Raises:
            ServiceError: it cannot be written.
        """
        path = self._folder / ticket_file_name(ticket.number, copy, reprint=reprint)
        text = self.render(ticket, copy, reprint=reprint)
        # The copies of one order are kept one after the other: within a day none costs another.
        days = max(1, self._preferences().recent_customer_days)
        try:
            await asyncio.to_thread(delete_old_tickets, self._folder, now=self._clock.now(), days=days)
            await asyncio.to_thread(write_private_file, path, text.encode())
        except OSError as error:
            raise ServiceError(f"The ticket cannot be kept: {error.strerror or error}.") from error
        return str(path)

    async def print(self, ticket: Ticket, copy: TicketCopy, *, reprint: bool) -> None:
        """Hand the ticket to the command as its input. What the command says is not read.

        Raises:
            ServiceError: there is no command, or it failed, or did not end in time.
        """
        command = self._preferences().print_command
        if not command:
            raise ServiceError("No print command is set: F9, then p, sets one.")
        text = self.render(ticket, copy, reprint=reprint)
        try:
            # A session of its own, so that it cannot reach this terminal and ends with all it started.
            process = await asyncio.create_subprocess_shell(
                command, stdin=PIPE, stdout=DEVNULL, stderr=DEVNULL, start_new_session=True
            )
        except OSError as error:
            raise ServiceError(f"The print command cannot be run: {error.strerror or error}.") from error
        try:
            async with asyncio.timeout(self._deadline):
                await process.communicate(text.encode())
        except TimeoutError as error:
            raise ServiceError(
                f"The print command did not end within {self._deadline:.0f} s; it was stopped."
            ) from error
        finally:
            await _kill(process)
        if process.returncode:
            raise ServiceError(f"The print command failed (exit status {process.returncode}).")
        self._printed_copies.add((ticket.number, copy))


async def _kill(process: Process) -> None:
    """End what is left of a command, and whatever it started."""
    if process.returncode is None:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        await process.wait()
