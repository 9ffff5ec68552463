"""``store-console doctor``: is everything there that the console needs, and what to do about what is not.

Called by the command line; it asks the platform for its clock, a token and, where it may, a sign-in.
"""

import locale
import os
import time
from collections.abc import Mapping
from dataclasses import dataclass

from pydantic import SecretStr

from console.api.endpoint import Endpoint
from console.api.errors import NotAuthorised, PlatformError
from console.api.service import Api

CLOCK_SECONDS = 120
"""A signature counts for some minutes; a clock further off than this will soon be too far."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the table. ``advice`` is empty where all is well."""

    about: str
    found: str
    advice: str = ""


@dataclass(frozen=True, slots=True)
class TerminalFacts:
    """What is known of the terminal. ``columns`` and ``rows`` are 0 where output goes elsewhere."""

    columns: int
    rows: int
    encoding: str
    environ: Mapping[str, str]


def settings(file: str, problems: tuple[str, ...], secrets: str) -> list[Finding]:
    """The settings file, and where secrets are kept."""
    advice = f"mend {file}, or set it aside with F7 in the settings" if problems else ""
    return [Finding("settings", problems[0] if problems else file, advice), Finding("secrets", secrets)]


def terminal(facts: TerminalFacts) -> list[Finding]:
    """Size, colours, characters, and whether it is inside tmux."""
    size = f"{facts.columns}x{facts.rows}" if facts.columns else "output goes elsewhere"
    small = facts.columns and (facts.columns < 80 or facts.rows < 24)
    colours = _colours(facts.environ)
    unicode = "utf" in facts.encoding.lower()
    return [
        Finding("terminal size", size, "make the window 80x24 or larger" if small else ""),
        Finding("terminal colours", colours),
        Finding(
            "terminal characters",
            facts.encoding,
            "" if unicode else "set a UTF-8 locale to see all names as they are written",
        ),
        Finding("terminal inside", "tmux" if facts.environ.get("TMUX") else "no multiplexer"),
    ]


def _colours(environ: Mapping[str, str]) -> str:
    if environ.get("NO_COLOR"):
        return "none (NO_COLOR is set)"
    if environ.get("COLORTERM") in ("truecolor", "24bit"):
        return "16 million"
    return "256" if "256" in environ.get("TERM", "") else "16"


async def platform(endpoint: Endpoint, sign_in: tuple[str, str] | None) -> list[Finding]:
    """Whether the platform is there, keeps time with us, accepts our key and the operator."""
    api = Api(endpoint)
    try:
        findings = await _reach(api, endpoint)
        if len(findings) == 2:
            findings.append(await _authenticate(api))
        if not findings[-1].advice:
            findings.append(await _sign_in(api, sign_in))
        return findings
    finally:
        await api.aclose()


async def _reach(api: Api, endpoint: Endpoint) -> list[Finding]:
    try:
        there = await api.oauth.timestamp()
    except PlatformError as error:
        return [Finding("platform", error.message, f"check the line, and the host {endpoint.base_url}")]
    off = round(there.seconds - time.time())
    advice = "set this machine's clock: requests are signed by it" if abs(off) > CLOCK_SECONDS else ""
    return [
        Finding("platform", f"answers at {endpoint.base_url}"),
        Finding("clock", f"{off:+d} s against the platform", advice),
    ]


async def _authenticate(api: Api) -> Finding:
    try:
        await api.customers.access_token()
    except NotAuthorised as error:
        return Finding("authentication", error.message, "check key, secret and how they are signed (F9)")
    except PlatformError as error:
        return Finding("authentication", error.message, "try again in a moment")
    return Finding("authentication", "the platform accepts this store's key")


async def _sign_in(api: Api, sign_in: tuple[str, str] | None) -> Finding:
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
    wide = max(len(finding.about) for finding in findings)
    lines: list[str] = []
    for finding in findings:
        lines.append(f"{'!' if finding.advice else ' '} {finding.about:<{wide}}  {finding.found}")
        if finding.advice:
            lines.append(f"  {'':<{wide}}  -> {finding.advice}")
    return "\n".join(lines)


def terminal_here() -> TerminalFacts:
    """The terminal that this process writes to."""
    try:
        size = os.get_terminal_size()
    except OSError:
        size = os.terminal_size((0, 0))
    return TerminalFacts(
        size.columns, size.lines, locale.getpreferredencoding(do_setlocale=False), os.environ
    )
