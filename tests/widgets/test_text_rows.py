"""Rows of spans: a change repaints the cells up to the last one that differs."""

from random import Random

import pytest
from textual.geometry import Region

from tests.widgets.harness import HOSTILE, WidgetApp
from widgets.text_rows import Span, Spans, TextRows, Tone

WIDTH = 30
TEXTS = ("", "a", "two words", "双层", HOSTILE, "x" * 40)


class SpansWidget(TextRows):
    """One row that a test sets; remembers which regions are repainted."""

    def __init__(self, row: Spans) -> None:
        super().__init__()
        self.row = row
        self.repainted: list[Region] = []

    def rows(self) -> tuple[Spans, ...]:
        return (self.row,)

    def refresh(self, *regions: Region, **options: bool) -> "SpansWidget":
        self.repainted += regions
        super().refresh(*regions, **options)
        return self


def cells(widget: SpansWidget) -> list[tuple[str, object]]:
    """The text and style of each cell; a wide character fills two."""
    strip = widget.render_line(0)
    return [(segment.text, segment.style) for x in range(WIDTH) for segment in strip.crop(x, x + 1)]


@pytest.mark.anyio
@pytest.mark.parametrize("seed", range(5))
async def test_every_changed_cell_is_repainted(seed: int) -> None:
    random = Random(seed)

    def spans() -> Spans:
        return tuple(
            Span(random.choice(TEXTS), random.choice(tuple(Tone))) for _ in range(random.randrange(4))
        )

    widget = SpansWidget(())
    async with WidgetApp(widget).run_test(size=(WIDTH, 3)) as pilot:
        await pilot.pause()
        for _ in range(60):
            common_start, common_end = spans(), spans()
            widget.row = (*common_start, *spans(), *common_end)
            widget.repaint()
            widget.row = (*common_start, *spans(), *common_end)
            before = cells(widget)
            widget.repainted.clear()
            widget.repaint()
            changed = {
                x for x, (old, new) in enumerate(zip(before, cells(widget), strict=True)) if old != new
            }
            assert changed <= {x for region in widget.repainted for x in range(region.x, region.right)}


@pytest.mark.anyio
async def test_the_end_of_a_row_that_stays_is_not_repainted() -> None:
    start, end = Span("same "), Span(" same")
    widget = SpansWidget((start, Span("old"), end))
    async with WidgetApp(widget).run_test(size=(WIDTH, 3)) as pilot:
        await pilot.pause()
        widget.repainted.clear()
        widget.row = (start, Span("new"), end)
        widget.repaint()
        assert widget.repainted == [Region(0, 0, 8, 1)]
