"""The base of every settings model, and the kinds of values that several of them have."""

from typing import Annotated, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field


def _check_single_line(text: str) -> str:
    if not text.isprintable():
        raise ValueError("must be one line of printable text")
    return text


SingleLineText = Annotated[str, Field(max_length=200), AfterValidator(_check_single_line)]
"""One printable line."""


class SettingsModel(BaseModel):
    """Base of settings and profiles: immutable, and keeps keys that this version does not know."""

    model_config = ConfigDict(extra="allow", frozen=True, use_attribute_docstrings=True)

    def with_values(self, **values: object) -> Self:
        """Return a copy with other values, validated as a file's are.

        Raises:
            pydantic.ValidationError: a value does not fit.
        """
        return self.model_validate({**self.model_dump(), **values})
