"""Text from a stranger's file that stays text in Markdown: no markup, no link, no mention, no reference to an issue."""

from collections.abc import Iterable, Iterator
from html import escape

from .shown import shown

_PLAIN = frozenset(" ,.-/:;'()=?%+\"")
_ESCAPED = frozenset("\\`*_[]{}~!^$")
_RINGING = "@#"
"""Characters that GitHub and GitLab look for after rendering; alone in an element they mean nothing."""
_SHORT = 400


def inline(text: str) -> str:
    """A message: what is in backticks becomes code, the rest prose; fit for a cell of a table."""
    parts = _shortened(shown(text)).split("`")
    if len(parts) % 2 == 0:  # a backtick too many says nothing about what is code
        return _prose("`".join(parts))
    return "".join(code(part) if number % 2 else _prose(part) for number, part in enumerate(parts))


def code(text: str) -> str:
    """A value as code; in an element where backticks or a table would read it otherwise."""
    told = _shortened(shown(text))
    if "`" in told or "|" in told or told != told.strip():
        return f"<code>{''.join(map(_entity, told))}</code>"
    return f"`{told}`" if told else ""


def pre(lines: Iterable[str]) -> str:
    """Lines as they are, in a block of their own."""
    return f"<pre>{escape(chr(10).join(lines), quote=False)}</pre>"


def fenced(language: str, lines: Iterable[str]) -> Iterator[str]:
    """A block of code in a fence that is longer than any in the code."""
    held = list(lines)
    longest = max((len(run) for line in held for run in _runs(line)), default=0)
    fence = "`" * max(3, longest + 1)
    yield f"{fence}{language}"
    yield from held
    yield fence


def folded(summary: str, lines: Iterable[str]) -> Iterator[str]:
    """Lines that are shown when somebody opens them; `summary` is Markdown already."""
    yield f"<details><summary>{summary}</summary>"
    yield ""
    yield from lines
    yield ""
    yield "</details>"


def _runs(line: str) -> list[str]:
    return "".join(each if each == "`" else " " for each in line).split()


def _prose(text: str) -> str:
    told = "".join(f"<span>&#{ord(each)};</span>" if each in _RINGING else _entity(each) for each in text)
    return told.replace("://", "&#58;//").replace("www.", "www&#46;")


def _entity(character: str) -> str:
    """A character that may be markup with a backslash, or by its number where a table or HTML would see it first."""
    if not character.isascii() or character.isalnum() or character in _PLAIN:
        return character
    return f"\\{character}" if character in _ESCAPED else f"&#{ord(character)};"


def _shortened(text: str) -> str:
    return text if len(text) <= _SHORT else f"{text[: _SHORT - 1]}…"
