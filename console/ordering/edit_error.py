"""The refusal of an edit, in a module of its own: the first paint needs it, and nothing else of a draft."""


class EditError(ValueError):
    """The edit does not fit the draft; the text is a sentence for the operator."""
