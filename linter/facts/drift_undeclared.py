"""Mail records that are served and that no file declares, and the wildcards that explain them."""

from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING

from linter.lookup.served import ALIAS, FOUND, REFERRAL, UNKNOWN, Pair, Said, Served
from linter.records.srv import service_of
from linter.source.frozen import Frozen
from linter.source.text import Span

from .drift_expected import Expectations
from .drift_names import MAIL_LABELS, is_made_by_servers, levels, mail_domains, mail_hosts, text_role
from .drift_sets import judge
from .drift_values import TEXT_TYPES, served_value
from .drift_words import listed_values

if TYPE_CHECKING:
    from .zone_facts import Facts

_ONE_AT_MOST = ("SPF", "DMARC")
"""Roles of which two at one name make receivers ignore or refuse both (RFC 7208 section 4.5; RFC 9989 section 4.10)."""
_ADDRESSES = ("A", "AAAA")


class Undeclared(Frozen):
    """Something that is served at a name and that no file declares.

    `pair` is a wildcard's name where it answers; `what` says in words what it is, `values` how it reads.
    `is_second` is whether a record of the kind is declared at the name, `is_advice` whether mail does not need it.
    """

    span: Span
    pair: Pair
    what: str
    values: str
    is_second: bool = False
    is_advice: bool = False


def undeclared(
    facts: "Facts", served: Served, expectations: Expectations, split: Collection[Pair]
) -> Iterator[Undeclared]:
    """Everything beyond the files that was seen; `split` are the questions on which servers disagree."""
    asked = dict(expectations.sets(served.probe))
    for pair, expected in asked.items():
        if pair not in split and served.first(pair).status != UNKNOWN:
            extra = judge(facts, served, pair, expected).extra
            roles = {text_role(expected.owner, text) for text in expected.texts}
            yield from _of_texts(expected.records[0].name_span, (expected.owner, pair[1]), extra, roles)
    wildcards = _wildcards(served, expectations)
    told: set[tuple[str, str]] = set()
    for pair in sorted(served.pairs):
        said = served.first(pair)
        if pair in asked or pair in split or said.status not in (FOUND, ALIAS, REFERRAL):
            continue
        name, kind = pair
        if name.startswith(f"{served.probe}.") or not _is_beyond(facts, served, expectations, pair, said):
            continue
        view = expectations.view(pair, said)
        if (
            not any(wildcards.get((above, kind)) == view for above in levels(facts.index, name))
            and (
                name,
                view,
            )
            not in told
        ):
            told.add((name, view))
            yield from _of_pair(expectations.place(pair), pair, said)
    yield from _of_wildcards(served, expectations, wildcards)


def _wildcards(served: Served, expectations: Expectations) -> dict[Pair, str]:
    """The undeclared wildcards by the name they stand below and the type they answer, with what they say."""
    found = {}
    for pair in sorted(served.pairs):
        said = served.first(pair)
        name, kind = pair
        if name.startswith(f"{served.probe}.") and said.status in (FOUND, ALIAS):
            above = name.partition(".")[2]
            is_declared = expectations.at(pair) is not None or expectations.is_open(pair)
            # The wildcard of a name further up answers here too: it is told of once, where it stands.
            if not is_declared:
                found[above, kind] = expectations.view(pair, said)
    views = dict(found)
    for above, kind in views:
        if any(views.get((higher, kind)) == views[above, kind] for higher in levels(expectations.index, above)):
            del found[above, kind]
    return found


def _of_wildcards(served: Served, expectations: Expectations, wildcards: dict[Pair, str]) -> Iterator[Undeclared]:
    told: set[tuple[str, str]] = set()
    for (above, kind), view in wildcards.items():
        if (above, view) not in told:
            told.add((above, view))
            pair = (f"*.{above}", kind)
            said = served.first((f"{served.probe}.{above}", kind))
            yield from _of_pair(expectations.place((above, kind)), pair, said)


def _is_beyond(facts: "Facts", served: Served, expectations: Expectations, pair: Pair, said: Said) -> bool:
    """Whether something that was found is nobody's declaration, and is worth a word."""
    name, kind = pair
    if expectations.at(pair) is not None or expectations.is_open(pair) or is_made_by_servers(kind):
        return False
    if name == facts.zone.name and kind == "NS":
        return False  # most files leave these to the provider
    if kind in _ADDRESSES and expectations.of(name, "ALIAS") is not None:
        return False
    if said.status == REFERRAL and kind != "NS":
        return served.every
    return served.every or (kind in _ADDRESSES and name in mail_hosts(facts)) or _is_mail(facts, pair, said)


def _is_mail(facts: "Facts", pair: Pair, said: Said) -> bool:
    """Whether mail may depend on what was found: of a transferred zone, everything was."""
    name, kind = pair
    labels = name.split(".")
    if kind == "MX" or labels[0] in ("autodiscover", "autoconfig"):
        return True
    if not set(MAIL_LABELS).isdisjoint(labels):
        return kind in ("TXT", "CNAME", "NS", "DNAME")
    if kind in TEXT_TYPES:
        return name in mail_domains(facts) or any(
            text_role(name, served_value(kind, each) or "") for each in said.values
        )
    return (kind == "SRV" and service_of(name) is not None) or (kind == "TLSA" and labels[1:2] == ["_tcp"])


def _of_pair(span: Span, pair: Pair, said: Said) -> Iterator[Undeclared]:
    """What stands at a name and type that no file has."""
    name, kind = pair
    if said.status == ALIAS:
        yield Undeclared(span, (name, "CNAME"), "CNAME", listed_values(said.values))
    elif kind in TEXT_TYPES and said.status == FOUND:
        texts = tuple(text for value in said.values if (text := served_value(kind, value)) is not None)
        yield from _of_texts(span, pair, texts, set())
    else:
        kind = "NS" if said.status == REFERRAL else kind
        values = listed_values(served_value(kind, value) or value for value in said.values)
        yield Undeclared(span, (name, kind), kind, values, is_advice=name.startswith("*.") and kind in _ADDRESSES)


def _of_texts(span: Span, pair: Pair, texts: tuple[str, ...], roles: set[str]) -> Iterator[Undeclared]:
    """TXT values beyond the files: each mail record by itself, all tokens together."""
    tokens = []
    for text in texts:
        role = text_role(pair[0], text)
        if not role:
            tokens.append(text)
            continue
        is_second = role in roles
        what = f"a second {role} record" if is_second else f"{_article(role)} {role} record"
        yield Undeclared(span, pair, what, listed_values((text,)), is_second and role in _ONE_AT_MOST)
        roles = roles | {role}
    if tokens:
        what = "a TXT value" if len(tokens) == 1 else f"{len(tokens)} TXT values"
        yield Undeclared(span, pair, what, listed_values(tokens), is_advice=True)


def _article(role: str) -> str:
    return "an" if role in ("SPF", "MTA-STS") else "a"
