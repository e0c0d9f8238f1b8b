"""A review: everything that is said of two sides, put together."""

from collections.abc import Iterable, Iterator, Mapping

from linter.edit.change import Change as SetTo
from linter.finding import at_least
from linter.plan.laws.law import QUICK
from linter.plan.waits import longest_held
from linter.plan.words import span_of
from linter.records.text.fault import count
from linter.records.text.name import dotless, shown

from .compared import Compared
from .keys import keys
from .known_faults import new_and_fixed, without_stale
from .leaving import leaving
from .model import ERROR, INFO, WARNING, AddressChange, Change, Hunk, Review, SenderChange, Widened
from .policies import policies
from .receiving import receiving
from .sending import addresses, lookups, senders, shut_out
from .side import Side
from .split import split
from .suppressions import held_back
from .together import together
from .transport import transport

_MOST_HELD = 300
_MOST_TTLS = 10
_ORDER = (ERROR, WARNING, INFO)


def reviewed(
    before: Side,
    after: Side,
    widened: Iterable[Widened] = (),
    families: Mapping[str, str] = {},
    problems: Iterable[tuple[str, str]] = (),
) -> Review:
    """What the change from one side to the other means for mail. `families` are those of rules, by their names."""
    compared = Compared(before, after)
    found_addresses, rows = addresses(compared), senders(compared)
    apart = together(compared)
    new, fixed = new_and_fixed(compared)
    return Review(
        before.label,
        after.label,
        compared.differences.names,
        tuple(_systems(compared)),
        _changes(compared, found_addresses, rows),
        rows,
        found_addresses,
        _held(compared),
        apart,
        split(compared, apart),
        tuple(map(after.shown, without_stale(new, compared.players.stale, families))),
        tuple(map(before.shown, without_stale(fixed, compared.players.stale, families))),
        (*widened, *held_back(before, after)),
        _unknown(found_addresses),
        tuple(_notes(compared)),
        tuple(problems),
        _counts(after),
    )


def _counts(side: Side) -> tuple[int, int, int]:
    zones = [facts.zone for facts in side.facts.values()]
    files = {source.path for zone in zones for source in zone.sources}
    return len(files), len(zones), sum(len(record.values) for zone in zones for record in zone.records)


def exit_status(review: Review, fail_on: str) -> int:
    """0 for a change that may be merged, 1 for one that must not, or that brings findings as grave as `fail_on`."""
    if fail_on == "never":
        return 0
    is_bad = bool(review.apart or review.dangers)
    return int(is_bad or any(at_least(finding.severity, fail_on) for finding in review.new))


def _changes(
    compared: Compared, found: tuple[AddressChange, ...], rows: tuple[SenderChange, ...]
) -> tuple[Change, ...]:
    changes = [
        *lookups(compared, found),
        *receiving(compared),
        *shut_out(compared, rows),
        *keys(compared),
        *policies(compared),
        *transport(compared),
        *leaving(compared),
        *_behind(compared),
    ]
    return tuple(sorted(dict.fromkeys(changes), key=lambda change: _ORDER.index(change.severity)))


def _systems(compared: Compared) -> Iterator[str]:
    for name, (old, new) in compared.moved.items():
        before = "" if compared.is_new_zone(name) else f"{old or 'no known system'} -> "
        yield f"{dotless(name)}: {before}{new or 'no known system'}"


def _behind(compared: Compared) -> Iterator[Change]:
    """Declarations that the records have left behind."""
    for name in sorted(compared.players.stale):
        if name in compared.moved:
            message = f"`mail:` of {shown(name)} no longer says where its mail goes: change the declaration as well"
            yield Change("declaration", name, "", "", message, WARNING)


def _held(compared: Compared) -> str:
    """How long old answers live, of what differs and has to do with mail."""
    hunks = [each.hunk for each in compared.differences.subjects if not each.hunk.is_same][:_MOST_HELD]
    view = compared.before.plain
    known = [hunk for hunk in hunks if view.zone_of(hunk.name)]
    texts = []
    for is_new, what in ((False, ""), (True, "that something was missing ")):
        changes = [SetTo(each.name, each.type, ("",)) for each in known if (each.before is None) is is_new]
        held = longest_held(view, changes)
        if held is not None:
            texts.append(f"{what}{span_of(held.seconds)} ({'by the SOA, else assumed' if is_new else held.what})")
    return ", ".join(texts)


def _unknown(found: tuple[AddressChange, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for each in found for name in each.unknown))


def _notes(compared: Compared) -> Iterator[str]:
    """What is said in passing."""
    differences = compared.differences
    for path, number in sorted(differences.moved.items()):
        yield f"{count(number, 'record set')} moved to {path} unchanged"
    ttls = [each.hunk for each in differences.subjects if each.hunk.is_same]
    yield from map(_ttl, ttls[:_MOST_TTLS])
    if len(ttls) > _MOST_TTLS:
        yield f"TTL of {len(ttls) - _MOST_TTLS} more"
    if differences.unread:
        yield f"not compared, since an entry cannot be read whole: {count(differences.unread, 'record set')}"
    left = len(differences.names) - len(compared.names)
    if left > 0:
        yield f"{count(left, 'more mail name')} touched, of which senders are not compared"


def _ttl(hunk: Hunk) -> str:
    old, new = (held.seconds if held is not None else 0 for held in (hunk.before, hunk.after))
    soon = "; from then on a change of it is soon seen" if new <= QUICK < old else ""
    return f"TTL of {hunk.type} {shown(hunk.name)}: {old} s -> {new} s{soon}"
