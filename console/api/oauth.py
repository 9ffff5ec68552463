"""The OAuth resource: the platform's clock.

Used where this machine's clock is in doubt: a signature counts only for some minutes.
"""

from pydantic import Field

from console.api.resource import Resource
from console.api.wire import WireInt, WireModel, spelt


class PlatformTime(WireModel):
    """The platform's clock in Unix seconds, as it wants it in ``oauth_timestamp``."""

    seconds: WireInt = Field(validation_alias=spelt("TimeStamp", "Timestamp", "timeStamp", "timestamp"))


class OAuth(Resource):
    """Operations of the resource OAuth."""

    async def timestamp(self) -> PlatformTime:
        """Generate TimeStamp.

        Raises:
            PlatformError: see ``console.api.errors``.
        """
        answer = await self._ask("oauth.timestamp")
        return answer.whole(PlatformTime)
