"""Runs ``api call`` and ``doctor`` on the endpoint of a profile."""

import argparse
import asyncio
import os
import sys
from collections.abc import Sequence
from dataclasses import replace

from console.commands import doctor
from console.commands.api_call import EXIT_USAGE, ApiCallArguments, CallOptions, call_operation
from console.commands.arguments import ENVIRONMENT_PREFIX, ArgumentReader, UsageError, read_data
from console.commands.call_values import SESSION_HEADER
from console.commands.confirmation import confirm
from console.commands.sandbox_connection import connect_served_sandbox, open_sandbox
from console.config.paths import Paths
from console.config.profiles import ProfileKind
from console.operations import OPERATIONS_BY_NAME
from console.services.endpoint_factory import CONSUMER_SECRET, ResolvedEndpoint, build_endpoint
from console.services.error_mapping import local_errors
from console.services.events import ServiceError
from console.services.settings import SettingsService

OPERATOR_VARIABLE, PASSWORD_VARIABLE = "STORE_CONSOLE_OPERATOR", "STORE_CONSOLE_PASSWORD"
SESSION_TOKEN_VARIABLE = "STORE_CONSOLE_ACCESS_TOKEN"
"""Environment variable of the customer's access token, for a call that names none."""


def run_api_call(options: argparse.Namespace) -> int:
    """Send one operation and return the exit code."""
    paths = Paths.from_environment()
    try:
        connection = asyncio.run(open_platform_connection(paths, options.profile, options.base_url))
    except ServiceError as error:
        print(f"store-console api call: {error.message}", file=sys.stderr)
        return EXIT_USAGE
    try:
        reader = ArgumentReader(os.environ, _read_secret)
        arguments = ApiCallArguments(
            name=options.name,
            path=dict(options.path),
            query=dict(options.query),
            headers=_with_session_token(dict(options.header), options.values, options.name),
            data=read_data(options.data),
            form=dict(options.form),
            values=options.values,
        )
        place = connection.endpoint.base_url
        call_options = CallOptions(
            field=options.field,
            show_head=options.include,
            dry_run=options.dry_run,
            all_pages=options.all,
            confirm=lambda operation: confirm(
                f"{operation.name} ({operation.title}) changes data at {place}.", yes=options.yes
            ),
        )
        return call_operation(arguments, connection.endpoint, reader, call_options)
    except UsageError as error:
        print(f"store-console api call: {error}", file=sys.stderr)
        return EXIT_USAGE
    finally:
        connection.close()


def _read_secret() -> str:
    """Read a line of standard input; what a person types is not shown."""
    if not sys.stdin.isatty():
        return sys.stdin.readline()
    from getpass import getpass

    return getpass("Value: ")


def run_doctor(options: argparse.Namespace) -> int:
    """Run every check and return 0 only if all is well."""
    paths = Paths.from_environment()
    findings = asyncio.run(_collect_findings(paths, options.profile, options.base_url))
    print(doctor.as_json(findings) if options.json else doctor.as_text(findings))
    return 1 if any(finding.advice for finding in findings) else 0


async def _collect_findings(paths: Paths, profile: str, base_url: str) -> list[doctor.Finding]:
    settings_service = await SettingsService.open(paths)
    findings = [
        *doctor.check_settings(
            settings_service.file, settings_service.problems, await settings_service.describe_secret_storage()
        ),
        *doctor.check_folders((paths.config, paths.data, paths.cache, paths.logs)),
        *doctor.check_terminal(doctor.current_terminal()),
    ]
    try:
        connection = await open_platform_connection(paths, profile, base_url)
    except ServiceError as error:
        return [*findings, doctor.Finding("platform", error.message, "fix the profile: F9 in the console")]
    try:
        return findings + await doctor.check_platform(connection.endpoint, _sign_in_credentials(connection))
    finally:
        connection.close()


def _sign_in_credentials(connection: ResolvedEndpoint) -> tuple[str, str] | None:
    if OPERATOR_VARIABLE in os.environ and PASSWORD_VARIABLE in os.environ:
        return os.environ[OPERATOR_VARIABLE], os.environ[PASSWORD_VARIABLE]
    return (
        (connection.demo_credentials.user_name, connection.demo_credentials.password)
        if connection.demo_credentials
        else None
    )


def _with_session_token(
    headers: dict[str, str], values: Sequence[tuple[str, str]], name: str
) -> dict[str, str]:
    """Add the customer's token from the environment, if the operation takes one and none is given."""
    operation = OPERATIONS_BY_NAME.get(name)
    given = {key.casefold() for key in (*headers, *(key for key, _ in values))}
    if (
        operation
        and operation.session
        and SESSION_HEADER not in given
        and SESSION_TOKEN_VARIABLE in os.environ
    ):
        return {**headers, SESSION_HEADER: f"{ENVIRONMENT_PREFIX}{SESSION_TOKEN_VARIABLE}"}
    return headers


async def open_platform_connection(paths: Paths, name: str, base_url: str) -> ResolvedEndpoint:
    """Build the endpoint of a profile, at ``base_url`` if one is given.

    Raises:
        ServiceError: there is no such profile, or it cannot be used.
    """
    settings_service = await SettingsService.open(paths)
    profile = settings_service.find_profile(name)
    try:
        with local_errors():
            if profile.kind is ProfileKind.SANDBOX:
                return connect_served_sandbox(profile, base_url) if base_url else open_sandbox(paths, profile)
            secret = await settings_service.secrets.get(profile.name, CONSUMER_SECRET)
        endpoint = build_endpoint(profile, secret)
        return ResolvedEndpoint(replace(endpoint, base_url=base_url) if base_url else endpoint)
    except ValueError as error:
        raise ServiceError(str(error)) from error
