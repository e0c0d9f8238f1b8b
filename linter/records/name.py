"""Domain names as text: absolute, lower case, with the final dot; and what is wrong with a written one."""

import re
from typing import NamedTuple

from .fault import quoted

MAX_LABEL = 63
MAX_NAME = 253
"""Characters without the final dot; 255 octets on the wire (RFC 1035 section 2.3.4)."""

_PLAIN = re.compile(r"(?:\*\.)?[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63})*|\*")
_HOST = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)*\.")
_IPV4 = re.compile(r"[0-9]{1,3}(?:\.[0-9]{1,3}){3}")
_IPV6 = re.compile(r"[0-9a-f:]*:[0-9a-f:]*:[0-9a-f:.]*")
_STRANGE = re.compile(r"[\x00-\x20\x7f\"'\\,;:()@<>]")


class NameFault(NamedTuple):
    """What is wrong with a name; offsets in code points into the text as it was written."""

    start: int
    end: int
    message: str
    help: str = ""


def absolute(relative: str, origin: str) -> tuple[str, NameFault | None]:
    """The absolute name of a relative owner name ("" is the apex), and its fault if it has one.

    `origin` is absolute. A name in other scripts becomes its A-labels (RFC 5890), as octoDNS does it.
    """
    if not relative:
        return origin, None
    text = relative.lower()
    if _PLAIN.fullmatch(text):
        name = f"{text}.{origin}"
        if len(name) <= MAX_NAME + 1:
            return name, None
    return _absolute_slowly(relative, text, origin)


def _absolute_slowly(written: str, text: str, origin: str) -> tuple[str, NameFault | None]:
    ascii_text, fault = to_ascii(text)
    name = f"{ascii_text}.{origin}".replace("..", ".")
    return name, fault or _label_fault(written, ascii_text) or _length_fault(written, name)


def to_ascii(text: str) -> tuple[str, NameFault | None]:
    """Every label that is not ASCII turned into its A-label."""
    if text.isascii():
        return text, None
    labels, position = [], 0
    for label in text.split("."):
        try:
            labels.append(label if label.isascii() else label.encode("idna").decode("ascii"))
        except UnicodeError:
            fault = NameFault(position, position + len(label), f"`{label}` has no A-label form (RFC 5890)")
            return text.encode("ascii", "replace").decode("ascii").replace("?", "-"), fault
        position += len(label) + 1
    return ".".join(labels), None


def _label_fault(written: str, text: str) -> NameFault | None:
    end = len(written)
    if written == "@":
        return NameFault(0, 1, "`@` is no name here; the zone itself is written `''`", "write `''` instead")
    if written.endswith("."):
        message = f"`{written}` ends in a dot, but names here are relative to the zone"
        return NameFault(end - 1, end, message, "leave the zone's own name and the dot away")
    position = 0
    for label, shown in zip(text.split("."), written.split("."), strict=True):
        place = (position, position + len(shown))
        if not label:
            return NameFault(*place, f"`{written}` has an empty label", "one dot parts two labels")
        if len(label) > MAX_LABEL:
            return _long_label(label, place)
        strange = _STRANGE.search(shown)
        if strange:
            start = position + strange.start()
            shown_character = "a blank" if strange[0] == " " else f"`{strange[0]}`"
            return NameFault(start, start + 1, f"{shown_character} cannot stand in a name")
        position += len(shown) + 1
    return None


def _long_label(label: str, place: tuple[int, int]) -> NameFault:
    message = f"a label of {len(label)} octets, {len(label) - MAX_LABEL} too many"
    return NameFault(*place, message, f"a label holds at most {MAX_LABEL} octets")


def _length_fault(written: str, name: str) -> NameFault | None:
    length = len(name) - 1
    if length <= MAX_NAME:
        return None
    message = f"a name of {length} characters with its zone, {length - MAX_NAME} too many"
    return NameFault(0, len(written), message, f"a name holds at most {MAX_NAME}")


def target_fault(written: str, name: str) -> NameFault | None:
    """The fault of a name that a value points to: an empty label, or more than DNS can hold.

    `written` is the name as it stands in the file, `name` the same in ASCII.
    """
    if not written:
        return NameFault(0, 0, "the name that this points to is empty")
    position = 0
    bare = name.removesuffix(".")
    shown_labels = written.removesuffix(".").split(".")
    for label, shown in zip(bare.split("."), shown_labels, strict=False) if bare else ():
        end = position + len(shown)
        if not label:
            # The dots stand for what is not there.
            place = (max(position - 1, 0), min(end + 1, len(written)))
            return NameFault(*place, f"{quoted(written)} has an empty label", "one dot parts two labels")
        if len(label) > MAX_LABEL:
            return _long_label(label, (position, end))
        position = end + 1
    return _length_fault(written, name)


def is_under(name: str, ancestor: str) -> bool:
    """Whether an absolute name is `ancestor` or lies below it."""
    return name == ancestor or ancestor == "." or name.endswith(f".{ancestor}")


def parent(name: str) -> str:
    """The name one label shorter; the root's parent is the root."""
    _, _, rest = name.partition(".")
    return rest or "."


def is_host_name(name: str) -> bool:
    """Whether an absolute lower-case name can belong to a host: letters, digits, hyphens (RFC 1123 2.1)."""
    return bool(_HOST.fullmatch(name)) and not is_address(name)


def is_address(text: str) -> bool:
    """Whether a text is, or was plainly meant as, an IP address; a final dot does not matter."""
    bare = text.rstrip(".").lower()
    return bool(_IPV4.fullmatch(bare) or _IPV6.fullmatch(bare))
