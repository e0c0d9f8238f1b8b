"""Words that a terminal links to somewhere, by the sequence OSC 8 that xterm's successors share."""

from pathlib import Path

_BEGIN, _END = "\x1b]8;;", "\x1b\\"


def linked(words: str, uri: str) -> str:
    """Words, already shown, that lead to a URI; the words alone where that is "" or holds what no URI does."""
    if not uri or not (uri.isascii() and uri.isprintable()) or " " in uri:
        return words
    return f"{_BEGIN}{uri}{_END}{words}{_BEGIN}{_END}"


def file_uri(path: str) -> str:
    """The URI of a file as a terminal opens it; "" for what is not one, such as standard input."""
    try:
        return Path(path).absolute().as_uri() if not path.startswith("<") else ""
    except (OSError, ValueError):
        return ""
