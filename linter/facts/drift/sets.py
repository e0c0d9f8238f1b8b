"""One declared record set held against the one that is served."""

from collections.abc import Sequence

from linter.facts.drift.expected import Expected
from linter.facts.drift.names import text_role
from linter.facts.drift.values import TEXT_TYPES, served_value
from linter.facts.drift.words import (
    Difference,
    listed_values,
    literal_difference,
    mx_difference,
    plain_text,
    set_difference,
    text_difference,
)
from linter.facts.facts import Facts
from linter.facts.proxied import proxied_at
from linter.lookup.answer import FOUND as KNOWN
from linter.lookup.served import ALIAS, FOUND, REFERRAL, Pair, Said, Served
from linter.records.text.name import is_under
from linter.source.frozen import Frozen
from linter.source.text import Span
from linter.source.typed import TYPE_CHECKING
from linter.zone.model import PROXIED_TYPES, Mx, Srv

if TYPE_CHECKING:
    from linter.facts.facts import Facts

_FLATTENED = ("A", "AAAA")
IN_PLACE_OF_ALIAS = ("A", "AAAA", "TXT", "MX")
"""What may stand where a CNAME is declared and none is served."""
INEXACT = "its declared form cannot be read exactly"


class Missing(Frozen):
    """Values of a set that are not served, and whether that is all of it."""

    span: Span
    values: tuple[str, ...]
    is_all: bool


class Differing(Frozen):
    """A value or a set that is served otherwise: how, and what is served in its stead, as text.

    `role` is what a TXT value is to mail. `is_flattened` is whether a provider may have replaced a CNAME by what it
    leads to.
    """

    span: Span
    role: str
    difference: Difference
    served: str
    is_flattened: bool = False


class Judged(Frozen):
    """How one set compares; `extra` are the TXT values beyond it, `passed_over` says why nothing can be said."""

    missing: tuple[Missing, ...] = ()
    differing: tuple[Differing, ...] = ()
    extra: tuple[str, ...] = ()
    passed_over: str = ""

    @property
    def is_as_declared(self) -> bool:
        """Whether what is declared is what is served."""
        return not (self.missing or self.differing or self.passed_over)


def judge(facts: Facts, served: Served, pair: Pair, expected: Expected) -> Judged:
    """Compare what is declared with what the servers agree on."""
    said = served.first(pair)
    if expected.kind == "ALIAS" or is_behind_proxy(expected):
        return _provider_alias(served, pair, expected)
    if not expected.is_exact:
        return Judged(passed_over=INEXACT)
    if said.status == ALIAS and expected.kind != "CNAME":
        return _in_place(expected, f"an alias of {listed_values(said.values)} is in DNS in its place", said)
    if said.status == REFERRAL and expected.kind != "NS":
        return _in_place(expected, f"the name is delegated to {listed_values(said.values)}", said)
    if said.is_empty:
        if expected.kind == "CNAME":
            return _flattened(facts, served, pair, expected)
        return Judged((Missing(expected.span, expected.texts, True),))
    texts = [served_value(expected.kind, value) for value in said.values]
    values = tuple(dict.fromkeys(text for text in texts if text is not None))
    if len(texts) > len([text for text in texts if text is not None]):
        return Judged(passed_over="a value in DNS cannot be read")
    if set(values) == set(expected.texts) or is_led_past(facts, expected, values):
        return Judged()
    return _texts(expected, values) if expected.kind in TEXT_TYPES else _values(expected, values)


def _in_place(expected: Expected, words: str, said: Said) -> Judged:
    return Judged(differing=(Differing(expected.span, "", Difference(words), listed_values(said.values)),))


def _provider_alias(served: Served, pair: Pair, expected: Expected) -> Judged:
    """A provider's ALIAS is published as addresses that only the provider knows."""
    found = [served.first((pair[0], kind)) for kind in _FLATTENED]
    if any(said.status in (FOUND, ALIAS) for said in found):
        return Judged(passed_over="only the provider knows its addresses")
    if all(said.is_empty for said in found):
        return Judged((Missing(expected.span, expected.texts, True),))
    return Judged()


def _flattened(facts: Facts, served: Served, pair: Pair, expected: Expected) -> Judged:
    """No CNAME is served: perhaps what it leads to is, which some providers put in its place."""
    name = pair[0]
    held = {kind: served.first((name, kind)) for kind in IN_PLACE_OF_ALIAS}
    found = {kind: said for kind, said in held.items() if said.status == FOUND}
    if not found:
        return Judged((Missing(expected.span, expected.texts, True),))
    wanted = ("TXT",) if "_" in name else _FLATTENED
    fitting = {kind: said for kind, said in found.items() if kind in wanted}
    shown = "; ".join(f"{kind} {_shown(kind, said)}" for kind, said in (fitting or found).items())
    difference = Difference(f"{shown} is in DNS in its place")
    if not fitting:
        return Judged(differing=(Differing(expected.span, "", difference, shown),))
    if all(_is_what_target_holds(facts, expected.texts[0], kind, said) for kind, said in fitting.items()):
        return Judged()
    if facts.publishing.flattens_at(name == facts.zone.name) and "_" not in name:
        return Judged()
    return Judged(differing=(Differing(expected.span, "", difference, shown, "_" not in name),))


def _is_what_target_holds(facts: Facts, target: str, kind: str, said: Said) -> bool:
    answer = facts.resolver.lookup(target, kind)
    values = {value for value in answer.values if isinstance(value, str)}
    return answer.status == KNOWN and values == {served_value(kind, value) for value in said.values}


def _shown(kind: str, said: Said) -> str:
    return listed_values(served_value(kind, value) or value for value in said.values)


def _values(expected: Expected, values: tuple[str, ...]) -> Judged:
    """A set that is one thing: hosts, addresses, names."""
    compare = mx_difference if expected.kind == "MX" else set_difference
    lacking = [(text, value) for text, value in expected.values if text not in values]
    span = lacking[0][1].span if lacking else expected.span
    difference = compare(expected.texts, values)
    return Judged(differing=(Differing(span, "", difference, listed_values(values)),))


def _texts(expected: Expected, values: tuple[str, ...]) -> Judged:
    """TXT: many things in one set. A value is compared with the one that serves the same end."""
    declared = dict(expected.values)
    beyond = [text for text in values if text not in declared]
    missing: list[Missing] = []
    differing: list[Differing] = []
    for text, value in declared.items():
        if text in values:
            continue
        role = text_role(expected.owner, text)
        plain = plain_text(text)
        literal = [each for each in beyond if plain_text(each) == plain and literal_difference(text, each)]
        others = literal or [each for each in beyond if role and text_role(expected.owner, each) == role]
        if others:
            other = max(others, key=lambda each: _likeness(text, each))
            beyond.remove(other)
            difference = text_difference(role, text, other)
            differing.append(Differing(value.span, role, difference, other))
        elif len(declared) == len(values) == 1 and not role:
            beyond.clear()
            differing.append(Differing(value.span, "", text_difference("", text, values[0]), values[0]))
        else:
            missing.append(Missing(value.span, (text,), False))
    return Judged(tuple(missing), tuple(differing), tuple(beyond))


def _likeness(text: str, other: str) -> int:
    """How many words two records share."""
    return len(set(text.split()) & set(other.split()))


def is_behind_proxy(expected: Expected) -> bool:
    """Whether a set is served as addresses of a proxy, which only the provider knows."""
    return expected.kind in PROXIED_TYPES and all(record.is_proxied for record in expected.records)


def is_led_past(facts: "Facts", expected: Expected, values: Sequence[str]) -> bool:
    """Whether an MX or SRV set is served as declared but for proxied hosts of the zone.

    In place of each of those Cloudflare answers with a name of its own making, `_dc-mx.….example.com` for MX and
    `dc-….example.com` for SRV, with the same numbers.
    """
    left = [value for value in values if value not in expected.texts]
    for text, value in expected.values:
        if text in values:
            continue
        host = value.exchange if isinstance(value, Mx) else value.target if isinstance(value, Srv) else None
        if host is None or not proxied_at(facts.index, host.name):
            return False
        numbers = text.rpartition(" ")[0]
        made = next((each for each in left if _is_made(each, numbers, expected.kind, facts.zone.name)), None)
        if made is None:
            return False
        left.remove(made)
    return not left


def _is_made(value: str, numbers: str, kind: str, zone: str) -> bool:
    """Whether a value names a host of Cloudflare's making below the zone, with these numbers before it."""
    given, _, host = value.rpartition(" ")
    lead = "_dc-mx." if kind == "MX" else "dc-"
    return given == numbers and host.startswith(lead) and is_under(host, zone)
