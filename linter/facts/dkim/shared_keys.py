"""DKIM keys that stand under several domains of the estate."""

from collections.abc import Iterable, Iterator
from typing import Protocol

from linter.facts.texts import KeyText, Parsers, sort_texts
from linter.lookup.zone_index import ZoneIndex
from linter.source.frozen import Frozen
from linter.source.pattern import Pattern
from linter.source.text import Span

from .selectors import signing_domain

# Selectors that everybody calls so, and dates; anything else that two domains share came from one hand.
_COMMON = Pattern(r"(?:default|e?mail|dkim|smtp|mx|google|selector|sel|sig|key|rsa|ed|ed25519|[a-z])?[-_]?[0-9]*[a-z]?")


class Keyring(Protocol):
    """What is asked of all declared zones together."""

    def zones_with_key(self, base64: str) -> tuple[ZoneIndex, ...]:
        """The zones whose files hold a key's text."""
        ...


class Holder(Frozen):
    """A domain that has the key, the selector's whole name, and where it stands."""

    name: str
    domain: str
    span: Span


class SharedKey(Frozen):
    """A key of one zone at the selector `name`, and the domains of other zones that have it too.

    `is_handed_out`: all have it at one selector of a peculiar name, so that some service probably gives the same key
    to all its customers; `vendor` is the name of one that is known to.
    """

    name: str
    domain: str
    span: Span
    others: tuple[Holder, ...]
    is_handed_out: bool = False
    vendor: str = ""


def shared_keys(keys: Iterable[KeyText], zone: str, estate: Keyring, parsers: Parsers) -> Iterator[SharedKey]:
    """The keys that another zone has as well, whatever form they have there; selectors of wildcards aside."""
    for text in keys:
        key, p = text.key.key, text.key.tags.first("p")
        if key is None or p is None or text.record.name.startswith("*."):
            continue
        others, base64 = [], "".join(p.value.split())
        for index in estate.zones_with_key(base64):
            if index.zone.name == zone:
                continue
            for other in sort_texts(index.by_type.get("TXT", ()), parsers).keys:
                if other.key.key is not None and other.key.key.material == key.material:
                    name = other.record.name
                    others.append(Holder(name, signing_domain(name), other.value.span))
        if others:
            span = text.value.part(p.value_start, p.value_end)
            selector = text.record.name.partition("._domainkey.")[0]
            same = all(other.name.startswith(f"{selector}._domainkey.") for other in others)
            handed_out = same and not _COMMON.fullmatch(selector)
            name = text.record.name
            yield SharedKey(name, signing_domain(name), span, tuple(others), handed_out, _vendor(base64))


def _vendor(base64: str) -> str:
    from linter.providers.catalogue import catalogue  # few keys are found twice

    found = catalogue().of_shared_key(base64)
    return found.name if found is not None else ""
