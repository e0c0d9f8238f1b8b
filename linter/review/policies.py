"""What a change means for DMARC: for which names the policy gets stricter or looser, inheritance computed."""

from collections.abc import Iterator, Mapping

from linter.facts.dmarc.policy import Governing, dmarc_policies
from linter.records.dmarc.record import Dmarc
from linter.records.text.fault import few
from linter.records.text.name import is_under, shown

from .compared import Compared
from .differences import MOST_NAMES
from .model import INFO, WARNING, Change
from .side import Side
from .subjects import DMARC

_RANKS = {None: -1, "none": 0, "quarantine": 1, "reject": 2}


def policies(compared: Compared) -> Iterator[Change]:
    """Every change of a record, with the names that it governs."""
    told: set[str] = set()
    for each in compared.differences.of(DMARC):
        domain, hunk = each.domains[0], each.hunk
        if "._report._dmarc." in hunk.name:
            what = "may no longer be sent" if hunk.after is None else "may be sent"
            message = f"reports about {shown(domain)} {what} to {shown(hunk.name.partition('._report._dmarc.')[2])}"
            yield Change("dmarc-reports", domain, "", "", message, INFO, hunk.place)
            continue
        groups: dict[tuple[str, str, int], list[str]] = {}
        for name in _governed(compared, domain):
            if name not in told:
                told.add(name)
                old, new = (_governing(side, name) for side in (compared.before, compared.after))
                groups.setdefault((_word(old), _word(new), _strength(new) - _strength(old)), []).append(name)
        for (old_word, new_word, rise), names in groups.items():
            for change in _change(compared, domain, names, (old_word, new_word), rise):
                yield change._replace(place=hunk.place)


def _change(compared: Compared, domain: str, names: list[str], words: tuple[str, str], rise: int) -> Iterator[Change]:
    old, new = words
    if old == new:
        if domain in names:
            detail = _details(_record(compared.before, domain), _record(compared.after, domain))
            if detail:
                yield Change("dmarc", domain, old, new, f"DMARC of {shown(domain)} stays {new}: {detail}")
        return
    below = [name for name in names if name != domain]
    if domain in names:
        also = f" and, by inheritance, of {few(map(shown, below))}" if below else ""
        about = f"DMARC of {shown(domain)}{also}"
    else:
        about = f"DMARC of {few(map(shown, below))}, by inheritance from {shown(domain)},"
    if compared.is_new_zone(domain):
        yield Change("dmarc", names[0], old, new, f"{about}: {new}", INFO)
        return
    is_open = "unknown" in words
    trend = "changes" if is_open or not rise else "gets stricter" if rise > 0 else "gets looser"
    severity = WARNING if rise < 0 and not is_open else INFO
    yield Change("dmarc", names[0], old, new, f"{about} {trend}: {old} -> {new}", severity)
    records = _record(compared.before, domain), _record(compared.after, domain)
    if domain in names and records[0] is not None and records[1] is not None and records[0].rua and not records[1].rua:
        message = f"DMARC of {shown(domain)} no longer asks for reports: you do not see what the policy does"
        yield Change("dmarc-reports", domain, ", ".join(_addresses(records[0])), "", message, WARNING)


def _governed(compared: Compared, domain: str) -> Iterator[str]:
    """The domain itself, and the names below it that have mail records."""
    yield domain
    found: set[str] = set()
    for side in (compared.before, compared.after):
        for facts in side.facts.values():
            if is_under(facts.zone.name, domain) or is_under(domain, facts.zone.name):
                held = {*facts.mail_hosts, *facts.spf_by_name}
                found |= {name for name in held if name != domain and is_under(name, domain) and "_" not in name}
    yield from sorted(found)[:MOST_NAMES]


def _governing(side: Side, name: str) -> Governing | None:
    facts = side.plain.facts_of(name)
    return dmarc_policies(facts).by_tree_walk(name) if facts is not None else None


def _record(side: Side, name: str) -> Dmarc | None:
    found = _governing(side, name)
    return found.record if found is not None else None


def _word(found: Governing | None) -> str:
    if found is None or found.is_unknown:
        return "unknown"
    if found.policy is None:
        return "no DMARC"
    record = found.record
    shares = [f"pct={record.pct}"] if record is not None and record.pct not in (None, 100) else []
    return " ".join((found.policy, *(["t=y"] if record is not None and record.t else []), *shares))


def _strength(found: Governing | None) -> int:
    """A number that is higher for a stricter policy; one that is only tested is a degree lower."""
    if found is None or found.is_unknown:
        return 0
    rank = 4 * _RANKS[found.policy]
    record = found.record
    if rank > 0 and record is not None and record.t:
        rank -= 3
    return rank - 1 if rank > 0 and record is not None and record.pct not in (None, 100) else rank


def _details(old: Dmarc | None, new: Dmarc | None) -> str:
    """Which tags differ, the most important first."""
    if old is None or new is None:
        return ""
    said: Mapping[str, tuple[object, object]] = {
        "sp": (old.sp, new.sp),
        "np": (old.np, new.np),
        "adkim": (old.adkim, new.adkim),
        "aspf": (old.aspf, new.aspf),
        "rua": (_addresses(old), _addresses(new)),
        "ruf": (tuple(each.text for each in old.ruf), tuple(each.text for each in new.ruf)),
    }
    parts = [f"`{tag}` {_shown(was)} -> {_shown(becomes)}" for tag, (was, becomes) in said.items() if was != becomes]
    return "; ".join(parts) or "other tags change"


def _addresses(record: Dmarc) -> tuple[str, ...]:
    return tuple(each.text for each in record.rua)


def _shown(value: object) -> str:
    if isinstance(value, tuple):
        return ", ".join(map(str, value[:2])) + (" …" if len(value) > 2 else "") if value else "nowhere"
    return str(value) if value is not None else "not set"
