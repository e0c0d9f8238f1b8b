"""What a search of a file cannot see: characters by their codes, lines that go on, and strings that are one."""

import re

from .pattern import Pattern

JOINT = b'" "'
"""Between two strings of one TXT value, which are published as one."""
ESCAPES = (b"\\x", b"\\u", b"\\U", b"\\\n", b"\\\r")
"""Of a text in double quotes: what stands for a character, and the end of a line that is none."""
_CUTS = Pattern(r"\"[ \t]{1,8}\"|\\\r?\n[ \t]{0,64}\\?")
_CODES = Pattern(r"\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8}))")
_LAST = 0x10FFFF


def unhidden(octets: bytes) -> bytes:
    """The text in lower case as YAML and DNS read it, as far as a name in it may be cut or written by codes."""
    text = _CUTS.sub("", octets.decode("utf-8", "replace"))
    return _CODES.sub(_character, text).lower().encode("utf-8", "replace")


def _character(found: "re.Match[str]") -> str:
    code = int(found[1] or found[2] or found[3], 16)
    return chr(code) if code <= _LAST else ""
