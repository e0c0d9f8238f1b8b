"""Placeholders that were published in SPF records, of vendors' manuals or of somebody's template."""

from collections.abc import Iterator

from linter.facts.hosts.reserved_names import is_documentation, is_example
from linter.facts.texts import SpfText
from linter.records.spf.placeholder import placeholder
from linter.records.spf.record import Mechanism, Spf

from .of_record import of_record

_NAMING = ("include", "redirect", "a", "mx", "exists")


def placeholders_in(text: SpfText, zone: str) -> Iterator[tuple[int, int]]:
    """The places of placeholders in the terms of a record, in offsets of its text.

    A name that documents are written with is one as well, but for a zone that itself has such a name.
    """
    yield from _placeholders(text.spf)
    of_manuals = _names_of_manuals(text.spf)
    if of_manuals and not is_example(zone):
        yield from of_manuals


@of_record
def _placeholders(spf: Spf) -> tuple[tuple[int, int], ...]:
    places = []
    for start, end in _words(spf.text):
        found = placeholder(spf.text[start:end])
        if found is not None:
            places.append((start + found[0], start + found[1]))
    return tuple(places)


@of_record
def _names_of_manuals(spf: Spf) -> tuple[tuple[int, int], ...]:
    """The places of names that documents are written with and that no placeholder stands in."""
    specs = [term.domain if isinstance(term, Mechanism) else term.value for term in spf.terms if term.name in _NAMING]
    return tuple(
        (spec.start, spec.end)
        for spec in specs
        if spec is not None and placeholder(spec.text) is None and is_documentation(spec.absolute)
    )


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
