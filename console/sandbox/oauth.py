"""What helps a caller to sign: the sandbox's time.

Answered without a signature.
"""

from console.sandbox.answers import Answer, success
from console.sandbox.requests import Call, Handler


def timestamp(call: Call) -> Answer:
    """Generate TimeStamp: Unix seconds by the sandbox's clock."""
    return success(TimeStamp=str(int(call.now)))


HANDLERS: dict[str, Handler] = {"oauth.timestamp": timestamp}
