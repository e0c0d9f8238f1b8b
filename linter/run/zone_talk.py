"""What the servers of one zone are asked, one question following from another, and what came of it."""

from collections.abc import Callable, Generator, Iterable, Sequence
from functools import partial

from linter.facts.drift.expected import Expectations, expectations
from linter.facts.drift.names import is_made_by_servers
from linter.facts.drift.questions import first_questions, next_questions, settled_together
from linter.facts.facts import Facts
from linter.live.engine import Question, Reply, Server, expect
from linter.live.errands import Errand
from linter.lookup.answer import NO_DATA, TIMEOUT
from linter.lookup.served import (
    ALIAS,
    FOUND,
    NO_NAME,
    REFERRAL,
    REFUSED,
    TRANSFER,
    UNASKED,
    UNREACHABLE,
    Pair,
    Said,
    Served,
)
from linter.records.text.name import is_under
from linter.source.frozen import Frozen
from linter.source.typed import Any, TypeAlias

from .authority import Authorities, Authority, Finder, Whom, unfit
from .policies import Fetch, policy_domains
from .transferring import Transfer

_Talk: TypeAlias = Generator[Sequence[tuple[Question, Server] | Errand], Sequence[Any], Any]
_new = tuple.__new__  # most of a comparison's values are made here
_NOTHING = {status: Said(status) for status in (NO_DATA, NO_NAME)}
_Said: TypeAlias = dict[str, Any]
"""What each server said, by its label: a dict of answers, or a whole zone."""


class Wanted(Frozen):
    """What is wanted of a zone, as `Comparison` has it; `seconds` is what the run may take, `whom` whom to ask."""

    every: bool
    probe: str
    transfer: "Transfer | None" = None
    fetch: Fetch | None = None
    seconds: float = 0.0
    whom: Whom = Whom()
    names: tuple[str, ...] = ()


def talk(facts: Facts, finder: Finder, wanted: Wanted) -> _Talk:
    """Find the servers of a zone and ask them for all that is compared; returns what was `Served`."""
    served, fit, said = yield from _met(facts, finder, wanted)
    zone = facts.zone.name
    by_name = fit
    if wanted.transfer is not None:
        declared = len(facts.zone.records)
        transfer = partial(_whole_zone, wanted.transfer, zone, declared)
        by_name = yield from _transferred(zone, fit, said, transfer, _late(wanted))
        served = served._replace(whole=len(by_name) < len(fit))
    if by_name:
        yield from _by_name(facts, served, by_name, said)
    if wanted.fetch is not None:
        served = yield from _with_policies(facts, served, wanted.fetch, _late(wanted))
    return served


def talk_of(facts: Facts, finder: Finder, pairs: Iterable[Pair], probe: str) -> _Talk:
    """Find the servers of a zone and ask each of them for some sets; returns what was `Served`."""
    served, fit, said = yield from _met(facts, finder, Wanted(False, probe))
    yield from _ask(expectations(facts), [(authority, list(dict.fromkeys(pairs))) for authority in fit], said)
    return served


def _met(facts: Facts, finder: Finder, wanted: Wanted) -> _Talk:
    """The servers of a zone: what was `Served` so far, those that serve it, and where answers gather."""
    zone = facts.zone.name
    authorities = yield from finder.find(facts.index, wanted.whom)
    contacts = yield from _contact(zone, authorities.servers)
    delegation = authorities.delegation
    lost = list(authorities.lost)
    if delegation.status:
        own = yield from _own_servers(zone, contacts)
        delegation = delegation._replace(own=own)
        further = yield from finder.at(_beyond(own, authorities), {}, wanted.whom)
        contacts += yield from _contact(zone, further.servers)
        lost += further.lost
    said: _Said = {}
    fit: list[Authority] = []
    labels: list[str] = []
    for authority, reply in contacts:
        why = unfit(authority, reply)
        labels.append(authority.label if why is None else authority.tried)
        if why is not None:
            lost.append((authority.tried, why))
        else:
            fit.append(authority)
            said[authority.label] = {(zone, "SOA"): said_of(reply, zone)}
    labels += [name for name, _ in lost]
    served = Served(zone, tuple(dict.fromkeys(labels)), said, wanted.probe, tuple(lost), False, wanted.every)
    return served._replace(delegation=delegation, names=wanted.names), fit, said


def _whole_zone(transfer: Transfer, zone: str, declared: int, server: Server, seconds: float) -> Any:
    return transfer(zone, server, seconds, declared)


def _late(wanted: Wanted) -> str:
    return f"the run was over before, within its {wanted.seconds:g} s or by an interrupt"


def _contact(zone: str, servers: Sequence[Authority]) -> _Talk:
    """Each server with its reply for the zone's SOA, from the first of its addresses that answers at all."""
    found: list[tuple[Authority, Reply]] = []
    waiting = list(servers)
    asked: list[Authority] = []
    while waiting:
        replies = yield [(Question(zone, "SOA", None, each.is_given), each.server) for each in waiting]
        asked, waiting = waiting, []
        for authority, reply in zip(asked, replies, strict=True):
            further = authority.next if reply.status in (TIMEOUT, UNREACHABLE) else None
            if further is None:
                found.append((authority, reply))
            else:
                waiting.append(further)
    order = {each.host: place for place, each in enumerate(servers)}
    return sorted(found, key=lambda each: order[each[0].host])


def _own_servers(zone: str, contacts: Sequence[tuple[Authority, Reply]]) -> _Talk:
    """The name servers that the zone itself names, by all that serve it."""
    fit = [authority for authority, reply in contacts if unfit(authority, reply) is None]
    replies = yield [(Question(zone, "NS", None, False), each.server) for each in fit]
    hosts = {value.lower() for reply in replies if reply.authoritative for value in reply.values}
    return tuple(sorted(hosts))


def _beyond(own: Sequence[str], authorities: Authorities) -> list[str]:
    """The name servers of a zone that the zone above does not name."""
    known = {*authorities.delegation.parent, *(f"{each.host}." for each in authorities.servers)}
    known.update(f"{host}." for host, _ in authorities.lost)
    return [host for host in own if host not in known]


def _transferred(
    zone: str, fit: Sequence[Authority], said: _Said, transfer: Callable[[Server, float], Any], late: str
) -> _Talk:
    """Have every server send the whole zone; those that do not, and whose answers have to be had one by one."""
    missed = Said(UNASKED, detail=late)
    zones = yield [Errand(partial(transfer, each.server), missed) for each in fit]
    by_name = []
    for authority, got in zip(fit, zones, strict=True):
        if isinstance(got, Said):
            said[authority.label][zone, TRANSFER] = got
            by_name.append(authority)
        else:
            said[authority.label] = got
    return by_name


def _by_name(facts: Facts, served: Served, fit: Sequence[Authority], said: _Said) -> _Talk:
    """Ask for single names: the declared ones, those at which mail looks, and those that another server has."""
    # What others sent below a delegation is glue, of which nobody is asked.
    seen = [
        pair for pair in served.pairs if not is_made_by_servers(pair[1]) and served.first(pair).status in (FOUND, ALIAS)
    ]
    alone, together = settled_together(facts, first_questions(facts, served.probe, served.every, served.names))
    first = list(dict.fromkeys((*seen, *alone, *together)))
    heard = yield from _ask(expectations(facts), [(authority, first) for authority in fit], said)
    below: list[tuple[Authority, list[Pair]]] = []
    for authority, replies in zip(fit, heard, strict=True):
        left: list[Pair] = []
        for pair, settled in together.items():
            reply = replies[pair]
            # What does not exist has nothing below it (RFC 8020 section 2), if that is the word of who must know.
            if reply.status == NO_NAME and reply.authoritative and not reply.aliases:
                said[authority.label].update(dict.fromkeys(settled, Said(NO_NAME)))
            else:
                left += settled
        below.append((authority, left))
    yield from _ask(expectations(facts), below, said)
    after = next_questions(facts, served)
    yield from _ask(expectations(facts), [(authority, after) for authority in fit], said)


def _ask(expected: Expectations, asked: Sequence[tuple[Authority, Sequence[Pair]]], said: _Said) -> _Talk:
    """Put to each server its questions, and note what it says; the replies of each by question."""
    questions: dict[Pair, Question] = {}
    batch: list[tuple[Question, Server]] = []
    for authority, pairs in asked:
        server = authority.server
        for pair in pairs:
            question = questions.get(pair)
            if question is None:
                question = questions[pair] = question_of(expected, pair, authority.is_given)
            batch.append((question, server))
    zone = expected.index.zone.name
    replies = iter((yield batch))
    found: list[dict[Pair, Reply]] = []
    for authority, pairs in asked:
        heard = dict(zip(pairs, replies, strict=False))  # the pairs end first, and what is left is the next server's
        said[authority.label].update({pair: said_of(reply, zone) for pair, reply in heard.items()})
        found.append(heard)
    return found


def _with_policies(facts: Facts, served: Served, fetch: Fetch, late: str) -> _Talk:
    """What was served, with the policies of the zone's mail domains."""
    domains = list(policy_domains(facts, served))
    missed = (None, f"not had: {late}")
    heard = yield [Errand(partial(fetch, domain), missed) for domain in domains]
    policies, unfetched = [], []
    for domain, (text, why) in zip(domains, heard, strict=True):
        if text is None:
            unfetched.append((domain, why))
        else:
            policies.append((domain, text))
    return served._replace(policies=tuple(policies), unfetched=tuple(unfetched))


def question_of(expected: Expectations, pair: Pair, is_recursive: bool = True) -> Question:
    """The one place where a question is made, with what is expected to be heard: such a reply is read in no time."""
    declared = expected.at(pair)
    wire = None
    if declared is not None and declared.is_exact and declared.kind == pair[1]:
        wire = expect(declared.kind, declared.texts)
    return _new(Question, (*pair, wire, is_recursive))


def said_of(reply: Reply, zone: str) -> Said:
    """A reply as what is compared: of an alias only where it leads, of a referral to whom.

    Who refers to anything but a part of the zone does not serve it, whatever it said of the zone's SOA.
    """
    if reply.failed:
        return Said(reply.status, detail=reply.detail)
    # What a cache answers counts down, and says nothing about the zone's own TTL.
    ttl = reply.ttl if reply.authoritative else None
    kind = reply.question.kind
    if reply.aliases and kind != "CNAME":
        _, alias_ttl, target = reply.aliases[0]
        return Said(ALIAS, (target,), alias_ttl if reply.authoritative else None)
    if reply.status == FOUND:
        return _new(Said, (FOUND, reply.values, ttl, ""))
    if reply.delegated and not reply.authoritative:
        if reply.cut == zone or not is_under(reply.cut, zone) or not is_under(reply.question.name, reply.cut):
            whom = reply.delegated[0].removesuffix(".") or "the root"
            return Said(REFUSED, detail=f"the server does not answer, and refers to {whom}")
        return Said(FOUND if kind == "NS" else REFERRAL, reply.delegated)
    return _NOTHING.get(reply.status) or Said(reply.status)
