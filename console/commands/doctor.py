"""``store-console doctor``: is everything there that the console needs, and what to do about what is not.

Called by the command line; it asks the platform for its clock, a token and, where it may, a sign-in.
"""

import locale
import os
import time
from collections.abc import Mapping
from dataclasses import dataclass

from pydantic import SecretStr

from console.api.client import ApiClient
from console.api.errors import NotAuthorised, PlatformError
from console.api.transport.endpoint import Endpoint

MAX_CLOCK_SKEW_SECONDS = 120
"""A signature counts for some minutes; a clock further off than this will soon be too far."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the table. ``advice`` is empty where all is well."""

    subject: str
    result: str
    advice: str = ""


@dataclass(frozen=True, slots=True)
class TerminalInfo:
    """What is known of the terminal. ``columns`` and ``rows`` are 0 where output goes elsewhere."""

    columns: int
    rows: int
    encoding: str
    environ: Mapping[str, str]


def check_settings(file: str, problems: tuple[str, ...], secrets: str) -> list[Finding]:
    """The settings file, and where secrets are kept."""
    advice = f"mend {file}, or set it aside with F7 in the settings" if problems else ""
    return [Finding("settings", problems[0] if problems else file, advice), Finding("secrets", secrets)]


def check_terminal(info: TerminalInfo) -> list[Finding]:
    """Size, colours, characters, and whether it is inside tmux."""
    size = f"{info.columns}x{info.rows}" if info.columns else "output goes elsewhere"
    small = info.columns and (info.columns < 80 or info.rows < 24)
    colours = _colour_support(info.environ)
    unicode = "utf" in info.encoding.lower()
    return [
        Finding("terminal size", size, "make the window 80x24 or larger" if small else ""),
        Finding("terminal colours", colours),
        Finding(
            "terminal characters",
            info.encoding,
            "" if unicode else "set a UTF-8 locale to see all names as they are written",
        ),
        Finding("terminal inside", "tmux" if info.environ.get("TMUX") else "no multiplexer"),
    ]


def _colour_support(environ: Mapping[str, str]) -> str:
    if environ.get("NO_COLOR"):
        return "none (NO_COLOR is set)"
    if environ.get("COLORTERM") in ("truecolor", "24bit"):
        return "16 million"
    return "256" if "256" in environ.get("TERM", "") else "16"


async def check_platform(endpoint: Endpoint, sign_in: tuple[str, str] | None) -> list[Finding]:
    """Whether the platform is there, keeps time with us, accepts our key and the operator."""
    api = ApiClient(endpoint)
    try:
        findings = await _check_reachable(api, endpoint)
        if len(findings) == 2:
            findings.append(await _check_authentication(api))
        if not findings[-1].advice:
            findings.append(await _check_sign_in(api, sign_in))
        return findings
    finally:
        await api.aclose()


async def _check_reachable(api: ApiClient, endpoint: Endpoint) -> list[Finding]:
    try:
        platform_time = await api.oauth.timestamp()
    except PlatformError as error:
        return [Finding("platform", error.message, f"check the line, and the host {endpoint.base_url}")]
    skew = round(platform_time.seconds - time.time())
    advice = (
        "set this machine's clock: requests are signed by it" if abs(skew) > MAX_CLOCK_SKEW_SECONDS else ""
    )
    return [
        Finding("platform", f"answers at {endpoint.base_url}"),
        Finding("clock", f"{skew:+d} s against the platform", advice),
    ]


async def _check_authentication(api: ApiClient) -> Finding:
    try:
        await api.customers.access_token()
    except NotAuthorised as error:
        return Finding("authentication", error.message, "check key, secret and how they are signed (F9)")
    except PlatformError as error:
        return Finding("authentication", error.message, "try again in a moment")
    return Finding("authentication", "the platform accepts this store's key")


async def _check_sign_in(api: ApiClient, sign_in: tuple[str, str] | None) -> Finding:
    if sign_in is None:
        names = "STORE_CONSOLE_OPERATOR and STORE_CONSOLE_PASSWORD"
        return Finding("sign-in", "not tried", f"set {names} to try one")
    user_name, password = sign_in
    try:
        agent = await api.customers.agent_login(user_name=user_name, password=SecretStr(password))
    except PlatformError as error:
        return Finding("sign-in", error.message, "sign in with another operator, or ask who manages them")
    return Finding("sign-in", f"{user_name} can sign in, at {len(agent.locations)} stores")


def as_text(findings: list[Finding]) -> str:
    """The table: what was found, and under it what to do."""
    width = max(len(finding.subject) for finding in findings)
    lines: list[str] = []
    for finding in findings:
        lines.append(f"{'!' if finding.advice else ' '} {finding.subject:<{width}}  {finding.result}")
        if finding.advice:
            lines.append(f"  {'':<{width}}  -> {finding.advice}")
    return "\n".join(lines)


def current_terminal() -> TerminalInfo:
    """The terminal that this process writes to."""
    try:
        size = os.get_terminal_size()
    except OSError:
        size = os.terminal_size((0, 0))
    return TerminalInfo(size.columns, size.lines, locale.getpreferredencoding(do_setlocale=False), os.environ)
