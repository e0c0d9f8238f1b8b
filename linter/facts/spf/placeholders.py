"""Placeholders that were published in SPF records, of vendors' manuals or of somebody's template."""

from collections.abc import Iterator

from linter.facts.texts import SpfText
from linter.records.spf.placeholder import placeholder


def placeholders_in(text: SpfText) -> Iterator[tuple[int, int]]:
    """The places of placeholders in the terms of a record, in offsets of its text."""
    for start, end in _words(text.spf.text):
        found = placeholder(text.spf.text[start:end])
        if found is not None:
            yield start + found[0], start + found[1]


def _words(text: str) -> Iterator[tuple[int, int]]:
    """Where each word of a record begins and ends."""
    start = 0
    for word in text.split(" "):
        if word:
            yield start, start + len(word)
        start += len(word) + 1
