"""Mail records that are served and that no file declares, and the wildcards that explain them."""

from collections.abc import Collection, Iterable, Iterator
from itertools import islice

from linter.facts.facts import Facts
from linter.lookup.served import ALIAS, FOUND, REFERRAL, Pair, Said, Served
from linter.records.hosts.services import service_of
from linter.records.text.name import ancestors, parent
from linter.source.frozen import Frozen
from linter.source.text import Span

from .expected import Expected, expectations
from .names import MAIL_LABELS, is_made_by_servers, levels, mail_domains, mail_hosts, text_role
from .sets import Judged
from .values import TEXT_TYPES, served_value
from .words import listed_values

_ONE_AT_MOST = ("SPF", "DMARC")
"""Roles of which two at one name make receivers ignore or refuse both (RFC 7208 section 4.5; RFC 9989 section 4.10)."""
_THERE = (FOUND, ALIAS, REFERRAL)
_ADDRESSES = ("A", "AAAA")
_MOST_FOUND, _MOST_NAMED = 1_000, 3
"""What is told of one zone each by itself, and of the rest by name."""
_MOST_TOLD = 8
"""Mail records of one set that are each told of; a set may have thousands."""


class Undeclared(Frozen):
    """Something that is served at a name and that no file declares.

    `pair` is a wildcard's name where it answers; `what` says in words what it is, `values` how it reads, `texts` are
    the values themselves. `is_second` is whether a record of the kind is declared at the name, `is_advice` whether mail
    does not need it.
    """

    span: Span
    pair: Pair
    what: str
    values: str
    is_second: bool = False
    is_advice: bool = False
    texts: tuple[str, ...] = ()


def undeclared(
    facts: Facts, served: Served, judged: Iterable[tuple[Pair, Expected, Judged]], split: Collection[Pair]
) -> Iterator[Undeclared]:
    """Everything beyond the files that was seen: values of the judged sets, then what stands elsewhere.

    `split` are the questions on which servers disagree, and of which nothing more is said.
    """
    for (_, kind), expected, one in judged:
        roles = {text_role(expected.owner, text) for text in expected.texts}
        yield from _of_texts(expected.records[0].name_span, (expected.owner, kind), one.extra, roles)
    yield from _Search(facts, served, split).all()


def bounded(facts: Facts, found: Iterable[Undeclared]) -> Iterator[Undeclared]:
    """The first of very many, then how many more there are: a server may send what it likes."""
    left = iter(found)
    yield from islice(left, _MOST_FOUND)
    first = list(islice(left, _MOST_NAMED))
    if first:
        zone = facts.zone.name
        number, advice = len(first), all(each.is_advice for each in first)
        for each in left:
            number, advice = number + 1, advice and each.is_advice
        names = listed_values(each.pair[0].removesuffix(".") for each in first)
        span = expectations(facts).place((zone, first[0].pair[1]))
        what = "1 more record set" if number == 1 else f"{number} more record sets"
        told = names if number == len(first) else f"{names} and others"
        yield Undeclared(span, (zone, first[0].pair[1]), what, told, is_advice=advice)


class _Search:
    """Looking for what stands where nothing is declared."""

    def __init__(self, facts: Facts, served: Served, split: Collection[Pair]) -> None:
        self._zone = facts.zone.name
        self._index = facts.index
        self._expectations = expectations(facts)
        self._served = served
        self._skipped = {*split, *(pair for pair, _ in expectations(facts).sets(served.probe))}
        self._domains = mail_domains(facts)
        self._hosts = mail_hosts(facts)
        self._probe = f"{served.probe}."
        said = ((pair, served.first(pair)) for pair in served.pairs)
        self._there = sorted((pair, each) for pair, each in said if each[0] in _THERE)
        """Where something is, with what the first server says."""
        self._cuts = {name for (name, kind), _ in self._there if kind == "NS" and name != self._zone}

    def all(self) -> Iterator[Undeclared]:
        """Each thing once: one alias answers for all types of its name, one delegation for all names below it."""
        wildcards = self._wildcards()
        told: set[tuple[str, str]] = set()
        for pair, said in self._there:
            name, kind = pair
            if pair in self._skipped or name.startswith(self._probe) or not self._is_beyond(pair, said):
                continue
            view = self._expectations.view(pair, said)
            once = ("" if said.status == REFERRAL else name, view)
            is_explained = any(wildcards.get((above, kind)) == view for above in levels(self._index, name))
            if once not in told and not is_explained:
                told.add(once)
                yield from _of_pair(self._expectations.place(pair), pair, said)
        yield from self._of_wildcards(wildcards)

    def _wildcards(self) -> dict[Pair, str]:
        """The undeclared wildcards by the name they stand below and the type they answer, with what they say."""
        found = {}
        for pair, said in self._there:
            name, kind = pair
            if name.startswith(self._probe) and said.status in (FOUND, ALIAS):
                is_declared = self._expectations.at(pair) is not None or self._expectations.is_open(pair)
                if not is_declared:
                    found[name.partition(".")[2], kind] = self._expectations.view(pair, said)
        # The wildcard of a name further up answers below it too: it is told of once, where it stands.
        views = dict(found)
        for above, kind in views:
            if any(views.get((higher, kind)) == views[above, kind] for higher in levels(self._index, above)):
                del found[above, kind]
        return found

    def _of_wildcards(self, wildcards: dict[Pair, str]) -> Iterator[Undeclared]:
        told: set[tuple[str, str]] = set()
        for (above, kind), view in wildcards.items():
            pair, said = (f"*.{above}", kind), self._served.first((f"{self._probe}{above}", kind))
            # In a whole zone a wildcard is seen whether or not it answers for anything that mail needs.
            is_of_interest = self._served.every or not self._served.whole or self._is_mail(pair, said)
            if is_of_interest and (above, view) not in told:
                told.add((above, view))
                yield from _of_pair(self._expectations.place((above, kind)), pair, said)

    def _is_beyond(self, pair: Pair, said: Said) -> bool:
        """Whether something was found that is nobody's declaration, and is worth a word."""
        name, kind = pair
        if is_made_by_servers(kind):
            return False
        if self._expectations.at(pair) is not None or self._expectations.is_open(pair):
            return False
        if kind == "NS" and (name == self._zone or name in self._expectations.index.names):
            return False  # most files leave the zone's own to the provider; of others what is declared there differs
        if kind == "NS" and any(above in self._cuts for above in ancestors(parent(name), self._zone)):
            return False  # glue of a delegation, as a recording has it
        if kind in _ADDRESSES and self._expectations.of(name, "ALIAS") is not None:
            return False
        if said.status == REFERRAL and kind != "NS":
            # In a whole zone the delegation itself is seen, and what lies below it is glue.
            return not self._served.whole and self._is_mail(pair, said)
        return self._served.every or (kind in _ADDRESSES and name in self._hosts) or self._is_mail(pair, said)

    def _is_mail(self, pair: Pair, said: Said) -> bool:
        """Whether mail may depend on what was found: of a transferred zone, everything was."""
        name, kind = pair
        labels = name.split(".")
        # Who has a name delegated, or led elsewhere, has its mail and that of all names below it.
        if kind in ("MX", "NS", "DNAME") or labels[0] in ("autodiscover", "autoconfig"):
            return True
        if not set(MAIL_LABELS).isdisjoint(labels):
            return kind in ("TXT", "CNAME", "NS", "DNAME")
        if labels[0] == "*" and kind in ("CNAME", "SRV", "A", "AAAA"):
            return name[2:] in self._domains  # it answers for the names at which mail programs look
        if kind in TEXT_TYPES:
            texts = (served_value(kind, each) or "" for each in said.values)
            return name.removeprefix("*.") in self._domains or any(text_role(name, text) for text in texts)
        return (kind == "SRV" and service_of(name) is not None) or (kind == "TLSA" and labels[1:2] == ["_tcp"])


def _of_pair(span: Span, pair: Pair, said: Said) -> Iterator[Undeclared]:
    """What stands at a name and type that no file has."""
    name, kind = pair
    if said.status == ALIAS:
        yield Undeclared(span, (name, "CNAME"), "CNAME", listed_values(said.values), texts=said.values)
    elif kind in TEXT_TYPES and said.status == FOUND:
        texts = tuple(text for value in said.values if (text := served_value(kind, value)) is not None)
        yield from _of_texts(span, pair, texts, set())
    elif said.status == REFERRAL:
        yield Undeclared(span, (name, "NS"), "a delegation", listed_values(said.values), texts=said.values)
    else:
        values = tuple(served_value(kind, value) or value for value in said.values)
        is_advice = name.startswith("*.") and kind in _ADDRESSES
        yield Undeclared(span, (name, kind), kind, listed_values(values), False, is_advice, values)


def _of_texts(span: Span, pair: Pair, texts: tuple[str, ...], roles: set[str]) -> Iterator[Undeclared]:
    """TXT values beyond the files: each mail record by itself, all tokens together."""
    tokens: list[str] = []
    more: list[str] = []
    told = 0
    for text in texts:
        role = text_role(pair[0], text)
        told += bool(role)
        if not role or told > _MOST_TOLD:
            (more if role else tokens).append(text)
            continue
        is_second = role in roles
        what = f"a second {role} record" if is_second else f"{_article(role)} {role} record"
        is_one_too_many = is_second and role in _ONE_AT_MOST
        yield Undeclared(span, pair, what, listed_values((text,)), is_one_too_many, texts=(text,))
        roles = roles | {role}
    if more:
        yield Undeclared(span, pair, f"{len(more)} more such records", listed_values(more))
    if tokens:
        what = "a TXT value" if len(tokens) == 1 else f"{len(tokens)} TXT values"
        yield Undeclared(span, pair, what, listed_values(tokens), is_advice=True, texts=tuple(tokens))


def _article(role: str) -> str:
    return "an" if role in ("SPF", "MTA-STS") else "a"
