"""Workers that are not started again while they run.

``@work(exclusive=True)`` restarts, which is right for reading and asking. What is being written or sent must
neither be cancelled nor sent twice by a second press of its key.
"""

from collections.abc import Callable, Coroutine
from functools import partial, wraps
from typing import Concatenate, ParamSpec, TypeVar

from textual.dom import DOMNode

from widgets.base_screen import ASKING

Params = ParamSpec("Params")
Node = TypeVar("Node", bound=DOMNode)


def work_once(
    group: str,
) -> Callable[
    [Callable[Concatenate[Node, Params], Coroutine[None, None, None]]],
    Callable[Concatenate[Node, Params], None],
]:
    """Run an async method in a worker; ignore the call while another of its group runs on that node."""

    def decorate(
        method: Callable[Concatenate[Node, Params], Coroutine[None, None, None]],
    ) -> Callable[Concatenate[Node, Params], None]:
        @wraps(method)
        def start(node: Node, *args: Params.args, **kwargs: Params.kwargs) -> None:
            if not any(
                worker.node is node and worker.group.removesuffix(ASKING) == group and not worker.is_finished
                for worker in node.workers
            ):
                node.run_worker(partial(method, node, *args, **kwargs), name=method.__name__, group=group)

        return start

    return decorate
