"""Whether a vendor's name is made for the domain that it is published at: hosts and targets spell their customer's."""

import itertools
from collections.abc import Iterable, Iterator

from linter.providers.pattern import pattern_of
from linter.source.frozen import Frozen
from linter.source.pattern import Pattern

from .our_domains import Ours, letters

_ADDED = Pattern(r"0[0-9a-z]{1,3}")
"""What Microsoft puts behind a token that another customer had first, as in `contoso-com0e`."""
_LIKELY_CUT = 30
"""Octets from which on a token may be the beginning of a long domain."""
_MOST_HYPHENS = 7


class Foreign(Frozen):
    """A name that is made for another domain than the one it is published at.

    `token` is the part that says so. `domain` is the other domain, absolute, "" where it is not known. `is_sure`
    is whether the name cannot be this domain's: the token spells one that is known here, or is the domain itself.
    """

    token: str
    domain: str
    is_sure: bool


def foreign(patterns: Iterable[str], name: str, domain: str, ours: Ours) -> Foreign | None:
    """Whom a vendor's name is made for, where that is not `domain`; None where it is, or where the name does not say.

    `patterns` are those of the vendor's names of this kind.
    """
    bare, own, found = name.lower().removesuffix("."), domain.lower().removesuffix("."), ("", "")
    for pattern in map(pattern_of, patterns):
        if not pattern.matches(bare):
            continue
        found = pattern.domain_in(bare)
        if not found[1] or _spells(*found, own):
            return None
    if not found[1]:
        return None
    kind, token = found
    other = next((each for each in _domains(kind, token) if ".." not in each and ours.has(each)), "")
    if not other and kind == "token":
        spelled = (ours.spelled(letters(each)) for each in _without_addition(token))
        other = next((each for each in spelled if each), "")
    if not other and kind == "token" and "xn--" in own:
        return None  # how such a name is written in a token is the vendor's secret
    return Foreign(token, other, bool(other) or kind != "token")


def _spells(kind: str, part: str, domain: str) -> bool:
    if kind == "domain":
        return part == domain
    if kind == "dashed":
        return part == domain.replace(".", "-")
    own, wanted = letters(part), letters(domain)
    if own == wanted or (own.startswith(wanted) and _ADDED.fullmatch(own[len(wanted) :])):
        return True
    return any(len(each) >= _LIKELY_CUT and wanted.startswith(each) for each in map(letters, _without_addition(part)))


def _without_addition(token: str) -> Iterator[str]:
    """A token as it is, and without what the vendor may have put behind it."""
    yield token
    for length in (2, 3, 4):
        if _ADDED.fullmatch(token[-length:]) and len(token) > length:
            yield token[:-length]


def _domains(kind: str, part: str) -> Iterator[str]:
    """The absolute domains that a part may spell: a hyphen stands for a dot or for itself."""
    if kind == "domain":
        yield f"{part}."
        return
    for text in _without_addition(part) if kind == "token" else (part,):
        labels = text.split("-")
        if len(labels) - 1 > _MOST_HYPHENS:
            yield f"{text.replace('-', '.')}."
            continue
        for joints in itertools.product(".-", repeat=len(labels) - 1):
            yield "".join(itertools.chain(*zip(labels, (*joints, "."), strict=True)))
