"""From all providers, the few things that every check looks at: the tables of the modules of signs."""

from collections.abc import Collection, Iterable, Mapping

from linter import RELEASED
from linter.source.typed import Any

from . import VERIFICATION
from .document import provider_of
from .model import Provider
from .pattern import pattern_of

RETIRED = {"include": "RETIRED_INCLUDES", "report-address": "RETIRED_REPORTS"}
"""For each kind of name that records may hold after it was withdrawn, its table."""


def sign_data(documents: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """The tables by their names, for documents that fit the schema.

    `MX` finds hosts by the labels at their end: rows of (pattern, provider, style, the style it may stand beside).
    `VENDORS` has the roles of each of those providers.
    `RETIRED_INCLUDES` and `RETIRED_REPORTS` have (vendor, all that is known of it) by name.
    `SNAPSHOTS` has (values, date, source, whether that is confirmed) by type and absolute name. `SPF_COSTS` has
    (provider, least number of lookups, who counted them, date, whether that is confirmed)
    for each name that an SPF term of a vendor leads to and that is the same for all its customers.
    """
    return tables_of([provider_of(document, RELEASED) for document in documents])


def tables_of(providers: Collection[Provider]) -> dict[str, Any]:
    """The same for providers."""
    retired = sorted((each.name, each.kind, provider.name, each) for provider in providers for each in provider.retired)
    return {
        "MX": _mx(providers),
        "VENDORS": {each.key: each.roles for each in providers if each.mx},
        **{
            table: {name: (vendor, *each[:-1], *each.evidence) for name, of, vendor, each in retired if of == kind}
            for kind, table in RETIRED.items()
        },
        "SNAPSHOTS": {
            (each.type, f"{each.name}."): (
                each.values,
                each.evidence.seen,
                each.evidence.source,
                each.evidence.confirmed,
            )
            for provider in providers
            for each in provider.snapshots
        },
        "SPF_COSTS": {
            f"{each.target}.": (provider.key, each.least_cost, *(each.counted or each.evidence))
            for provider in providers
            for each in provider.spf
            if each.term.startswith("include:") and not each.is_placeholder and "%" not in each.term and not each.owner
        },
    }


def _mx(providers: Iterable[Provider]) -> dict[str, tuple[tuple[str, str, str, str], ...]]:
    found: dict[str, tuple[tuple[str, str, str, str], ...]] = {}
    for provider in providers:
        for each in provider.mx:
            style = VERIFICATION if each.verification else each.style
            suffix = pattern_of(each.host).suffix
            found[suffix] = (*found.get(suffix, ()), (each.host, provider.key, style, each.beside))
    return {suffix: tuple(sorted(rows, key=_most_said)) for suffix, rows in found.items()}


def _most_said(row: tuple[str, ...]) -> int:
    return -len(row[0])
