"""Draws docs/order.svg, the picture in the README, from the console itself.

Run ``python -m docs.make_picture`` in the project's folder, with what the tests need installed.
"""

import asyncio
import tempfile
from pathlib import Path

from tests.screens.driving import at_the_counter

PICTURE = Path(__file__).with_name("order.svg")


async def draw() -> str:
    """An order of four lines that the platform has confirmed."""
    with tempfile.TemporaryDirectory() as home:
        async with at_the_counter(Path(home), size=(100, 28)) as operator:
            await operator.sign_in()
            await operator.type("tom.sawyer")
            await operator.see("+91 74116 39213")
            await operator.keys("enter")
            await operator.see("for Tom Sawyer", "Chicken Supreme")
            for wanted in ("margherita", "2*garlic bread", "caesar"):
                await operator.add(wanted)
            await operator.type("pepsi")
            await operator.keys("enter")
            await operator.see("Comes in")
            await operator.keys("down", "enter")
            await operator.see("Added 1 Pepsi")
            await operator.settled()
            return operator.app.export_screenshot(title="Store Console", simplify=True)


if __name__ == "__main__":
    PICTURE.write_text(asyncio.run(draw()), encoding="utf-8")
