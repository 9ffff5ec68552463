"""A gateway that repeats responses, over real sockets: each draft's session stays its customer's."""

from dataclasses import replace
from pathlib import Path

import pytest
from pydantic import SecretStr

from console.api.client import ApiClient
from console.storage.drafts.draft_store import DraftHeader
from console.sync.connection.customer_sessions import CustomerSessions, OperatorCredentials
from tests.repeating_proxy import RepeatingProxy, served
from tests.shops import LAYLAS_ID, LAYLAS_PASSWORD, LOCATION_ID, SandboxBackend
from tests.sync.counter import TOM

pytestmark = pytest.mark.anyio

TOMS = DraftHeader("D1", "Shop", LAYLAS_ID, "Layla", LOCATION_ID, TOM, 0.0, "")


@pytest.mark.parametrize("is_late", [False, True], ids=["at once", "late"])
async def test_session_behind_a_repeating_gateway_is_the_customers(tmp_path: Path, *, is_late: bool) -> None:
    """The session took the anonymous token that was repeated, and the order became nobody's."""
    backend = SandboxBackend(tmp_path)
    async with served(backend.app) as upstream:
        proxy = RepeatingProxy(upstream, repeats=["GetAccessToken", "StartCustomerSession"], late=is_late)
        async with proxy.run() as port:
            endpoint = replace(backend.endpoint(), app=None, base_url=f"http://127.0.0.1:{port}")
            api = ApiClient(endpoint)
            sessions = CustomerSessions(api, needs_token=True)
            sessions.sign_in(OperatorCredentials(LAYLAS_ID, SecretStr(LAYLAS_PASSWORD)))
            try:
                token, _ = await sessions.token(TOMS)
                found = await api.carts.get_with_session(token=token)
            finally:
                await api.aclose()
    assert found.session is not None
    assert found.session.user_id == TOM.user_id
    row = backend.store.row("SELECT customer_id FROM token WHERE token = ?", token.get_secret_value())
    assert row is not None
    assert row["customer_id"] == TOM.user_id
