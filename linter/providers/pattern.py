"""Patterns of host names, compared label by label: `*` or `{word}` for a part of one, `**.` for one or more."""

import re

from linter.records.text.name import MAX_NAME
from linter.source.frozen import Frozen
from linter.source.pattern import Pattern

_WILD = Pattern(r"\*|\{[a-z0-9-]+\}")
_PART = "[a-z0-9_-]+"
_LABELS = rf"{_PART}(?:\.{_PART})*"
_WORDS = {"{domain}": _LABELS, "{dashed}": _PART, "{token}": _PART}
"""How a name may spell the customer's domain; the first of these in a pattern is kept by its name."""


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

    def domain_in(self, name: str) -> tuple[str, str]:
        """How a name spells a customer's domain, "domain", "dashed" or "token", and that part; "" where it does not.

        A token is made of the domain by the vendor, who may add what nobody can derive.
        """
        found = self.compiled.fullmatch(name) if not self.exact and len(name) <= MAX_NAME else None
        held = found.groupdict() if found is not None else {}
        return next(iter(held.items()), ("", ""))


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
    if found is None:
        return {}
    named = found.re.groupindex.values()
    groups = (each for number, each in enumerate(found.groups(), 1) if number not in named)
    return dict(zip(words, groups, strict=True))


def _expression(text: str) -> str:
    """The regular expression; what stands for a `{word}` is a group."""
    many = text.startswith("**.")
    pieces, last = [f"{_LABELS}\\." if many else ""], 3 if many else 0
    kept = False
    for found in _WILD.finditer(text, last):
        word = found.group()
        pieces.append(re.escape(text[last : found.start()]))
        is_first = word in _WORDS and not kept
        if is_first:
            pieces.append(f"(?P<{word[1:-1]}>{_WORDS[word]})")
        else:
            pieces.append(_WORDS.get(word) or (_PART if word == "*" else f"({_PART})"))
        kept, last = kept or is_first, found.end()
    return "".join((*pieces, re.escape(text[last:])))


def suffixes(name: str) -> list[str]:
    """A name and all that it lies under, the longest first, and "" at the end."""
    labels = name.split(".")
    return [".".join(labels[start:]) for start in range(len(labels))] + [""]
