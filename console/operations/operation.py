"""A row of the operation table: path, encoding and parameters of one documented operation."""

import re
from dataclasses import dataclass
from enum import StrEnum

_PATH_PARAMETER = re.compile(r"{(\w+)}")


class Body(StrEnum):
    """Encoding of a request body."""

    NONE = "none"
    """No body at all, for POST or GET."""
    INPUT_DATA = "input-data"
    """A form of ``InputData=<json>&InputFormat=application/json``."""
    MERCHANT_INPUT_DATA = "merchant-input-data"
    """As ``INPUT_DATA``, with ``MerchantId`` as a third field."""
    FORM = "form"
    """A plain form."""
    MERCHANT_FORM = "merchant-form"
    """A plain form with ``MerchantId`` among its fields."""
    JSON = "json"
    """The JSON itself, with a JSON content type."""


class Effect(StrEnum):
    """Effect of an operation on the platform. The method does not show it: ``Carts/Remove`` is a GET."""

    READ = "read"
    WRITE = "write"


READ, WRITE = Effect.READ, Effect.WRITE


class ParameterLocation(StrEnum):
    """Place of a parameter in the request."""

    PATH = "path"
    QUERY = "query"
    HEADER = "header"
    BODY = "body"


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of an operation, as the documents spell it."""

    name: str
    location: ParameterLocation
    required: bool


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """A documented name, and whether it is mandatory."""

    name: str
    required: bool


def fields(*names: str) -> tuple[FieldSpec, ...]:
    """Parse the documents' names; a ``*`` behind one marks it as mandatory, as in the documents."""
    return tuple(FieldSpec(name.removesuffix("*"), name.endswith("*")) for name in names)


@dataclass(frozen=True, slots=True)
class RefusalRule:
    """How a response refuses by its validators: a number 0, in any of the spellings, beside a list of them."""

    number_keys: tuple[str, ...]
    validations_key: str


@dataclass(frozen=True, slots=True)
class Operation:
    """One documented operation.

    ``path`` is the template below ``{host}/developerapi/``. Its names in braces are filled from the
    arguments of the call; ``{merchantId}``, in any case, is the profile's. If ``session`` is true, the
    customer's access token travels in the ``accesstoken`` header; ``token_optional`` is true where the
    documents let it be left out. With ``own_connection`` it is sent over a connection that carries nothing
    else: its response is believed, and another request's must never be taken for it. ``envelope`` is the key
    of the response that holds the result, empty if the response is the message code alone. ``refusal`` is
    how it refuses whatever its message code is, ``None`` if the code alone says so. ``query``, ``headers``
    and ``fields`` are documented names; those of a body are listed flat, however deep they lie.
    ``optional`` are names at the end of the path that may be omitted; ``merchant_field`` is the documents'
    spelling of the merchant's id among the fields of a form. ``bare_key`` is for an operation that may answer
    a value alone, without the envelope: the key under which the value is read.
    """

    name: str
    resource: str
    title: str
    method: str
    path: str
    effect: Effect
    body: Body = Body.NONE
    session: bool = False
    token_optional: bool = False
    own_connection: bool = False
    envelope: str = ""
    refusal: RefusalRule | None = None
    query: tuple[FieldSpec, ...] = ()
    headers: tuple[FieldSpec, ...] = ()
    fields: tuple[FieldSpec, ...] = ()
    optional: tuple[str, ...] = ()
    merchant_field: str = "MerchantId"
    bare_key: str = ""

    @property
    def paths(self) -> tuple[str, ...]:
        """Return the template, and also without the optional names at its end."""
        templates = [self.path]
        for _ in self.optional:
            templates.append(templates[-1].rpartition("/")[0])
        return tuple(templates)

    @property
    def path_parameters(self) -> tuple[str, ...]:
        """Return the names in the path that a call must fill."""
        return tuple(name for name in _PATH_PARAMETER.findall(self.path) if name.lower() != "merchantid")

    @property
    def parameters(self) -> tuple[Parameter, ...]:
        """Return all parameters, by place."""
        required = not self.token_optional
        token = (Parameter("accesstoken", ParameterLocation.HEADER, required),) if self.session else ()
        return (
            *(
                Parameter(name, ParameterLocation.PATH, name not in self.optional)
                for name in self.path_parameters
            ),
            *(Parameter(field.name, ParameterLocation.QUERY, field.required) for field in self.query),
            *token,
            *(Parameter(field.name, ParameterLocation.HEADER, field.required) for field in self.headers),
            *(Parameter(field.name, ParameterLocation.BODY, field.required) for field in self.fields),
        )
