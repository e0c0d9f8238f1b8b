"""Placeholders that were published in SPF records, of vendors' manuals or of somebody's template."""

from collections.abc import Iterator

from linter.facts.hosts.reserved_names import is_documentation, is_example
from linter.facts.texts import SpfText
from linter.records.spf.placeholder import placeholder
from linter.records.spf.record import Mechanism

_NAMING = ("include", "redirect", "a", "mx", "exists")


def placeholders_in(text: SpfText, zone: str) -> Iterator[tuple[int, int]]:
    """The places of placeholders in the terms of a record, in offsets of its text.

    A name that documents are written with is one as well, but for a zone that itself has such a name.
    """
    for start, end in _words(text.spf.text):
        found = placeholder(text.spf.text[start:end])
        if found is not None:
            yield start + found[0], start + found[1]
    for term in text.spf.terms if not is_example(zone) else ():
        spec = term.domain if isinstance(term, Mechanism) else term.value
        if spec is None or placeholder(spec.text) is not None or term.name not in _NAMING:
            continue
        if is_documentation(spec.absolute):
            yield spec.start, spec.end


def is_placeholder(name: str, zone: str) -> bool:
    """Whether an absolute name that a record of a zone leads to is a placeholder, which nobody can look up."""
    is_of_manual = is_documentation(name) and not is_example(zone)
    return is_of_manual or placeholder(name.removesuffix(".")) is not None


def _words(text: str) -> Iterator[tuple[int, int]]:
    """Where each word of a record begins and ends."""
    start = 0
    for word in text.split(" "):
        if word:
            yield start, start + len(word)
        start += len(word) + 1
