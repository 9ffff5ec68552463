"""Tickets of orders: as text, as a file, or printed by the operator's own command."""

import asyncio
import os
import signal
from asyncio.subprocess import DEVNULL, PIPE, Process
from contextlib import suppress
from dataclasses import replace

from console.config.private_files import write_private_file
from console.ordering.placed.past_orders import PastOrder, with_variant_names
from console.ordering.placed.ticket import Ticket, TicketCopy, ticket_text
from console.ordering.stores import Location
from console.services.catalogue.variant_names import VariantNameService
from console.services.events import ServiceError
from console.services.session_context import SessionContext
from console.services.tickets.environment import print_environment
from console.services.tickets.files import delete_old_tickets, ticket_file_name
from console.services.tickets.mapping import (
    head_of_view,
    ticket_of_estimate,
    ticket_of_past_order,
    ticket_of_purchase,
)
from console.services.views import OrderView

PRINT_SECONDS = 10.0
"""Seconds after which the print command is killed: an empty printer must not block the console."""


class TicketService:
    """Renders, saves and prints tickets; width and print command follow the settings."""

    def __init__(
        self,
        context: SessionContext,
        location: Location,
        variants: VariantNameService,
        *,
        deadline: float = PRINT_SECONDS,
    ) -> None:
        """``deadline`` is how many seconds the print command may run."""
        self._folder = context.tickets_folder
        self._preferences = context.preferences
        self._currency = context.currency
        self._clock = context.clock
        self._location = location
        self._variants = variants
        self._deadline = deadline
        self._printed_copies: set[tuple[str, TicketCopy]] = set()

    def ticket_of_order(self, view: OrderView) -> Ticket:
        """Build the ticket of an order of this session by the platform's record, else as an estimate."""
        if view.record is None:
            return ticket_of_estimate(
                view, find_variant=self._variants.find, find_parts=self._variants.parts_of
            )
        lines = tuple(with_variant_names(line, self._variants.find) for line in view.record.lines)
        return ticket_of_purchase(
            head_of_view(view),
            replace(view.record, lines=lines),
            currency=view.currency,
            bundles=self._variants.bundles,
        )

    def ticket_from_past_order(self, order: PastOrder) -> Ticket:
        """Build the ticket of a placed order."""
        is_own_store = order.location_id in (0, self._location.location_id)
        return ticket_of_past_order(
            order,
            store=self._location.name if is_own_store else "",
            currency=self._currency,
            bundles=self._variants.bundles,
        )

    def render(self, ticket: Ticket, copy: TicketCopy, *, reprint: bool) -> str:
        """Render the ticket as it is printed."""
        return ticket_text(ticket, copy, width=self._preferences().ticket_width, reprint=reprint)

    def was_printed(self, ticket: Ticket, copy: TicketCopy) -> bool:
        """Return True if this copy was printed since the sign-in: the next one is a reprint."""
        return bool(ticket.number) and (ticket.number, copy) in self._printed_copies

    async def save(self, ticket: Ticket, copy: TicketCopy, *, reprint: bool) -> str:
        """Save the ticket as a file and return its path; expired tickets are deleted.

        Raises:
            ServiceError: it cannot be written.
        """
        path = self._folder / ticket_file_name(ticket.number, copy, reprint=reprint)
        text = self.render(ticket, copy, reprint=reprint)
        # The copies of one order are saved one by one: none may expire the others within a day.
        days = max(1, self._preferences().recent_customer_days)
        try:
            await asyncio.to_thread(delete_old_tickets, self._folder, now=self._clock.now(), days=days)
            await asyncio.to_thread(write_private_file, path, text.encode())
        except OSError as error:
            raise ServiceError(f"The ticket cannot be saved: {error.strerror or error}.") from error
        return str(path)

    async def print(self, ticket: Ticket, copy: TicketCopy, *, reprint: bool) -> None:
        """Run the print command with the ticket as its input; its output is discarded.

        Raises:
            ServiceError: there is no command, or it failed, or did not end in time.
        """
        command = self._preferences().print_command
        if not command:
            raise ServiceError("No print command. F9, then p, sets one.")
        text = self.render(ticket, copy, reprint=reprint)
        try:
            # A process session of its own: it cannot reach this terminal, and is killed with its children.
            process = await asyncio.create_subprocess_shell(
                command,
                stdin=PIPE,
                stdout=DEVNULL,
                stderr=DEVNULL,
                start_new_session=True,
                env=print_environment(os.environ),
            )
        except OSError as error:
            raise ServiceError(f"The print command cannot be run: {error.strerror or error}.") from error
        try:
            async with asyncio.timeout(self._deadline):
                await process.communicate(text.encode())
        except TimeoutError as error:
            raise ServiceError(
                f"The print command ran longer than {self._deadline:.0f} s and was stopped."
            ) from error
        finally:
            await _kill(process)
        if process.returncode:
            raise ServiceError(f"The print command failed (exit status {process.returncode}).")
        self._printed_copies.add((ticket.number, copy))


async def _kill(process: Process) -> None:
    """Kill a command that is still running, and its children."""
    if process.returncode is None:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        await process.wait()
