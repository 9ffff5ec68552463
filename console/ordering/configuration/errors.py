"""What a configuration refuses, said to the operator.

Raised by every operation of ``pizza`` and ``deal`` that does not fit the menu.
"""


class ConfigureError(ValueError):
    """The change does not fit the menu; the text is a sentence for the operator."""
