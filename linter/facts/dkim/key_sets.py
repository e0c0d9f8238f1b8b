"""What is together at each DKIM selector, the keys of one domain, and those that domains of several owners share."""

import re
from collections.abc import Iterable, Iterator, Sequence

from linter.facts.dkim.selectors import misplaced_keys, signing_domain
from linter.facts.facts import Estate, Facts, once
from linter.facts.texts import KeyText, Parsers, sort_texts
from linter.finding import Witness
from linter.lookup.answer import FOUND, UNKNOWN, Resolver
from linter.lookup.zone_index import ZoneIndex
from linter.records.dkim import record as dkim
from linter.records.dkim.key import RSA, is_truncated
from linter.records.dkim.record import DkimKey
from linter.source.frozen import Frozen
from linter.source.pattern import Pattern
from linter.source.text import Span

_KEY_TAGS = frozenset("vhknpstg")
_BASE64 = r"[A-Za-z0-9+/ \t\r\n]+={0,2}"
_SHORTEST_KEY = 40  # characters of a whole key; ed25519 has 44

_KEY, _BARE, _TAGS, _FOREIGN = "key", "bare", "tags", "foreign"


class KeySet(Frozen):
    """The TXT values at one selector, each text once, each list in the order of the files.

    `pieces` holds the parts of one key that was cut into several values; then the others are empty. `records`
    are the values meant to be key records of their own. `others` hold no key: tags without `p=` beside a record
    that has it, and texts of another kind.
    """

    name: str
    records: tuple[KeyText, ...] = ()
    pieces: tuple[KeyText, ...] = ()
    others: tuple[KeyText, ...] = ()


@once
def key_sets(facts: Facts) -> tuple[KeySet, ...]:
    """The TXT values that verifiers find, by selector, or by the name that a selector's CNAME leads to."""
    lost = {text.record.name for text in misplaced_keys(facts)}
    reached = (text for text in facts.texts.stray_keys if text.record.name not in lost)
    return gathered((*facts.texts.keys, *reached))


def gathered(texts: Iterable[KeyText]) -> tuple[KeySet, ...]:
    """The texts gathered by name and told apart."""
    by_name: dict[str, dict[str, KeyText]] = {}
    for text in texts:
        by_name.setdefault(text.record.name, {}).setdefault(text.key.text, text)
    return tuple(_key_set(name, tuple(distinct.values())) for name, distinct in by_name.items())


def _key_set(name: str, texts: Sequence[KeyText]) -> KeySet:
    roles = [_role(text.key) for text in texts]
    if len(texts) == 1:
        return KeySet(name, (), (), tuple(texts)) if roles[0] == _FOREIGN else KeySet(name, tuple(texts))

    def those(*wanted: str) -> tuple[KeyText, ...]:
        return tuple(text for text, role in zip(texts, roles, strict=True) if role in wanted)

    keys, bare, tags = those(_KEY), those(_BARE), those(_TAGS)
    if len(keys) > 1 and _continue_one_another(keys):
        return KeySet(name, pieces=keys)
    is_long = any(len(_bare_base64(text.key)) >= _SHORTEST_KEY for text in bare)
    if len(keys) == 1 and not keys[0].key.revoked:
        has_rest = any(is_truncated(fault) for fault in keys[0].key.faults)
    else:
        has_rest = is_long and len(keys) < 2
    # Tags that stand in two of the texts make them two records.
    are_one = len(keys) < 2 and _are_disjoint(keys + tags)
    parts = {_KEY, *((_BARE,) if has_rest else ()), *((_TAGS,) if are_one else ())}
    pieces = those(*parts) if has_rest or are_one else ()
    if len(pieces) > 1:
        return KeySet(name, pieces=pieces)
    for records in ((_KEY,), (_BARE, _TAGS)):
        if those(*records):
            others = {_KEY, _BARE, _TAGS, _FOREIGN}.difference(records)
            return KeySet(name, those(*records), (), those(*others))
    return KeySet(name, (), (), tuple(texts))


def _role(key: DkimKey) -> str:
    """What a text is by itself: a key with its tag, base64 without one, other tags of a key, or none of these."""
    names = _tag_names(key)
    if "p" in names or "P" in names:
        return _KEY
    if _bare_base64(key):
        return _BARE
    version = key.tags.first("v")
    if version and names & _KEY_TAGS == {"v"} and not version.value.lower().startswith("dkim"):
        return _FOREIGN  # `v=spf1 -all`
    return _TAGS if names & _KEY_TAGS else _FOREIGN


def _bare_base64(key: DkimKey) -> str:
    """The base64 that a text begins with where a tag should stand, without its blanks."""
    first = key.tags.tags[0] if key.tags.tags else None
    part = key.text[first.start : first.end] if first and first.name not in _KEY_TAGS else ""
    compact = "".join(part.split())
    is_words = compact != part and len(compact) < _SHORTEST_KEY
    return compact if part and not is_words and re.fullmatch(_BASE64, part) else ""


def _continue_one_another(texts: Iterable[KeyText]) -> bool:
    """Whether several values of `p=`, none of them a key, are one when put one behind another."""
    values = []
    for text in texts:
        p = text.key.tags.first("p")
        if text.key.key or p is None or not p.value:
            return False
        values.append(p.value)
    values.sort(key=lambda value: not value.startswith("MI"))
    return dkim.parse(f"p={''.join(values)}").key is not None


def _are_disjoint(texts: Iterable[KeyText]) -> bool:
    names = [name for text in texts for name in _tag_names(text.key)]
    return len(names) == len(set(names))


def _tag_names(key: DkimKey) -> set[str]:
    return {tag.name for tag in key.tags.tags if tag.name}


class Keys(Frozen):
    """The keys of one domain; `is_open` where a selector leads to what is not known."""

    keys: tuple[DkimKey, ...]
    is_open: bool
    witnesses: tuple[Witness, ...] = ()

    @property
    def may_have_rsa(self) -> bool:
        """Whether an RSA key stands there, broken ones included, or may stand there."""
        return self.is_open or any(key.algorithm == RSA and not key.revoked for key in self.keys)


def keys_of(domain: str, index: ZoneIndex, resolver: Resolver, parsers: Parsers) -> Keys:
    """What stands at the selectors of a domain in its zone."""
    keys: list[DkimKey] = []
    is_open = not index.zone.is_whole
    witnesses: dict[Witness, None] = {}
    for name in index.names:
        if name.endswith(f"._domainkey.{domain}"):
            answer = resolver.lookup(name, "TXT")
            witnesses.update(dict.fromkeys(answer.witnesses))
            is_open = is_open or answer.status == UNKNOWN or answer.is_failure
            if answer.status == FOUND:
                keys += [parsers.dkim(value) for value in answer.values if isinstance(value, str)]
    return Keys(tuple(keys), is_open, tuple(witnesses))


# Selectors that everybody calls so, and dates; anything else that two domains share came from one hand.
_COMMON = Pattern(r"(?:default|e?mail|dkim|smtp|mx|google|selector|sel|sig|key|rsa|ed|ed25519|[a-z])?[-_]?[0-9]*[a-z]?")


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


def shared_keys(keys: Iterable[KeyText], zone: str, estate: Estate, parsers: Parsers) -> Iterator[SharedKey]:
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
                if _is_at(other.value.span, text.value.span):
                    continue  # one file that octoDNS makes two zones of
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


def _is_at(one: Span, other: Span) -> bool:
    return one.source.path == other.source.path and one.start == other.start


def _vendor(base64: str) -> str:
    from linter.providers.catalogue import catalogue  # few keys are found twice

    found = catalogue().of_shared_key(base64)
    return found.name if found is not None else ""
