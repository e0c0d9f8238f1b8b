"""Text as it may stand in XML 1.0: nothing that ends an element early, and no character that XML forbids."""

from .shown import shown

_MARKUP = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"}


def xml_text(text: str) -> str:
    """The text for content or a quoted attribute; what is not printable is shown as an escape."""
    safe = shown(text)
    for mark, entity in _MARKUP.items():
        safe = safe.replace(mark, entity)
    return safe


def attributes(**held: object) -> str:
    """Attributes with a blank before each."""
    return "".join(f' {name}="{xml_text(str(value))}"' for name, value in held.items())
