"""The form of a delivery address; area and city are chosen from the platform's lists by typing."""

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.binding import BindingType
from textual.containers import Vertical
from textual.events import DescendantFocus
from textual.widget import Widget
from textual.widgets import Input

from console.ordering.checkout import Address
from console.ordering.delivery_areas import DeliveryArea, DeliveryCity
from console.ordering.phone_number import format_phone, is_whole_number
from console.ordering.stores import Location
from screens.checkout.area_list import AreaList
from screens.dialogs.form import Form, leave_form
from screens.framework.commands import BACK, FORM_HELP_COMMANDS, Command, bindings, field_navigation_commands
from screens.framework.console_screen import OperatorScreen
from widgets.message_line import MessageKind
from widgets.text_field import FormField

if TYPE_CHECKING:
    from console.services.operator_session import OperatorSession

COMMANDS = (
    Command("address.take", "f2,ctrl+s", "submit", "Take", "Deliver to this address"),
    *field_navigation_commands("address"),
    Command(
        "address.previous_area",
        "pageup",
        "move(-1)",
        "",
        "Another area or city of the list; Enter takes it",
        keys_text="PgUp  PgDn",
        in_palette=False,
    ),
    Command("address.next_area", "pagedown", "move(1)", "", "", in_palette=False),
    *FORM_HELP_COMMANDS,
    BACK,
)
LABELS = (
    ("street", "Street, house"),
    ("area", "Area"),
    ("city", "City"),
    ("pin", "PIN code"),
    ("mobile", "Mobile"),
)
NO_PLACE = "or a PIN code is needed."
NO_NUMBER = "is no whole number."


class AddressScreen(OperatorScreen[Address]):
    """A short form; Enter goes to the next field and takes the address at the last one.

    In an area or a city Enter takes what is selected in the list, and any other way to leave the field keeps
    what is typed.
    """

    BINDINGS: ClassVar[list[BindingType]] = bindings(COMMANDS)
    SCREEN_COMMANDS = COMMANDS
    SCREEN_TITLE = "Address"
    DEFAULT_CSS = """
    AddressScreen {
        &> #form { padding: 1 4 0 4; height: auto; }
        & FormField { margin-bottom: 1; &> TextField { width: 40; } }
    }
    """

    def __init__(self, session: "OperatorSession", address: Address, who: str, store: Location) -> None:
        super().__init__(session)
        self._address = address
        self._who = who
        self._country = store.country
        self._city: DeliveryCity | None = None
        values = {
            "street": address.street,
            "area": address.area,
            "city": address.city,
            "pin": address.pin,
            "mobile": address.mobile,
        }
        self.form = Form(
            {name: FormField(label, field_id=name, value=values[name]) for name, label in LABELS}
        )
        self._areas = AreaList(session.checkout.delivery_areas, store)
        self.navigated_list = self._areas.rows

    def customer_name(self) -> str:
        """The customer of the order."""
        return self._who

    def body(self) -> Iterable[Widget]:
        """Return the form, and below it the list."""
        yield Vertical(*self.form.fields.values(), id="form")
        yield self._areas

    def on_mount(self) -> None:
        """Read the lists."""
        self._read_lists()

    @work(exclusive=True, group="areas")
    async def _read_lists(self) -> None:
        await self._areas.read()
        await self._areas.read_city(self._text("city"))
        self._show_matches()

    @work(exclusive=True, group="areas of a city")
    async def _read_city(self, name: str) -> None:
        await self._areas.read_city(name)
        self._show_matches()

    def on_descendant_focus(self, event: DescendantFocus) -> None:
        """Show the matches for the field that is typed now, and know the one that was left by its name."""
        del event
        self._complete_city()
        self._read_city(self._text("city"))
        self._show_matches()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Show the matches for what is typed."""
        event.stop()
        if event.input.id in ("area", "pin"):
            self.form.fields["area"].error = ""
        self._show_matches()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Take the selected area or city, and go to the next field; take the address at the last one."""
        event.stop()
        if event.input.id == LABELS[-1][0]:
            self.action_submit()
            return
        if event.value.strip() and event.input.id == "area":
            self._take_area(self._areas.selected_area())
        elif event.value.strip() and event.input.id == "city":
            self._take_city(self._areas.selected_city())
        self.app.action_focus_next()

    async def action_back(self) -> None:
        """Leave; ask first if something is typed."""
        self._leave()

    @work(exclusive=True, group="leave")
    async def _leave(self) -> None:
        await leave_form(self, changed=self.form.is_changed, question="Leave without taking this address?")

    def action_submit(self) -> None:
        """Close with the address."""
        self._complete_city()
        street, area, city, pin, mobile = (self._text(name) for name, _ in LABELS)
        fields = self.form.fields
        fields["street"].error = "" if street else "is needed."
        fields["area"].error = "" if area or pin else NO_PLACE
        is_number = not mobile or mobile == self._address.mobile or is_whole_number(mobile)
        fields["mobile"].error = "" if is_number else NO_NUMBER
        if wrong := next((field for field in fields.values() if field.error), None):
            wrong.field.focus()
            # Beside the field it may be cut.
            label = next(label for name, label in LABELS if fields[name] is wrong)
            self.say(f"{label} {wrong.error.removeprefix('! ')}", MessageKind.WARN)
            return
        # The codes belong to the city's name: none is known for another name that is typed.
        known_code = self._address.city_code if city == self._address.city else ""
        code = str(self._city.city_id) if self._city else known_code
        self.close(
            replace(
                self._address,
                street=street,
                area=area,
                city=city,
                pin=pin,
                mobile=format_phone(mobile, self._country),
                city_code=code,
                state=self._address.state if code == self._address.city_code else "",
            )
        )

    def _text(self, name: str) -> str:
        return self.form.fields[name].value.strip()

    def _show_matches(self) -> None:
        match self.focused.id if self.focused else None:
            case "area":
                self._areas.show_areas(self._text("area"), self._text("city"))
            case "city":
                self._areas.show_cities(self._text("city"))
            case _:
                self._areas.hide()

    def _take_area(self, area: DeliveryArea | None) -> None:
        if area is not None:
            self.form.fields["area"].value = area.name
            if (city := self._areas.city_of(area)) is not None:
                self.form.fields["city"].value = city.name
                self._city = city

    def _take_city(self, city: DeliveryCity | None) -> None:
        if city is not None:
            self.form.fields["city"].value = city.name
            self._city = city

    def _complete_city(self) -> None:
        """Know the city by what is typed: by its own name, or empty by the name of the listed area."""
        city = self._text("city")
        area = self._areas.named_area(self._text("area"), city)
        if area is not None and not city and self.focused is not self.form.fields["city"].field:
            self._take_area(area)
        elif self._city is None or self._city.name != city:
            # What came with the address has its code already.
            self._city = self._areas.named_city(city) if city != self._address.city else None
