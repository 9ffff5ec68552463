"""What a row of the operation table is: where an operation lies, how it is encoded, what it takes.

Used by the tables beside it, and through ``console.operations`` by everybody else.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

_PATH_PARAMETER = re.compile(r"{(\w+)}")


class Body(StrEnum):
    """How the body of a request is encoded."""

    NONE = "none"
    """No body at all, POST or GET."""
    INPUT_DATA = "input-data"
    """A form of ``InputData=<json>&InputFormat=application/json``."""
    MERCHANT_INPUT_DATA = "merchant-input-data"
    """As ``INPUT_DATA``, with ``MerchantId`` as a third field."""
    FORM = "form"
    """A plain form."""
    MERCHANT_FORM = "merchant-form"
    """A plain form with ``MerchantId`` among its fields."""
    JSON = "json"
    """The JSON itself, and a content type that says so."""


class Effect(StrEnum):
    """What sending it twice would do. The method does not tell: ``Carts/Remove`` is a GET."""

    READ = "read"
    WRITE = "write"


READ, WRITE = Effect.READ, Effect.WRITE


class ParameterLocation(StrEnum):
    """Where a parameter travels."""

    PATH = "path"
    QUERY = "query"
    HEADER = "header"
    BODY = "body"


@dataclass(frozen=True, slots=True)
class Parameter:
    """Something an operation takes, as the documents spell it."""

    name: str
    location: ParameterLocation
    required: bool


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """A documented name, and whether it must be there."""

    name: str
    required: bool


def fields(*names: str) -> tuple[FieldSpec, ...]:
    """The documents' names; a ``*`` behind one marks it as mandatory, as it does in the documents."""
    return tuple(FieldSpec(name.removesuffix("*"), name.endswith("*")) for name in names)


@dataclass(frozen=True, slots=True)
class Operation:
    """One documented operation.

    ``path`` is the template below ``{host}/developerapi/``. Its names in braces are filled from the
    arguments of the call; ``{merchantId}``, in any case, is the profile's. ``session`` says that the
    customer's access token travels in the ``accesstoken`` header; ``envelope`` is the key of the answer
    that holds what was asked for, empty where the answer is the message code alone. ``query``,
    ``headers`` and ``fields`` are documented names; those of a body are listed flat, however deep they lie.
    ``optional`` are names at the end of the path that may be left out; ``merchant_field`` is how the
    documents spell the merchant's id among the fields of a form.
    """

    name: str
    resource: str
    title: str
    method: str
    path: str
    effect: Effect
    body: Body = Body.NONE
    session: bool = False
    envelope: str = ""
    query: tuple[FieldSpec, ...] = ()
    headers: tuple[FieldSpec, ...] = ()
    fields: tuple[FieldSpec, ...] = ()
    optional: tuple[str, ...] = ()
    merchant_field: str = "MerchantId"

    @property
    def paths(self) -> tuple[str, ...]:
        """The template, and it again without what may be left out at its end."""
        templates = [self.path]
        for _ in self.optional:
            templates.append(templates[-1].rpartition("/")[0])
        return tuple(templates)

    @property
    def path_parameters(self) -> tuple[str, ...]:
        """The names in the path that a call must fill."""
        return tuple(name for name in _PATH_PARAMETER.findall(self.path) if name.lower() != "merchantid")

    @property
    def parameters(self) -> tuple[Parameter, ...]:
        """Everything it takes, by place."""
        token = (Parameter("accesstoken", ParameterLocation.HEADER, required=True),) if self.session else ()
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
