"""``store-console doctor``: checks what the console needs, and says how to fix what fails.

It asks the platform for its clock, a token and, with credentials, a sign-in.
"""

import json
import locale
import os
import tempfile
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from pydantic import SecretStr

from console.api.client import ApiClient
from console.api.errors import NotAuthorised, PlatformError, SetupProblem
from console.api.transport.endpoint import Endpoint

MAX_CLOCK_SKEW_SECONDS = 120
"""Clock skew to warn about: a signature is valid for a few minutes only."""
KEY_ADVICE = "check key, secret and authentication (F9)"


@dataclass(frozen=True, slots=True)
class Finding:
    """One row of the table. ``advice`` is empty if all is well."""

    subject: str
    result: str
    advice: str = ""


@dataclass(frozen=True, slots=True)
class TerminalInfo:
    """Facts about the terminal; ``columns`` and ``rows`` are 0 if the output is redirected."""

    columns: int
    rows: int
    encoding: str
    environ: Mapping[str, str]


def check_settings(file: str, problems: tuple[str, ...], secrets: str) -> list[Finding]:
    """Name every value of the settings file that was set aside, and say where secrets are saved."""
    advice = f"correct {file}, or replace it with F7 in the settings"
    findings = [Finding("settings", problem, advice) for problem in problems] or [Finding("settings", file)]
    return [*findings, Finding("secrets", secrets)]


def check_folders(folders: tuple[Path, ...]) -> list[Finding]:
    """Name every folder that cannot be written, by writing a small file; one finding if all can be."""
    problems = [
        Finding(
            "folder", f"{folder}: {problem}", "make it a folder of yours that can be written, with room on it"
        )
        for folder in folders
        if (problem := _folder_problem(folder))
    ]
    return problems or [Finding("folders", "all can be written")]


def _folder_problem(folder: Path) -> str:
    """Return why nothing can be written in a folder, or in the one it would be made in."""
    try:
        while not folder.exists():
            folder = folder.parent
        with tempfile.TemporaryFile(dir=folder) as file:
            file.write(b"store-console")
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        return error.strerror or str(error)
    return ""


def check_terminal(info: TerminalInfo) -> list[Finding]:
    """Check size, colours, characters, and name the multiplexer."""
    size = f"{info.columns}x{info.rows}" if info.columns else "output is redirected"
    is_small = info.columns and (info.columns < 80 or info.rows < 24)
    colours = _colour_support(info.environ)
    is_unicode = "utf" in info.encoding.lower()
    return [
        Finding("terminal size", size, "make the window at least 80x24" if is_small else ""),
        Finding("terminal colours", colours),
        Finding(
            "terminal characters",
            info.encoding,
            "" if is_unicode else "set a UTF-8 locale to see every name correctly",
        ),
        Finding("multiplexer", "tmux" if info.environ.get("TMUX") else "none"),
    ]


def _colour_support(environ: Mapping[str, str]) -> str:
    if environ.get("NO_COLOR"):
        return "none (NO_COLOR is set)"
    if environ.get("COLORTERM") in ("truecolor", "24bit"):
        return "16 million"
    return "256" if "256" in environ.get("TERM", "") else "16"


async def check_platform(endpoint: Endpoint, sign_in: tuple[str, str] | None) -> list[Finding]:
    """Check that the platform responds, agrees on the time, and accepts key and operator.

    Every step is tried, whatever became of the one before.
    """
    api = ApiClient(endpoint)
    try:
        return [
            *await _check_reachable(api, endpoint),
            await _check_authentication(api),
            await _check_sign_in(api, sign_in),
        ]
    finally:
        await api.aclose()


async def _check_reachable(api: ApiClient, endpoint: Endpoint) -> list[Finding]:
    try:
        platform_time = await api.oauth.timestamp()
    except SetupProblem as error:
        return [Finding("platform", error.reason, f"{error.advice[:1].lower()}{error.advice[1:]}")]
    except PlatformError as error:
        return [Finding("platform", error.message, f"check the connection, and the host {endpoint.base_url}")]
    skew = round(platform_time.seconds - time.time())
    advice = "set this machine's clock: signatures depend on it" if abs(skew) > MAX_CLOCK_SKEW_SECONDS else ""
    return [
        Finding("platform", f"responds at {endpoint.base_url}"),
        Finding("clock", f"{skew:+d} s compared with the platform", advice),
    ]


async def _check_authentication(api: ApiClient) -> Finding:
    try:
        await api.customers.access_token()
    except NotAuthorised as error:
        return Finding("authentication", error.message, KEY_ADVICE)
    except PlatformError as error:
        return Finding("authentication", error.message, "try again in a moment")
    return Finding("authentication", "the platform accepts the store's key")


async def _check_sign_in(api: ApiClient, sign_in: tuple[str, str] | None) -> Finding:
    if sign_in is None:
        names = "STORE_CONSOLE_OPERATOR and STORE_CONSOLE_PASSWORD"
        return Finding("sign-in", "not tested", f"set {names} to test it")
    user_name, password = sign_in
    try:
        agent = await api.customers.agent_login(user_name=user_name, password=SecretStr(password))
    except NotAuthorised as error:
        return Finding("sign-in", error.message, KEY_ADVICE)
    except PlatformError as error:
        return Finding("sign-in", error.message, "try another operator, or ask whoever manages them")
    return Finding("sign-in", f"{user_name} can sign in, at {len(agent.locations)} stores")


def as_text(findings: list[Finding]) -> str:
    """Format the table: each finding, and its advice below it."""
    width = max(len(finding.subject) for finding in findings)
    lines: list[str] = []
    for finding in findings:
        lines.append(f"{'!' if finding.advice else ' '} {finding.subject:<{width}}  {finding.result}")
        if finding.advice:
            lines.append(f"  {'':<{width}}  -> {finding.advice}")
    return "\n".join(lines)


def as_json(findings: list[Finding]) -> str:
    """Format the findings as one JSON object, for a program."""
    rows = [{**asdict(finding), "ok": not finding.advice} for finding in findings]
    return json.dumps({"ok": all(row["ok"] for row in rows), "findings": rows}, indent=2, ensure_ascii=False)


def current_terminal() -> TerminalInfo:
    """Return the facts about this process's terminal."""
    try:
        size = os.get_terminal_size()
    except OSError:
        size = os.terminal_size((0, 0))
    return TerminalInfo(size.columns, size.lines, locale.getpreferredencoding(do_setlocale=False), os.environ)
