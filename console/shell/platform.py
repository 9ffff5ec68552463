"""``api call`` and ``doctor`` as the command line runs them: the profile's endpoint, then the work.

Called by the command line.
"""

import argparse
import asyncio
import os
import sys
from dataclasses import replace

from console.api.operations import BY_NAME
from console.desk.changes import Trouble
from console.desk.connection import CONSUMER_SECRET, Connected, endpoint
from console.desk.settings import SettingsDesk
from console.paths import Paths
from console.profiles import Kind, Profile
from console.shell import doctor
from console.shell.api_call import SESSION_HEADER, WRONG_USAGE, Asked, call
from console.shell.box import open_box, served_box
from console.shell.values import FROM_ENVIRONMENT, Values

OPERATOR, PASSWORD = "STORE_CONSOLE_OPERATOR", "STORE_CONSOLE_PASSWORD"
SESSION = "STORE_CONSOLE_ACCESS_TOKEN"
"""Where a customer's access token is taken from when the call names none."""


def api_call(options: argparse.Namespace) -> int:
    """Send one operation."""
    paths = Paths.of_this_machine()
    try:
        connected = asyncio.run(reached(paths, options.profile, options.base_url))
    except Trouble as trouble:
        print(f"store-console api call: {trouble.sentence}", file=sys.stderr)
        return WRONG_USAGE
    asked = Asked(
        name=options.name,
        path=dict(options.path),
        query=dict(options.query),
        headers=_with_session(dict(options.header), options.name),
        data=sys.stdin.read() if options.data == "-" else options.data,
        form=dict(options.form),
    )
    try:
        return call(asked, connected.endpoint, Values(os.environ, sys.stdin.readline))
    finally:
        connected.close()


def see_the_doctor(options: argparse.Namespace) -> int:
    """Look at everything; 0 only when all is well."""
    paths = Paths.of_this_machine()
    findings = asyncio.run(_examine(paths, options.profile, options.base_url))
    print(doctor.as_text(findings))
    return 1 if any(finding.advice for finding in findings) else 0


async def _examine(paths: Paths, profile: str, base_url: str) -> list[doctor.Finding]:
    desk = await SettingsDesk.open(paths)
    findings = [
        *doctor.settings(desk.file, desk.problems, await desk.secrets_are_kept()),
        *doctor.terminal(doctor.terminal_here()),
    ]
    try:
        connected = await reached(paths, profile, base_url)
    except Trouble as trouble:
        return [
            *findings,
            doctor.Finding("platform", trouble.sentence, "F9 in the console mends the profile"),
        ]
    try:
        return findings + await doctor.platform(connected.endpoint, _sign_in(connected))
    finally:
        connected.close()


def _sign_in(connected: Connected) -> tuple[str, str] | None:
    if OPERATOR in os.environ and PASSWORD in os.environ:
        return os.environ[OPERATOR], os.environ[PASSWORD]
    return (connected.demo.user_name, connected.demo.password) if connected.demo else None


def _with_session(headers: dict[str, str], name: str) -> dict[str, str]:
    """The customer's token out of the environment, where the operation takes one and none is named."""
    operation = BY_NAME.get(name)
    if operation and operation.session and SESSION_HEADER not in headers and SESSION in os.environ:
        return {**headers, SESSION_HEADER: f"{FROM_ENVIRONMENT}{SESSION}"}
    return headers


async def reached(paths: Paths, name: str, base_url: str) -> Connected:
    """The endpoint of a profile, at another address where one is given.

    Raises:
        Trouble: there is no such profile, or it cannot be used.
    """
    desk = await SettingsDesk.open(paths)
    profile: Profile = desk.chosen(name).active
    if profile.kind is Kind.SANDBOX:
        return served_box(profile, base_url) if base_url else open_box(paths, profile)
    made = endpoint(profile, await desk.secrets.get(profile.name, CONSUMER_SECRET))
    try:
        return Connected(replace(made, base_url=base_url) if base_url else made)
    except ValueError as error:
        raise Trouble(str(error)) from error
