"""What a stage wants of DMARC records: loosened before senders change, strict one degree after the other at the end."""

from collections.abc import Iterable, Iterator
from itertools import pairwise

from linter.facts.dmarc.policy import Governing, dmarc_policies
from linter.intent.model import POLICIES, DeclaredPolicy
from linter.records.dmarc.record import is_dmarc
from linter.records.dmarc.record import parse as parse_dmarc
from linter.records.dmarc.with_tag import with_tag, without_tag
from linter.records.text.name import dotless

from .estate import View
from .want import AUTHORISE, POLICY, TIGHTEN, Need, Op, SetText, SetValues, Want

PERMIT = "v=DMARC1;"


def dmarc_wants(now: View, names: Iterable[str]) -> Iterator[Want]:
    """For every name whose declaration says what its policy shall be."""
    for name in names:
        declared = now.entries[name].dmarc
        if declared is not None and not now.entries[name].is_none and now.zone_of(f"_dmarc.{name}"):
            yield from _policy(now, name, declared)


def _policy(now: View, name: str, declared: DeclaredPolicy) -> Iterator[Want]:
    place, shown = f"_dmarc.{name}", dotless(name)
    held = now.sets.get((place, "TXT"))
    own = [text for text in (held.values if held else ()) if is_dmarc(text)]
    if len(own) > 1:
        return
    facts = now.facts_of(name)
    governing = dmarc_policies(facts).by_tree_walk(name) if facts is not None else None
    record = own[0] if own else ""
    start = record or _inherited(governing, facts.demands.policy if facts is not None else "none")
    is_ungoverned = governing is not None and not governing.is_unknown and governing.record is None
    rua = ",".join(_address(word.text) for word in declared.rua)
    base = with_tag(start, "rua", rua) if rua else start
    wanted = base
    for tag, word in (("p", declared.p), ("sp", declared.sp)):
        wanted = with_tag(wanted, tag, word.text) if word is not None else wanted
    levels = _whole(list(_levels(base, wanted)))
    loose = levels[0] if levels else wanted
    if loose != record and (record or is_ungoverned or loose != start or levels):
        yield from _permits(now, name, rua)
        law, reason = ("L7", f"the DMARC record of {shown} is as declared") if rua else ("L6", f"{shown}: {loose}")
        yield Want(POLICY, law, reason, (SetText(place, record, loose),))
    for number, (old, new) in enumerate(pairwise(levels)):
        degree = "gets strict by one degree" if _ranks(old) != _ranks(new) else "holds for all mail, without `pct`"
        reason = f"everybody who sends as {shown} has passed for 14 days; the policy {degree}"
        yield Want(TIGHTEN, "L19", reason, (SetText(place, old, new),), (), (), number)


def _inherited(governing: Governing | None, least: str) -> str:
    """A record of a name's own that says what it had from above, reports included; else the mildest one."""
    if governing is None or governing.record is None:
        return f"v=DMARC1; p={least}"
    rua = governing.record.tag("rua")
    start = f"v=DMARC1; p={governing.policy or 'none'}"
    return f"{start}; rua={rua.value}" if rua is not None and rua.value else start


def _levels(base: str, wanted: str) -> Iterator[str]:
    """The records on the way from one policy to another: what loosens at once, then one degree of `p` and `sp` each."""
    start, end = _ranks(base), _ranks(wanted)
    now = tuple(min(pair) for pair in zip(start, end, strict=True))
    if end == now:
        return
    while True:
        yield wanted if now == end else _ranked(base, wanted, now)
        if now == end:
            return
        now = tuple(min(rank + 1, last) for rank, last in zip(now, end, strict=True))


def _whole(levels: list[str]) -> list[str]:
    """The same way without `pct`: where it says something, it goes before anything gets stricter (RFC 9989 A.6)."""
    lean = [without_tag(text, "pct") for text in levels]
    if len(levels) < 2 or lean == levels:
        return levels
    return [levels[0], *(lean if any(_ranks(levels[0])) else lean[1:])]


def _ranks(text: str) -> tuple[int, int]:
    record = parse_dmarc(text)
    p = record.p or "none"
    return POLICIES.index(p), POLICIES.index(record.sp or p)


def _ranked(base: str, wanted: str, ranks: tuple[int, ...]) -> str:
    """The wanted record at a milder degree."""
    text = with_tag(wanted, "p", POLICIES[ranks[0]])
    if parse_dmarc(base).sp is not None or parse_dmarc(wanted).sp is not None or ranks[0] != ranks[1]:
        text = with_tag(text, "sp", POLICIES[ranks[1]])
    return text


def _address(text: str) -> str:
    return text if ":" in text else f"mailto:{text}"


def _permits(now: View, name: str, rua: str) -> Iterator[Want]:
    """The agreement of other domains to get reports (RFC 9990 section 4)."""
    facts = now.facts_of(name)
    record = parse_dmarc(f"v=DMARC1; p=none; rua={rua}") if rua and facts is not None else None
    for uri in record.rua if record is not None else ():
        host = f"{uri.host}."
        policies = dmarc_policies(facts) if facts is not None else None
        if uri.scheme != "mailto" or policies is None:
            continue
        if policies.org_domain_by_list(host) == policies.org_domain_by_list(name):
            continue
        place = f"{name}_report._dmarc.{host}"
        answer = now.resolver.lookup(place, "TXT")
        if any(isinstance(value, str) and is_dmarc(value) for value in answer.values):
            continue
        shown = dotless(name)
        reason = f"{uri.host} agrees to get the reports of {shown}"
        ops: tuple[Op, ...] = (SetValues(place, "TXT", (PERMIT,)),) if now.zone_of(place) else ()
        what = f"`{PERMIT}` as TXT at `{dotless(place)}`"
        needs = () if ops or not answer.is_empty else (Need((place, "TXT"), what, f"whoever serves {uri.host}"),)
        if ops or needs:
            yield Want(AUTHORISE, "L7", reason, ops, needs)
