"""Errors of the operations on a configuration."""


class ConfigureError(ValueError):
    """The change does not fit the menu; the text is a sentence for the operator."""
