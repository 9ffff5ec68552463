"""The operation rows of OAuth: nonce, clock, token and signature of the application."""

from console.operations.operation import READ, Operation, fields

# fmt: off
# One row each: name, resource, title, method / path, effect, body, session, envelope / parameters.
ROWS: tuple[Operation, ...] = (
    Operation(
        "oauth.auth_token", "OAuth", "Generate Auth Token", "GET",
        "OAuth/Token/{PublicKey}", READ, bare_key="AuthToken",
    ),
    Operation(
        "oauth.nonce", "OAuth", "Generate Nonce", "GET",
        "OAuth/Nounce", READ, bare_key="Nonce",
    ),
    Operation(
        "oauth.timestamp", "OAuth", "Generate TimeStamp", "GET",
        "OAuth/TimeStamp", READ, bare_key="TimeStamp",
    ),
    Operation(
        "oauth.signature", "OAuth", "Generate OAuth Signature", "GET",
        "OAuth/Signature/{public_key}/{secret_key}/{timeStamp}/{nonce}/{http_method}", READ,
        query=fields("url*"), bare_key="Signature",
    ),
)
# fmt: on
