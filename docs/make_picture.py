"""Draw docs/order.svg, the picture in the README, from the console itself.

Run ``python -m docs.make_picture`` in the project's folder, with what the tests need installed.
"""

import asyncio
import tempfile
from pathlib import Path

from console.sandbox.switches import Switches
from tests.screens.driving import run_console

PICTURE = Path(__file__).with_name("order.svg")
LINE = "2 l pan marg +olive:l +mush:r x; chick sup -black olives; 2 garlic bread; 3 pepsi"


async def draw() -> str:
    """A pizza with two halves and what goes with it, confirmed by the platform."""
    with tempfile.TemporaryDirectory() as home:
        async with run_console(Path(home), size=(100, 28)) as operator:
            operator.backend.switch(Switches(group_data=True))
            await operator.sign_in()
            await operator.type("tom.sawyer")
            await operator.see("+91 74116 39213")
            await operator.keys("enter")
            await operator.see("for Tom Sawyer", "Chicken Supreme")
            await operator.keys("semicolon")
            await operator.see("Tab Complete")
            await operator.type(LINE)
            await operator.see("Enter adds it")
            await operator.keys("enter")
            await operator.see("Added 4 lines.")
            await operator.wait_until_sent()
            return operator.app.export_screenshot(title="Store Console", simplify=True)


if __name__ == "__main__":
    PICTURE.write_text(asyncio.run(draw()), encoding="utf-8")
