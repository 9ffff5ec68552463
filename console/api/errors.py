"""Errors of the API layer, each with a message that an operator can act on.

PlatformError
 +- Unreachable             no connection, or it broke; ``sent`` is true if the request had left
 |   +- SetupProblem            no request can leave as this machine, or the profile, is set up
 |       +- UnusableNetworkSettings
 |       +- UnusableAddress
 |       +- UntrustedCertificate
 |           +- UntimelyCertificate
 +- TimedOut                no response in time; ``sent`` as above
 +- UnreadableResponse      a response that is cut short, not JSON or not of the documented shape
 |   +- MismatchedResponse  a response that belongs to another request
 +- UnexpectedRedirect      the address redirects; redirects are never followed
 +- NoSuchService           nothing at this address speaks the documented API
 +- RateLimited             too many requests; ``retry_after`` says how long to wait, in seconds
 +- PlatformFault           the platform failed (1000, 5xx)
 +- SessionExpired          the customer's session has ended (440, and 1003 on its token)
 |   +- ForeignSession      the session is of another customer than was asked for
 +- NotAuthorised           key, secret or signature are not accepted (1003, 1030)
 +- SignInRefused           the operator may not sign in
 |   +- WrongPassword
 |   +- AccountLocked
 +- NotFound                there is no such record
 +- AlreadyExists           the record exists, or the action was done, already
 +- InvalidInput            a value that the platform does not accept
 +- CartRefused             the cart cannot take or keep an item
 +- VoucherRefused          the voucher does not apply
 +- OrderRefused            Place Order refuses by its validators: no order was made
 +- UnknownCode             a message code that the documents do not name
"""

from dataclasses import dataclass
from typing import ClassVar

from console.operations import Effect, Operation

CHECK_BEFORE_RETRY = "It may have been done anyway: check before you repeat it."


@dataclass(frozen=True, slots=True)
class FailedValidation:
    """A validator that refused. ``kind`` is its CheckoutValidationType, ``words`` are the platform's own."""

    validator: str
    kind: int = 0
    words: str = ""

    def __str__(self) -> str:
        return f"{self.validator} {self.kind} {self.words}".strip()


class PlatformError(Exception):
    """The base of all errors of ``console.api``, from the platform or the connection.

    ``code`` is the platform's message code or the HTTP status, ``None`` without a response.
    ``operation`` is the name of the row in the operation table, ``diagnostics`` is for a log: it holds
    no secret and no customer's data. ``sent`` is true if the platform may have acted on the request.
    """

    default_reason: ClassVar[str] = "The platform refused this."
    advice: ClassVar[str] = ""
    sent_by_default: ClassVar[bool] = False

    def __init__(
        self,
        reason: str = "",
        *,
        operation: Operation | None = None,
        code: int | None = None,
        diagnostics: str = "",
        sent: bool | None = None,
    ) -> None:
        self.operation = operation.name if operation else ""
        self.code = code
        self.diagnostics = diagnostics
        self.sent = self.sent_by_default if sent is None else sent
        self.outcome_unknown = bool(operation and operation.effect is Effect.WRITE and self.sent)
        """True if a change was sent and it is unknown whether the platform made it."""
        self.reason = reason or self.default_reason
        """What happened, as a sentence."""
        advice = CHECK_BEFORE_RETRY if self.outcome_unknown else self.advice
        self.message = f"{self.reason} {advice}".strip()
        """The operator's text: what happened, and what to do next."""
        super().__init__(self.message)

    def __repr__(self) -> str:
        return f"{type(self).__name__}(operation={self.operation!r}, code={self.code}, sent={self.sent})"


class Unreachable(PlatformError):
    """No connection: unknown host, refused, or dropped. ``sent`` is false if none was ever made."""

    default_reason = "The platform cannot be reached."
    advice = "Check the connection; nothing on this screen is lost."
    sent_by_default = True


class SetupProblem(Unreachable):
    """No request can leave as things are set up: waiting does not help, but everything offline works."""

    sent_by_default = False


class UnusableNetworkSettings(SetupProblem):
    """A proxy, an exception to it or a file of certificates in the environment cannot be used."""

    default_reason = "This machine's network settings cannot be used."
    advice = "Correct them, then start the console again."


class UnusableAddress(SetupProblem):
    """The URL of a request cannot be called."""

    default_reason = "The store's address cannot be called."
    advice = "Check the host in the store profile."


class UntrustedCertificate(SetupProblem):
    """The platform's certificate is not one that this machine trusts; nothing was sent."""

    default_reason = "The platform's certificate is not trusted."
    advice = "Check the host (F9), or name the store's own authority in SSL_CERT_FILE."


class UntimelyCertificate(UntrustedCertificate):
    """The certificate has ended or not begun, by this machine's clock."""

    advice = "Check this machine's clock, or tell the platform's support."


class TimedOut(PlatformError):
    """No complete response in time. ``sent`` is false if the connection took too long."""

    default_reason = "The platform did not answer in time."
    advice = "Try again in a moment."
    sent_by_default = True


class UnreadableResponse(PlatformError):
    """The response is cut short, too long, not JSON, or not of the documented shape."""

    default_reason = "The platform's response cannot be read."
    advice = "Try again, or check whether this network needs a log-in."
    sent_by_default = True


class MismatchedResponse(UnreadableResponse):
    """The response names another subject than was asked for: it belongs to another request."""

    default_reason = "The platform's response belongs to another request."
    advice = "Try again; if it stays so, a proxy on the way repeats responses."


class PlatformFault(PlatformError):
    """The platform reports a failure of its own: message code 1000 or HTTP status 500 and above."""

    default_reason = "The platform reports an error of its own."
    advice = "Try again in a moment."
    sent_by_default = True


class UnexpectedRedirect(PlatformError):
    """The address redirects. Redirects are never followed: requests carry credentials."""

    default_reason = "The store's address redirects elsewhere."
    advice = "Check the host in the store profile, or whether this network needs a log-in."


class NoSuchService(PlatformError):
    """Nothing at this address speaks the documented API."""

    default_reason = "There is no such service at the store's address."
    advice = "Check host and merchant id in the store profile."


class RateLimited(PlatformError):
    """Too many requests (429). ``retry_after`` is in seconds, ``None`` if the platform gave no time."""

    default_reason = "Too many requests: the platform asks to wait."
    advice = "Nothing was changed; try again in a moment."

    def __init__(
        self,
        *,
        operation: Operation | None = None,
        retry_after: float | None = None,
        diagnostics: str = "",
    ) -> None:
        super().__init__(operation=operation, code=429, diagnostics=diagnostics)
        self.retry_after = retry_after


class SessionExpired(PlatformError):
    """The customer's session has ended (440, or 1003 on a call with the customer's token)."""

    default_reason = "The customer's session has ended."
    advice = "Nothing was changed; start the session again."


class ForeignSession(SessionExpired):
    """The session is of another customer than was asked for, so nothing is sent in it."""

    default_reason = "The platform's session is of another customer."
    advice = "Nothing was sent; another session is started."


class NotAuthorised(PlatformError):
    """Key, secret or signature are not accepted, or the application may not use this service (1003, 1030)."""

    default_reason = "The platform does not accept this store's key."
    advice = "Check key and secret in the store profile, and this machine's clock."


class SignInRefused(PlatformError):
    """The operator may not sign in."""

    default_reason = "This operator cannot sign in."


class WrongPassword(SignInRefused):
    """The password is wrong (1040)."""

    default_reason = "The password is wrong."


class AccountLocked(SignInRefused):
    """The account is locked after too many attempts (1032, 1037)."""

    default_reason = "This account is locked after too many attempts."
    advice = "The platform's support can unlock it."


class NotFound(PlatformError):
    """There is no such record (1009, 1017, 1041 and their like)."""

    default_reason = "There is no such record."


class AlreadyExists(PlatformError):
    """The record exists, or the action was done, already."""

    default_reason = "It exists already."


class InvalidInput(PlatformError):
    """The platform does not accept a value."""

    default_reason = "The platform does not accept what was entered."
    advice = "Nothing was changed."


class CartRefused(PlatformError):
    """The cart cannot take or keep an item; the code says why."""

    default_reason = "The cart does not accept this item."


class VoucherRefused(PlatformError):
    """The voucher does not apply to this cart, customer or location."""

    default_reason = "The voucher does not apply."


class OrderRefused(PlatformError):
    """No order was made, and the platform says so: order number 0, and the validators that refused.

    ``failed`` are those validators; ``console.api.orders.refusals`` says which refusal each one is.
    """

    default_reason = "The platform refused the order."
    advice = "Nothing was ordered."

    def __init__(
        self,
        failed: tuple[FailedValidation, ...],
        *,
        operation: Operation | None = None,
        code: int | None = None,
    ) -> None:
        names = "; ".join(str(one) for one in failed)
        reason = f"The platform refused the order: {names}." if names else ""
        super().__init__(reason, operation=operation, code=code, diagnostics=names)
        self.failed = failed


class UnknownCode(PlatformError):
    """A message code or HTTP status that the documents do not name; the outcome is unknown."""

    default_reason = "The platform refused with a code that is not documented."
    sent_by_default = True
