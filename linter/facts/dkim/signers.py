"""Which domains of a zone have DKIM selectors, and for which names their keys could sign."""

from collections.abc import Iterable

from linter.lookup.zone_index import ZoneIndex
from linter.records.text.name import is_under
from linter.zone.model import Text

_INNER = "._domainkey."
_OWN = "_domainkey."
_ALIASES = ("CNAME", "DNAME", "NS")


def signing_domains(index: ZoneIndex) -> frozenset[str]:
    """The domains for which a zone has a selector, or gives the place of all selectors away.

    A selector is not taken for one where nothing but an empty key says that it is revoked; at `*._domainkey` that
    means that nothing is ever signed, which is an answer as well.
    """
    found = set()
    for name in [name for name in index.names if _OWN in name]:
        if _INNER in name:
            if name.startswith("*.") or not _is_revoked(index, name):
                found.add(name.rpartition(_INNER)[2])
        elif name.startswith(_OWN) and any(kind in index.names[name] for kind in _ALIASES):
            found.add(name.removeprefix(_OWN))
    return frozenset(found)


def _is_revoked(index: ZoneIndex, name: str) -> bool:
    records = index.names[name]
    if set(records) != {"TXT"}:
        return False
    values = [value for record in records["TXT"] for value in record.values]
    return bool(values) and all(isinstance(value, Text) and _has_empty_key(value.text) for value in values)


def _has_empty_key(text: str) -> bool:
    """Whether a text is a key record with an empty `p=`; keys are long, so that few texts are looked at."""
    return len(text) < 100 and any(part.strip() == "p=" for part in "".join(text.split()).split(";"))


def can_sign(domains: Iterable[str], name: str, strictly: bool) -> bool:
    """Whether a signature of one of the domains would be aligned with mail from `name` and is likely to be made.

    Relaxed alignment takes every domain of one organisation (RFC 9989 section 4.4.1); in practice mail is signed by
    the name itself, one above it, or one below it that a service was given.
    """
    if strictly:
        return name in domains
    return any(is_under(name, domain) or is_under(domain, name) for domain in domains)
