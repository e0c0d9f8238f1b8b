"""Patterns of host names, compared label by label: `*` or `{word}` for a part of one, `**.` for one or more."""

import re

from linter.records.text.name import MAX_NAME
from linter.source.frozen import Frozen
from linter.source.pattern import Pattern

_WILD = re.compile(r"\*|\{[a-z0-9-]+\}")
_PART = "[a-z0-9_-]+"
_LABELS = rf"{_PART}(?:\.{_PART})*"
_WORDS = {"{domain}": _LABELS, "{dashed}": _PART}


class NamePattern(Frozen):
    """A pattern made ready: `suffix` are its last labels without wildcards, by which it is found."""

    text: str
    suffix: str
    exact: bool
    compiled: Pattern

    def matches(self, name: str) -> bool:
        """Whether a name (lower case, no final dot) is one of these."""
        if self.exact:
            return self.text == name
        # Two wildcards in one label try every place for what is between them: bounded as names are.
        return len(name) <= MAX_NAME and self.compiled.fullmatch(name) is not None


def pattern_of(text: str) -> NamePattern:
    """The pattern of a text: `smtp.google.com`, `*.msv1.invalid`, `**.example.net`, `mx*.example.*`, `s1.{domain}`."""
    labels = text.split(".")
    plain = len(labels)
    while plain and not _WILD.search(labels[plain - 1]):
        plain -= 1
    return NamePattern(text, ".".join(labels[plain:]), plain == 0, Pattern(_expression(text)))


def words_in(text: str, name: str) -> dict[str, str]:
    """What stands for each `{word}` of a pattern in a name that it matches: `tenant` of `{tenant}.onmicrosoft.com`.

    Only for a name of which that can be told: a word that comes twice, or beside another wildcard, says nothing.
    """
    words = [found.group()[1:-1] for found in _WILD.finditer(text) if found.group() not in ("*", *_WORDS)]
    if not words or len({*words}) < len(words) or len(name) > MAX_NAME:
        return {}
    found = pattern_of(text).compiled.fullmatch(name)
    return dict(zip(words, found.groups(), strict=True)) if found is not None else {}


def _expression(text: str) -> str:
    """The regular expression; what stands for a `{word}` is a group."""
    many = text.startswith("**.")
    pieces, last = [f"{_LABELS}\\." if many else ""], 3 if many else 0
    for found in _WILD.finditer(text, last):
        pieces.append(re.escape(text[last : found.start()]))
        pieces.append(_WORDS.get(found.group()) or (_PART if found.group() == "*" else f"({_PART})"))
        last = found.end()
    return "".join((*pieces, re.escape(text[last:])))


def suffixes(name: str) -> list[str]:
    """A name and all that it lies under, the longest first, and "" at the end."""
    labels = name.split(".")
    return [".".join(labels[start:]) for start in range(len(labels))] + [""]
