"""The sandbox store as an endpoint: the only bridge between console and sandbox."""

from pathlib import Path

from console.api.transport.auth import OAuth1
from console.api.transport.endpoint import Endpoint
from console.config.paths import Paths
from console.config.private_files import ensure_private_folder
from console.config.profiles import Profile
from console.sandbox.app import create_app
from console.sandbox.data.language_loader import language_of
from console.sandbox.menu.supplement import supplement_text
from console.sandbox.store import Store, StoreError
from console.services.endpoint_factory import ResolvedEndpoint
from console.services.events import DemoCredentials, ServiceError


def open_sandbox(paths: Paths, profile: Profile) -> ResolvedEndpoint:
    """Open the sandbox inside this program: the same application that ``sandbox serve`` serves.

    Raises:
        ServiceError: its file cannot be opened, and no new one can be made.
        OSError: its folder cannot be used.
    """
    try:
        store = _open_store(paths.sandbox_file)
    except StoreError as error:
        raise ServiceError(f"{error}.".replace("..", ".")) from error
    demo = store.demo_access()
    operator = demo.operators[0]
    endpoint = Endpoint(
        base_url="http://sandbox.localhost",
        merchant_id=demo.merchant_id,
        auth=OAuth1(demo.consumer_key, demo.consumer_secret),
        language=profile.language,
        app=create_app(store),
    )
    return ResolvedEndpoint(
        endpoint,
        DemoCredentials(operator.username, operator.password),
        store.close,
        supplement=supplement_text(store.menu, language_of(profile.language)),
    )


def _open_store(file: Path) -> Store:
    """Open the store in a file; one of another program version is renamed and replaced."""
    ensure_private_folder(file.parent)
    try:
        return Store.open(file)
    except StoreError:
        for part in (file, *file.parent.glob(f"{file.name}-*")):
            part.replace(part.with_name(part.name.replace(file.name, f"old-{file.name}")))
        return Store.open(file)


def connect_served_sandbox(profile: Profile, base_url: str) -> ResolvedEndpoint:
    """Return the endpoint of a sandbox served at an address; its demo keys are no secret."""
    store = Store.open(None)
    demo = store.demo_access()
    store.close()
    operator = demo.operators[0]
    endpoint = Endpoint(
        base_url=base_url,
        merchant_id=demo.merchant_id,
        auth=OAuth1(demo.consumer_key, demo.consumer_secret),
        language=profile.language,
    )
    return ResolvedEndpoint(endpoint, DemoCredentials(operator.username, operator.password))
