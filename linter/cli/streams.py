"""Standard output and error: colours, widths, encodings, and pipes that close early."""

import os
import sys
from itertools import islice

from linter.source.typed import Iterable, Mapping, TextIO

from .tape import ERROR, OUTPUT, taped

_LINES_AT_ONCE = 4096
ENOUGH_COLUMNS = 100
"""Columns where there is no terminal to ask."""


def wants_colour(choice: str, stream: TextIO, environment: Mapping[str, str]) -> bool:
    """Whether to write colours: --color first, then NO_COLOR, FORCE_COLOR, and whether it is a terminal."""
    if choice != "auto":
        return choice == "always"
    if environment.get("NO_COLOR"):
        return False
    if environment.get("FORCE_COLOR") or environment.get("CLICOLOR_FORCE", "0") != "0":
        return True
    return stream.isatty() and environment.get("TERM") != "dumb"


_LINKING = frozenset({"iTerm.app", "WezTerm", "vscode", "ghostty", "Hyper", "rio", "Tabby", "zed"})
_LINKING_TERMS = ("xterm-kitty", "alacritty", "foot", "ghostty", "xterm-ghostty", "wezterm", "contour")


def wants_links(stream: TextIO, environment: Mapping[str, str]) -> bool:
    """Whether whoever shows the stream is known to open links: FORCE_HYPERLINK first, then what terminals tell."""
    forced = environment.get("FORCE_HYPERLINK", "")
    if forced:
        return forced != "0"
    term = environment.get("TERM", "")
    if not stream.isatty() or environment.get("CI") or term == "dumb" or term.startswith(("screen", "tmux")):
        return False
    vte = environment.get("VTE_VERSION", "")
    return (
        environment.get("TERM_PROGRAM", "") in _LINKING
        or term.startswith(_LINKING_TERMS)
        or (vte.isascii() and vte.isdigit() and int(vte[:9]) >= 5000)
        or any(environment.get(name) for name in ("WT_SESSION", "KONSOLE_VERSION", "DOMTERM"))
    )


def columns_of(stream: TextIO, environment: Mapping[str, str]) -> int:
    """The width to write for."""
    given = environment.get("COLUMNS", "")
    if given.isascii() and given.isdigit() and 0 < int(given) < 10_000:
        return max(20, int(given))
    if stream.isatty():
        try:
            return max(20, os.get_terminal_size(stream.fileno()).columns)
        except (OSError, ValueError):
            return ENOUGH_COLUMNS
    return ENOUGH_COLUMNS


class Unwritable(OSError):
    """A stream takes nothing more, for another reason than that nobody reads it."""


def write_lines(lines: Iterable[str], stream: TextIO) -> None:
    """Write lines; a reader that has gone away (`| head`) is fine. Raises Unwritable, as for a full disk."""
    left = iter(lines)
    while part := list(islice(left, _LINES_AT_ONCE)):
        write_out("".join(f"{line}\n" for line in part), stream)
    write_out("", stream)


def write_out(text: str, stream: TextIO) -> None:
    """The same for lines that are one text already."""
    if text:
        taped((ERROR if stream is sys.stderr else OUTPUT, "", text))
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure:
        reconfigure(errors="backslashreplace")
    try:
        stream.write(text)
        stream.flush()
    except OSError as error:
        # The interpreter would complain when it flushes at its end: give it somewhere to flush to.
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
        if not isinstance(error, BrokenPipeError):
            raise Unwritable(error.errno, error.strerror) from error


_silenced: list[str] = []


def say(message: str) -> None:
    """One line to standard error, for what is not a finding; a closed stream is not an error."""
    try:
        write_lines([f"mailzone: {message}"], sys.stderr)
    except Unwritable:
        _silenced.append(message)


def is_silenced() -> bool:
    """Whether there was something to say that standard error did not take."""
    return bool(_silenced)
