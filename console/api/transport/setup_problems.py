"""Names what is wrong where no request can leave: settings of the environment, an address, a certificate.

No value of the environment is quoted: the URL of a proxy may hold a password.
"""

import os
import ssl
from importlib.util import find_spec
from urllib.request import getproxies_environment

import httpx

from console.api.errors import (
    Unreachable,
    UntimelyCertificate,
    UntrustedCertificate,
    UnusableAddress,
    UnusableNetworkSettings,
)
from console.operations import Operation

CLIENT_ERRORS = (httpx.InvalidURL, ValueError, TypeError, LookupError, ImportError, RuntimeError, OSError)
"""What building a client raises for settings of the environment; its own errors have no common base."""

ADDRESS_ERRORS = (httpx.InvalidURL, ValueError)
"""What a URL raises that cannot be called; a name that cannot be looked up is a ``UnicodeError``."""

_CERTIFICATE_VARIABLES = ("SSL_CERT_FILE", "SSL_CERT_DIR", "SSLKEYLOGFILE")

_UNTRUSTED = {
    18: "signed by itself",
    19: "signed by an authority unknown here",
    20: "signed by an authority unknown here",
    62: "for another host",
    64: "for another address",
}
_UNTIMELY = {9: "not valid yet", 10: "no longer valid"}
"""What a certificate is, by the code of OpenSSL (``X509_V_ERR_``)."""


def network_settings_problem(operation: Operation, error: Exception) -> UnusableNetworkSettings:
    """Return the error for a client that could not be built, with the variable to correct."""
    names = _certificate_variables() if isinstance(error, OSError) else _proxy_variables()
    listed = " and ".join(names)
    reason = f"This machine's network settings cannot be used: {listed} is wrong." if len(names) == 1 else ""
    if len(names) > 1:
        reason = f"This machine's network settings cannot be used: check {listed}."
    return UnusableNetworkSettings(reason, operation=operation, diagnostics=type(error).__name__)


def check_address(operation: Operation, url: str) -> None:
    """Require that a URL can be called, before anything is sent.

    Raises:
        UnusableAddress: it cannot.
    """
    try:
        httpx.URL(url).host.encode("idna")
    except ADDRESS_ERRORS as error:
        raise UnusableAddress(operation=operation, diagnostics=type(error).__name__) from None


def certificate_problem(operation: Operation, error: BaseException) -> Unreachable | None:
    """Return the error for a connection that failed for its certificate or its encryption, or None."""
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ssl.SSLCertVerificationError):
            return _untrusted_certificate(operation, cause.verify_code)
        if isinstance(cause, ssl.SSLError) and cause.reason in ("WRONG_VERSION_NUMBER", "HTTP_REQUEST"):
            return UnusableAddress(
                "The platform's address does not speak https.", operation=operation, diagnostics=cause.reason
            )
        cause = cause.__cause__ or cause.__context__
    return None


def _untrusted_certificate(operation: Operation, code: int) -> UntrustedCertificate:
    words = _UNTRUSTED.get(code) or _UNTIMELY.get(code)
    kind = UntimelyCertificate if code in _UNTIMELY else UntrustedCertificate
    return kind(
        f"The platform's certificate is not trusted: it is {words}." if words else "",
        operation=operation,
        diagnostics=f"verify code {code}",
    )


def _certificate_variables() -> list[str]:
    return [name for name in _CERTIFICATE_VARIABLES if os.environ.get(name)]


def _proxy_variables() -> list[str]:
    """Return the variables that a client cannot use: the first wrong proxy, else the exceptions to them."""
    for scheme, url in getproxies_environment().items():
        if scheme in ("http", "https", "all") and not _is_usable_proxy(url):
            return [_spelling(f"{scheme}_proxy")]
    return [_spelling("no_proxy")] if os.environ.get(_spelling("no_proxy")) else []


def _is_usable_proxy(url: str) -> bool:
    try:
        proxy = httpx.Proxy(url)
    except ADDRESS_ERRORS:
        return False
    return not proxy.url.scheme.startswith("socks") or find_spec("socksio") is not None


def _spelling(name: str) -> str:
    """Return a variable's name as it is spelt in the environment: the lower case counts first."""
    return name if name in os.environ else name.upper()
